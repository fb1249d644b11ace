/** The moves around a review: the snapshot, its evidence, ready, and what a reviewer asks for. */
import type { EventOf, Snapshot } from '../../events';
import { statusOf } from '../parts';
import type { Task } from '../task';
import { type Move, refuse, waiting } from './move';

/**
 * Each turn has at most one snapshot: verifying it again as it stands replaces the one before. A failed or interrupted
 * task stays so: its folder is only being kept.
 */
export function snapshotTaken(task: Task, event: EventOf<'snapshot'>): Move {
  const { snapshot } = event;
  const kept = task.state === 'failed' || task.state === 'interrupted';
  const awaited =
    (task.state === 'verifying' && task.snapshot === null) || (task.state === 'queued' && task.next === 'verify');
  if (!kept && !awaited) refuse(task, event);
  if (snapshot.turn !== task.turns) refuse(task, event, `turn ${task.turns} was the last, not ${snapshot.turn}`);
  return {
    status: kept ? statusOf(task) : { state: 'verifying', turn: task.turns, snapshot },
    facts: {
      snapshots: [...task.snapshots.filter((earlier) => earlier.turn !== snapshot.turn), snapshot],
      reverting: kept ? task.reverting : null,
      ...(kept || task.adopting === null ? {} : { adopted: task.adopting, adopting: null }),
    },
  };
}

/**
 * Evidence counts only at the tree under review. A signed task may also record checks of another tree (the merge with a
 * target that moved); the journal keeps them, and they never stand in for the evidence of the signed tree.
 */
export function evidenceFiled(task: Task, event: EventOf<'verified'> | EventOf<'drift'>): Move {
  if (task.state !== 'verifying' && task.state !== 'ready' && task.state !== 'signed') refuse(task, event);
  if (task.snapshot === null) refuse(task, event, 'it has no snapshot yet');
  const status = statusOf(task);
  if (event.tree !== task.snapshot.tree) {
    if (task.state !== 'signed') refuse(task, event, `${event.tree} is not the tree under review`);
    return { status };
  }
  const evidence = { tree: event.tree, file: event.file };
  return event.type === 'verified'
    ? { status, facts: { evidence: { ...task.evidence, verification: evidence } } }
    : { status, facts: { evidence: { ...task.evidence, drift: evidence }, drifting: null } };
}

export function ready(task: Task, event: EventOf<'ready'>): Move {
  if (task.state !== 'verifying') refuse(task, event);
  if (task.snapshot === null) refuse(task, event, 'it has no snapshot yet');
  if (!sameSnapshot(task.snapshot, event.snapshot) || event.turn !== task.turn) {
    refuse(task, event, 'another snapshot was verified');
  }
  return {
    status: { state: 'ready', turn: task.turn, snapshot: task.snapshot, verdict: event.verdict },
    facts: { drifting: null, reviewing: null },
  };
}

function sameSnapshot(one: Snapshot, other: Snapshot): boolean {
  return one.turn === other.turn && one.commit === other.commit && one.tree === other.tree;
}

export function correctionRequested(task: Task, event: EventOf<'correction-requested'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  if (task.workspace === null) refuse(task, event, 'its folders are gone');
  if (event.turn !== task.turns + 1) refuse(task, event, `the next turn is ${task.turns + 1}, not ${event.turn}`);
  return {
    status: { state: 'correcting', turn: event.turn, prompt: event.prompt },
    facts: { corrections: task.corrections + 1, ...(event.agent === undefined ? {} : { agent: event.agent }) },
  };
}

/** A turn of its own, so that the snapshot before it stays what it was, for the record and for the next look. */
export function reverted(task: Task, event: EventOf<'reverted'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  if (task.workspace === null) refuse(task, event, 'its folders are gone');
  if (event.turn !== task.turns + 1) refuse(task, event, `the next turn is ${task.turns + 1}, not ${event.turn}`);
  return {
    status: waiting('verify'),
    facts: { turns: event.turn, reverting: { paths: event.paths, by: event.by } },
  };
}

export function rejected(task: Task, event: EventOf<'rejected'>): Move {
  const possible: readonly Task['state'][] = ['ready', 'failed', 'interrupted', 'signed', 'draft', 'queued'];
  if (!possible.includes(task.state)) refuse(task, event);
  if (task.state === 'signed' && task.landing !== null) refuse(task, event, 'a landing is under way');
  return {
    status: { state: 'rejected', reason: event.reason, was: statusOf(task) },
    ...(task.takenOver === null ? {} : { facts: { takenOver: null } }),
  };
}
