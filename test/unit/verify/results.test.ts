import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeReports, testResultsSchema } from '../../../src/core/verify/results';
import { REPORT_LIMITS, readTestReport, type TestCase, type TestReport } from '../../../src/core/verify/testReport';
import { checkResultSchema } from '../../../src/core/verify/verification';
import { sampleCheck } from '../review/sample';

function report(tests: readonly TestCase[], format: TestReport['format'] = 'junit'): TestReport {
  const count = (status: TestCase['status']) => tests.filter((test) => test.status === status).length;
  const counts = { total: tests.length, passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  return { format, counts, tests, failures: [] };
}

const names = (...reports: TestReport[]) =>
  mergeReports(reports, ['/work/tree', '/real/tree']).tests.map(({ name }) => name);

describe('merged reports', () => {
  it('name tests by file, in every checkout alike', () => {
    const tests = (root: string): TestCase[] => [
      { name: 'a › b', status: 'passed', file: `${root}/src/a.test.ts` },
      { name: `${root}/src/c.test.mjs`, status: 'passed' },
      { name: 'd', status: 'passed', file: `file://${root}/d.mjs` },
    ];
    const expected = ['d.mjs › d', 'src/a.test.ts › a › b', 'src/c.test.mjs'];
    assert.deepEqual(names(report(tests('/work/tree'))), expected);
    assert.deepEqual(names(report(tests('/real/tree'))), expected);
  });

  it('leave out a module that says what the file says', () => {
    const file = 'tests/test_a.py';
    const tests = ['tests.test_a › test_x', 'tests.test_a.TestB › test_y', 'tests.test_ab › test_z'];
    assert.deepEqual(names(report(tests.map((name) => ({ name, status: 'passed', file })))), [
      'tests/test_a.py › TestB › test_y',
      'tests/test_a.py › test_x',
      'tests/test_a.py › tests.test_ab › test_z',
    ]);
  });

  it('tell tests of one name once, as the worst, with their number; the counts are of all', () => {
    const merged = mergeReports(
      [
        report([
          { name: 'a', status: 'passed' },
          { name: 'a', status: 'failed' },
          { name: 'b', status: 'skipped' },
        ]),
        report(
          [
            { name: 'b', status: 'passed' },
            { name: 'a', status: 'passed' },
            { name: 'c', status: 'passed' },
          ],
          'tap',
        ),
      ],
      [],
    );
    assert.deepEqual(merged.tests, [
      { name: 'a', status: 'failed', times: 3 },
      { name: 'b', status: 'skipped', times: 2 },
      { name: 'c', status: 'passed' },
    ]);
    assert.deepEqual(
      [merged.format, merged.counts.total, merged.counts.failed, merged.unlisted],
      ['junit+tap', 6, 1, 0],
    );
  });

  it('say how many tests are in no list', () => {
    const many = Array.from({ length: REPORT_LIMITS.tests }, (_, n): TestCase => ({ name: `t${n}`, status: 'passed' }));
    const merged = mergeReports([report(many), report([{ name: 'one more', status: 'failed' }])], []);
    assert.deepEqual([merged.tests.length, merged.unlisted, merged.counts.failed], [REPORT_LIMITS.tests, 1, 1]);
    const declared = readTestReport('<testsuite tests="5"><testcase name="a"/></testsuite>');
    assert.ok('report' in declared);
    assert.equal(mergeReports([declared.report], []).unlisted, 4);
  });

  const cases = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'a › b', '/r/x', '', 'm.a › t', '__proto__', 'constructor'),
      status: fc.constantFrom<TestCase['status']>('passed', 'failed', 'skipped'),
      file: fc.constantFrom('/r/a.ts', 'm/a.py', 'b', ''),
    }),
    { maxLength: 20 },
  );

  it('are the same in whatever order the reports come, and names are unique', () => {
    fc.assert(
      fc.property(fc.array(cases, { maxLength: 5 }), (lists) => {
        const reports = lists.map((tests) => report(tests));
        const merged = mergeReports(reports, ['/r']);
        assert.deepEqual(mergeReports([...reports].reverse(), ['/r']).tests, merged.tests);
        assert.equal(new Set(merged.tests.map(({ name }) => name)).size, merged.tests.length);
        const times = merged.tests.reduce((sum, test) => sum + (test.times ?? 1), 0);
        assert.equal(times + merged.unlisted, merged.counts.total);
        assert.equal(
          merged.tests.some(({ status }) => status === 'failed'),
          merged.counts.failed > 0,
        );
      }),
    );
  });

  it('are what the schema of the evidence says', () => {
    const { format, counts, tests, unlisted } = mergeReports([report([{ name: 'a', status: 'passed' }])], []);
    const kept = { check: 'tests', tree: 't', format, counts, tests: [...tests], unlisted };
    assert.deepEqual(testResultsSchema.parse(JSON.parse(JSON.stringify(kept))), kept);
  });
});

describe('evidence from before results were kept', () => {
  it('still reads', () => {
    const { results, asked, ...older } = sampleCheck();
    assert.deepEqual([results, asked], [null, null]);
    assert.deepEqual(checkResultSchema.parse(older), sampleCheck());
  });
});
