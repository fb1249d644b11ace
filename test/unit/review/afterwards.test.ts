import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../../src/core/drift/report';
import { eventSchema } from '../../../src/core/events';
import { afterwardsOf, type Pass } from '../../../src/core/review/afterwards/afterwards';
import { afterwardsSection } from '../../../src/core/review/afterwards/markdown';
import type { Afterwards, CorrectedItem } from '../../../src/core/review/afterwards/outcome';
import { sentOf } from '../../../src/core/review/afterwards/sending';
import { ITEMS_MOST, type Sent, type SentItem, sentSchema } from '../../../src/core/review/afterwards/sent';
import type { CheckedSide, Side } from '../../../src/core/review/afterwards/side';
import { renderPacket } from '../../../src/core/review/markdown';
import { packetSchema } from '../../../src/core/review/packet';
import type { ChangedFile } from '../../../src/core/review/reviewer/changedFile';
import { noReview, type Review, type ReviewFinding } from '../../../src/core/review/reviewer/review';
import { renderSummary } from '../../../src/core/review/terminal';
import type { CheckStatus } from '../../../src/core/verify/checkStatus';
import {
  HASH,
  OTHER_TREE,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  sampleGroup,
  samplePacket,
  sampleVerification,
  TREE,
} from './sample';

const NOBODY = { id: null, rule: null, path: null, line: null };

const checked = (
  status: CheckStatus,
  tests?: Readonly<Record<string, 'passed' | 'failed' | 'skipped'>>,
): CheckedSide => {
  const cases = Object.entries(tests ?? {}).map(([name, one]) => ({ name, status: one }));
  const run = tests === undefined ? null : { status, tests: cases, total: cases.length };
  return { status, run, failed: tests === undefined ? null : cases.filter((one) => one.status === 'failed').length };
};

const side = (change: Partial<Side> = {}): Side => ({
  turn: 1,
  tree: TREE,
  drift: sampleDrift(),
  review: null,
  checks: new Map(),
  ...change,
});
const later = (change: Partial<Side> = {}): Side => side({ turn: 2, tree: OTHER_TREE, ...change });

const sending = (items: readonly SentItem[], change: Partial<Sent> = {}): Sent => ({
  tree: TREE,
  items: [...items],
  omitted: 0,
  edited: false,
  ...change,
});

const pass = (change: Partial<Pass> = {}): Pass => ({
  turn: 2,
  by: 'Reviewer',
  sent: sending([]),
  before: side(),
  own: null,
  after: later(),
  changed: [],
  agentWords: null,
  ...change,
});

function outcomeOf(item: SentItem, change: Partial<Pass> = {}): CorrectedItem {
  const found = afterwardsOf([pass({ sent: sending([item]), ...change })])?.items[0];
  assert.ok(found !== undefined);
  return found;
}

const checkItem = (status: CheckStatus = 'failed'): SentItem => ({
  ...{ ...NOBODY, kind: 'check', id: 'tests', message: '', status },
  tests: { total: 2, names: ['a', 'b'] },
});

const findingItem = (finding: Finding, change: Partial<SentItem> = {}): SentItem => {
  const packet = samplePacket({ drift: sampleDrift([finding]) });
  const [item] = sentOf({ brief: sampleBrief(), packet, findings: [finding.id] }, null).items;
  return { ...item!, ...change };
};

const checks = (before: CheckedSide, after: CheckedSide): Partial<Pass> => ({
  before: side({ checks: new Map([['tests', before]]) }),
  after: later({ checks: new Map([['tests', after]]) }),
});
const drifts = (before: readonly Finding[], after: readonly Finding[]): Partial<Pass> => ({
  before: side({ drift: sampleDrift([...before]) }),
  after: later({ drift: sampleDrift([...after]) }),
});

