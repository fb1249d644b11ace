/** The folders of tasks below a state directory: how one comes into being, and which there are. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeNewFile } from './atomicFile';
import { isRemains } from './remains';
import type { StateDirectory } from './stateDirectory';
import { storageFailure, systemCode } from './storageFailure';
import { isTaskId } from './taskId';

/** Folders of tasks that are being made; what is left of them was never handed off. */
const UNFINISHED = '.new-';

/**
 * The folder comes into being with all that it holds, or not at all.
 *
 * @param tasks the folder of all tasks of a repository
 * @param files what it holds, by name
 * @returns its path
 * @throws STORAGE_FAILED
 */
export async function makeTaskFolder(
  tasks: string,
  id: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const [unfinished, folder] = [join(tasks, `${UNFINISHED}${id}`), join(tasks, id)];
  try {
    await mkdir(tasks, { recursive: true, mode: 0o700 });
    await mkdir(unfinished, { mode: 0o700 });
    for (const [name, content] of Object.entries(files)) await writeNewFile(join(unfinished, name), content);
    await syncFolder(unfinished);
    await rename(unfinished, folder);
    await syncFolder(tasks);
    return folder;
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    return storageFailure(`the task's folder ${folder} could not be made`, cause);
  }
}

export interface TaskFolders {
  /** The repositories of all tasks by id. */
  readonly found: ReadonlyMap<string, string>;
  /** What deleted tasks have left: paths. */
  readonly left: readonly string[];
}

/** Looks through a state directory, and sweeps what was never finished. Throws what the system throws. */
export async function findTaskFolders(directory: StateDirectory): Promise<TaskFolders> {
  const found = new Map<string, string>();
  const left: string[] = [];
  for (const repository of await names(directory.repositories)) {
    const tasks = directory.tasks(repository);
    for (const name of await names(tasks)) {
      if (isTaskId(name)) found.set(name, repository);
      else if (isRemains(name)) left.push(join(tasks, name));
      else if (name.startsWith(UNFINISHED)) await rm(join(tasks, name), { recursive: true, force: true });
    }
  }
  return { found, left };
}

/** The names in a folder; none when it is not there or no folder. */
async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
