import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CountersignError } from '../../../src/core/errors';
import type { TaskEvent } from '../../../src/core/events';
import { taskStateSchema } from '../../../src/core/task/summary';
import { isActive, type Task } from '../../../src/core/task/task';
import { transition } from '../../../src/core/task/transition';
import {
  AT,
  adoptionOf,
  EVENT_TYPES,
  type EventType,
  eventsFor,
  oid,
  snapshotOf,
  WAYS,
  type Way,
  walk,
} from './events';

const READY_ADOPTED: readonly EventType[] = [
  ...(['adopted', 'verified', 'drift', 'review-started', 'criterion-accepted'] as const),
  ...(['correction-requested', 'reverted', 'signed', 'taken-over', 'rejected', 'archived'] as const),
];
const READY: readonly EventType[] = READY_ADOPTED.filter((type) => type !== 'adopted');

/** What each variant of each state accepts; everything else is refused. */
const ACCEPTS: Record<Way, readonly EventType[]> = {
  draft: ['queued', 'rejected', 'archived'],
  'queued to prepare': ['preparing', 'prepared', 'rejected', 'failed', 'interrupted'],
  preparing: ['prepared', 'failed', 'interrupted'],
  'preparing, with folders': ['turn-started', 'failed', 'interrupted'],
  running: ['session', 'asked', 'decided', 'drifting', 'spent', 'turn-ended', 'failed', 'interrupted'],
  'queued for its turn': ['turn-started', 'rejected', 'failed', 'interrupted'],
  verifying: ['snapshot', 'failed', 'interrupted'],
  'verifying a snapshot': ['verified', 'drift', 'review-started', 'ready', 'failed', 'interrupted'],
  'verifying, being reviewed': ['verified', 'drift', 'reviewed', 'ready', 'failed', 'interrupted'],
  'queued to verify': ['snapshot', 'rejected', 'failed', 'interrupted'],
  ready: READY,
  'ready, being reviewed': ['verified', 'drift', 'reviewed', 'taken-over'],
  'ready, taken over': [
    'verified',
    'drift',
    'review-started',
    'criterion-accepted',
    'handed-in',
    'given-up',
    'rejected',
    'archived',
  ],
  'queued after it was handed in': ['snapshot', 'rejected', 'failed', 'interrupted'],
  'verifying what was handed in': [
    ...(['prepared', 'verified', 'drift', 'review-started', 'ready', 'failed', 'interrupted'] as const),
  ],
  'ready, changed by hand': READY,
  'ready, reviewed': READY,
  'correcting, not begun': ['turn-started', 'failed', 'interrupted'],
  correcting: ['session', 'asked', 'decided', 'drifting', 'spent', 'turn-ended', 'failed', 'interrupted'],
  'queued to correct': ['turn-started', 'rejected', 'failed', 'interrupted'],
  signed: ['verified', 'drift', 'landing', 'delivered', 'rejected', 'archived'],
  landing: ['verified', 'drift', 'ref-updated', 'landing-abandoned', 'delivered'],
  'landed, not delivered': ['verified', 'drift', 'landing-abandoned', 'delivered'],
  delivered: ['cleaned', 'archived'],
  'delivered, cleaned': ['cleaned', 'archived'],
  'queued after a revert': ['snapshot', 'rejected', 'failed', 'interrupted'],
  'ready after a revert': READY,
  rejected: ['restored', 'cleaned', 'archived'],
  'rejected, cleaned': ['prepared', 'restored', 'cleaned', 'archived'],
  failed: ['snapshot', 'rejected', 'resumed', 'archived'],
  interrupted: ['snapshot', 'rejected', 'resumed', 'archived'],
  'interrupted, archived': ['snapshot', 'rejected', 'resumed', 'archived'],
  'delivered, archived': ['cleaned', 'archived'],
  'draft for others': ['adopted', 'queued', 'rejected', 'archived'],
  'draft that adopts': ['queued', 'rejected', 'archived'],
  'queued to adopt': ['preparing', 'prepared', 'rejected', 'failed', 'interrupted'],
  'preparing to adopt': ['prepared', 'failed', 'interrupted'],
  'verifying what it adopts': ['snapshot', 'failed', 'interrupted'],
  'queued to verify what it adopts': ['snapshot', 'rejected', 'failed', 'interrupted'],
  'interrupted while it adopts': ['snapshot', 'rejected', 'resumed', 'archived'],
  'ready, adopted': [...READY_ADOPTED],
  'correcting what was adopted': [
    'session',
    'asked',
    'decided',
    'drifting',
    'spent',
    'turn-ended',
    'failed',
    'interrupted',
  ],
  'queued to adopt again': ['preparing', 'rejected', 'failed', 'interrupted'],
  'preparing to adopt again': ['prepared', 'failed', 'interrupted'],
  'ready, adopted again': [...READY_ADOPTED],
};

