import assert from 'node:assert/strict';
import type { TaskFigures } from '../../../../src/core/stats/figures';
import { statsOf } from '../../../../src/core/stats/stats';
import { type Counted, sinceOf, statsPageOf } from '../../../../src/vscode/stats/page';
import { longWords, shareWords, timesWords } from '../../../../src/vscode/stats/words';
import { type Choice, FIRST_CHOICE, noticeSchema, parseStatsIntent } from '../../../../src/webview/stats/messages';
import { plain } from '../sample';

const EVIL = 'a\u202eb\u001b[2J';

function figures(change: Partial<TaskFigures> = {}): TaskFigures {
  return {
    ...{ id: 't', agent: 'codex', state: 'delivered', outcome: 'signed', corrections: 0, reverts: 0, byHand: 0 },
    ...{ toReady: 90, toSignoff: 7_200, overridden: 0, accepted: 0, amended: 0, turns: [] },
    drift: { reports: 1, untold: 0, block: 0, warn: 0, rules: new Map() },
    ...change,
  };
}

function turn(change: Partial<TaskFigures['turns'][number]> = {}): TaskFigures['turns'][number] {
  return {
    ...{ agent: 'codex', role: 'executor', seconds: 60, usage: null },
    spent: { tokens: 1_234_567, usd: 1.5, atLeast: false },
    ...change,
  } as TaskFigures['turns'][number];
}

const counted = (tasks: readonly TaskFigures[], more: Partial<Counted> = {}): Counted => ({
  stats: statsOf(tasks, { since: null, agent: null }),
  aside: 0,
  agents: [...new Set(tasks.map(({ agent }) => agent))],
  problems: [],
  ...more,
});

function page(found: Counted, choice: Partial<Choice> = {}) {
  const made = statsPageOf(
    found,
    { choice: { ...FIRST_CHOICE, ...choice }, repositories: ['one', EVIL], language: 'en' },
    plain,
  );
  assert.ok(noticeSchema.safeParse({ type: 'page', page: made }).success);
  return made;
}

