import assert from 'node:assert/strict';
import type { FindingAnswer } from '../../../../src/vscode/diff/findingAnswers';
import { findingSpots, MOST_SPOTS, neighbour } from '../../../../src/vscode/diff/findingSpots';
import { fileMark, threadWords } from '../../../../src/vscode/diff/findingWords';
import { plain } from '../sample';
import { sampleChange, sampleFinding } from './sampleChange';

const SPAN = { from: 'base', to: 2 } as const;
const NOBODY: FindingAnswer = { reason: null, included: null };
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
    assert.equal(words({ answer: { reason: null, included: false } }).context, 'finding open unanswered excluded');
    assert.equal(words({ finding: finding({ severity: 'info' }) }).context, 'finding open excluded');
    assert.equal(words({}).resolved, false);
  });

  it('is resolved when it is accepted, with the reason as an answer', () => {
    const accepted = words({ answer: { reason: 'needed *here*', included: null } });
    assert.equal(accepted.label, 'Blocking · scope/outside · accepted');
    assert.equal(accepted.context, 'finding open accepted excluded');
    assert.equal(accepted.resolved, true);
    assert.deepEqual(accepted.answer, { by: 'You', body: 'Accepted&#58; needed &#42;here&#42;' });
  });

  it('shows who signed it off, and offers nothing more', () => {
    const signed = words({ open: false, signed: { reason: 'fine', by: 'Reviewer' } });
    assert.equal(signed.context, 'finding decided');
    assert.equal(signed.answer?.by, 'Reviewer');
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