const refused = (task: Task | null, event: TaskEvent, named: RegExp = /./): void => {
  assert.throws(
    () => transition(task, event, AT),
    (error) =>
      error instanceof CountersignError &&
      error.code === 'TASK_STATE' &&
      error.message.includes(`"${event.type}"`) &&
      named.test(error.message),
  );
};

const accepts = (task: Task | null, event: TaskEvent): boolean => {
  try {
    transition(task, event, AT);
    return true;
  } catch (error) {
    assert.ok(error instanceof CountersignError && error.code === 'TASK_STATE', String(error));
    return false;
  }
};

describe('transition', () => {
  it('begins with created, and only once', () => {
    for (const type of EVENT_TYPES) assert.equal(accepts(null, eventsFor(null)[type]), type === 'created');
    refused(walk(['created']).task, eventsFor(null).created, /draft/);
  });

  for (const way of Object.keys(WAYS) as Way[]) {
    it(`accepts of a task that is ${way} exactly what fits`, () => {
      const { task } = walk(WAYS[way]);
      const events = eventsFor(task);
      assert.deepEqual(
        EVENT_TYPES.filter((type) => accepts(task, events[type])),
        EVENT_TYPES.filter((type) => ACCEPTS[way].includes(type)),
      );
      for (const type of EVENT_TYPES) {
        if (!ACCEPTS[way].includes(type)) refused(task, events[type], new RegExp(`is ${task.state}`));
      }
    });
  }

  it('reaches every state', () => {
    const reached = new Set(Object.values(WAYS).map((way) => walk(way).task.state));
    assert.deepEqual([...reached].sort(), [...taskStateSchema.options].sort());
  });

  it('lets a person go on by hand, and nobody else meanwhile', () => {
    const { task } = walk(WAYS['ready, taken over']);
    assert.deepEqual([task.state, task.takenOver?.by, task.turns], ['ready', 'Reviewer', 1]);
    refused(task, { type: 'resumed', how: 'as-it-stands' }, /Reviewer has taken it over/);
    assert.equal(walk(['given-up'], task).task.takenOver, null);
    const { task: rejected } = walk(['rejected', 'restored'], task);
    assert.deepEqual([rejected.state, rejected.takenOver], ['ready', null]);
    refused(walk(WAYS.ready).task, { ...eventsFor(task)['taken-over'], tree: oid(9) } as TaskEvent, /under review/);
    const other = { ...eventsFor(task)['handed-in'], turn: 9 } as TaskEvent;
    refused(task, other, /next turn is 2/);
  });

  it('takes what was handed in for a turn of its own, in a folder in which no agent has worked', () => {
    const { task: handing } = walk(WAYS['verifying what was handed in']);
    assert.deepEqual([handing.turns, handing.handing?.by, handing.handed], [2, 'Reviewer', null]);
    const { task } = walk(WAYS['ready, changed by hand']);
    assert.deepEqual([task.handing, task.handed, task.confinement], [null, { turn: 2, by: 'Reviewer' }, null]);
    assert.deepEqual([task.corrections, task.snapshots.map(({ turn }) => turn)], [0, [1, 2]]);
    const { task: left } = walk(['interrupted'], handing);
    assert.equal(transition(left, { type: 'resumed', how: 'as-it-stands' }, AT).handing, null);
    assert.equal(transition(left, { type: 'resumed', how: 'go-on' }, AT).handing?.turn, 2);
  });

  it('does not care at what time things happen', () => {
    const early = transition(walk(WAYS.draft).task, { type: 'queued' }, '1999-01-01T00:00:00Z');
    assert.equal(early.state, 'queued');
    assert.equal(early.updatedAt, '1999-01-01T00:00:00Z');
    assert.equal(early.createdAt, AT);
  });

  it('counts turns and corrections, and lets nothing be counted twice', () => {
    const { task } = walk(WAYS.correcting);
    assert.equal(task.turns, 2);
    assert.equal(task.corrections, 1);
    refused(
      walk(WAYS['queued for its turn']).task,
      { ...eventsFor(null)['turn-started'], turn: 1 } as TaskEvent,
      /turn is 2/,
    );
    refused(task, { ...eventsFor(task)['turn-ended'], turn: 1 } as TaskEvent, /turn 2/);
  });

  it('starts work only as work and a correction only as a correction', () => {
    const fresh = walk(WAYS['preparing, with folders']).task;
    refused(fresh, { ...eventsFor(fresh)['turn-started'], kind: 'correction' } as TaskEvent);
    const correcting = walk(WAYS['queued to correct']).task;
    refused(correcting, { ...eventsFor(correcting)['turn-started'], kind: 'work' } as TaskEvent);
  });

  it('keeps the correction over a crash, and drops it when the work is taken as it stands', () => {
    const { task } = walk([...WAYS.correcting, 'interrupted']);
    assert.equal(task.state === 'interrupted' && task.prompt, 'mend it');
    const goOn = transition(task, { type: 'resumed', how: 'go-on' }, AT);
    assert.deepEqual(goOn.state === 'queued' && [goOn.next, goOn.prompt], ['turn', 'mend it']);
    const again = walk(['turn-started'], goOn).task;
    assert.deepEqual(again.state === 'correcting' && [again.turn, again.prompt], [3, 'mend it']);
    const asItStands = transition(task, { type: 'resumed', how: 'as-it-stands' }, AT);
    assert.deepEqual(asItStands.state === 'queued' && [asItStands.next, asItStands.prompt], ['verify', null]);
  });

  it('goes on where it stopped', () => {
    const next = (way: EventType[]) => {
      const { task } = walk([...way, 'interrupted', 'resumed']);
      return task.state === 'queued' ? task.next : task.state;
    };
    assert.equal(next(WAYS['queued to prepare']), 'prepare');
    assert.equal(next(WAYS.preparing), 'prepare');
    assert.equal(next(WAYS['preparing, with folders']), 'prepare');
    assert.equal(next(WAYS.running), 'turn');
    assert.equal(next(WAYS['correcting, not begun']), 'turn');
    assert.equal(next(WAYS['verifying a snapshot']), 'verify');
    assert.equal(next(WAYS['queued to verify']), 'verify');
  });

  it('takes nothing to review as it stands before an agent was there', () => {
    refused(walk([...WAYS.preparing, 'failed']).task, { type: 'resumed', how: 'as-it-stands' }, /never started/);
  });

  it('stays put aside whatever else becomes of it, until it lives again', () => {
    const aside = walk([...WAYS.ready, 'archived']).task;
    assert.deepEqual([aside.state, aside.archived], ['ready', true]);
    const archived = (types: EventType[]) => walk(types, aside).task.archived;
    assert.equal(archived(['rejected', 'cleaned']), true);
    assert.equal(archived(['signed', 'delivered']), true);
    assert.equal(archived(['rejected', 'restored']), false);
    assert.equal(archived(['correction-requested']), false);
    assert.equal(walk(['resumed'], walk(WAYS['interrupted, archived']).task).task.archived, false);
    assert.equal(walk(['queued'], walk(['created', 'archived']).task).task.archived, false);
    assert.equal(transition(aside, { type: 'archived', on: false }, AT).archived, false);
  });

  it('replaces the snapshot of a turn that is verified again', () => {
    const { task } = walk([...WAYS['verifying a snapshot'], 'interrupted', 'resumed', 'snapshot']);
    assert.deepEqual(task.snapshots, [snapshotOf(1)]);
  });

  it('keeps the snapshot that was reverted from, and makes the next one of a turn of its own', () => {
    const { task } = walk(WAYS['ready after a revert']);
    assert.deepEqual(task.snapshots, [snapshotOf(1), snapshotOf(2)]);
    assert.deepEqual([task.turns, task.corrections, task.reverting], [2, 0, null]);
    refused(walk(WAYS.ready).task, { type: 'reverted', turn: 1, paths: ['a'], by: 'r' }, /next turn is 2/);
    refused(walk([...WAYS['rejected, cleaned'], 'restored']).task, eventsFor(task).reverted, /folders are gone/);
  });

  it('keeps what is to be reverted over a crash, and drops it when the work is taken as it stands', () => {
    const { task } = walk([...WAYS['queued after a revert'], 'interrupted']);
    assert.deepEqual(task.reverting, { paths: ['src/a.ts'], by: 'Reviewer' });
    const kept = walk(['snapshot'], task).task;
    assert.deepEqual([kept.state, kept.reverting], ['interrupted', task.reverting]);
    const goOn = transition(task, { type: 'resumed', how: 'go-on' }, AT);
    assert.deepEqual([goOn.state === 'queued' && goOn.next, goOn.reverting], ['verify', task.reverting]);
    assert.equal(transition(task, { type: 'resumed', how: 'as-it-stands' }, AT).reverting, null);
  });

  it('keeps the folder of a task that failed, and leaves it failed', () => {
    const { task } = walk([...WAYS.failed, 'snapshot']);
    assert.equal(task.state, 'failed');
    assert.deepEqual(task.snapshots, [snapshotOf(1)]);
  });

  it('takes what it adopts for a turn of its own, once its folders are made', () => {
    const verifying = walk(WAYS['verifying what it adopts']).task;
    assert.deepEqual([verifying.turns, verifying.adopted, verifying.adopting], [1, null, adoptionOf(1)]);
    assert.deepEqual(verifying.state === 'verifying' && [verifying.turn, verifying.snapshot], [1, null]);
    const ready = walk(WAYS['ready, adopted']).task;
    assert.deepEqual([ready.turns, ready.adopted, ready.adopting, ready.agent], [1, adoptionOf(1), null, 'adopted']);
  });

  it('adopts again as the next turn, in folders that take the place of the old ones, and keeps the snapshots', () => {
    const waiting = walk(WAYS['queued to adopt again']).task;
    assert.deepEqual(waiting.state === 'queued' && waiting.next, 'prepare');
    assert.deepEqual([waiting.adopted, waiting.adopting], [adoptionOf(1), adoptionOf(2)]);
    const ready = walk(WAYS['ready, adopted again']).task;
    assert.deepEqual([ready.turns, ready.adopted, ready.adopting], [2, adoptionOf(2), null]);
    assert.deepEqual(ready.snapshots, [snapshotOf(1), snapshotOf(2)]);
  });

  it('adopts only what nobody here has worked on, or what was adopted before', () => {
    refused(walk(WAYS.ready).task, { type: 'adopted', ...adoptionOf(2) }, /agent's/);
    refused(walk(WAYS.draft).task, { type: 'adopted', ...adoptionOf(1) }, /agent's/);
    refused(walk(WAYS['draft that adopts']).task, { type: 'adopted', ...adoptionOf(1) }, /already/);
    refused(walk(WAYS['ready, adopted']).task, { type: 'adopted', ...adoptionOf(1) }, /next turn is 2/);
  });

  it('names who corrects what was adopted, and forgets them with what is adopted next', () => {
    const ready = walk(WAYS['ready, adopted']).task;
    const asked = { ...eventsFor(ready)['correction-requested'], agent: 'codex' } as TaskEvent;
    const correcting = transition(ready, asked, AT);
    assert.deepEqual([correcting.agent, correcting.adopted], ['codex', adoptionOf(1)]);
    const corrected = walk(['turn-started', 'turn-ended', 'snapshot', 'ready'], correcting).task;
    assert.equal(walk(['adopted'], corrected).task.agent, 'adopted');
    assert.equal(walk(['correction-requested'], ready).task.agent, 'adopted', 'an older journal names nobody');
  });

  it('keeps what it adopts over a crash, and takes nothing else to review in its place', () => {
    const { task } = walk(WAYS['interrupted while it adopts']);
    assert.deepEqual(task.adopting, adoptionOf(1));
    assert.deepEqual(walk(['snapshot'], task).task.adopting, adoptionOf(1), 'a folder that is only kept');
    refused(task, { type: 'resumed', how: 'as-it-stands' }, /adopts/);
    const goOn = transition(task, { type: 'resumed', how: 'go-on' }, AT);
    assert.deepEqual(goOn.state === 'queued' && [goOn.next, goOn.adopting], ['verify', adoptionOf(1)]);
    const rejected = walk(['rejected', 'cleaned', 'restored'], task).task;
    assert.deepEqual([rejected.state, rejected.adopting], ['interrupted', adoptionOf(1)]);
  });

  it('refuses evidence, verdict and sign-off of another tree', () => {
    const verifying = walk(WAYS['verifying a snapshot']).task;
    refused(verifying, { ...eventsFor(verifying).verified, tree: oid(9) } as TaskEvent, /tree under review/);
    refused(verifying, { ...eventsFor(verifying).ready, snapshot: { ...snapshotOf(1), tree: oid(9) } } as TaskEvent);
    const ready = walk(WAYS.ready).task;
    const { signoff } = eventsFor(ready).signed as Extract<TaskEvent, { type: 'signed' }>;
    refused(ready, { type: 'signed', signoff: { ...signoff, tree: oid(9) } }, /under review/);
    refused(ready, { type: 'signed', signoff: { ...signoff, commit: oid(9) } }, /under review/);
    refused(ready, { type: 'signed', signoff: { ...signoff, brief: 'c'.repeat(64) } }, /another brief/);
  });

  it('records the checks of a merged tree without taking them for those of the signed one', () => {
    const { task } = walk(WAYS.signed);
    const after = transition(task, { ...eventsFor(task).verified, tree: oid(9) } as TaskEvent, AT);
    assert.deepEqual(after.evidence, task.evidence);
  });

  it('delivers what was landed and nothing else', () => {
    const { task } = walk(WAYS.landing);
    const delivered = eventsFor(task).delivered as Extract<TaskEvent, { type: 'delivered' }>;
    refused(task, { ...delivered, mode: 'none' });
    refused(task, { ...delivered, commit: oid(9) });
    refused(task, { ...delivered, ref: 'refs/heads/other' });
    refused(walk(WAYS.signed).task, { ...delivered, mode: 'merge' });
    refused(task, { type: 'ref-updated', ref: 'refs/heads/other', new: oid(300) });
  });

  it('brings a rejected task back as it was', () => {
    const ready = walk(WAYS.ready).task;
    const restored = walk(['rejected', 'restored'], ready).task;
    assert.deepEqual(restored, ready);
  });

  it('tracks the question that waits for a human', () => {
    const asked = walk([...WAYS.running, 'asked']).task;
    assert.equal(asked.asking?.request, 'q1');
    const decided = eventsFor(asked).decided as Extract<TaskEvent, { type: 'decided' }>;
    assert.equal(transition(asked, { ...decided, request: 'other' }, AT).asking?.request, 'q1');
    const answered = transition(asked, decided, AT);
    assert.equal(answered.asking, null);
    assert.equal(answered.refused, 1);
    assert.equal(walk(['interrupted'], asked).task.asking, null);
  });

  it('holds its invariants over any events', () => {
    const step = fc.record({
      type: fc.constantFrom(...EVENT_TYPES),
      // Mostly what fits; sometimes what fitted another time.
      stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    });
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(WAYS) as Way[])), fc.array(step, { maxLength: 60 }), (way, steps) => {
        let { task, events } = walk(WAYS[way]);
        const strange = eventsFor(walk(WAYS.correcting).task);
        for (const { type, stale } of steps) {
          const event = stale ? strange[type] : eventsFor(task)[type];
          if (!accepts(task, event)) continue;
          const before = structuredClone(task);
          const after = transition(task, event, AT);
          assert.deepEqual(task, before, 'the task before is not touched');
          task = after;
          events = [...events, event];
          holds(task);
        }
        let again: Task | null = null;
        for (const event of events) again = transition(again, event, AT);
        assert.deepEqual(again, task, 'the fold is the same every time');
      }),
      { numRuns: 300 },
    );
  });
});

