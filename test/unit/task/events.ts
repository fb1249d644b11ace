/** Events that fit a task, and the ways to every state: for the tests of everything that folds or stores them. */
import type { Adoption, EventOf, Signoff, Snapshot, TaskEvent, Workspace } from '../../../src/core/events';
import type { Task } from '../../../src/core/task/task';
import { transition } from '../../../src/core/task/transition';

export const AT = '2026-01-02T03:04:05.678Z';
export const BASE = '1'.repeat(40);
export const BRIEF = 'b'.repeat(64);

export type EventType = TaskEvent['type'];

/** An oid that differs with its number. */
export const oid = (number: number): string => number.toString(16).padStart(40, 'a');

export const workspace: Workspace = {
  worktree: { path: '/state/worktrees/a', dev: '1', ino: '2' },
  shadow: { path: '/state/shadows/a', dev: '1', ino: '3' },
  base: BASE,
  branch: 'countersign/title-abc123',
  isolation: 'shared',
};

export const snapshotOf = (turn: number): Snapshot => ({ turn, commit: oid(100 + turn), tree: oid(200 + turn) });

export const createdEvent: EventOf<'created'> = {
  type: 'created',
  id: '01jd0000abcd',
  slug: 'title-00abcd',
  title: 'Title',
  repository: { id: 'r1', name: 'repo', root: '/repo', commonDir: '/repo/.git' },
  brief: BRIEF,
  base: BASE,
  target: 'refs/heads/main',
  branch: 'countersign/title-00abcd',
  agent: 'command',
  reviewer: 'Reviewer <reviewer@example.com>',
  origin: 'human',
};

export const adoptionOf = (turn: number): Adoption => ({
  turn,
  name: 'topic',
  ref: 'refs/heads/topic',
  commit: oid(400 + turn),
  tree: oid(200 + turn),
  commits: 2,
  authors: [{ name: 'Author', email: 'author@example.com' }],
});

const signoffOf = (snapshot: Snapshot): Signoff => ({
  by: { name: 'Reviewer', email: 'reviewer@example.com' },
  at: AT,
  brief: BRIEF,
  commit: snapshot.commit,
  tree: snapshot.tree,
  accepted: {},
  overridden: {},
  checks: { tests: 'passed' },
  drift: 'clean',
});

