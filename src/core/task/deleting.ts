/** Deletes a task for good, and keeps what it made: its snapshots stay in the user's repository. */
import { fail, toCountersignError } from '../errors';
import { snapshotMessage } from '../signoff/trailers';
import type { TaskContext } from './context';
import { isActive, isBeingReviewed, isDriven, type Task } from './task';
import { hasUnsavedWork, KEEP_LIMIT_MS } from './unsaved';

export interface Deleted {
  /** Refs in the user's repository that stay. */
  readonly refs: readonly string[];
  /** Folders that stay, because a person changed something in them. */
  readonly kept: readonly string[];
}

/**
 * Deletes folders and record. What the agent's folder holds and no snapshot has is kept in one first.
 * @throws TASK_NOT_FOUND, TASK_STATE when something drives it; SNAPSHOT_FAILED when what is in its folder cannot be
 *   kept; then nothing is deleted
 */
export async function deleteTask(context: TaskContext, id: string): Promise<Deleted> {
  const { records, workspaces, transcripts } = context.ports;
  const task = await records.get(id);
  requireUndriven(task, 'deleted');
  await keepUnsaved(context, task);
  const refs = await workspaces.refs(id, task.repository);
  const kept = task.workspace === null ? [] : await workspaces.touched(task.workspace);
  await transcripts.close(id);
  const remains = await records.forget(id);
  context.forget(id);
  await workspaces.discard(remains).catch((thrown: unknown) => {
    // The decision stands, and the next host goes on with what is left.
    context.audience.progress(id, `its folders could not all be removed: ${toCountersignError(thrown).message}`);
  });
  return { refs, kept };
}

/** Throws TASK_STATE in the words of the command that asks. */
export function requireUndriven(task: Task, what: string): void {
  if (!isDriven(task)) return;
  const fix =
    isActive(task) || isBeingReviewed(task)
      ? `stop it first: \`countersign stop ${task.id}\``
      : `finish its landing: \`countersign signoff ${task.id}\``;
  fail('TASK_STATE', `task ${task.id} is ${task.state}: it cannot be ${what} now`, { fix });
}

/** In a snapshot of a number that no turn has yet: the one under review stays as it is, whatever happens now. */
async function keepUnsaved(context: TaskContext, task: Task): Promise<void> {
  if (task.workspace === null || !(await hasUnsavedWork(context, task))) return;
  const { id, title, agent, repository, workspace, snapshots, base } = task;
  const turn = task.turns + 1;
  const message = snapshotMessage({ task: id, turn, title, agent });
  const parent = snapshots.at(-1)?.commit ?? base;
  const request = { task: id, turn, repository, workspace, parent, message };
  await context.ports.workspaces.snapshot(request, AbortSignal.timeout(KEEP_LIMIT_MS));
}