function holds(task: Task): void {
  for (const { turn } of task.snapshots) assert.ok(turn <= task.turns);
  assert.equal(new Set(task.snapshots.map(({ turn }) => turn)).size, task.snapshots.length);
  assert.ok(task.corrections <= task.turns);
  if ('snapshot' in task && task.snapshot !== null) {
    assert.deepEqual(task.snapshots.at(-1), task.snapshot);
    assert.equal(task.snapshot.turn, task.turn);
    assert.equal(task.reverting, null);
  }
  if (task.state === 'signed' || task.state === 'delivered') {
    assert.equal(task.signoff.tree, task.snapshot.tree);
    assert.equal(task.signoff.brief, task.brief);
  }
  if (task.adopting !== null) {
    assert.equal(task.agent, 'adopted');
    assert.ok(task.adopting.turn === task.turns || task.adopting.turn === task.turns + 1);
    assert.ok(!['running', 'correcting', 'ready', 'signed', 'delivered'].includes(task.state), task.state);
  }
  if (task.adopted !== null) assert.ok(task.adopted.turn <= task.turns);
  if (task.state === 'running') assert.notEqual(task.workspace, null);
  if (task.state !== 'running' && task.state !== 'correcting') assert.equal(task.asking, null);
  if (task.state === 'rejected') assert.notEqual(task.was.state, 'rejected');
  if (isActive(task)) assert.equal(task.archived, false);
}