/** Every type of event with what fits the task as it is, as far as anything can. */
export function eventsFor(task: Task | null): Readonly<Record<EventType, TaskEvent>> {
  const turns = task?.turns ?? 0;
  const state = task?.state ?? 'draft';
  const snapshot = (task !== null && 'snapshot' in task ? task.snapshot : null) ?? snapshotOf(turns);
  const landing = task?.state === 'signed' ? task.landing : null;
  const stage =
    state === 'queued' || state === 'preparing' || state === 'running' || state === 'correcting' ? state : 'verifying';
  const correcting = task !== null && 'prompt' in task && task.prompt !== null;
  return {
    created: createdEvent,
    adopted: { type: 'adopted', ...adoptionOf(turns + 1) },
    queued: { type: 'queued' },
    preparing: { type: 'preparing' },
    prepared: { type: 'prepared', workspace, seconds: 0.1 },
    'turn-started': {
      type: 'turn-started',
      turn: turns + 1,
      kind: correcting ? 'correction' : 'work',
      confinement: 'bwrap',
    },
    session: { type: 'session', session: 's1', agent: { name: 'Agent', version: '1.0.0' } },
    asked: { type: 'asked', request: 'q1', what: 'run npm install', boundary: 'dependencies' },
    decided: {
      type: 'decided',
      request: 'q1',
      what: 'run npm install',
      decision: 'refused',
      by: 'nobody',
      why: 'nobody was there',
    },
    amended: {
      type: 'amended',
      request: 'q1',
      by: 'Reviewer',
      amendment: { reason: 'it is needed', change: ['src/b.ts'], allow: [] },
    },
    drifting: { type: 'drifting', verdict: 'attention', files: 3, paths: ['src/a.ts'] },
    spent: { type: 'spent', turn: turns, seconds: 1, usage: { tokens: { total: 5 }, costUsd: 0.5, meaning: 'of it' } },
    'turn-ended': {
      type: 'turn-ended',
      turn: turns,
      stop: 'end_turn',
      exit: 0,
      seconds: 1,
      usage: null,
      survivors: [],
    },
    snapshot: { type: 'snapshot', snapshot: snapshotOf(turns) },
    verified: { type: 'verified', tree: snapshot.tree, file: 'evidence/v.json', checks: { tests: 'passed' } },
    drift: {
      type: 'drift',
      tree: snapshot.tree,
      file: 'evidence/d.json',
      verdict: 'clean',
      block: 0,
      warn: 0,
      info: 0,
    },
    'review-started': { type: 'review-started', tree: snapshot.tree, agent: 'gemini', by: 'Reviewer' },
    reviewed: {
      type: 'reviewed',
      tree: snapshot.tree,
      file: 'evidence/r.json',
      agent: 'gemini',
      none: null,
      major: 1,
      minor: 0,
      nit: 0,
      dropped: 0,
      seconds: 1,
      verdict: 'attention',
    },
    'criterion-accepted': {
      type: 'criterion-accepted',
      tree: snapshot.tree,
      brief: createdEvent.brief,
      criterion: 2,
      id: 'AC-2',
      by: { name: 'Reviewer', email: 'reviewer@example.com' },
      reason: 'read it',
      verdict: 'clean',
    },
    ready: { type: 'ready', turn: turns, verdict: 'clean', snapshot },
    'correction-requested': {
      type: 'correction-requested',
      turn: turns + 1,
      by: 'Reviewer',
      prompt: 'mend it',
      again: false,
    },
    reverted: { type: 'reverted', turn: turns + 1, paths: ['src/a.ts'], by: 'Reviewer' },
    'taken-over': { type: 'taken-over', turn: turns, tree: snapshot.tree, by: 'Reviewer', folder: workspace.worktree },
    'handed-in': { type: 'handed-in', turn: turns + 1, by: 'Reviewer' },
    'given-up': { type: 'given-up', by: 'Reviewer' },
    signed: { type: 'signed', signoff: signoffOf(snapshot) },
    landing: {
      type: 'landing',
      landing: { mode: 'merge', ref: 'refs/heads/main', old: BASE, new: oid(300), tree: snapshot.tree, checkout: null },
    },
    'ref-updated': { type: 'ref-updated', ref: 'refs/heads/main', new: oid(300) },
    'landing-abandoned': { type: 'landing-abandoned', why: 'the ref moved' },
    delivered: {
      type: 'delivered',
      mode: landing?.mode ?? 'none',
      ref: landing?.ref ?? null,
      commit: landing?.new ?? null,
      kept: [],
    },
    rejected: { type: 'rejected', reason: 'not wanted', by: 'Reviewer' },
    restored: { type: 'restored' },
    failed: { type: 'failed', stage, error: { code: 'AGENT_FAILED', message: 'it crashed', fix: 'read the log' } },
    interrupted: { type: 'interrupted', stage, cause: 'host-died' },
    resumed: { type: 'resumed', how: 'go-on' },
    cleaned: { type: 'cleaned', folders: [] },
    archived: { type: 'archived', on: true },
  };
}

export const EVENT_TYPES = Object.keys(eventsFor(null)) as EventType[];

const createdForOthers: EventOf<'created'> = { ...createdEvent, agent: 'adopted' };

/** An event of its type as it fits then; or the beginning of a task that adopts. */
type Step = EventType | 'created for others';

/** Folds types of events, each with what fits then. */
export function walk(types: readonly Step[], from: Task | null = null): { task: Task; events: TaskEvent[] } {
  let task = from;
  const events: TaskEvent[] = [];
  for (const type of types) {
    const event = type === 'created for others' ? createdForOthers : eventsFor(task)[type];
    task = transition(task, event, AT);
    events.push(event);
  }
  return { task: task!, events };
}

