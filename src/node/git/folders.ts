/**
 * Folders that we made, known by device and inode. A folder is deleted only while it is still the one that we made; the
 * path alone proves nothing, because an agent can put a link or another folder there. Nothing here follows a link.
 */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, realpath, rename, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../core/errors';
import type { Folder } from '../../core/events';
import { HeldFolder } from './heldFolder';

/** Longest path that is gone down, in bytes. Every folder on it is held open, and systems other than Linux end near 1,000. */
const LONG_PATH = 700;

/** Names that are tried. */
const NAMES = 1_000;
/** How often a folder is made whose parent others take away at the same moment. */
const ATTEMPTS = 100;
/**
 * What is said then. `ENOTDIR` by Node's own `recursive`, when what stood in the way of making a folder is gone as it looks
 * whether that is one (`MKDirpAsync` in `src/node_file.cc`).
 */
const TAKEN_AWAY = ['ENOENT', 'ENOTDIR'];

/** Makes `parent/name`, or `parent/name-2`, `-3`, ... when taken, and returns its identity. Mode 0700. Throws STORAGE_FAILED. */
export async function makeFolder(parent: string, name: string): Promise<Folder> {
  for (let ordinal = 1; ordinal <= NAMES; ordinal++) {
    try {
      return await makeBelow(parent, ordinal === 1 ? name : `${name}-${ordinal}`);
    } catch (thrown) {
      const { code, path } = thrown as NodeJS.ErrnoException;
      if (code !== 'EEXIST' || path === parent) throw storage(thrown);
    }
  }
  return fail('STORAGE_FAILED', `no free name for \`${name}\` in ${parent}`);
}

/** Whoever removes a folder takes an empty one above along, and that may be this one's parent: then both are made anew. */
async function makeBelow(parent: string, name: string): Promise<Folder> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(parent, { recursive: true, mode: 0o700 });
      const path = join(await realpath(parent), name);
      await mkdir(path, { mode: 0o700 });
      return await identifyFolder(path);
    } catch (thrown) {
      const { code = '' } = thrown as NodeJS.ErrnoException;
      if (attempt === ATTEMPTS || !TAKEN_AWAY.includes(code)) throw thrown;
    }
  }
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
  return removeHeld(moved).catch((thrown) => {
    throw storage(thrown);
  });
}

async function removeHeld(folder: Folder): Promise<boolean> {
  const held = await HeldFolder.open(folder.path);
  try {
    if (held?.is(folder) !== true) return false;
    // What lies too deep is moved up to be met in the next round.
    while ((await empty(held, held)) > 0);
  } finally {
    await held?.close();
  }
  await rmdir(folder.path);
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
 * Deletes what is in a folder. Folders that may not be read are opened first; folders deeper than the longest path are
 * moved up into `top`. Returns how many were.
 */
async function empty(folder: HeldFolder, top: HeldFolder): Promise<number> {
  await folder.unlock();
  const entries = await folder.entries();
  const place = await folder.place();
  const files = entries.filter((entry) => !entry.isDirectory());
  await Promise.all(files.map((entry) => unlink(join(place, entry.name))));
  let moved = 0;
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    if (folder !== top && Buffer.byteLength(join(folder.path, name)) > Buffer.byteLength(top.path) + LONG_PATH) {
      await rename(join(place, name), join(await top.place(), `.deep-${randomBytes(6).toString('hex')}`));
      moved++;
    } else {
      moved += await removeInside(folder, name, top);
    }
  }
  return moved;
}

async function removeInside(folder: HeldFolder, name: string, top: HeldFolder): Promise<number> {
  const inner = await folder.enter(name);
  try {
    // What is no folder any more is not entered; to remove it as one fails, and that is told.
    return inner === null ? 0 : await empty(inner, top);
  } finally {
    await inner?.close();
    await rmdir(join(await folder.place(), name));
  }
}

function storage(thrown: unknown): never {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return fail('STORAGE_FAILED', message, { cause: thrown });
}
