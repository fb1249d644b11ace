/** In which group of the tree a task stands: what a person has to do about it decides. */
import type { TaskSummary } from '../../core/task/summary';

/** In the order in which the tree shows them. */
export const GROUPS = ['needs-you', 'running', 'queued', 'done', 'earlier', 'archived'] as const;
export type Group = (typeof GROUPS)[number];

/** Groups that are for looking something up, and so begin closed. */
export const CLOSED_GROUPS: ReadonlySet<Group> = new Set<Group>(['done', 'earlier', 'archived']);

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;

/** What a person has to do about a task, whenever that was. */
type Standing = 'needs-you' | 'running' | 'queued' | 'decided';

/**
 * @param now milliseconds since the epoch: what was decided more than a week before is `earlier`
 */
export function groupOf(task: Pick<TaskSummary, 'state' | 'asking' | 'archived' | 'updatedAt'>, now: number): Group {
  if (task.asking) return 'needs-you';
  const standing = standingOf(task.state);
  // Whoever resumes a task that was put aside wants to see it.
  if (task.archived && standing !== 'running' && standing !== 'queued') return 'archived';
  if (standing !== 'decided') return standing;
  return now - Date.parse(task.updatedAt) > WEEK_MS ? 'earlier' : 'done';
}

function standingOf(state: TaskSummary['state']): Standing {
  switch (state) {
    case 'ready':
    case 'failed':
    case 'interrupted':
      return 'needs-you';
    case 'preparing':
    case 'running':
    case 'verifying':
    case 'correcting':
      return 'running';
    case 'draft':
    case 'queued':
      return 'queued';
    // Decided: who signs off without a delivery means it so.
    case 'signed':
    case 'delivered':
    case 'rejected':
      return 'decided';
  }
}

export interface FilledGroup {
  readonly group: Group;
  readonly tasks: readonly TaskSummary[];
}

/** Order of the last change, the newest first. Times of one format, so that comparing letters is comparing times. */
export function newerFirst({ updatedAt: one }: TaskSummary, { updatedAt: other }: TaskSummary): number {
  if (one === other) return 0;
  return one < other ? 1 : -1;
}

/** The groups that have tasks, in order; inside each the task that changed last comes first. */
export function groupTasks(tasks: readonly TaskSummary[], now: number): readonly FilledGroup[] {
  const newest = tasks.toSorted(newerFirst);
  const filled = new Map<Group, TaskSummary[]>(GROUPS.map((group) => [group, []]));
  for (const task of newest) filled.get(groupOf(task, now))?.push(task);
  return [...filled].filter(([, own]) => own.length > 0).map(([group, own]) => ({ group, tasks: own }));
}

/** The tasks that wait for a person. */
export function waitingTasks(tasks: readonly TaskSummary[]): readonly TaskSummary[] {
  return tasks.filter(({ state, asking, archived }) => {
    return asking || (!archived && standingOf(state) === 'needs-you');
  });
}

/** Whether something is being done for it now; what is queued waits. */
export function isRunning({ state }: Pick<TaskSummary, 'state'>): boolean {
  return standingOf(state) === 'running';
}

/** Whether the host has work to do for it, so that it can be stopped and its elapsed time moves on. */
export function isAtWork({ state }: Pick<TaskSummary, 'state'>): boolean {
  const standing = standingOf(state);
  return standing === 'running' || standing === 'queued';
}
