/**
 * The folders of a verification as setup left them. Every check begins with them: what one check writes, be it beside
 * the tracked files, in `.git` or in HOME, no other one sees. They are restored where they lie, because what setup
 * installed may know its own path.
 */
import { chmod, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { Folder } from '../../core/events';
import { identifyFolder, isSameFolder, makeFolder, removeFolder } from '../git/folders';
import { copyTree } from './copyTree';

export interface Original {
  /** Puts the folders back into the state in which they were kept. Throws CHECKOUT_FAILED, STOPPED. */
  restore(): Promise<void>;
  /** Lets go of what was kept. */
  remove(): Promise<void>;
}

/**
 * Keeps a copy of `folders` in a new folder below `parent`, which no check sees.
 * @throws CHECKOUT_FAILED when it could not be copied, STOPPED; then nothing is left behind
 */
export async function keepOriginal(
  folders: readonly Folder[],
  parent: string,
  name: string,
  signal: AbortSignal,
): Promise<Original> {
  const kept = await makeFolder(parent, name);
  const copies = folders.map((folder, n) => ({ folder, copy: join(kept.path, String(n)) }));
  const remove = async () => void (await removeFolder(kept));
  try {
    for (const { folder, copy } of copies) await copyOrFail(folder.path, copy, signal);
  } catch (thrown) {
    await remove();
    throw thrown;
  }
  return {
    async restore() {
      for (const { folder, copy } of copies) {
        await empty(folder);
        await copyOrFail(copy, folder.path, signal);
      }
    },
    remove,
  };
}

async function copyOrFail(from: string, to: string, signal: AbortSignal): Promise<void> {
  await copyTree(from, to, signal).catch((cause: Error) =>
    signal.aborted
      ? fail('STOPPED', 'the checks were stopped')
      : fail('CHECKOUT_FAILED', `${from} could not be copied: ${cause.message}`, { cause }),
  );
}

/** Deletes what a folder holds, and follows no link. Throws CHECKOUT_FAILED when it is not the one that was made. */
async function empty(folder: Folder): Promise<void> {
  if (!(await isSameFolder(folder))) fail('CHECKOUT_FAILED', `${folder.path} is no longer the folder that was made`);
  await chmod(folder.path, 0o700);
  for (const entry of await readdir(folder.path, { withFileTypes: true })) {
    const path = join(folder.path, entry.name);
    if (entry.isDirectory()) await removeFolder(await identifyFolder(path));
    else await unlink(path);
  }
}