describe('what became of a correction: checks', () => {
  const cases: readonly (readonly [string, CheckedSide, CheckedSide, CorrectedItem['outcome']])[] = [
    ['passes now', checked('failed'), checked('passed'), 'fixed'],
    ['still fails', checked('failed'), checked('failed'), 'not-fixed'],
    ['does not end any more', checked('failed'), checked('timeout'), 'worse'],
    ['is not there any more', checked('timeout'), checked('missing'), 'worse'],
    ['ends again and fails', checked('timeout'), checked('failed'), 'not-fixed'],
    [
      'passes with the tests that failed',
      checked('failed', { a: 'failed', b: 'passed' }),
      checked('passed', { a: 'passed', b: 'passed' }),
      'fixed',
    ],
    [
      'passes without the test that failed',
      checked('failed', { a: 'failed', b: 'passed' }),
      checked('passed', { b: 'passed' }),
      'open',
    ],
    [
      'passes with that test skipped',
      checked('failed', { a: 'failed', b: 'passed' }),
      checked('passed', { a: 'skipped', b: 'passed' }),
      'open',
    ],
    [
      'fails at fewer tests',
      checked('failed', { a: 'failed', b: 'failed' }),
      checked('failed', { a: 'failed', b: 'passed' }),
      'not-fixed',
    ],
    [
      'fails at another test',
      checked('failed', { a: 'failed', b: 'passed' }),
      checked('failed', { a: 'passed', b: 'failed' }),
      'worse',
    ],
    [
      'fails at more tests that nobody names',
      { ...checked('failed'), failed: 1 },
      { ...checked('failed'), failed: 3 },
      'worse',
    ],
  ];
  for (const [what, before, after, outcome] of cases) {
    it(`${outcome}: ${what}`, () => assert.equal(outcomeOf(checkItem(), checks(before, after)).outcome, outcome));
  }

  it('says nothing of a check without a result at the new tree', () => {
    assert.equal(outcomeOf(checkItem()).outcome, 'open');
  });

  it('does not believe a pass at the very same files', () => {
    const same = { before: side(), after: side({ turn: 2, checks: new Map([['tests', checked('passed')]]) }) };
    const { outcome, because } = outcomeOf(checkItem(), same);
    assert.equal(outcome, 'open');
    assert.match(because, /same files/);
  });
});

describe('what became of a correction: findings', () => {
  const one = sampleFinding();
  const moved = sampleFinding({ line: 80 });

  it('fixed, when a report of the new tree does not have it', () => {
    assert.equal(outcomeOf(findingItem(one), drifts([one], [])).outcome, 'fixed');
    assert.equal(outcomeOf(findingItem(one), { after: later({ drift: null }) }).outcome, 'open');
  });

  it('not fixed, when only its line moved', () => {
    const { outcome, now } = outcomeOf(findingItem(one), drifts([one], [moved]));
    assert.deepEqual([outcome, now], ['not-fixed', 'f1']);
  });

  it('not fixed, when the rule says something else of the same file', () => {
    const other = sampleFinding({ id: 'f9', evidence: 'another' });
    assert.equal(outcomeOf(findingItem(one), drifts([one], [other])).outcome, 'not-fixed');
    const beside = outcomeOf(findingItem(one), drifts([one, other], [other]));
    assert.equal(beside.outcome, 'fixed', 'what was beside it before does not take its place');
  });

  it('open, when the same is found elsewhere', () => {
    const secret = sampleFinding({ rule: 'secrets/added', evidence: 'key of …' });
    const elsewhere = sampleFinding({ rule: 'secrets/added', evidence: 'key of …', id: 'f9', path: 'lib/config.ts' });
    const { outcome, because } = outcomeOf(findingItem(secret), drifts([secret], [elsewhere]));
    assert.equal(outcome, 'open');
    assert.match(because, /lib\/config\.ts/);
    const stray = sampleFinding({ id: 'f9', path: 'lib/config.ts' });
    assert.equal(outcomeOf(findingItem(one), drifts([one], [stray])).outcome, 'fixed', 'of paths, another is another');
  });

  it('worse, when it is graver or at more places', () => {
    const warned = sampleFinding({ severity: 'warn' });
    assert.equal(outcomeOf(findingItem(warned), drifts([warned], [one])).outcome, 'worse');
    const [few, many] = [sampleGroup(['a', 'b', 'c', 'd']), sampleGroup(['a', 'b', 'c', 'd', 'e'])];
    assert.equal(outcomeOf(findingItem(few), drifts([few], [many])).outcome, 'worse');
    assert.equal(outcomeOf(findingItem(many), drifts([many], [few])).outcome, 'not-fixed');
  });

  it('follows the places of a group that falls apart', () => {
    const group = sampleGroup(['a', 'b', 'c', 'd']);
    const left = sampleFinding({ id: 'p2', path: 'c', places: [{ id: 'p2', path: 'c', line: null }] });
    const { outcome, because, now } = outcomeOf(findingItem(group), drifts([group], [left]));
    assert.deepEqual([outcome, now], ['not-fixed', 'p2']);
    assert.match(because, /1 of 4/);
    assert.equal(outcomeOf(findingItem(group), drifts([group], [])).outcome, 'fixed');
  });

  it('knows it by the record, where the report of before is gone', () => {
    const gone = (after: Finding[]) => ({ before: side({ drift: null }), after: later({ drift: sampleDrift(after) }) });
    assert.equal(outcomeOf(findingItem(one), gone([])).outcome, 'fixed');
    assert.equal(outcomeOf(findingItem(one), gone([moved])).outcome, 'not-fixed');
  });

  it('says of what was to be justified that it went, or what the agent says', () => {
    const item = findingItem(one, { justify: true });
    assert.match(outcomeOf(item, drifts([one], [])).because, /taken back/);
    const said = outcomeOf(item, { ...drifts([one], [one]), agentWords: 'It is\nneeded\u202e.' });
    assert.deepEqual([said.outcome, said.says], ['open', 'It is needed\\u{202e}.']);
    assert.equal(outcomeOf(item, drifts([one], [one])).outcome, 'not-fixed');
  });
});

