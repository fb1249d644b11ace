import assert from 'node:assert/strict';
import type { FindingAnswer } from '../../../../src/vscode/diff/findingAnswers';
import { findingSpots, MOST_SPOTS, neighbour } from '../../../../src/vscode/diff/findingSpots';
import { fileMark, threadWords } from '../../../../src/vscode/diff/findingWords';
import { plain } from '../sample';
import { sampleChange, sampleFinding } from './sampleChange';

const SPAN = { from: 'base', to: 2 } as const;
const NOBODY: FindingAnswer = { reason: null, widens: false, grown: 0, included: null };
const changes = [
  sampleChange({ path: 'a.ts' }),
  sampleChange({ path: 'b.ts', status: 'D' }),
  sampleChange({ path: 'c.ts' }),
];
const finding = sampleFinding;
const report = (findings: ReturnType<typeof finding>[]) => ({
  id: 't',
  stale: [],
  drift: {
    schema: 1 as const,
    brief: 'b',
    base: 'x',
    head: null,
    tree: 'y',
    verdict: 'blocked' as const,
    stats: { files: 3, insertions: 1, deletions: 1 },
    findings,
    dependencies: [],
  },
});

describe('where findings stand', () => {
  const findings = [
    finding({ id: 'c9', path: 'c.ts', line: 9, severity: 'warn' }),
    finding({ id: 'gone', path: 'b.ts', line: null, severity: 'info' }),
    finding({ id: 'c2', path: 'c.ts', line: 2, severity: 'warn' }),
    finding({ id: 'nowhere', path: null }),
    finding({ id: 'other', path: 'untouched.ts', line: 1 }),
  ];
  const spots = findingSpots(report(findings), changes, SPAN);

  it('is a line of the snapshot, or the base for what was deleted, in the order of review', () => {
    assert.deepEqual(
      spots.map(({ finding: { id }, place, line }) => [id, place.at, place.path, line]),
      [
        ['c2', 2, 'c.ts', 1],
        ['c9', 2, 'c.ts', 8],
        ['gone', 'base', 'b.ts', 0],
        ['other', 2, 'untouched.ts', 0],
      ],
    );
  });

  it('is every place of a group', () => {
    const places = ['c.ts', 'a.ts'].map((path, index) => ({ id: `p${index}`, path, line: 3 }));
    const group = findingSpots(report([finding({ id: 'g', places })]), changes, SPAN);
    assert.deepEqual(
      group.map(({ id, finding: { id: of }, place, line }) => [id, of, place.path, line]),
      [
        ['p1', 'g', 'a.ts', 2],
        ['p0', 'g', 'c.ts', 2],
      ],
    );
  });

  it('is nowhere while the report is of another tree, and for more than can be read', () => {
    assert.deepEqual(findingSpots({ ...report(findings), stale: ['drift'] }, changes, SPAN), []);
    assert.deepEqual(findingSpots({ ...report(findings), drift: null }, changes, SPAN), []);
    const many = Array.from({ length: 3_000 }, (_, n) => finding({ id: `${n}`, path: 'a.ts', line: n + 1 }));
    assert.equal(findingSpots(report(many), changes, SPAN).length, MOST_SPOTS);
  });

  it('leads from one to the next and back, round the ends', () => {
    const id = (from: { path: string; line: number } | null, step: 1 | -1) =>
      neighbour(spots, changes, from, step)?.finding.id;
    assert.equal(id(null, 1), 'c2');
    assert.equal(id(null, -1), 'other');
    assert.equal(id({ path: 'c.ts', line: 0 }, 1), 'c2');
    assert.equal(id({ path: 'c.ts', line: 1 }, 1), 'c9');
    assert.equal(id({ path: 'c.ts', line: 8 }, 1), 'gone');
    assert.equal(id({ path: 'b.ts', line: 5 }, 1), 'other');
    assert.equal(id({ path: 'untouched.ts', line: 0 }, 1), 'c2');
    assert.equal(id({ path: 'c.ts', line: 1 }, -1), 'other');
    assert.equal(id({ path: 'b.ts', line: 5 }, -1), 'gone');
    // A file without findings stands where the review has it.
    assert.equal(id({ path: 'a.ts', line: 0 }, -1), 'gone');
    assert.equal(neighbour([], changes, null, 1), null);
  });
});

