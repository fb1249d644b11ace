/** The move of a task that takes work of others over, for the first time or again when it has moved. */
import { ADOPTED } from '../../agent/adopted';
import type { EventOf } from '../../events';
import type { Task } from '../task';
import { type Move, refuse, waiting } from './move';

/**
 * A fresh task stays a draft until it is queued; one under review begins anew, with folders of the new work. Only what
 * was adopted can be adopted again: nobody's work replaces that of an agent.
 */
export function adopted(task: Task, event: EventOf<'adopted'>): Move {
  const { type: _, ...adopting } = event;
  if (event.turn !== task.turns + 1) refuse(task, event, `the next turn is ${task.turns + 1}, not ${event.turn}`);
  if (task.adopting !== null) refuse(task, event, 'it has something to adopt already');
  if (task.agent !== ADOPTED && task.adopted === null) refuse(task, event, "its work is an agent's");
  switch (task.state) {
    case 'draft':
      return { status: { state: 'draft' }, facts: { adopting } };
    case 'ready':
      return { status: waiting('prepare'), facts: { adopting, agent: ADOPTED, drifting: null } };
    default:
      return refuse(task, event);
  }
}