const toAdopting: Step[] = ['created for others', 'adopted', 'queued', 'preparing'];
const toAdopted: Step[] = [...toAdopting, 'prepared', 'snapshot', 'verified', 'drift', 'ready'];
const toPreparing: EventType[] = ['created', 'queued', 'preparing'];
const toRunning: EventType[] = [...toPreparing, 'prepared', 'turn-started'];
const toVerifying: EventType[] = [...toRunning, 'turn-ended'];
const toSnapshot: EventType[] = [...toVerifying, 'snapshot'];
const toReady: EventType[] = [...toSnapshot, 'verified', 'drift', 'ready'];
const toSigned: EventType[] = [...toReady, 'signed'];
const toCorrecting: EventType[] = [...toReady, 'correction-requested'];

/** A way to every state, and to each of its variants that other events fit. */
export const WAYS = {
  draft: ['created'],
  'queued to prepare': ['created', 'queued'],
  preparing: toPreparing,
  'preparing, with folders': [...toPreparing, 'prepared'],
  running: toRunning,
  'queued for its turn': [...toRunning, 'interrupted', 'resumed'],
  verifying: toVerifying,
  'verifying a snapshot': toSnapshot,
  'queued to verify': [...toVerifying, 'interrupted', 'resumed'],
  ready: toReady,
  'ready, being reviewed': [...toReady, 'review-started'],
  'ready, reviewed': [...toReady, 'review-started', 'reviewed'],
  'verifying, being reviewed': [...toSnapshot, 'verified', 'drift', 'review-started'],
  'correcting, not begun': toCorrecting,
  correcting: [...toCorrecting, 'turn-started'],
  'queued to correct': [...toCorrecting, 'turn-started', 'failed', 'resumed'],
  signed: toSigned,
  landing: [...toSigned, 'landing'],
  'landed, not delivered': [...toSigned, 'landing', 'ref-updated'],
  delivered: [...toSigned, 'landing', 'ref-updated', 'delivered'],
  'delivered, cleaned': [...toSigned, 'delivered', 'cleaned'],
  'queued after a revert': [...toReady, 'reverted'],
  'ready after a revert': [...toReady, 'reverted', 'snapshot', 'verified', 'drift', 'ready'],
  'ready, taken over': [...toReady, 'taken-over'],
  'queued after it was handed in': [...toReady, 'taken-over', 'handed-in'],
  'verifying what was handed in': [...toReady, 'taken-over', 'handed-in', 'snapshot'],
  'ready, changed by hand': [
    ...toReady,
    ...(['taken-over', 'handed-in', 'snapshot', 'prepared', 'verified', 'drift', 'ready'] as const),
  ],
  rejected: [...toReady, 'rejected'],
  'rejected, cleaned': [...toReady, 'rejected', 'cleaned'],
  failed: [...toRunning, 'failed'],
  interrupted: [...toRunning, 'interrupted'],
  'interrupted, archived': [...toRunning, 'interrupted', 'archived'],
  'draft for others': ['created for others'],
  'draft that adopts': ['created for others', 'adopted'],
  'queued to adopt': ['created for others', 'adopted', 'queued'],
  'preparing to adopt': toAdopting,
  'verifying what it adopts': [...toAdopting, 'prepared'],
  'queued to verify what it adopts': [...toAdopting, 'prepared', 'failed', 'resumed'],
  'interrupted while it adopts': [...toAdopting, 'prepared', 'interrupted'],
  'ready, adopted': toAdopted,
  'correcting what was adopted': [...toAdopted, 'correction-requested', 'turn-started'],
  'queued to adopt again': [...toAdopted, 'adopted'],
  'preparing to adopt again': [...toAdopted, 'adopted', 'preparing'],
  'ready, adopted again': [...toAdopted, 'adopted', 'preparing', 'prepared', 'snapshot', 'verified', 'drift', 'ready'],
  'delivered, archived': [...toSigned, 'delivered', 'cleaned', 'archived'],
} satisfies Record<string, Step[]>;

export type Way = keyof typeof WAYS;