describe('what became of a correction: what people and reviewers said', () => {
  const opinion: ReviewFinding = {
    ...{ id: 'r1', severity: 'minor', criterion: null, clause: null, path: 'src/a.ts', line: 3 },
    ...{ quote: 'return  x;', message: 'wrong for zero', suggestion: null },
  };
  const item: SentItem = {
    ...{ kind: 'opinion', id: 'r1', rule: 'review/minor', path: 'src/a.ts', line: 3, message: 'wrong for zero' },
    quote: 'return x;',
  };
  const review = (findings: readonly ReviewFinding[], change: Partial<Review> = {}): Review => ({
    ...noReview('', { tree: OTHER_TREE, brief: HASH, startedAt: '' }),
    ...{ none: null, agent: { id: 'other', name: 'other', version: null }, findings: [...findings] },
    ...change,
  });
  const read = (found: Review | null) => outcomeOf(item, { after: later({ review: found }) }).outcome;

  it('of an opinion only another valid reading tells', () => {
    assert.equal(read(null), 'open');
    assert.equal(read(review([], { none: 'it crashed' })), 'open');
    assert.equal(read(review([])), 'fixed');
    assert.equal(read(review([opinion])), 'not-fixed');
    assert.equal(read(review([{ ...opinion, id: 'r7', quote: 'return x;' }])), 'not-fixed');
    assert.equal(read(review([{ ...opinion, severity: 'major' }])), 'worse');
    assert.equal(read(review([{ ...opinion, id: 'r7', quote: 'else' }])), 'open', 'something else of the same file');
    assert.equal(read(review([{ ...opinion, id: 'r7', path: 'src/b.ts', quote: 'else' }])), 'fixed');
    assert.equal(read(review([], { unseen: { hunks: 1, lines: 9, paths: ['src/b.ts'] } })), 'open');
    assert.equal(read(review([], { dropped: [{ what: 'finding', why: 'no such line' }] })), 'open');
  });

  const changedAt = (path: string, oldStart: number, lines: readonly string[]): ChangedFile => ({
    change: {
      ...{ status: 'M', path, oldPath: null, oldMode: '100644', newMode: '100644', oldOid: 'a', newOid: 'b' },
      ...{ insertions: 1, deletions: 1 },
    },
    hunks: [{ oldStart, newStart: oldStart, lines, unread: 0 }],
  });

  it('of a remark the files tell only whether something changed there', () => {
    const remark: SentItem = { ...NOBODY, kind: 'remark', path: 'src/a.ts', line: 40, message: 'rename this' };
    const said = (changed: readonly ChangedFile[] | null) => outcomeOf(remark, { changed });
    assert.equal(said(null).outcome, 'open');
    assert.equal(said([changedAt('src/b.ts', 40, ['-x', '+y'])]).outcome, 'not-fixed');
    assert.match(said([changedAt('src/a.ts', 37, [' a', ' b', ' c', '-x', '+y'])]).because, /changed there/);
    assert.match(said([changedAt('src/a.ts', 1, [' a', '-x', '+y'])]).because, /not at this place/);
    assert.equal(said([changedAt('src/a.ts', 1, ['-x'])]).outcome, 'open');
  });

  it('of words nothing tells but that no file changed', () => {
    const text: SentItem = { ...NOBODY, kind: 'text', message: 'make it simpler' };
    assert.equal(outcomeOf(text, { changed: [] }).outcome, 'not-fixed');
    assert.equal(outcomeOf(text, { changed: [changedAt('src/a.ts', 1, ['-x'])] }).outcome, 'open');
  });
});

