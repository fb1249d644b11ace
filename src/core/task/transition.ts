/**
 * The legal moves of a task, and what each event adds to what is known about it. The journal is the truth: a task is the
 * fold of its events through `transition`, and an event that this file refuses is never written.
 */
import { fail } from '../errors';
import type { EventOf, Snapshot, TaskEvent } from '../events';
import { factsOf, statusOf } from './parts';
import type { NextStep, Task, TaskFacts, TaskIn, TaskStatus } from './task';

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
  const { facts, status } = moved(task, event);
  return { ...factsOf(task), ...facts, updatedAt: at, ...status };
}

interface Move {
  readonly status: TaskStatus;
  readonly facts?: Partial<TaskFacts>;
}

function moved(task: Task, event: Exclude<TaskEvent, { type: 'created' }>): Move {
  switch (event.type) {
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
    case 'turn-ended':
      return turnEnded(task, event);
    case 'snapshot':
      return snapshotTaken(task, event);
    case 'verified':
    case 'drift':
      return evidenceFiled(task, event);
    case 'ready':
      return ready(task, event);
    case 'correction-requested':
      return correctionRequested(task, event);
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
    evidence: { verification: null, drift: null },
    lastTurn: null,
    usage: null,
    drifting: null,
    asking: null,
    refused: 0,
    state: 'draft',
  };
}

/** Folders are made while preparing, and made again for a task that was restored after its folders were cleaned away. */
function prepared(task: Task, event: EventOf<'prepared'>): Move {
  const possible: readonly Task['state'][] = ['queued', 'ready', 'signed', 'failed', 'interrupted', 'rejected'];
  if (task.state !== 'preparing' && !possible.includes(task.state)) refuse(task, event);
  if (task.workspace !== null) refuse(task, event, 'it has its folders already');
  return { status: statusOf(task), facts: { workspace: event.workspace } };
}

function turnStarted(task: Task, event: EventOf<'turn-started'>): Move {
  if (task.workspace === null) refuse(task, event, 'it has no folders');
  if (event.turn !== task.turns + 1) refuse(task, event, `the next turn is ${task.turns + 1}, not ${event.turn}`);
  const facts = { turns: event.turn, confinement: event.confinement, lastTurn: null, asking: null, drifting: null };
  const prompt = pendingCorrection(task);
  if (event.kind === 'correction') {
    if (prompt === null) refuse(task, event, 'no correction was asked for');
    return { status: { state: 'correcting', turn: event.turn, prompt }, facts };
  }
  const workMayStart = task.state === 'preparing' || (task.state === 'queued' && task.next === 'turn');
  if (!workMayStart || prompt !== null) refuse(task, event);
  return { status: { state: 'running', turn: event.turn }, facts };
}

/** The prompt of a correction whose turn may start now, or null. */
function pendingCorrection(task: Task): string | null {
  if (task.state === 'correcting') return task.turn > task.turns ? task.prompt : null;
  return task.state === 'queued' && task.next === 'turn' ? task.prompt : null;
}

/** The task, if its agent is at work: a turn has started and not ended. */
function atWork(task: Task, event: TaskEvent): TaskIn<'running'> | TaskIn<'correcting'> {
  const working = task.state === 'running' || task.state === 'correcting';
  if (!working || task.turns !== task.turn) refuse(task, event);
  return task;
}

function noted(
  task: Task,
  event: EventOf<'session'> | EventOf<'asked'> | EventOf<'decided'> | EventOf<'drifting'>,
): Move {
  const status = statusOf(atWork(task, event));
  switch (event.type) {
    case 'session':
      return { status, facts: { session: event.session, agentVersion: event.agent.version } };
    case 'asked':
      return {
        status,
        facts: { asking: { type: 'asked', request: event.request, what: event.what, boundary: event.boundary } },
      };
    case 'decided':
      return {
        status,
        facts: {
          asking: task.asking?.request === event.request ? null : task.asking,
          refused: task.refused + (event.decision === 'refused' ? 1 : 0),
        },
      };
    case 'drifting':
      return { status, facts: { drifting: { verdict: event.verdict, files: event.files, paths: event.paths } } };
  }
}

