/** What a reviewer may take back to the base, judged before anything is recorded. */
import { fail } from '../errors';
import { pathsToRevert } from '../review/revert';
import type { TaskContext } from './context';
import type { Task } from './task';
import { hasUnsavedWork } from './unsaved';

/**
 * The paths that are taken back when a person names some of them.
 * @throws TASK_STATE    when the task is not ready, or its folder is gone
 * @throws REVERT_REFUSED for a path that did not change, one that cannot come back, and changes that nobody reviewed
 */
export async function pathsOfRevert(
  context: TaskContext,
  task: Task,
  named: readonly string[],
): Promise<readonly string[]> {
  const { id, repository, base } = task;
  if (task.state !== 'ready') fail('TASK_STATE', `task ${id} is ${task.state}: only of a ready one can be reverted`);
  if (task.workspace === null || !(await context.ports.workspaces.isThere(task.workspace))) {
    fail('TASK_STATE', `task ${id} has no folder any more`, { fix: 'reject and restore it, which makes it again' });
  }
  const paths = pathsToRevert(await context.ports.objects.changes(repository, base, task.snapshot.commit), named);
  if (await hasUnsavedWork(context, task)) {
    fail('REVERT_REFUSED', `the folder of task ${id} was changed after the snapshot that was reviewed`, {
      fix: `take it to review with \`countersign resume ${id} --as-it-stands\``,
    });
  }
  return paths;
}