describe('what a correction broke', () => {
  const brokenBy = (change: Partial<Pass>): Afterwards => {
    const found = afterwardsOf([pass(change)]);
    assert.ok(found !== null);
    return found;
  };

  it('tells checks, tests and findings that were clean before', () => {
    const info = sampleFinding({ id: 'f2', path: 'src/b.ts', severity: 'info' });
    const { regressions, compared } = brokenBy({
      before: side({
        drift: sampleDrift([info]),
        checks: new Map([
          ['lint', checked('passed')],
          ['unit', checked('failed', { a: 'failed', b: 'passed' })],
        ]),
      }),
      after: later({
        drift: sampleDrift([sampleFinding({ id: 'f3', severity: 'warn' }), { ...info, severity: 'block' }]),
        checks: new Map([
          ['unit', checked('failed', { a: 'failed', b: 'failed', c: 'failed' })],
          ['lint', checked('timeout')],
        ]),
      }),
    });
    assert.equal(compared, true);
    assert.deepEqual(
      regressions.map(({ kind, id, tests, since }) => [kind, id, tests.names, since]),
      [
        ['check', 'lint', [], 'correction'],
        ['tests', 'unit', ['b', 'c'], 'correction'],
        ['finding', 'f2', [], 'correction'],
        ['finding', 'f3', [], 'correction'],
      ],
    );
  });

  it('does not tell twice what an item that was sent says already', () => {
    const [one, other] = [sampleFinding(), sampleFinding({ id: 'f9', evidence: 'another' })];
    const sent = sending([findingItem(one)]);
    assert.deepEqual(brokenBy({ sent, ...drifts([one], [other]) }).regressions, []);
    assert.equal(brokenBy(drifts([one], [other])).regressions.length, 1, 'unless it was not sent');
  });

  it('tells new places of a group, and not those that were there', () => {
    const [few, many] = [sampleGroup(['a', 'b', 'c', 'd']), sampleGroup(['a', 'b', 'c', 'd', 'e'])];
    const { regressions } = brokenBy(drifts([few], [many]));
    assert.deepEqual(
      regressions.map(({ id, path }) => [id, path]),
      [['g1', 'e']],
    );
    assert.match(regressions[0]!.message, /1 of its places/);
  });

  it('tells what a later turn brought from what the correction did', () => {
    const [one, other] = [sampleFinding(), sampleFinding({ id: 'f9', path: 'src/z.ts' })];
    const after = later({ turn: 3, drift: sampleDrift([one, other]) });
    const own = later({ tree: '7'.repeat(40), drift: sampleDrift([one]) });
    const { regressions } = brokenBy({ own, after });
    assert.deepEqual(Object.fromEntries(regressions.map(({ id, since }) => [id, since])), {
      f1: 'correction',
      f9: 'later',
    });
  });

  it('does not claim to know it without the evidence of before', () => {
    const { compared, regressions } = brokenBy({ before: side({ drift: null }) });
    assert.deepEqual([compared, regressions], [false, []]);
  });
});

