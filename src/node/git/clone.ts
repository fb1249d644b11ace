/**
 * Private clones: folders with a git directory of their own inside, for code that we do not trust. Nothing in them points
 * at the user's git directory but, when shared, the object store that is only read. No remote, no hooks, no tags, one
 * branch. Whatever happens to such a git directory, no verdict is computed through it.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Repository, Workspace } from '../../core/events';
import { borrowObjects, initialise, writeRef } from './gitDirectory';
import { copyIndex, indexOf } from './indexFile';
import { checkOut } from './shadow';
import type { ConfigEntries } from './userConfig';

/** Who commits in a private clone when its program does not say; such commits are never delivered. */
const COMMITTER: ConfigEntries = [
  ['user.name', 'Countersign'],
  ['user.email', 'countersign@localhost'],
  ['gc.auto', '0'],
  ['commit.gpgsign', 'false'],
];

export interface CloneRequest {
  /** The existing, empty folder. */
  readonly workTree: string;
  readonly shadow: string;
  /** Where the shadow keeps this folder's index. */
  readonly index: string;
  readonly repository: Repository;
  readonly commit: string;
  /** What the folder is filled with; absent = the commit's own files. */
  readonly tree?: string;
  /** Short name of the branch that is checked out, or null for a detached HEAD. */
  readonly branch: string | null;
  readonly isolation: Workspace['isolation'];
  readonly config: ConfigEntries;
  /** Configuration of who commits there; absent = nobody's name. */
  readonly committer?: ConfigEntries;
  /** How many files the commit has, for the choice of a parallel checkout. */
  readonly files: number;
  readonly signal?: AbortSignal | undefined;
}

/** Makes git directory and files of a private clone. Leaves cleaning up to the caller when it throws. */
export async function makeClone(request: CloneRequest): Promise<void> {
  const { workTree, shadow, repository, commit, signal } = request;
  await checkOut(shadow, workTree, {
    commit: request.tree ?? commit,
    index: request.index,
    files: request.files,
    signal,
  });
  const gitDir = join(workTree, '.git');
  await initialise(gitDir, repository, {
    bare: false,
    branch: request.branch ?? 'detached',
    config: [...(request.committer ?? COMMITTER), ...request.config],
  });
  // A folder that is deleted and made again may get the same inode; it does not get the same description.
  await writeFile(join(gitDir, 'description'), `Private clone ${randomUUID()}\n`);
  await provideObjects(gitDir, repository, request.isolation);
  // The commit may be a snapshot, which only the shadow and, later, the user's repository hold.
  await writeRef(gitDir, request.branch === null ? 'HEAD' : `refs/heads/${request.branch}`, commit);
  await copyIndex(request.index, indexOf(gitDir));
}

async function provideObjects(
  gitDir: string,
  repository: Repository,
  isolation: Workspace['isolation'],
): Promise<void> {
  const objects = join(repository.commonDir, 'objects');
  if (isolation === 'shared') {
    await borrowObjects(gitDir, objects);
    return;
  }
  const copied = new Set<string>();
  const stores = [objects];
  for (let store = stores.pop(); store !== undefined; store = stores.pop()) {
    if (copied.has(store)) continue;
    copied.add(store);
    await copyObjects(store, join(gitDir, 'objects'));
    stores.push(...(await alternatesOf(store)));
  }
}

/** Copies, or clones where the file system can, and never links: a write to the copy must not reach the original. */
async function copyObjects(from: string, to: string): Promise<void> {
  const names = { recursive: true, force: false, mode: constants.COPYFILE_FICLONE, filter: isObjectFile };
  // A collection may replace packs while they are copied; what it leaves holds the same objects.
  await cp(from, to, names).catch(async (thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown;
    await cp(from, to, names);
  });
}

function isObjectFile(path: string): boolean {
  return !/[\\/]objects[\\/]info[\\/]alternates$|[\\/]tmp_[^\\/]*$/.test(path);
}

async function alternatesOf(store: string): Promise<string[]> {
  try {
    const text = await readFile(join(store, 'info', 'alternates'), 'utf8');
    const paths = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return paths.map((path) => (isAbsolute(path) ? path : resolve(store, path)));
  } catch {
    return [];
  }
}
