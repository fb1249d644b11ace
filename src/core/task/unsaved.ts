/** What lies in a task's folder and in no snapshot. */
import { fail } from '../errors';
import type { TaskContext } from './context';
import type { Task } from './task';

/** The longest that reading one folder may take while a person waits for it. */
export const KEEP_LIMIT_MS = 600_000;

export async function hasFolder(context: TaskContext, { workspace }: Task): Promise<boolean> {
  return workspace !== null && (await context.ports.workspaces.isThere(workspace));
}

/** Whether the folder holds anything that the newest snapshot does not. What was deleted by others holds nothing. */
export async function hasUnsavedWork(context: TaskContext, task: Task): Promise<boolean> {
  if (task.workspace === null || !(await hasFolder(context, task))) return false;
  const signal = AbortSignal.timeout(KEEP_LIMIT_MS);
  const { tree, changes } = await context.ports.workspaces.look(task.id, task.workspace, signal);
  const saved = task.snapshots.at(-1)?.tree;
  return saved === undefined ? changes.length > 0 : tree !== saved;
}

/** Throws TASK_STATE when the folder holds what no snapshot has: whatever takes its place would lose that. */
export async function requireSaved(context: TaskContext, task: Task): Promise<void> {
  if (!(await hasUnsavedWork(context, task))) return;
  fail('TASK_STATE', `${task.workspace?.worktree.path} was changed after the snapshot of task ${task.id}`, {
    fix: `move what you changed there elsewhere, or take it to review with \`countersign resume ${task.id} --as-it-stands\``,
  });
}
