/** The moves around a second opinion: it is begun, and it ends, with a review or with the reason why there is none. */
import type { EventOf, TaskEvent } from '../../events';
import { statusOf } from '../parts';
import { isBeingReviewed, type Task } from '../task';
import { type Move, refuse } from './move';

/** Only what is under review, or about to be, is reviewed; one review at a time. */
export function reviewStarted(task: Task, event: EventOf<'review-started'>): Move {
  if (task.state !== 'verifying' && task.state !== 'ready') refuse(task, event);
  if (task.snapshot === null) refuse(task, event, 'it has no snapshot yet');
  if (task.reviewing !== null) refuse(task, event, 'it is being reviewed');
  if (event.tree !== task.snapshot.tree) refuse(task, event, `${event.tree} is not the tree under review`);
  return { status: statusOf(task), facts: { reviewing: { tree: event.tree, agent: event.agent } } };
}

export function reviewed(task: Task, event: EventOf<'reviewed'>): Move {
  if (task.reviewing === null || task.reviewing.tree !== event.tree) refuse(task, event, 'no such review was begun');
  const status = statusOf(task);
  const verdict = event.verdict;
  return {
    status: status.state === 'ready' && verdict !== undefined ? { ...status, verdict } : status,
    facts: { reviewing: null, evidence: { ...task.evidence, review: { tree: event.tree, file: event.file } } },
  };
}

/** What may happen to a task that is ready while it is being reviewed: nothing else takes it away from its reader. */
const MEANWHILE: ReadonlySet<TaskEvent['type']> = new Set<TaskEvent['type']>([
  'reviewed',
  'review-started',
  'verified',
  'drift',
  'prepared',
  'taken-over',
  'given-up',
]);

/** Throws TASK_STATE for what would take a task away from its reviewer. */
export function requireRead(task: Task, event: TaskEvent): void {
  if (isBeingReviewed(task) && !MEANWHILE.has(event.type)) refuse(task, event, 'it is being reviewed');
}
