/**
 * Files that are replaced whole or not at all: a reader, a crash or a full disk meets the old content or the new one.
 * Our own few lines because the library for it (write-file-atomic 8) asks for a newer Node than the oldest that VS Code
 * brings along.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storageFailure } from './storageFailure';

/**
 * Writes a file that only its owner can read, durably. The folder must exist; the old content stays when it fails.
 *
 * @throws STORAGE_FAILED
 */
export async function writeFileAtomic(file: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.${randomBytes(4).toString('hex')}`);
  try {
    await writeNewFile(temporary, data);
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    storageFailure(`${file} could not be written`, cause);
  }
}

/** Makes a file that must not exist yet, with its content on the disk; the folder's entry is not synced. */
export async function writeNewFile(file: string, data: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the names in a folder durable. Windows cannot open folders, and orders such changes itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