describe('the page of statistics', () => {
  const drifted = { reports: 1, untold: 1, block: 2, warn: 1, rules: new Map([['scope/outside', 3]]) };
  const tasks = [
    figures({ turns: [turn()] }),
    figures({ corrections: 2, overridden: 1, accepted: 3, toReady: 300, drift: drifted }),
    figures({ agent: 'gemini', outcome: 'rejected', state: 'rejected', toSignoff: null }),
    figures({ agent: 'gemini', outcome: null, state: 'running', toReady: null, toSignoff: null }),
  ];

  it('tells the numbers that matter most, each with what it is of', () => {
    const { lead, figures: shown } = page(counted(tasks));
    assert.equal(lead, '4 tasks · 1 running, 2 delivered, 1 rejected');
    assert.deepEqual(
      shown.map(({ label, value, detail }) => [label, value, detail]),
      [
        ['First pass', '33%', '1 of 3 decided tasks, signed off without a correction'],
        ['Corrections', '2', 'in 1 of 4 tasks'],
        ['Time to ready', '1 min 30 s', 'the median; nine of ten within 5 min'],
        ['Time to sign-off', '2.0 h', 'the median; nine of ten within 2.0 h'],
        ['Overrides', '1', 'checks in 1 of 2 sign-offs; 3 findings accepted'],
        ['Drift', '3', 'findings to answer in 1 of 4 tasks; 2 of them blocked'],
      ],
    );
  });

  it('has a table of work, of decisions, of drift, and of cost where agents tell it', () => {
    const { tables, unknown } = page(counted(tasks));
    assert.deepEqual(
      tables.map(({ title, rows }) => [title, rows.map(({ cells }) => cells[0])]),
      [
        ['Work by agent', ['codex', 'gemini', 'all']],
        ['What people decided', ['codex', 'gemini', 'all']],
        ['Drift that had to be answered', ['scope/outside']],
        ['Time and cost, as the agents tell it', ['codex']],
      ],
    );
    for (const { head, rows } of tables) {
      for (const { cells } of rows) assert.equal(cells.length, head.length, cells.join());
    }
    assert.deepEqual(tables[2]?.rows[0], { cells: ['scope/outside', '3', '1', 'codex 3'], part: 1 });
    assert.deepEqual(tables[3]?.rows[0]?.cells.slice(1, 7), [
      'does the work',
      '1',
      '1 min',
      ...['1,234,567', '1,234,567', '1.50'],
    ]);
    assert.deepEqual(unknown, ['The rules of 1 drift report of an earlier version.']);
  });

  it('leaves out what nobody told, and says that it is not known', () => {
    const silent = turn({ seconds: null, spent: { tokens: null, usd: null, atLeast: false } });
    const { tables, unknown } = page(counted([figures({ outcome: null, state: 'ready', turns: [silent] })]));
    assert.deepEqual(
      tables.map(({ title }) => title),
      ['Work by agent'],
    );
    assert.deepEqual(unknown, [
      'The tokens of 1 turn: its agent told none.',
      'The cost of 1 turn: its agent told none.',
    ]);
    const part = turn({ spent: { tokens: 5, usd: null, atLeast: true } });
    const cost = page(counted([figures({ turns: [part] })])).tables.at(-1);
    assert.equal(cost?.rows[0]?.cells[4], '≥ 5');
    assert.equal(cost?.notes.length, 1);
  });

  it('teaches where there is nothing yet, and says why where the choice leaves nothing', () => {
    const nothing = page(counted([]));
    assert.deepEqual([nothing.figures, nothing.tables, nothing.offersBrief], [[], [], true]);
    assert.match(nothing.empty.join(' '), /nothing is sent anywhere/);
    const none = page(counted([]), { period: '7' });
    assert.deepEqual([none.offersBrief, none.empty.length], [false, 1]);
    assert.match(page(counted([], { aside: 2 })).empty[0]!, /archived/);
    assert.match(page(counted([], { aside: 2 })).lead, /2 archived are left out/);
  });

  it('keeps an agent that was chosen in the list, and shows nothing that hides', () => {
    const found = counted([figures({ agent: EVIL, drift: { ...drifted, rules: new Map([[EVIL, 1]]) } })]);
    const problems = [{ id: EVIL, file: 'journal.ndjson', code: 'JOURNAL_CORRUPT', message: EVIL }];
    const shown = page({ ...found, problems }, { agent: 'gone' });
    assert.deepEqual(
      shown.agents.map(({ words }) => words),
      ['all', 'a\\u{202e}b\\u{1b}[2J', 'gone'],
    );
    const told = { ...shown, agents: shown.agents.map(({ words }) => words) };
    assert.doesNotMatch(JSON.stringify(told), /\u202e|\\u001b/);
    assert.deepEqual(
      shown.repositories.map(({ value }) => value),
      ['0', '1', '-1'],
    );
  });

  it('counts since a moment, or always', () => {
    const now = Date.parse('2026-03-31T08:00:00Z');
    assert.equal(sinceOf({ period: '30' }, now), '2026-03-01T08:00:00.000Z');
    assert.equal(sinceOf({ period: 'all' }, now), null);
  });

  it('takes choices of ours only', () => {
    assert.deepEqual(parseStatsIntent({ type: 'read', choice: FIRST_CHOICE }), { type: 'read', choice: FIRST_CHOICE });
    for (const change of [{ period: '365' }, { repository: -2 }, { agent: 'x'.repeat(201) }, { archived: 1 }]) {
      assert.equal(parseStatsIntent({ type: 'read', choice: { ...FIRST_CHOICE, ...change } }), null);
    }
    assert.equal(parseStatsIntent({ type: 'run', command: 'x' }), null);
  });

  it('puts numbers into words', () => {
    assert.deepEqual([shareWords(3, 4, plain), shareWords(0, 0, plain)], ['75% (3 of 4)', '–']);
    assert.equal(timesWords({ count: 2, median: 60, p90: 400_000 }, plain), '1 min / 4.6 days');
    assert.equal(longWords(7_200, plain), '2.0 h');
  });
});
