/** The move of a task under review when a person gives, or takes back, their word for a criterion. */
import type { EventOf } from '../../events';
import type { Task } from '../task';
import { type Move, refuse } from './move';

/** @param at RFC 3339 time of the event, for the record */
export function criterionAccepted(task: Task, event: EventOf<'criterion-accepted'>, at: string): Move {
  if (task.state !== 'ready') refuse(task, event);
  const { turn, snapshot } = task;
  if (event.tree !== snapshot.tree) {
    refuse(task, event, `it is of tree ${event.tree}, under review is ${snapshot.tree}`);
  }
  if (event.brief !== task.brief) refuse(task, event, 'it is of another brief');
  const { criterion, id, tree, brief, by, reason } = event;
  const others = task.accepted.filter((other) => other.criterion !== criterion);
  const given = reason === null ? [] : [{ criterion, id, tree, brief, by, at, reason }];
  return {
    status: { state: 'ready', turn, snapshot, verdict: event.verdict },
    facts: { accepted: [...others, ...given] },
  };
}
