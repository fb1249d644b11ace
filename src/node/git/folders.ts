/**
 * Folders that we made, known by device and inode. A folder is deleted only while it is still the one that we made; the
 * path alone proves nothing, because an agent can put a link or another folder there. Nothing here follows a link.
 */
import { chmod, lstat, mkdir, readdir, realpath, rename, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../../core/errors';
import type { Folder } from '../../core/events';

/** Longest path that is handed to the system; Linux ends at 4,096 bytes, and one more name may hold 255. */
const LONG_PATH = 3_000;

/** Makes `parent/name`, or `parent/name-2`, `-3`, ... when taken, and returns its identity. Mode 0700. */
export async function makeFolder(parent: string, name: string): Promise<Folder> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const above = await realpath(parent);
  for (let attempt = 1; attempt <= 1_000; attempt++) {
    const path = join(above, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      await mkdir(path, { mode: 0o700 });
      return await identifyFolder(path);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw storage(thrown);
    }
  }
  return fail('STORAGE_FAILED', `no free name for \`${name}\` in ${above}`);
}

/** The identity of an existing folder. Throws STORAGE_FAILED when there is none, or a link or a file. */
export async function identifyFolder(path: string): Promise<Folder> {
  const stat = await lstat(path, { bigint: true }).catch((thrown) => {
    throw storage(thrown);
  });
  if (!stat.isDirectory()) fail('STORAGE_FAILED', `${path} is no folder`);
  return { path, dev: String(stat.dev), ino: String(stat.ino) };
}

/** Whether the path still holds the folder that we made: itself, through no link above it. */
export async function isSameFolder(folder: Folder): Promise<boolean> {
  try {
    const stat = await lstat(folder.path, { bigint: true });
    if (!stat.isDirectory() || String(stat.dev) !== folder.dev || String(stat.ino) !== folder.ino) return false;
    return (await realpath(folder.path)) === folder.path;
  } catch {
    return false;
  }
}

/**
 * Deletes a folder that we made, with everything in it. Returns false, and deletes nothing, when the path no longer
 * holds that folder. It is renamed first and looked at again, so that nothing can take its place in between; a removal
 * that a kill broke off is found under that name and ended.
 */
export async function removeFolder(folder: Folder): Promise<boolean> {
  const doomed = join(dirname(folder.path), `.gone-${folder.dev}-${folder.ino}`);
  const moved = { ...folder, path: doomed };
  if (!(await isSameFolder(moved))) {
    if (!(await isSameFolder(folder))) return false;
    await rename(folder.path, doomed).catch((thrown) => {
      throw storage(thrown);
    });
    if (!(await isSameFolder(moved))) {
      await rename(doomed, folder.path).catch(() => undefined);
      return false;
    }
  }
  await removeTree(doomed).catch((thrown) => {
    throw storage(thrown);
  });
  return true;
}

/** Deletes the folder and every parent of it that is empty now, up to and without `stop`. */
export async function removeEmptyParents(path: string, stop: string): Promise<void> {
  let parent = dirname(path);
  while (parent.startsWith(stop) && parent !== stop) {
    try {
      await rmdir(parent);
    } catch {
      return;
    }
    parent = dirname(parent);
  }
}

/**
 * Deletes a tree without following links. Folders that may not be read are opened first; trees deeper than the longest
 * path of the system are taken apart by moving them up.
 */
async function removeTree(top: string): Promise<void> {
  const stack: { path: string; listed: boolean }[] = [{ path: top, listed: false }];
  let moved = 0;
  while (stack.length > 0) {
    const current = stack.at(-1)!;
    if (current.listed) {
      stack.pop();
      await rmdir(current.path);
      continue;
    }
    current.listed = true;
    const entries = await openFolder(current.path);
    const files = entries.filter((entry) => !entry.isDirectory());
    await Promise.all(files.map((entry) => unlink(join(current.path, entry.name))));
    for (const entry of entries) {
      if (!entry.isDirectory()) continue;
      const path = join(current.path, entry.name);
      if (Buffer.byteLength(path) > LONG_PATH) {
        const higher = join(top, `.deep-${moved++}-${basename(top)}`);
        await rename(path, higher);
        stack.splice(1, 0, { path: higher, listed: false });
      } else {
        stack.push({ path, listed: false });
      }
    }
  }
}

async function openFolder(path: string) {
  const list = () => readdir(path, { withFileTypes: true });
  try {
    await chmod(path, 0o700);
  } catch {
    // Not ours to change; listing it will say so.
  }
  return list();
}

function storage(thrown: unknown): never {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return fail('STORAGE_FAILED', message, { cause: thrown });
}