describe('the record of what was sent', () => {
  const failed = sampleCheck({
    status: 'failed',
    exit: 1,
    counts: { total: 9, passed: 6, failed: 3, skipped: 0 },
    failures: [{ name: 'a', message: '', expected: null, actual: null, file: null, line: null }],
  });
  const findings = [sampleFinding(), sampleGroup(['a', 'b', 'c', 'd'])];
  const packet = samplePacket({
    verification: sampleVerification({ checks: [failed] }),
    drift: sampleDrift(findings),
  });

  it('has each thing that the text asks for', () => {
    const request = {
      ...{ brief: sampleBrief(), packet, text: 'simpler\nplease', findings: ['f1'], justify: ['g1'] },
      remarks: [{ path: 'src/a.ts', line: 3, text: 'why?' }],
    };
    const sent = sentOf(request, null);
    assert.deepEqual(sentSchema.parse(sent), sent);
    assert.deepEqual(
      sent.items.map(({ kind, id, justify, message }) => [kind, id, justify === true, message]),
      [
        ['check', 'tests', false, ''],
        ['finding', 'f1', false, 'the path is not in scope'],
        ['finding', 'g1', true, '4 paths'],
        ['remark', null, false, 'why?'],
        ['text', null, false, 'simpler please'],
      ],
    );
    assert.deepEqual(sent.items[0]?.tests, { total: 3, names: ['a'] });
    assert.deepEqual([sent.tree, sent.omitted, sent.edited], [TREE, 0, false]);
    assert.equal(sentOf(request, 'only this').items.at(-1)?.message, 'only this');
  });

  it('stays far below what a line of the journal holds', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      sampleFinding({ id: `f${index}`, path: 'p'.repeat(4_000), message: '\u{1f600}\u202e'.repeat(400) }),
    );
    const remarks = Array.from({ length: 500 }, () => ({ path: 'p', line: 1, text: '\ud800'.repeat(10_000) }));
    const sent = sentOf({ brief: sampleBrief(), packet: samplePacket({ drift: sampleDrift(many) }), remarks }, null);
    assert.deepEqual(sentSchema.parse(sent), sent);
    assert.deepEqual([sent.items.length, sent.omitted], [ITEMS_MOST, 200]);
    assert.equal(
      sentOf(
        {
          brief: sampleBrief(),
          packet: samplePacket({ drift: sampleDrift([sampleFinding({ path: 'p'.repeat(9_000) })]) }),
        },
        null,
      ).omitted,
      1,
    );
    const all = sentOf({ brief: sampleBrief(), packet: samplePacket({ drift: sampleDrift(many) }) }, null);
    assert.ok(Buffer.byteLength(JSON.stringify(all)) < 1.5 * 1024 * 1024);
  });

  it('is not asked of a journal of earlier versions', () => {
    const old = { type: 'correction-requested', turn: 2, by: 'x', prompt: 'y', again: false };
    assert.ok(eventSchema.safeParse(old).success);
    assert.equal(afterwardsOf([]), null);
    assert.equal(samplePacket().correction, null);
    assert.equal(afterwardsSection(samplePacket()), '');
  });
});

describe('what became of a correction, shown', () => {
  const one = sampleFinding();
  const passes = [
    pass({ turn: 2, sent: sending([checkItem()]), ...checks(checked('failed'), checked('passed')) }),
    pass({
      turn: 3,
      by: '<b>@reviewer',
      sent: sending([findingItem(one), { ...NOBODY, kind: 'text', message: '| x |' }], { edited: true, omitted: 2 }),
      before: side({
        turn: 2,
        drift: sampleDrift([one]),
        checks: new Map([['tests', checked('passed', { a: 'passed' })]]),
      }),
      after: later({ turn: 4, checks: new Map([['tests', checked('failed', { a: 'failed' })]]) }),
    }),
  ];
  const packet = samplePacket({ correction: afterwardsOf(passes) });

  it('is part of the packet, which still parses', () => {
    assert.deepEqual(packetSchema.parse(JSON.parse(JSON.stringify(packet))).correction, packet.correction);
    const { correction: _, ...old } = packet;
    assert.equal(packetSchema.parse(old).correction, null);
  });

  it('says in Markdown what broke first, then every item, then earlier passes', () => {
    const text = renderPacket(packet);
    const order = [
      '## After the correction',
      'broke what was clean',
      'check tests',
      '✗ not fixed',
      '✓ fixed',
      'of turn 2',
    ];
    const places = order.map((part) => text.indexOf(part));
    assert.deepEqual(
      places.toSorted((a, b) => a - b),
      places,
      text,
    );
    assert.ok(text.indexOf('## After the correction') < text.indexOf('## Goal'));
    assert.ok(!text.includes('<b>@reviewer'));
    assert.match(text, /changed by hand before it was sent/);
  });

  it('says it on a terminal', () => {
    const text = renderSummary(packet, { color: false, width: 120 });
    assert.match(text, /broke what was clean: 1 thing\n {2}✗ check tests: passed before, failed now \(a\)/);
    assert.match(text, /the correction \(turn 3\): 1 fixed, 1 not fixed/);
  });
});