function turnEnded(task: Task, event: EventOf<'turn-ended'>): Move {
  const { turn } = atWork(task, event);
  if (event.turn !== turn) refuse(task, event, `turn ${turn} is under way, not ${event.turn}`);
  return {
    status: { state: 'verifying', turn, snapshot: null },
    facts: {
      lastTurn: { stop: event.stop, exit: event.exit, survivors: event.survivors },
      usage: event.usage ?? task.usage,
      asking: null,
    },
  };
}

/**
 * Each turn has at most one snapshot: verifying it again as it stands replaces the one before. A failed or interrupted
 * task stays so: its folder is only being kept.
 */
function snapshotTaken(task: Task, event: EventOf<'snapshot'>): Move {
  const { snapshot } = event;
  const kept = task.state === 'failed' || task.state === 'interrupted';
  const awaited =
    (task.state === 'verifying' && task.snapshot === null) || (task.state === 'queued' && task.next === 'verify');
  if (!kept && !awaited) refuse(task, event);
  if (snapshot.turn !== task.turns) refuse(task, event, `turn ${task.turns} was the last, not ${snapshot.turn}`);
  return {
    status: kept ? statusOf(task) : { state: 'verifying', turn: task.turns, snapshot },
    facts: { snapshots: [...task.snapshots.filter((earlier) => earlier.turn !== snapshot.turn), snapshot] },
  };
}

/**
 * Evidence counts only at the tree under review. A signed task may also record checks of another tree (the merge with a
 * target that moved); the journal keeps them, and they never stand in for the evidence of the signed tree.
 */
