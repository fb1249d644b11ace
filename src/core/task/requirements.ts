/** What a task must be for what a person asks of it; each refusal says what to do. */
import { fail } from '../errors';
import { isActive, isBeingReviewed, type Task, type TaskIn } from './task';

/** Throws TASK_STATE in the words of the command that asks. */
export function requireRejectable(task: Task): void {
  if (task.state === 'rejected') fail('TASK_STATE', `task ${task.id} is rejected already`);
  if (task.state === 'delivered') {
    const what = task.commit === null ? 'its branch' : `commit ${task.commit}`;
    fail('TASK_STATE', `task ${task.id} is delivered`, { fix: `undo it with git: revert ${what}` });
  }
  if (isActive(task) && task.state !== 'queued') {
    fail('TASK_STATE', `task ${task.id} is ${task.state}`, { fix: `stop it first: \`countersign stop ${task.id}\`` });
  }
}

/** Throws TASK_STATE for a task that no reviewer can be put before. */
export function requireReviewable(task: Task): asserts task is TaskIn<'ready'> {
  if (task.state !== 'ready') {
    fail('TASK_STATE', `task ${task.id} is ${task.state}: only a ready one can be reviewed`);
  }
  requireUnread(task);
  if (task.workspace === null) {
    fail('TASK_STATE', `task ${task.id} has no folders any more`, {
      fix: 'reject and restore it, which makes them again',
    });
  }
}

/** Throws TASK_STATE while a reviewer reads the task. */
export function requireUnread(task: Task): void {
  if (!isBeingReviewed(task)) return;
  const fix = `wait for it, or stop it: \`countersign stop ${task.id}\``;
  fail('TASK_STATE', `task ${task.id} is being reviewed by ${task.reviewing?.agent ?? 'nobody'}`, { fix });
}

/** Throws TASK_STATE for a task that neither broke off nor can be taken to review as it stands. */
export function requireResumable(task: Task, asItStands: boolean): void {
  const broken = task.state === 'failed' || task.state === 'interrupted' || isActive(task);
  if (broken || (asItStands ? task.state === 'ready' : task.state === 'draft')) return;
  fail('TASK_STATE', `task ${task.id} is ${task.state}: there is nothing to resume`);
}
