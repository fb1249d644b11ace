/** Tells a git that failed for want of disk space from one that failed otherwise: it is the disk that needs mending. */
import { statfs } from 'node:fs/promises';
import { CountersignError } from '../../core/errors';

/** How git (csum-file.c) and the system (strerror) say that nothing more can be written. Git speaks English to us. */
const SAYS_SO = /(: (No space left on device|Disk quota exceeded|Read-only file system)|\bOut of diskspace)$/m;

/** Often git says only that it could not write, and not why. */
const COULD_NOT_WRITE = /\b(unable to|could not|couldn't|cannot) (write|create)\b/;

/** Less room than this, in bytes, is none: what failed may have been deleted again. */
const NO_ROOM = 1024 * 1024;

/**
 * STORAGE_FAILED when a git that failed ran out of disk space, else null.
 *
 * @param what the subcommand
 * @param said its error output
 * @param folders where it may have written
 */
export async function fullDiskError(
  what: string,
  said: string,
  folders: readonly string[],
): Promise<CountersignError | null> {
  const full = SAYS_SO.test(said) || (COULD_NOT_WRITE.test(said) && (await anyIsFull(folders)));
  if (!full) return null;
  const line = said.trim().split('\n').at(-1)?.slice(0, 1_000);
  return new CountersignError('STORAGE_FAILED', `the disk is full: git ${what} could not write (${line})`, {
    fix: 'free disk space, then try again; nothing was lost',
  });
}

async function anyIsFull(folders: readonly string[]): Promise<boolean> {
  const full = folders.map((folder) =>
    statfs(folder).then(
      ({ bavail, bsize, files, ffree }) => bavail * bsize < NO_ROOM || (files > 0 && ffree === 0),
      () => false,
    ),
  );
  return (await Promise.all(full)).includes(true);
}
