/**
 * Exchanges files of the agent's folder for those of the base: every step on the way goes through folders that are held
 * open, so that no link of the agent's leads anywhere else; what comes back is put in its place by a rename.
 */
import { copyFile, mkdir, readlink, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { CountersignError, fail } from '../../core/errors';
import type { Workspace } from '../../core/events';
import { visible } from '../../core/visible';
import { storageFailure } from '../store/storageFailure';
import { HeldFolder, workBelow } from './heldFolder';
import { lstatOrNull, parentsOf } from './landPaths';

/** What helps when a revert met something that is in no snapshot. */
export const FIX =
  'move it away and resume the task; `countersign resume ID --as-it-stands` takes what is there to review instead';

/** What changes places. */
export interface Exchange {
  /** Files and links that go. */
  readonly leaving: readonly string[];
  /** Submodules: their folders are empty in a task. */
  readonly links: readonly string[];
  /** Files and links that come back, from below a folder of ours. */
  readonly returning: { readonly folder: string; readonly paths: readonly string[] };
}

/**
 * Carries it out. It may be repeated from wherever it was cut off.
 * @throws REVERT_REFUSED when something else stands where a path comes back; STORAGE_FAILED
 */
export async function exchange({ worktree }: Workspace, { leaving, links, returning }: Exchange): Promise<void> {
  const top = await HeldFolder.open(worktree.path);
  try {
    if (top?.is(worktree) !== true) return fail('REVERT_REFUSED', `${worktree.path} is no longer the task's folder`);
    for (const path of leaving) await removeFile(top, path);
    for (const path of leaving) await removeEmptied(top, path);
    for (const path of links) await inFolderOf(top, path, (target) => place(path, () => makeFolder(target)));
    for (const path of returning.paths) {
      const source = join(returning.folder, path);
      await inFolderOf(top, path, (target) => place(path, () => moveTo(source, target)));
    }
  } finally {
    await top?.close();
  }
}

async function removeFile(top: HeldFolder, path: string): Promise<void> {
  const gone = async () => undefined;
  await workBelow(
    top,
    folderOf(path),
    async (folder) => {
      const target = join(await folder.place(), posix.basename(path));
      const stat = await lstatOrNull(target);
      if (stat !== null && !stat.isDirectory()) await place(path, () => unlink(target));
    },
    gone,
  );
}

/** Folders that only held what left, from the inside out. */
async function removeEmptied(top: HeldFolder, path: string): Promise<void> {
  for (const parent of parentsOf(path).reverse()) {
    const removed = await workBelow(
      top,
      folderOf(parent),
      async (folder) =>
        rmdir(join(await folder.place(), posix.basename(parent))).then(
          () => true,
          () => false,
        ),
      async () => true,
    );
    if (!removed) return;
  }
}

/** Works at a path whose folders are made where they are missing. */
async function inFolderOf(top: HeldFolder, path: string, work: (target: string) => Promise<void>): Promise<void> {
  const at = async (folder: HeldFolder, names: readonly string[]): Promise<void> => {
    const [name = '', ...rest] = names;
    const target = join(await folder.place(), name);
    if (rest.length === 0) return work(target);
    if ((await lstatOrNull(target)) === null) await place(path, () => mkdir(target));
    const next = await folder.enter(name);
    if (next === null) return inTheWay(path, name);
    try {
      await at(next, rest);
    } finally {
      await next.close();
    }
  };
  await at(top, path.split('/'));
}

/** An empty folder gives way to a file; one with anything in it does not. */
async function moveTo(source: string, target: string): Promise<void> {
  const there = await lstatOrNull(target);
  if (there?.isDirectory()) await rmdir(target);
  await rename(source, target).catch(async (thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'EXDEV') throw thrown;
    const beside = `${target}.countersign-reverting`;
    await rm(beside, { force: true });
    const stat = await lstatOrNull(source);
    if (stat?.isSymbolicLink()) await symlink(await readlink(source), beside);
    else await copyFile(source, beside);
    await rename(beside, target);
  });
}

async function makeFolder(target: string): Promise<void> {
  const there = await lstatOrNull(target);
  if (there?.isDirectory()) return;
  if (there !== null) await unlink(target);
  await mkdir(target);
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

/** What stands in the way is named by its path; whatever else fails is the machine's. */
async function place(path: string, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    if (thrown instanceof CountersignError) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EISDIR' || code === 'ENOTDIR') inTheWay(path, path);
    storageFailure(`${visible(path)} could not be reverted`, thrown);
  }
}

function inTheWay(path: string, what: string): never {
  return fail('REVERT_REFUSED', `${visible(path)} cannot come back: something else is at ${visible(what)}`, {
    fix: FIX,
  });
}
