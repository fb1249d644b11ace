/** The moves of a task that a person goes on with by hand: taken over, handed in, or given up. */
import type { EventOf, TaskEvent, Workspace } from '../../events';
import { statusOf } from '../parts';
import type { Task } from '../task';
import { type Move, refuse, waiting } from './move';

/** It stays ready: what the person makes of it is seen when they hand it in. */
export function takenOver(task: Task, event: EventOf<'taken-over'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  if (task.workspace === null) refuse(task, event, 'its folders are gone');
  if (task.takenOver !== null) refuse(task, event, `${task.takenOver.by} has taken it over`);
  if (event.tree !== task.snapshot.tree) refuse(task, event, `${event.tree} is not the tree under review`);
  const { tree, by, folder } = event;
  return { status: statusOf(task), facts: { takenOver: { tree, by, folder } } };
}

/** A turn of its own, so that the snapshot before it stays what it was. */
export function handedIn(task: Task, event: EventOf<'handed-in'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  if (task.takenOver === null) refuse(task, event, 'nobody has taken it over');
  if (event.turn !== task.turns + 1) refuse(task, event, `the next turn is ${task.turns + 1}, not ${event.turn}`);
  const { turn, by } = event;
  return {
    status: waiting('verify'),
    facts: { turns: turn, takenOver: null, handing: { turn, by, folder: task.takenOver.folder } },
  };
}

export function givenUp(task: Task, event: EventOf<'given-up'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  if (task.takenOver === null) refuse(task, event, 'nobody has taken it over');
  return { status: statusOf(task), facts: { takenOver: null } };
}

/** The agent's folder was made anew from what the person handed in: no agent has worked in it. */
export function renewed(task: Task, handing: NonNullable<Task['handing']>, workspace: Workspace): Move {
  return {
    status: statusOf(task),
    facts: {
      workspace,
      handing: null,
      handed: { turn: handing.turn, by: handing.by },
      ...{ confinement: null, session: null, usage: null },
    },
  };
}

/** What would take the work from under the hands of a person. */
const REFUSED: ReadonlySet<TaskEvent['type']> = new Set<TaskEvent['type']>([
  'correction-requested',
  'reverted',
  'signed',
  'adopted',
  'resumed',
]);

/** Throws TASK_STATE for what would take a task away from the person who has it. */
export function requireNotTaken(task: Task, event: TaskEvent): void {
  if (task.takenOver === null || !REFUSED.has(event.type)) return;
  refuse(task, event, `${task.takenOver.by} has taken it over`);
}
