import assert from 'node:assert/strict';
import { type CheckRun, judgeCheck } from '../../../src/core/verify/check';
import type { TestReport } from '../../../src/core/verify/testReport';

const RUN: CheckRun = {
  exit: 0,
  signal: null,
  timedOut: false,
  limit: 600,
  expected: 'a'.repeat(40),
  tree: 'a'.repeat(40),
  treeAfter: 'a'.repeat(40),
  survivors: [],
  report: null,
};

function report(passed: number, failed: number, skipped: number): TestReport {
  return {
    format: 'tap',
    counts: { total: passed + failed + skipped, passed, failed, skipped },
    tests: [],
    failures: [],
  };
}

describe('the judgement of a check', () => {
  const cases: [string, Partial<CheckRun>, string, RegExp | null][] = [
    ['exit 0', {}, 'passed', null],
    ['exit 0 with a good report', { report: report(5, 0, 1) }, 'passed', null],
    ['exit 1', { exit: 1 }, 'failed', /^exit 1$/],
    ['exit 1 with a report of successes', { exit: 1, report: report(5, 0, 0) }, 'failed', /^exit 1$/],
    ['a report that contradicts a zero', { report: report(5, 2, 0) }, 'failed', /exit 0, but .* 2 of 7 tests failed/],
    ['a report without tests', { report: report(0, 0, 0) }, 'passed', /no test/],
    ['a report of skipped tests only', { report: report(0, 0, 3) }, 'passed', /every test/],
    ['a report that cannot be read', { report: { why: 'empty' } }, 'passed', /no test counts: empty/],
    ['a signal', { exit: null, signal: 'SIGSEGV' }, 'failed', /ended by SIGSEGV/],
    ['a signal told by the shell', { exit: 137 }, 'failed', /exit 137, as by SIGKILL/],
    ['a command that is not there', { exit: 127 }, 'missing', /not found/],
    ['a command that cannot be executed', { exit: 126 }, 'failed', /not executable/],
    [
      'the end of its time after its tests',
      { exit: null, timedOut: true, report: { ...report(5, 0, 1), format: 'junit' } },
      'timeout',
      /after 600 s; its tests had ended: the report is complete \(6 tests, none failed\)/,
    ],
    [
      'the end of its time with a report that may be cut',
      { exit: null, timedOut: true, report: report(5, 0, 1) },
      'timeout',
      /after 600 s; its report tells of 6 tests, 0 failed/,
    ],
    [
      'the end of its time with a report of failures',
      { exit: null, timedOut: true, report: report(1, 2, 0) },
      'timeout',
      /its report tells of 3 tests, 2 failed/,
    ],
    ['the end of its time', { exit: null, signal: 'SIGKILL', timedOut: true }, 'timeout', /after 600 s/],
    ['a zero after the end of its time', { timedOut: true }, 'timeout', /after 600 s/],
    ['a changed tree', { treeAfter: 'b'.repeat(40) }, 'void', /changed/],
    ['a changed tree and a failure', { exit: 1, treeAfter: 'b'.repeat(40) }, 'void', /changed/],
    ['a tree that setup changed', { tree: 'b'.repeat(40), treeAfter: 'b'.repeat(40) }, 'void', /before the check ran/],
    ['a tree that is gone', { treeAfter: null }, 'void', /could not be read/],
    ['processes that stay', { survivors: ['x (pid 1)'] }, 'passed', /could not be ended: x \(pid 1\)/],
  ];
  for (const [what, run, status, note] of cases) {
    it(`${what}: ${status}`, () => {
      const judgement = judgeCheck({ ...RUN, ...run });
      assert.equal(judgement.status, status);
      if (note === null) assert.equal(judgement.note, null);
      else assert.match(judgement.note ?? '', note);
    });
  }

  it('names the signal whoever reported it', () => {
    assert.equal(judgeCheck({ ...RUN, exit: 143 }).signal, 'SIGTERM');
    assert.equal(judgeCheck({ ...RUN, exit: null, signal: 'SIGKILL' }).signal, 'SIGKILL');
    assert.equal(judgeCheck({ ...RUN, exit: 1 }).signal, null);
  });
});
