/**
 * What is left of a task that was deleted: its folder, under a name by which no task is found, until its other folders
 * are gone and it is itself. The new name is the decision: whoever comes next finds it and goes on.
 */
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CountersignError } from '../../core/errors';
import type { Workspace } from '../../core/events';
import type { Remains } from '../../core/ports/records';
import { syncFolder } from './atomicFile';
import { readJournal } from './journal';
import { storageFailure } from './storageFailure';

/** The second is what a removal that a kill broke off has left (`removeFolder`). */
const MARKS = ['.deleted-', '.gone-'];

/** Whether a name beside those of tasks is one of what is left. */
export function isRemains(name: string): boolean {
  return MARKS.some((mark) => name.startsWith(mark));
}

/** Gives a task's folder the name of what is left, durably. Throws STORAGE_FAILED; then it is where it was. */
export async function bury(folder: string, workspace: Workspace | null): Promise<Remains> {
  const above = dirname(folder);
  const buried = join(above, `${MARKS[0]}${basename(folder)}`);
  try {
    await rename(folder, buried);
    await syncFolder(above);
  } catch (cause) {
    storageFailure(`${folder} could not be renamed`, cause);
  }
  return { folder: buried, workspace: moved(workspace, folder, buried) };
}

/** What a folder that was found is left of. Throws JOURNAL_CORRUPT when its journal cannot tell where the rest is. */
export async function readRemains(folder: string): Promise<Remains> {
  try {
    const { task } = await readJournal(join(folder, 'journal.ndjson'));
    const before = join(dirname(folder), task?.id ?? '');
    return { folder, workspace: moved(task?.workspace ?? null, before, folder) };
  } catch (thrown) {
    // The journal goes last, with the folder: then the rest has gone before.
    if (thrown instanceof CountersignError && thrown.code === 'STORAGE_FAILED') return { folder, workspace: null };
    throw thrown;
  }
}

/** The shadow lies in the task's folder, and goes where that goes. */
function moved(workspace: Workspace | null, from: string, to: string): Workspace | null {
  if (workspace === null || !workspace.shadow.path.startsWith(`${from}/`)) return workspace;
  const path = to + workspace.shadow.path.slice(from.length);
  return { ...workspace, shadow: { ...workspace.shadow, path } };
}
