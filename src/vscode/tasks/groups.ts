/** In which group of the tree a task stands: what a person has to do about it decides. */
import type { TaskSummary } from '../../core/task/summary';

/** In the order in which the tree shows them. */
export const GROUPS = ['needs-you', 'running', 'queued', 'done'] as const;
export type Group = (typeof GROUPS)[number];

export function groupOf({ state, asking }: Pick<TaskSummary, 'state' | 'asking'>): Group {
  if (asking) return 'needs-you';
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
      return 'done';
  }
}

/** The groups that have tasks, in order; inside each the task that changed last comes first. */
export function groupTasks(tasks: readonly TaskSummary[]): readonly { group: Group; tasks: readonly TaskSummary[] }[] {
  const newest = tasks.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
  return GROUPS.map((group) => ({ group, tasks: newest.filter((task) => groupOf(task) === group) })).filter(
    (filled) => filled.tasks.length > 0,
  );
}

/** The tasks that wait for a person. */
export function waitingTasks(tasks: readonly TaskSummary[]): readonly TaskSummary[] {
  return tasks.filter((task) => groupOf(task) === 'needs-you');
}

/** Whether the host has work to do for it, so that it can be stopped and its elapsed time moves on. */
export function isAtWork({ state }: Pick<TaskSummary, 'state'>): boolean {
  const group = groupOf({ state, asking: false });
  return group === 'running' || group === 'queued';
}
