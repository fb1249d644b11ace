/** What goes when a task comes to rest. */
import type { TaskContext } from './context';
import type { Task } from './task';
import { hasUnsavedWork } from './unsaved';

/**
 * Deletes the folders of a task at rest, unless somebody changed something there after the last snapshot. Failing to
 * is no failure of the task.
 */
export async function cleanAtRest(context: TaskContext, task: Task): Promise<Task> {
  const atRest = task.state === 'delivered' || task.state === 'rejected';
  if (!atRest || task.workspace === null) return task;
  try {
    if (await hasUnsavedWork(context, task)) {
      const { path } = task.workspace.worktree;
      context.audience.progress(task.id, `${path} was kept: it holds changes made after the snapshot`);
      return task;
    }
    const { workspaces } = context.ports;
    for (const path of await workspaces.touched(task.workspace)) {
      context.audience.progress(task.id, `${path} was kept: somebody changed something in it`);
    }
    const folders = await workspaces.remove(task.id, task.workspace);
    if (task.state === 'delivered') await workspaces.unpin(task.id, task.repository);
    return await context.record(task.id, { type: 'cleaned', folders: [...folders] });
  } catch (error) {
    context.audience.progress(task.id, `its folders could not be removed: ${String(error)}`);
    return task;
  }
}
