/** Copies of folders that code of the agent filled: links stay links, and nothing writable is shared with the original. */
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';

/**
 * Copies `from` to `to`: into it, when it is a folder that is there. Blocks are cloned where the file system can.
 * @param signal ends the copying, which then fails
 * @throws what the copying says
 */
export function copyTree(from: string, to: string, signal?: AbortSignal): Promise<void> {
  // GNU and busybox copy pipes, sparse files and read-only folders as they are; elsewhere Node's own must do.
  if (process.platform !== 'linux')
    return cp(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  return new Promise((resolve, reject) => {
    const args = ['-a', '--reflink=auto', '-T', '--', from, to];
    execFile('cp', args, { ...(signal && { signal }) }, (error) => (error === null ? resolve() : reject(error)));
  });
}