describe('the thread of a finding', () => {
  const words = (change: Partial<Parameters<typeof threadWords>[0]>) =>
    threadWords({ finding: finding({}), answer: NOBODY, signed: null, open: true, ...change }, plain);

  it('says severity and rule in words, and goes into the correction until somebody says otherwise', () => {
    assert.equal(words({}).label, 'Blocking · scope/outside · in the correction');
    assert.equal(words({}).context, 'finding open unanswered included');
    assert.equal(words({ answer: { ...NOBODY, included: false } }).context, 'finding open unanswered excluded');
    assert.equal(words({ finding: finding({ severity: 'info' }) }).context, 'finding open excluded');
    assert.equal(words({}).resolved, false);
  });

  it('is resolved when it is accepted, with the reason as an answer', () => {
    const accepted = words({ answer: { ...NOBODY, reason: 'needed *here*' } });
    assert.equal(accepted.label, 'Blocking · scope/outside · accepted');
    assert.equal(accepted.context, 'finding open accepted excluded');
    assert.equal(accepted.resolved, true);
    assert.deepEqual(accepted.answer, { by: 'You', body: 'Accepted&#58; needed &#42;here&#42;' });
  });

  it('shows who signed it off, and offers nothing more', () => {
    const signed = words({ open: false, signed: { reason: 'fine', widens: false, by: 'Reviewer' } });
    assert.equal(signed.context, 'finding decided');
    assert.equal(signed.answer?.by, 'Reviewer');
  });

  it('tells of a group that it is one, and that more places came since the answer', () => {
    const places = ['a.ts', 'b.ts'].map((path) => ({ id: path, path, line: null }));
    const group = finding({ places });
    assert.match(words({ finding: group }).body, /One of 2 places.*an answer is for all of them/);
    const grown = words({ finding: group, answer: { ...NOBODY, grown: 12 } });
    assert.equal(grown.label, 'Blocking · scope/outside · 12 more places than you answered · in the correction');
    assert.deepEqual([grown.resolved, grown.answer], [false, null]);
  });

  it('says why it matters, what was amended, and offers no answer that does not fit', () => {
    assert.match(words({}).body, /The brief did not ask for a change here/);
    const amended = words({ answer: { ...NOBODY, reason: 'the fix needs it', widens: true } });
    assert.equal(amended.label, 'Blocking · scope/outside · brief amended');
    assert.equal(amended.answer?.body, 'Brief amended&#58; the fix needs it');
    const secret = words({ finding: finding({ rule: 'secrets/added' }) });
    assert.equal(secret.context, 'finding open included', 'the menu has nothing to accept it with');
    assert.match(secret.body, /No reason makes it fine/);
    assert.doesNotMatch(words({}).body, /No reason makes it fine/);
  });

  it('holds what an agent wrote as text', () => {
    const { body, label } = words({
      finding: finding({
        rule: 'boundary/x\u202e',
        message: '[run](command:x)',
        evidence: '![](https://e.example/x.png)',
      }),
    });
    assert.doesNotMatch(body, /[[\]()!:/]/);
    assert.match(label, /boundary\/x\\u\{202e\}/);
  });
});

describe('the mark of a file', () => {
  const mark = (...findings: Parameters<typeof fileMark>[0]) => fileMark(findings, plain);

  it('is a sign, a colour of the theme and words', () => {
    assert.deepEqual(mark(finding({ rule: 'scope/outside' })), {
      badge: '!',
      color: 'list.errorForeground',
      tooltip: 'Out of scope: the brief did not ask for a change here',
    });
    assert.match(mark(finding({ rule: 'scope/avoided' }))?.tooltip ?? '', /^Avoided/);
    assert.deepEqual(mark(finding({ rule: 'boundary/ci', boundary: 'ci' })), {
      badge: 'B',
      color: 'list.warningForeground',
      tooltip: 'Boundary ci: needs a decision',
    });
    const both = mark(
      finding({}),
      finding({ rule: 'boundary/ci', boundary: 'ci' }),
      finding({ rule: 'deps/added', boundary: 'ci' }),
    );
    assert.equal(both?.badge, '!B');
    assert.equal(both?.tooltip.match(/Boundary ci/g)?.length, 1);
  });

  it('is none for what was granted, and for other findings', () => {
    assert.equal(mark(finding({ rule: 'boundary/ci', boundary: 'ci', severity: 'info' })), null);
    assert.equal(mark(finding({ rule: 'hidden/bidi' })), null);
    assert.equal(mark(), null);
  });
});