describe('the outcome of any correction', () => {
  const severity = fc.constantFrom('block', 'warn', 'info');
  const aFinding = fc
    .record({ path: fc.constantFrom('a', 'b', 'c'), evidence: fc.constantFrom('x', 'y'), severity, line: fc.nat(9) })
    .map(({ path, evidence, ...rest }) => sampleFinding({ id: `${path}${evidence}`, path, evidence, ...rest }));
  const someFindings = fc.uniqueArray(aFinding, { selector: ({ id }) => id, maxLength: 6 });
  const aCheck = fc
    .tuple(
      fc.constantFrom<CheckStatus>('passed', 'failed', 'timeout', 'void', 'missing'),
      fc.option(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('passed', 'failed', 'skipped')), {
        nil: undefined,
      }),
    )
    .map(([status, tests]) => checked(status, tests));
  const someChecks = fc.dictionary(fc.constantFrom('tests', 'lint'), aCheck).map((all) => new Map(Object.entries(all)));
  const aPass = fc
    .record({
      before: fc.record({ findings: someFindings, checks: someChecks }),
      after: fc.record({ findings: fc.option(someFindings), checks: someChecks, same: fc.boolean() }),
    })
    .map(({ before, after }) => {
      const drift = after.findings === null ? null : sampleDrift(after.findings);
      return pass({
        sent: sending([checkItem(), ...before.findings.map((finding) => findingItem(finding))]),
        before: side({ drift: sampleDrift(before.findings), checks: before.checks }),
        after: side({ turn: 2, tree: after.same ? TREE : OTHER_TREE, drift, checks: after.checks }),
      });
    });

  it('is "fixed" only where the evidence of another tree says so', () => {
    fc.assert(
      fc.property(aPass, (one) => {
        for (const item of afterwardsOf([one])?.items ?? []) {
          if (item.outcome !== 'fixed') continue;
          assert.notEqual(one.after.tree, one.before.tree);
          if (item.kind === 'check') assert.equal(one.after.checks.get('tests')?.status, 'passed');
          else assert.ok(one.after.drift?.findings.every(({ id }) => id !== item.id));
        }
      }),
    );
  });

  it('does not hang on the order of anything', () => {
    const reversed = (of: Side): Side => ({
      ...of,
      drift: of.drift === null ? null : { ...of.drift, findings: of.drift.findings.toReversed() },
      checks: new Map([...of.checks].toReversed()),
    });
    fc.assert(
      fc.property(aPass, (one) => {
        const other = {
          ...one,
          sent: { ...one.sent, items: one.sent.items.toReversed() },
          before: reversed(one.before),
          after: reversed(one.after),
        };
        const [straight, turned] = [afterwardsOf([one]), afterwardsOf([other])];
        const outcomes = (of: Afterwards | null) => of?.items.map(({ id, outcome }) => `${id} ${outcome}`).sort();
        assert.deepEqual(outcomes(turned), outcomes(straight));
        assert.deepEqual(turned?.regressions, straight?.regressions);
        assert.deepEqual(turned?.counts, straight?.counts);
      }),
    );
  });

  it('passes over nothing that is dirty now', () => {
    fc.assert(
      fc.property(aPass, (one) => {
        const found = afterwardsOf([one]);
        const told = new Set([
          ...(found?.regressions ?? []).map(({ id }) => id),
          ...(found?.items ?? []).flatMap(({ now }) => (now === null ? [] : [now])),
        ]);
        const before = new Set(one.before.drift?.findings.map(({ id }) => id));
        for (const { id, severity: grave, rule, path } of one.after.drift?.findings ?? []) {
          if (grave === 'info' || before.has(id) || told.has(id)) continue;
          const beside = found?.items.some(
            (item) => item.rule === rule && item.path === path && item.outcome !== 'fixed',
          );
          assert.ok(beside, `${id} is told`);
        }
      }),
    );
  });
});