function evidenceFiled(task: Task, event: EventOf<'verified'> | EventOf<'drift'>): Move {
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

function ready(task: Task, event: EventOf<'ready'>): Move {
  if (task.state !== 'verifying') refuse(task, event);
  if (task.snapshot === null) refuse(task, event, 'it has no snapshot yet');
  if (!sameSnapshot(task.snapshot, event.snapshot) || event.turn !== task.turn) {
    refuse(task, event, 'another snapshot was verified');
  }
  return {
    status: { state: 'ready', turn: task.turn, snapshot: task.snapshot, verdict: event.verdict },
    facts: { drifting: null },
  };
}

function correctionRequested(task: Task, event: EventOf<'correction-requested'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  if (task.workspace === null) refuse(task, event, 'its folders are gone');
  if (event.turn !== task.turns + 1) refuse(task, event, `the next turn is ${task.turns + 1}, not ${event.turn}`);
  return {
    status: { state: 'correcting', turn: event.turn, prompt: event.prompt },
    facts: { corrections: task.corrections + 1 },
  };
}

function signed(task: Task, event: EventOf<'signed'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  const { signoff } = event;
  const { turn, snapshot, verdict } = task;
  if (signoff.tree !== snapshot.tree || signoff.commit !== snapshot.commit) {
    refuse(task, event, `the sign-off names tree ${signoff.tree}, under review is ${snapshot.tree}`);
  }
  if (signoff.brief !== task.brief) refuse(task, event, 'the sign-off names another brief');
  return { status: { state: 'signed', turn, snapshot, verdict, signoff, landing: null, refUpdated: false } };
}

function landed(task: Task, event: EventOf<'landing'> | EventOf<'ref-updated'> | EventOf<'landing-abandoned'>): Move {
  if (task.state !== 'signed') refuse(task, event);
  const { turn, snapshot, verdict, signoff, landing, refUpdated } = task;
  const status = { state: 'signed', turn, snapshot, verdict, signoff } as const;
  if (event.type === 'landing') {
    if (landing !== null) refuse(task, event, 'a landing is under way');
    return { status: { ...status, landing: event.landing, refUpdated: false } };
  }
  if (landing === null) refuse(task, event, 'no landing is under way');
  if (event.type === 'landing-abandoned') return { status: { ...status, landing: null, refUpdated: false } };
  if (refUpdated || event.ref !== landing.ref || event.new !== landing.new) {
    refuse(task, event, `the landing moves ${landing.ref} to ${landing.new}, once`);
  }
  return { status: { ...status, landing, refUpdated: true } };
}

/** Delivery ends the landing that was begun; the mode `none` delivers nothing and so has none. */
function delivered(task: Task, event: EventOf<'delivered'>): Move {
  if (task.state !== 'signed') refuse(task, event);
  const { turn, snapshot, verdict, signoff, landing } = task;
  const { mode, ref, commit } = event;
  if ((landing?.mode ?? 'none') !== mode) refuse(task, event, `the landing's mode is ${landing?.mode ?? 'none'}`);
  if ((landing?.ref ?? null) !== ref || (landing?.new ?? null) !== commit) {
    refuse(task, event, 'it names another ref or commit than the landing');
  }
  return { status: { state: 'delivered', turn, snapshot, verdict, signoff, mode, ref, commit } };
}

function rejected(task: Task, event: EventOf<'rejected'>): Move {
  const possible: readonly Task['state'][] = ['ready', 'failed', 'interrupted', 'signed', 'draft', 'queued'];
  if (!possible.includes(task.state)) refuse(task, event);
  if (task.state === 'signed' && task.landing !== null) refuse(task, event, 'a landing is under way');
  return { status: { state: 'rejected', reason: event.reason, was: statusOf(task) } };
}

function broken(task: Task, event: EventOf<'failed'> | EventOf<'interrupted'>): Move {
  const next = unfinished(task);
  if (next === null) refuse(task, event);
  if (event.stage !== task.state) refuse(task, event, `the stage under way is ${task.state}, not ${event.stage}`);
  const turn = task.turns;
  const prompt = task.state === 'correcting' || task.state === 'queued' ? task.prompt : null;
  const status: TaskStatus =
    event.type === 'failed'
      ? { state: 'failed', stage: event.stage, turn, error: event.error, next, prompt }
      : { state: 'interrupted', stage: event.stage, turn, cause: event.cause, next, prompt };
  return { status, facts: { asking: null } };
}

/** The step that an active task is in or waits for; null for a task that is not active. */
function unfinished(task: Task): NextStep | null {
  switch (task.state) {
    case 'queued':
      return task.next;
    case 'preparing':
      return 'prepare';
    case 'running':
    case 'correcting':
      return 'turn';
    case 'verifying':
      return 'verify';
    case 'draft':
    case 'ready':
    case 'signed':
    case 'delivered':
    case 'rejected':
    case 'failed':
    case 'interrupted':
      return null;
  }
}

/** What broke goes on; what is in the folder can also be taken to review as it stands, and so can a folder that changed. */
function resumed(task: Task, event: EventOf<'resumed'>): Move {
  if (task.state !== 'failed' && task.state !== 'interrupted' && task.state !== 'ready') refuse(task, event);
  if (event.how === 'go-on') {
    return task.state === 'ready' ? refuse(task, event) : { status: waiting(task.next, task.prompt) };
  }
  if (task.turns === 0) refuse(task, event, 'its agent never started: there is nothing to take to review');
  if (task.workspace === null) refuse(task, event, 'its folders are gone');
  return { status: waiting('verify') };
}

function waiting(next: NextStep, prompt: string | null = null): TaskStatus {
  return { state: 'queued', next, prompt };
}

function sameSnapshot(one: Snapshot, other: Snapshot): boolean {
  return one.turn === other.turn && one.commit === other.commit && one.tree === other.tree;
}

function refuse(task: Task, event: TaskEvent, why?: string): never {
  const reason = why === undefined ? '' : `: ${why}`;
  fail('TASK_STATE', `task ${task.id} is ${task.state}, and "${event.type}" is not possible now${reason}`);
}
