import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalLine, TaskEvent, Usage } from '../../../src/core/events';
import { figuresOf, type TaskFigures } from '../../../src/core/stats/figures';
import { spreadOf } from '../../../src/core/stats/spread';
import { statsOf } from '../../../src/core/stats/stats';
import { statsSchema } from '../../../src/core/stats/statsSchema';
import { summarize } from '../../../src/core/task/summary';
import type { Task } from '../../../src/core/task/task';
import { transition } from '../../../src/core/task/transition';
import { createdEvent, EVENT_TYPES, type EventType, eventsFor, WAYS, walk } from '../task/events';

const START = Date.parse('2026-03-01T08:00:00.000Z');
const at = (second: number) => new Date(START + second * 1000).toISOString();

/** A journal of these events, one every ten seconds. */
const journal = (events: readonly TaskEvent[]): JournalLine[] =>
  events.map((event, index) => ({ v: 1, seq: index + 1, at: at(index * 10), ...event }));

type Change = Readonly<Partial<Record<EventType, object>>>;

/** The figures of a task that went this way, with its events changed by type. */
function figures(types: readonly EventType[], change: Change = {}, id = createdEvent.id): TaskFigures {
  const { task, events } = walk(types);
  const changed = events.map((event) => ({ ...event, ...change[event.type] }) as TaskEvent);
  return figuresOf({ ...summarize(task), id }, journal(changed));
}

const stats = (...tasks: TaskFigures[]) => statsOf(tasks, { since: null, agent: null });

const usage = (total: number, more: Partial<Usage> = {}): Usage => ({
  tokens: { total },
  costUsd: null,
  meaning: 'tokens of the turn',
  covers: 'turn',
  ...more,
});

const CORRECTED: readonly EventType[] = [
  ...[...WAYS.ready, 'correction-requested', 'turn-started', 'turn-ended'],
  ...['snapshot', 'verified', 'drift', 'ready'],
] as EventType[];

