import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './storageFailure';

/**
 * Makes a folder and what is missing above it, each level once: the `recursive` of Node goes on forever where the system
 * answers ENOENT below a folder that exists, as in `/proc`.
 *
 * @param mode of the folders that are made, less what the process masks
 * @throws the system's error, or one that says that something there is no folder
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const above = dirname(folder);
  if (above !== folder && (await stat(above).catch(() => null)) === null) await makeFolder(above, mode);
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is no folder`);
  }
}
