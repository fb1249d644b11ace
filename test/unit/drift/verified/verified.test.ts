/** What the columns of checks say about a diff. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Change } from '../../../../src/core/drift/diff';
import { withFindings } from '../../../../src/core/drift/findings';
import type { Finding } from '../../../../src/core/drift/report';
import { judgeVerification } from '../../../../src/core/drift/verified/verified';
import type { CheckRun, Column } from '../../../../src/core/verify/columns';
import { type Comparison, compareRuns, type TestedRun, testsNeeded } from '../../../../src/core/verify/comparison';
import type { CheckResult, CheckStatus } from '../../../../src/core/verify/verification';
import { sampleBrief, sampleCheck, sampleDrift, sampleFinding, sampleVerification, TREE } from '../../review/sample';

function ran(status: CheckStatus): Column {
  const log = { path: 'evidence/x.log', bytes: 0, sha256: 's' };
  const run: CheckRun = {
    ...{ tree: TREE, treeAfter: TREE, status, exit: 0, signal: null, startedAt: '', seconds: 1, counts: null },
    ...{ note: null, log, results: null },
  };
  return { kind: 'ran', run, cached: false };
}

/** `a:p b:f` as tests. */
function tested(words: string | null, status: CheckStatus): TestedRun {
  const letters = { p: 'passed', f: 'failed', s: 'skipped' } as const;
  const tests = (words ?? '')
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [name = '', letter = 'p'] = word.split(':');
      return { name, status: letters[letter as keyof typeof letters] };
    });
  return { status, tests: words === null ? null : tests, total: tests.length };
}

interface Case {
  readonly base?: readonly [CheckStatus, string | null];
  readonly result: readonly [CheckStatus, string | null];
  readonly overlay?: readonly [CheckStatus, string | null];
  readonly check?: Partial<CheckResult>;
  readonly findings?: readonly string[];
  readonly deletes?: readonly string[];
  readonly allow?: readonly string[];
}

function checkOf({ base, result, overlay, check }: Case): CheckResult {
  const run = (side: Case['base']) => (side === undefined ? null : tested(side[1], side[0]));
  const [was, is, laid] = [run(base), tested(result[1], result[0]), run(overlay)];
  const pair = (before: TestedRun | null, after: TestedRun | null): Comparison | null =>
    before === null || after === null ? null : compareRuns(before, after);
  return sampleCheck({
    status: result[0],
    base: base === undefined ? { kind: 'not-run', why: 'x' } : ran(base[0]),
    overlay: overlay === undefined ? { kind: 'same' } : ran(overlay[0]),
    comparisons: {
      base: pair(was, is),
      overlay: pair(is, laid),
      needed: laid === null ? null : testsNeeded({ base: was, result: is, overlay: laid }, () => false),
    },
    ...check,
  });
}

function judged(given: Case): string[] {
  const brief = sampleBrief();
  const front = { ...brief.front, approval: { allow: [...(given.allow ?? [])] } };
  const changes = (given.deletes ?? []).map(
    (path): Change => ({
      ...{ status: 'D', path, oldPath: null, oldMode: '100644', newMode: null, oldOid: 'a', newOid: null },
      ...{ insertions: 0, deletions: 1 },
    }),
  );
  const report = sampleDrift((given.findings ?? []).map((rule, at): Finding => sampleFinding({ id: `f${at}`, rule })));
  const verification = sampleVerification({ checks: [checkOf(given)] });
  const raw = judgeVerification({ verification, brief: { ...brief, front }, changes, report });
  const { findings } = withFindings({ ...report, findings: [] }, raw);
  return findings.map(({ severity, rule, evidence }) => `${severity} ${rule} ${evidence}`);
}

const folder = {
  run: (ran('passed') as Extract<Column, { kind: 'ran' }>).run,
  ignored: { total: 2, names: ['node_modules/', 'x'] },
};