describe('the figures of a task', () => {
  it('say how it ended, what it took, and what was decided', () => {
    const delivered = figures(WAYS.delivered, {});
    assert.deepEqual([delivered.state, delivered.outcome, delivered.corrections], ['delivered', 'signed', 0]);
    // `queued` is the second event and `ready` the tenth; `signed` is the next.
    assert.deepEqual([delivered.toReady, delivered.toSignoff], [80, 10]);
    const corrected = figures([...CORRECTED, 'signed']);
    assert.deepEqual([corrected.corrections, corrected.toReady, corrected.toSignoff], [1, 80, 80]);
    assert.equal(corrected.turns.length, 2);
    const rejected = figures(WAYS.rejected);
    assert.deepEqual([rejected.outcome, rejected.toSignoff], ['rejected', null]);
    assert.equal(figures(WAYS.failed).outcome, null);
  });

  it('count the answers of the sign-off that stands', () => {
    const { events } = walk(WAYS.signed);
    const signed = events.find((event) => event.type === 'signed');
    assert.ok(signed?.type === 'signed');
    const signoff = { ...signed.signoff, accepted: { f1: 'fine', f2: 'fine' }, overridden: { tests: 'flaky' } };
    const found = figures(WAYS.signed, { signed: { signoff } });
    assert.deepEqual([found.accepted, found.overridden, found.amended], [2, 1, 0]);
    const taken = figures([...WAYS.signed, 'rejected'], { signed: { signoff } });
    assert.deepEqual([taken.outcome, taken.accepted], ['rejected', 0]);
  });

  it('count drift by rule, what a correction leaves only once, and name what older journals do not tell', () => {
    const drift = { block: 2, warn: 1, rules: { 'scope/outside': 2, __proto__: 0, 'deps/lookalike': 1 } };
    const found = figures(CORRECTED, { drift });
    assert.equal(found.drift.reports, 2);
    assert.deepEqual(
      [...found.drift.rules],
      [
        ['scope/outside', 2],
        ['deps/lookalike', 1],
      ],
    );
    assert.deepEqual([found.drift.block, found.drift.warn, found.drift.untold], [2, 1, 0]);
    assert.equal(figures(CORRECTED, { drift: { block: 1 } }).drift.untold, 2);
    assert.equal(figures(CORRECTED).drift.untold, 0);
  });

  it('know the cost of turns that broke off, and that others told none', () => {
    const running = [...WAYS.running, 'spent', 'failed', 'resumed', 'turn-started', 'turn-ended'] as EventType[];
    const broken = figures(running, { spent: { usage: usage(40) }, 'turn-ended': { usage: null } });
    assert.deepEqual(
      broken.turns.map(({ spent }) => spent.tokens),
      [40, null],
    );
    assert.deepEqual(
      figures(WAYS.failed).turns.map(({ usage }) => usage),
      [null],
    );
    assert.equal(figures(WAYS.running).turns.length, 0, 'a turn that goes on has no figures yet');
  });

  it('take running totals of a session apart', () => {
    const { task, events } = walk([
      ...WAYS.running,
      ...(['session', 'turn-ended', 'snapshot', 'verified', 'drift', 'ready'] as const),
      ...(['correction-requested', 'turn-started', 'session', 'turn-ended'] as const),
    ]);
    const totals = [100, 160];
    const told = (covers: Usage['covers'], sessions: readonly string[]) => {
      const [numbers, names] = [[...totals], [...sessions]];
      const changed = events.map((event): TaskEvent => {
        if (event.type === 'session') return { ...event, session: names.shift() ?? null };
        if (event.type !== 'turn-ended') return event;
        const total = numbers.shift() ?? 0;
        return { ...event, usage: { ...usage(total), costUsd: total / 100, covers } };
      });
      const { turns } = figuresOf(summarize(task), journal(changed));
      return turns.map(({ spent: { tokens, usd } }) => [tokens, usd]);
    };
    assert.deepEqual(told('session', ['s1', 's1']), [
      [100, 1],
      [60, 0.6000000000000001],
    ]);
    assert.deepEqual(told('turn', ['s1', 's1'])[1]?.[0], 160);
    assert.deepEqual(told('session', ['s1', 's2'])[1], [160, 1.6]);
  });

  it('take any other event that has a usage for a turn of another role', () => {
    const { task, events } = walk(WAYS.ready);
    // An event of a version that is yet to come.
    const later = { type: 'examined', agent: { id: 'kilo' }, seconds: 3, usage: usage(9) } as unknown as TaskEvent;
    const review = { ...eventsFor(task).reviewed, usage: usage(7) } as TaskEvent;
    const nobody = { ...eventsFor(task).reviewed, agent: null } as TaskEvent;
    const odd = { type: 'pondered', agent: 5, usage: { tokens: 'many' } } as unknown as TaskEvent;
    const planned = { type: 'thought', role: 'planner', agent: 'codex', usage: null } as unknown as TaskEvent;
    const { turns } = figuresOf(summarize(task), journal([...events, review, nobody, later, odd, planned]));
    assert.deepEqual(
      turns.map(({ agent, role, spent }) => [agent, role, spent.tokens]),
      [
        ['command', 'executor', null],
        ['gemini', 'reviewer', 7],
        ['kilo', 'examined', 9],
        ['codex', 'planner', null],
      ],
    );
  });
});

