/**
 * What can be done with a task, once: the menus ask for it by the words of a node's `viewItem`, the palette by offering
 * only tasks that fit. The host judges again, whatever is asked of it.
 */
import { ADOPTED } from '../../core/agent/adopted';
import type { TaskSummary } from '../../core/task/summary';
import { isAtWork } from './groups';

const BROKEN: ReadonlySet<TaskSummary['state']> = new Set(['failed', 'interrupted']);
const REJECTABLE: ReadonlySet<TaskSummary['state']> = new Set([
  'ready',
  'failed',
  'interrupted',
  'signed',
  'draft',
  'queued',
]);

/** Whether the host does something for it, be it only that a reviewer reads it. */
function isDriven(task: TaskSummary): boolean {
  return isAtWork(task) || task.reviewing;
}

export const ABILITIES = {
  answer: ({ question }: TaskSummary) => question !== null,
  stop: isDriven,
  /** Another agent may be asked what it holds of the result. */
  review: ({ state, reviewing }: TaskSummary) => state === 'ready' && !reviewing,
  /** A person may go on by hand; whoever has it, hands it in or gives it up. */
  takeOver: ({ state, reviewing, takenOver }: TaskSummary) => state === 'ready' && !reviewing && !takenOver,
  handIn: ({ takenOver }: TaskSummary) => takenOver,
  resume: ({ state }: TaskSummary) => BROKEN.has(state),
  /** Taken to review with what its agent has written: there must have been a turn of one. */
  resumeAsItStands: ({ state, turns, agent }: TaskSummary) => BROKEN.has(state) && turns > 0 && agent !== ADOPTED,
  reject: ({ state }: TaskSummary) => REJECTABLE.has(state),
  restore: ({ state }: TaskSummary) => state === 'rejected',
  /** A snapshot of its files stands, unless its only turn broke off: then the host says so. */
  checkout: (task: TaskSummary) => !isAtWork(task) && task.turns > 0,
  archive: (task: TaskSummary) => !isDriven(task) && !task.archived,
  unarchive: ({ archived }: TaskSummary) => archived,
  delete: (task: TaskSummary) => !isDriven(task),
  /** An agent has said something; of work that was adopted none has. */
  transcript: ({ agent }: TaskSummary) => agent !== ADOPTED,
} as const satisfies Record<string, (task: TaskSummary) => boolean>;

export type Ability = keyof typeof ABILITIES;

/** The words of a task's `viewItem`: `task`, and everything that can be done with it now. */
export function contextOf(task: TaskSummary): string {
  const able = (Object.keys(ABILITIES) as Ability[]).filter((ability) => ABILITIES[ability](task));
  return ['task', ...able].join(' ');
}
