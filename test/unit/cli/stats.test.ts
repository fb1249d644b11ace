import assert from 'node:assert/strict';
import { dayOf, sinceDate } from '../../../src/cli/sinceDate';
import { statsText } from '../../../src/cli/statsText';
import type { TurnFigures } from '../../../src/core/review/turns';
import type { TaskFigures } from '../../../src/core/stats/figures';
import { statsOf } from '../../../src/core/stats/stats';

const turn = (spent: Partial<TurnFigures['spent']>, meaning: string | null, role = 'executor'): TurnFigures => ({
  turn: 1,
  agent: 'codex',
  role,
  seconds: 60,
  spent: { tokens: null, usd: null, atLeast: false, ...spent },
  usage: meaning === null ? null : { tokens: {}, costUsd: null, meaning, covers: 'turn' },
});

const task = (id: string, more: Partial<TaskFigures> = {}): TaskFigures => ({
  id,
  agent: 'codex',
  state: 'delivered',
  outcome: 'signed',
  corrections: 0,
  reverts: 0,
  byHand: 0,
  toReady: 90,
  toSignoff: 7_200,
  overridden: 0,
  accepted: 0,
  amended: 0,
  drift: { reports: 1, untold: 0, block: 0, warn: 0, rules: new Map() },
  turns: [],
  ...more,
});

const textOf = (...tasks: TaskFigures[]) => statsText(statsOf(tasks, { since: null, agent: null }));

describe('the figures as text', () => {
  it('say for each agent what came of it, with the numbers behind each share', () => {
    const text = textOf(
      task('a'),
      task('b', { corrections: 1, accepted: 2 }),
      task('c', { state: 'rejected', outcome: 'rejected', toSignoff: null }),
      task('d', { agent: 'gemini', state: 'running', outcome: null, toReady: null, toSignoff: null }),
    );
    assert.match(text, /^4 tasks: 1 running, 2 delivered, 1 rejected$/m);
    assert.match(text, /^codex +3 +33% \(1 of 3\) +1 \(0\.3 a task\) +1 min 30 s \/ 1 min 30 s +2\.0 h \/ 2\.0 h$/m);
    assert.match(text, /^codex +2 +1 +0% \(0 of 2\) +50% \(1 of 2\) +0% \(0 of 2\)$/m);
    assert.match(text, /^gemini +1 +- +0 \(0\.0 a task\) +- +-$/m);
    assert.match(text, /^all +4 /m);
    assert.doesNotMatch(text, /Drift|What it cost|Not known/);
  });

  it('say what it cost as far as it is told, what the numbers are, and name the rest', () => {
    const turns = [turn({ tokens: 1_500, usd: 0.5 }, 'tokens of the turn'), turn({}, null)];
    const text = textOf(task('a', { turns: [...turns, turn({ tokens: 300, atLeast: true }, 'a call', 'reviewer')] }));
    assert.match(text, /^codex +executor +2 \(1 told\) +1,500 +1,500 +1,500 +0\.50 +0\.50 +tokens of the turn$/m);
    assert.match(text, /^codex +reviewer +1 +≥ 300 +≥ 300 +≥ 300 +- +- +a call$/m);
    assert.match(text, /^- the tokens of 1 turn: the agent told none$/m);
    assert.match(text, /^- the cost of 2 turns: the agent told none$/m);
  });

  it('name the rules that had to be answered, the most frequent first, and count the rest', () => {
    const rules = new Map(Array.from({ length: 25 }, (_, index) => [`rule/${index}`, index + 1]));
    const drift = { reports: 1, untold: 2, block: 1, warn: 0, rules };
    const text = textOf(task('a', { drift }));
    assert.match(text, /^rule\/24 +25 +1 +codex 25$/m);
    assert.match(text, /^and 5 more rules, with --json$/m);
    assert.match(text, /^- the rules of 2 drift reports of an earlier version$/m);
  });

  it('let no name of an agent or rule control the terminal', () => {
    const text = textOf(
      task('a', { agent: 'a\u001b[31m', drift: { ...task('x').drift, rules: new Map([['\u202e', 1]]) } }),
    );
    assert.doesNotMatch(text, /[\u001b\u202e]/);
  });
});

describe('a date', () => {
  it('is a day here, or an instant', () => {
    assert.equal(dayOf(sinceDate('2026-02-28')), '2026-02-28');
    assert.equal(new Date(sinceDate('2026-02-28')).getHours(), 0);
    assert.equal(sinceDate('2026-01-31T12:00:00+02:00'), '2026-01-31T10:00:00.000Z');
    assert.equal(sinceDate('2026-01-31T12:00Z'), '2026-01-31T12:00:00.000Z');
  });

  it('is refused when it is none', () => {
    for (const typed of [
      '',
      '2026',
      '2026-02-30',
      '2026-13-01',
      'yesterday',
      '2026-01-31T25:00:00Z',
      '2026-01-31 12:00',
    ]) {
      assert.throws(() => sinceDate(typed), { code: 'USAGE' }, typed);
    }
  });
});
