/** Reads files out of folders that an agent may be changing at this moment. */
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { HeldFolder, workBelow } from './heldFolder';

/** Neither a link at the end of the path nor a FIFO without a writer is waited for. Absent on Windows, which has neither. */
const SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The bytes of a regular file of at most `maxBytes`; null for anything else: absent, a link, special, larger, unreadable. */
export async function readRegularFile(path: string, maxBytes: number): Promise<Buffer | null> {
  try {
    // To open a device may already do something.
    if (!(await lstat(path)).isFile()) return null;
    const file = await open(path, SAFELY);
    try {
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > maxBytes) return null;
      const bytes = Buffer.alloc(stat.size);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** The same for a file below a folder that is trusted, by a relative path with `/`: through folders only, never a link. */
export async function readRegularFileBelow(top: string, path: string, maxBytes: number): Promise<Buffer | null> {
  const held = await HeldFolder.open(top).catch(() => null);
  if (held === null) return null;
  const folder = posix.dirname(path);
  const read = async (found: HeldFolder) => readRegularFile(join(await found.place(), posix.basename(path)), maxBytes);
  try {
    return await workBelow(held, folder === '.' ? '' : folder, read, async () => null);
  } catch {
    return null;
  } finally {
    await held.close();
  }
}
