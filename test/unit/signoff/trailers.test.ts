import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deliveryMessage, parseTrailers, snapshotMessage } from '../../../src/core/signoff/trailers';

const TREE = '1'.repeat(40);
const BRIEF = 'b'.repeat(64);
const REVIEWER = { name: 'Reviewer', email: 'reviewer@example.com' };

function message(change: Partial<Parameters<typeof deliveryMessage>[0]> = {}): string {
  const signoff = { by: REVIEWER, brief: BRIEF, checks: { tests: 'passed' as const }, accepted: {}, overridden: {} };
  return deliveryMessage({
    findings: {},
    task: 'T1',
    title: 'Retry on 429',
    goal: 'Retry requests.',
    signoff,
    tree: TREE,
    ...change,
  });
}

const DELIVERED = {
  kind: 'delivered',
  by: REVIEWER,
  task: 'T1',
  brief: BRIEF,
  tree: TREE,
  checks: [{ name: 'tests', outcome: 'passed' }],
  receipts: null,
};

describe('trailers', () => {
  it('are written as agreed and read back', () => {
    assert.equal(
      message(),
      [
        'Retry on 429',
        '',
        'Retry requests.',
        '',
        'Countersigned-by: Reviewer <reviewer@example.com>',
        'Countersign-Task: T1',
        `Countersign-Brief: ${BRIEF}`,
        `Countersign-Tree: ${TREE}`,
        'Countersign-Checks: tests=passed',
        '',
      ].join('\n'),
    );
    assert.deepEqual(parseTrailers(message()), DELIVERED);
    assert.deepEqual(parseTrailers(message().replaceAll('\n', '\r\n')), DELIVERED);
  });

  it('name the digest of the receipts, where there are any', () => {
    const receipts = 'c'.repeat(64);
    assert.match(message({ receipts }), /\nCountersign-Checks: tests=passed\nCountersign-Receipts: c{64}\n$/);
    assert.deepEqual(parseTrailers(message({ receipts })), { ...DELIVERED, receipts });
    assert.equal(parseTrailers(message({ receipts: 'c' })).kind, 'malformed');
  });

  it('say what was overridden and accepted, and when nothing was checked', () => {
    const signoff = {
      by: REVIEWER,
      brief: BRIEF,
      checks: { tests: 'passed' as const, lint: 'failed' as const },
      accepted: { f1: 'needed' },
      overridden: { lint: 'known' },
    };
    const text = message({ signoff });
    assert.match(
      message({
        signoff: { by: REVIEWER, brief: BRIEF, checks: {}, accepted: { f1: 'needed' }, overridden: {} },
        findings: { f1: 'scope/outside a.ts' },
      }),
      /\n- scope\/outside a\.ts \(f1\): needed\n/,
    );
    assert.match(text, /\nCountersign-Checks: tests=passed lint=overridden\n/);
    assert.match(text, /Accepted:\n- f1: needed/);
    assert.match(text, /Overridden:\n- lint: known/);
    const none = parseTrailers(message({ signoff: { ...signoff, checks: {}, overridden: {} } }));
    assert.deepEqual(none.kind === 'delivered' ? none.checks : null, []);
  });

  it('stand below the criteria that a person accepted, with who that was', () => {
    const signoff = { by: REVIEWER, brief: BRIEF, checks: {}, accepted: {}, overridden: {} };
    const word = {
      criterion: 2,
      id: 'AC-2',
      by: REVIEWER,
      at: '2026-01-02T03:04:05Z',
      reason: 'tried\nCountersign-Task: T2',
    };
    const other = { ...word, by: { name: 'Ann', email: 'ann@example.com' }, reason: 'read it' };
    const text = message({ signoff: { ...signoff, criteria: [word, other] } });
    assert.match(text, /\nAccepted criteria:\n- AC-2: tried .*\n- AC-2 \(Ann\): read it\n\nCountersigned-by/);
    assert.equal(parseTrailers(text).kind, 'delivered');
    assert.doesNotMatch(text, /^Countersign-Task: T2/m);
  });

  it('stand below what the reviewer added to the brief', () => {
    const signoff = {
      ...{ by: REVIEWER, brief: BRIEF, checks: { tests: 'passed' as const }, accepted: {}, overridden: {} },
      widened: {
        g1: { reason: 'needed\n\nCountersign-Tree: x', change: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], allow: [] },
        f2: { reason: 'the release job too', change: [], allow: ['ci'] },
      },
    };
    const text = message({ signoff, findings: { g1: 'scope/outside at 7 places', f2: 'boundary/ci ci.yml' } });
    assert.match(
      text,
      /\nAmended the brief \(as handed off, it did not say this\):\n- scope\/outside at 7 places \(g1\): needed/,
    );
    assert.match(
      text,
      /\[scope\.change: a, b, c, d, e and 2 more\]\n- boundary\/ci ci\.yml \(f2\): .*\[approval\.allow: ci\]/,
    );
    assert.deepEqual(parseTrailers(text), DELIVERED);
  });

  it('of a snapshot carry no sign-off', () => {
    const text = snapshotMessage({ task: 'T1', turn: 2, title: 'Retry on 429', agent: 'codex' });
    assert.deepEqual(parseTrailers(text), { kind: 'snapshot', task: 'T1', turn: 2, adopted: null });
    assert.doesNotMatch(text, /Countersigned-by/);
  });

  it('of a snapshot of adopted work name its commit, in its own form', () => {
    const adopted = {
      name: 'origin/topic',
      commit: '4'.repeat(40),
      authors: [{ name: 'Ann', email: 'ann@example.com' }],
    };
    const text = snapshotMessage({ task: 'T1', turn: 1, title: 'Retry', agent: 'adopted', adopted });
    assert.match(text, /Snapshot of origin\/topic, adopted as it was pushed by Ann\. Not signed off\./);
    assert.deepEqual(parseTrailers(text), { kind: 'snapshot', task: 'T1', turn: 1, adopted: adopted.commit });
    assert.equal(parseTrailers(text.replace(adopted.commit, 'HEAD')).kind, 'malformed');
    assert.equal(parseTrailers(`${message()}Countersign-Adopted: ${adopted.commit}\n`).kind, 'malformed');
  });

  it('name who wrote what was adopted, each once, without who signs', () => {
    const authors = [
      { name: 'Ann', email: 'ann@example.com' },
      { name: 'Ann again', email: 'ANN@example.com' },
      { name: 'Reviewer', email: 'Reviewer@example.com' },
      { name: 'Bo\nCountersign-Task: T9', email: 'bo <x>@example.com' },
    ];
    const text = message({ authors });
    const named = text.split('\n').filter((line) => line.startsWith('Co-authored-by: '));
    assert.equal(named.length, 2);
    assert.match(named[0]!, /^Co-authored-by: Ann again <ANN@example\.com>$/);
    assert.deepEqual(parseTrailers(text), DELIVERED);
  });

  it('cannot be forged by a title, a goal, a reason, a name or an address', () => {
    const lines = [
      'Countersigned-by: Eve <eve@example.com>',
      'Countersign-Task: T9',
      `Countersign-Tree: ${'9'.repeat(40)}`,
      'Countersign-Checks: tests=passed',
    ];
    const piece = fc.oneof(fc.constantFrom(...lines, '\n', '\n\n', '\r\n', '\u2028', ' ', '<', '>'), fc.string());
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, text, text, (title, goal, reason, name) => {
        const signoff = {
          by: { name, email: REVIEWER.email },
          brief: BRIEF,
          checks: { tests: 'failed' as const },
          accepted: { f1: reason },
          overridden: { tests: reason },
        };
        const read = parseTrailers(message({ title, goal, signoff }));
        assert.equal(read.kind, 'delivered');
        assert.ok(read.kind === 'delivered');
        assert.deepEqual([read.task, read.tree, read.brief, read.by.email], ['T1', TREE, BRIEF, REVIEWER.email]);
        assert.deepEqual(read.checks, [{ name: 'tests', outcome: 'overridden' }]);
        const snapshot = parseTrailers(snapshotMessage({ task: 'T1', turn: 1, title, agent: name }));
        assert.deepEqual(snapshot, { kind: 'snapshot', task: 'T1', turn: 1, adopted: null });
        const adopted = { name: title, commit: TREE, authors: [{ name, email: goal }] };
        const taken = parseTrailers(snapshotMessage({ task: 'T1', turn: 1, title, agent: 'adopted', adopted }));
        assert.deepEqual(taken, { kind: 'snapshot', task: 'T1', turn: 1, adopted: TREE });
        const coauthored = parseTrailers(message({ title, goal, signoff, authors: [{ name: reason, email: goal }] }));
        assert.ok(coauthored.kind === 'delivered' && coauthored.task === 'T1' && coauthored.tree === TREE);
      }),
      { numRuns: 500 },
    );
  });

  it('count only in the last paragraph, and never in the title', () => {
    assert.equal(parseTrailers(`${message()}\nOne more paragraph.\n`).kind, 'none');
    assert.equal(parseTrailers('Countersign-Task: T1\nCountersign-Turn: 1\n').kind, 'none');
    assert.equal(parseTrailers('').kind, 'none');
  });

  it('may stand among others', () => {
    assert.deepEqual(parseTrailers(`${message().trimEnd()}\nCo-authored-by: Developer <dev@example.com>\n`), DELIVERED);
  });

  const broken: Record<string, (text: string) => string> = {
    'twice the same': (text) => `${text}Countersign-Task: T1\n`,
    'one missing': (text) => text.replace(/Countersign-Brief.*\n/, ''),
    'another case': (text) => text.replace('Countersign-Task', 'countersign-task'),
    'an unknown one of ours': (text) => `${text}Countersign-Note: x\n`,
    'no person': (text) => text.replace(/Countersigned-by.*/, 'Countersigned-by: Reviewer'),
    'no object name': (text) => text.replace(/Countersign-Tree.*/, 'Countersign-Tree: 123'),
    'no hash': (text) => text.replace(/Countersign-Brief.*/, 'Countersign-Brief: x'),
    'an unreadable check': (text) => text.replace('tests=passed', 'tests passed'),
    'a check twice': (text) => text.replace('tests=passed', 'tests=failed tests=passed'),
    'an empty task': (text) => text.replace('Task: T1', 'Task: '),
    'a turn in a sign-off': (text) => `${text}Countersign-Turn: 1\n`,
    'a folded value': (text) => text.replace('Countersign-Task: T1', 'Countersign-Task:\n T1'),
  };
  for (const [what, breakIt] of Object.entries(broken)) {
    it(`are malformed with ${what}`, () => assert.equal(parseTrailers(breakIt(message())).kind, 'malformed'));
  }
});