describe('the figures of many tasks', () => {
  it('are those of none', () => {
    const none = stats();
    assert.equal(none.total.yield, null);
    assert.deepEqual(none.total.toReady, { count: 0, median: null, p90: null });
    assert.deepEqual([none.states, none.agents, none.rules, none.cost], [{}, [], [], []]);
  });

  it('say where delegation pays', () => {
    const of = (agent: string, types: readonly EventType[], id: string) =>
      figures(types, { created: { agent }, drift: { warn: 1, rules: { 'scope/budget': 1 } } }, id);
    const found = stats(
      of('codex', WAYS.delivered, 'a'),
      of('codex', [...CORRECTED, 'signed'], 'b'),
      of('codex', WAYS.rejected, 'c'),
      of('gemini', WAYS.failed, 'd'),
    );
    assert.deepEqual(found.states, { delivered: 1, signed: 1, rejected: 1, failed: 1 });
    assert.deepEqual([found.total.firstPass, found.total.signed, found.total.rejected], [1, 2, 1]);
    assert.equal(found.total.yield, 1 / 3);
    assert.deepEqual(
      found.agents.map(({ agent, tasks, yield: share, corrected }) => [agent, tasks, share, corrected]),
      [
        ['codex', 3, 1 / 3, 1],
        ['gemini', 1, null, 0],
      ],
    );
    assert.deepEqual(found.rules, [
      { rule: 'scope/budget', findings: 3, tasks: 3, agents: [{ agent: 'codex', findings: 3, tasks: 3 }] },
    ]);
  });

  it('keep apart what agents count differently', () => {
    const told = (agent: string, covers: Usage['covers'], id: string) =>
      figures(CORRECTED, { created: { agent }, 'turn-ended': { usage: usage(50, { covers, meaning: agent }) } }, id);
    const { cost, unknown } = stats(told('codex', 'turn', 'a'), told('codex', 'turn', 'b'), told('kilo', 'call', 'c'));
    const [codex, kilo] = cost;
    assert.deepEqual([codex?.tokens, codex?.turns, codex?.tasks, codex?.atLeast], [200, 4, 2, false]);
    assert.deepEqual([codex?.tokensPerTurn.median, codex?.tokensPerTask.median, codex?.usd], [50, 100, null]);
    assert.deepEqual([kilo?.covers, kilo?.meanings, kilo?.atLeast], [['call'], ['kilo'], true]);
    assert.deepEqual(unknown, { tokens: 0, usd: 6, rules: 0 });
  });

  it('have a median and a p90 that were there', () => {
    assert.deepEqual(spreadOf([5]), { count: 1, median: 5, p90: 5 });
    assert.deepEqual(spreadOf([4, 1, 3, 2]), { count: 4, median: 2, p90: 4 });
    assert.deepEqual(spreadOf(Array.from({ length: 100 }, (_, index) => 100 - index)), {
      count: 100,
      median: 50,
      p90: 90,
    });
  });

  it('come of any legal journals, fit their schema, and their parts make the whole', () => {
    const amount = fc.option(fc.record({ tokens: fc.dictionary(fc.string(), fc.nat()), cost: fc.option(fc.nat()) }));
    const step = fc.record({
      type: fc.constantFrom(...EVENT_TYPES),
      told: amount,
      wait: fc.integer({ min: -5, max: 5_000 }),
    });
    const way = fc.constantFrom(...(Object.values(WAYS) as EventType[][]));
    const agents = fc.constantFrom('codex', '__proto__', 'command', '');
    const tasks = fc.array(fc.tuple(way, fc.array(step, { maxLength: 30 }), agents), { maxLength: 8 });
    fc.assert(
      fc.property(tasks, (told) => {
        const all = told.map(([types, more, agent], index) => legal(types, more, agent, `t${index}`));
        const found = statsSchema.parse(JSON.parse(JSON.stringify(stats(...all))));
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        for (const key of ['tasks', 'signed', 'rejected', 'firstPass', 'corrections', 'corrected'] as const) {
          assert.equal(sum(found.agents.map((agent) => agent[key])), found.total[key], key);
        }
        assert.equal(sum(Object.values(found.states)), all.length);
        assert.equal(sum(found.cost.map(({ turns }) => turns)), sum(all.map(({ turns }) => turns.length)));
        assert.equal(sum(found.cost.map(({ turns, counted }) => turns - counted)), found.unknown.tokens);
        for (const { findings, agents } of found.rules) {
          assert.equal(sum(agents.map((agent) => agent.findings)), findings);
        }
        assert.ok(found.total.firstPass <= found.total.signed && found.total.signed <= found.total.tasks);
      }),
    );
  });
});

interface Step {
  readonly type: EventType;
  readonly told: { readonly tokens: Record<string, number>; readonly cost: number | null } | null;
  readonly wait: number;
}

/** A task that goes on from a way with whatever of these events is possible then. */
function legal(types: readonly EventType[], steps: readonly Step[], agent: string, id: string): TaskFigures {
  const { events } = walk(types);
  const handed = (event: TaskEvent) => event.type === 'created' && event.agent !== 'adopted';
  const lines = journal(events.map((event) => (handed(event) ? ({ ...event, agent } as TaskEvent) : event)));
  let task: Task = lines.reduce<Task | null>((before, line) => transition(before, line, line.at), null)!;
  let time = lines.length * 10;
  for (const { type, told, wait } of steps) {
    const usage = told === null ? null : { tokens: told.tokens, costUsd: told.cost, meaning: '', covers: undefined };
    const event = eventsFor(task)[type];
    const changed = event.type === 'turn-ended' ? { ...event, usage } : event;
    try {
      task = transition(task, changed as TaskEvent, at(time));
    } catch {
      continue;
    }
    time += wait;
    lines.push({ v: 1, seq: lines.length + 1, at: at(time), ...changed } as JournalLine);
  }
  return figuresOf({ ...summarize(task), id }, lines);
}
