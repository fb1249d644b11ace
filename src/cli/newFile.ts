/** Writes files that were not there. */
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail } from '../core/errors';
import { makeFolder } from '../node/store/makeFolder';

/** Writes a new file with the folders that it needs; false when something of that name is there already. */
export async function writeNewFile(path: string, text: string): Promise<boolean> {
  try {
    await makeFolder(dirname(path));
    // `wx`: made by this call or not at all, and never through a link.
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    return fail('STORAGE_FAILED', `${path} could not be written: ${message}`, {
      fix: 'check the path and its permissions',
      cause: thrown,
    });
  }
}
