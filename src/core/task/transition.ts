/**
 * The legal moves of a task, and what each event adds to what is known about it. The journal is the truth: a task is the
 * fold of its events through `transition`, and an event that this file refuses is never written.
 */
import { fail } from '../errors';
import type { EventOf, TaskEvent } from '../events';
import { criterionAccepted } from './moves/accepting';
import { adopted } from './moves/adopting';
import { broken, resumed } from './moves/breaking';
import { givenUp, handedIn, requireNotTaken, takenOver } from './moves/byHand';
import { delivered, landed, signed } from './moves/landing';
import { type Move, refuse, waiting } from './moves/move';
import { correctionRequested, evidenceFiled, ready, rejected, reverted, snapshotTaken } from './moves/reviewing';
import { requireRead, reviewed, reviewStarted } from './moves/secondOpinion';
import { amended, noted, prepared, spent, turnEnded, turnStarted } from './moves/working';
import { factsOf, statusOf } from './parts';
import { ACTIVE_STATES, isDriven, type Task } from './task';

/**
 * The task after an event.
 *
 * @param task the task so far; null before `created`
 * @param at   RFC 3339 time of the event, for the record only: no rule looks at it
 * @throws TASK_STATE, naming state and event, when the event is not possible now
 */
export function transition(task: Task | null, event: TaskEvent, at: string): Task {
  if (event.type === 'created') {
    return task === null ? created(event, at) : refuse(task, event);
  }
  if (task === null) fail('TASK_STATE', `a task begins with "created", not with "${event.type}"`);
  const { facts, status } = event.type === 'amended' ? amended(task, event, at) : moved(task, event, at);
  const revived = event.type === 'restored' || ACTIVE_STATES.has(status.state);
  return { ...factsOf(task), ...facts, ...(revived ? { archived: false } : {}), updatedAt: at, ...status };
}

function moved(task: Task, event: Exclude<TaskEvent, { type: 'created' | 'amended' }>, at: string): Move {
  requireRead(task, event);
  requireNotTaken(task, event);
  switch (event.type) {
    case 'adopted':
      return adopted(task, event);
    case 'queued':
      return task.state === 'draft' ? { status: waiting('prepare') } : refuse(task, event);
    case 'preparing':
      return task.state === 'queued' && task.next === 'prepare'
        ? { status: { state: 'preparing' } }
        : refuse(task, event);
    case 'prepared':
      return prepared(task, event);
    case 'turn-started':
      return turnStarted(task, event);
    case 'session':
    case 'asked':
    case 'decided':
    case 'drifting':
      return noted(task, event);
    case 'spent':
      return spent(task, event);
    case 'turn-ended':
      return turnEnded(task, event);
    case 'snapshot':
      return snapshotTaken(task, event);
    case 'verified':
    case 'drift':
      return evidenceFiled(task, event);
    case 'review-started':
      return reviewStarted(task, event);
    case 'reviewed':
      return reviewed(task, event);
    case 'criterion-accepted':
      return criterionAccepted(task, event, at);
    case 'ready':
      return ready(task, event);
    case 'correction-requested':
      return correctionRequested(task, event);
    case 'reverted':
      return reverted(task, event);
    case 'taken-over':
      return takenOver(task, event);
    case 'handed-in':
      return handedIn(task, event);
    case 'given-up':
      return givenUp(task, event);
    case 'signed':
      return signed(task, event);
    case 'landing':
    case 'ref-updated':
    case 'landing-abandoned':
      return landed(task, event);
    case 'delivered':
      return delivered(task, event);
    case 'rejected':
      return rejected(task, event);
    case 'restored':
      return task.state === 'rejected' ? { status: task.was } : refuse(task, event);
    case 'failed':
    case 'interrupted':
      return broken(task, event);
    case 'resumed':
      return resumed(task, event);
    case 'cleaned':
      return task.state === 'delivered' || task.state === 'rejected'
        ? { status: statusOf(task), facts: { workspace: null } }
        : refuse(task, event);
    case 'archived':
      return isDriven(task) ? refuse(task, event) : { status: statusOf(task), facts: { archived: event.on } };
  }
}

function created(event: EventOf<'created'>, at: string): Task {
  return {
    id: event.id,
    slug: event.slug,
    title: event.title,
    repository: event.repository,
    brief: event.brief,
    base: event.base,
    target: event.target,
    branch: event.branch,
    agent: event.agent,
    reviewer: event.reviewer,
    origin: event.origin,
    createdAt: at,
    updatedAt: at,
    workspace: null,
    session: null,
    agentVersion: null,
    confinement: null,
    turns: 0,
    corrections: 0,
    snapshots: [],
    evidence: { verification: null, drift: null, review: null },
    reviewing: null,
    accepted: [],
    lastTurn: null,
    usage: null,
    drifting: null,
    asking: null,
    refused: 0,
    grants: [],
    reverting: null,
    takenOver: null,
    handing: null,
    handed: null,
    adopted: null,
    adopting: null,
    archived: false,
    state: 'draft',
  };
}