describe('what the columns say', () => {
  const cases: readonly [string, Case, readonly string[]][] = [
    ['nothing where all pass', { base: ['passed', null], result: ['passed', null], overlay: ['passed', null] }, []],
    [
      'a pass that needs the changed tests',
      { base: ['passed', null], result: ['passed', null], overlay: ['failed', null] },
      ['warn verify/tests-needed tests: failed with '],
    ],
    [
      'the same, which the brief allows',
      { base: ['passed', null], result: ['passed', null], overlay: ['failed', null], allow: ['tests'] },
      ['info verify/tests-needed tests: failed with '],
    ],
    [
      'a test that passes only as it was changed',
      { base: ['passed', 'a:p'], result: ['passed', 'a:p'], overlay: ['failed', 'a:f'] },
      ['warn verify/tests-needed tests: a'],
    ],
    [
      'a test that was red and was made to pass',
      { base: ['failed', 'a:f b:p'], result: ['passed', 'a:p b:p'], overlay: ['failed', 'a:f b:p'] },
      ['block verify/tests-needed tests: a'],
    ],
    [
      'no test that was red and is mended',
      { base: ['failed', 'a:f'], result: ['passed', 'a:p new:p'], overlay: ['passed', 'a:p'] },
      [],
    ],
    [
      'no new test, which cannot pass with what the base has for tests',
      { base: ['passed', 'a:p'], result: ['passed', 'a:p new:p'], overlay: ['failed', 'a:p new:f'] },
      [],
    ],
    [
      'a configuration without which it fails, though no test does',
      { base: ['passed', 'a:p'], result: ['passed', 'a:p'], overlay: ['failed', 'a:p'] },
      ['warn verify/tests-needed tests: failed with '],
    ],
    [
      'nothing about an overlay of what fails',
      { base: ['passed', null], result: ['failed', null], overlay: ['failed', null] },
      [],
    ],
    [
      'tests that are gone, though nothing deletes one',
      { base: ['passed', 'a:p b:p'], result: ['passed', 'a:p'] },
      ['block verify/vanished tests: b'],
    ],
    [
      'a report that is not there any more',
      { base: ['passed', 'a:p b:p'], result: ['passed', null] },
      ['block verify/vanished tests: a, b'],
    ],
    ['no tests that have other names now', { base: ['passed', 'a:p'], result: ['passed', 'b:p'] }, []],
    [
      'tests that are gone with a test file',
      { base: ['passed', 'a:p b:p'], result: ['passed', 'a:p'], deletes: ['test/b.test.ts'] },
      ['info verify/vanished tests: b'],
    ],
    [
      'tests that are gone where the diff says so, for the number of them',
      { base: ['passed', 'a:p b:p'], result: ['passed', 'a:p'], findings: ['tests/deleted'] },
      ['warn verify/vanished tests: b'],
    ],
    ['no vanished tests of a check that fails', { base: ['passed', 'a:p b:p'], result: ['failed', 'a:f'] }, []],
    [
      'tests that are skipped by what no marker says',
      { base: ['passed', 'a:p'], result: ['passed', 'a:s'] },
      ['block verify/skipped tests: a'],
    ],
    [
      'tests that are skipped by a marker',
      { base: ['passed', 'a:p'], result: ['passed', 'a:s'], findings: ['tests/skipped'] },
      ['info verify/skipped tests: a'],
    ],
    [
      'a check that was red',
      { base: ['failed', null], result: ['failed', null] },
      ['info verify/red-before tests: failed at the base'],
    ],
    ['no base that could not be run', { result: ['failed', null] }, []],
    [
      'a check that fails only sometimes',
      { base: ['passed', null], result: ['failed', null], check: { attempts: [folder.run] } },
      ['info verify/flaky tests: failed, then passed'],
    ],
    [
      'what passes only in the agent’s folder',
      { base: ['passed', null], result: ['failed', null], check: { folder } },
      ['block verify/worktree-only tests: node_modules/, x'],
    ],
    [
      'a tree that changed',
      { base: ['passed', null], result: ['void', null], check: { treeAfter: null } },
      [`block verify/mutated-tree tests: ${TREE} → unreadable`],
    ],
    [
      'a tree that changes at the base, too',
      { base: ['void', null], result: ['void', null], check: { treeAfter: null } },
      [`info verify/mutated-tree tests: ${TREE} → unreadable`],
    ],
  ];
  for (const [name, given, expected] of cases) {
    it(name, () => assert.deepEqual(judged(given), expected));
  }

  it('is nothing for evidence of earlier versions', () => {
    const verification = sampleVerification({ checks: [sampleCheck({ status: 'failed' })] });
    const input = { verification, brief: sampleBrief(), changes: [], report: sampleDrift() };
    assert.deepEqual(judgeVerification(input), []);
  });

  it('adds to a report, keeps what it had, and never makes it milder', () => {
    const severity = fc.constantFrom('block', 'warn', 'info');
    const rule = fc.constantFrom('verify/vanished', 'verify/flaky', 'verify/tests-needed');
    const raw = fc.array(
      fc.record({ rule, severity, path: fc.constant(null), message: fc.string(), evidence: fc.string() }),
    );
    const weight = { clean: 0, attention: 1, blocked: 2 };
    fc.assert(
      fc.property(severity, raw, (own, more) => {
        const before = sampleDrift([sampleFinding({ severity: own })]);
        const after = withFindings(before, more as Parameters<typeof withFindings>[1]);
        assert.ok(weight[after.verdict] >= weight[before.verdict]);
        assert.ok(after.findings.some(({ id }) => id === 'f1'));
      }),
    );
  });
});
