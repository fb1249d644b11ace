/** The formats that runners write of their own. Texts are made here, after each runner's own output. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { REPORT_LIMITS, readTestOutput, readTestReport, type TestReport } from '../../../src/core/verify/testReport';

function read(text: string): TestReport {
  const outcome = readTestReport(text);
  assert.ok('report' in outcome, 'why' in outcome ? outcome.why : '');
  return outcome.report;
}

function why(text: string): string {
  const outcome = readTestReport(text);
  assert.ok('why' in outcome, 'it was read');
  return outcome.why;
}

const lines = ({ tests }: TestReport) =>
  tests.map(({ name, status, file }) => `${file === undefined ? '' : `${file}: `}${name}: ${status}`);

describe('JUnit of the runners', () => {
  it('of Node names the suites, since every class is `test`, and what is to do is no failure', () => {
    const report = read(`<testsuites>
      <testcase name="top" classname="test" file="/r/a.test.mjs"/>
      <testsuite name="outer" tests="2" failures="1" skipped="1"><testsuite name="inner" tests="1">
        <testcase name="it" classname="test"/></testsuite>
        <testcase name="later" classname="test"><skipped type="todo" message="true"/><failure message="x"/></testcase>
      </testsuite></testsuites>`);
    assert.deepEqual(lines(report), [
      '/r/a.test.mjs: top: passed',
      'outer › later: skipped',
      'outer › inner › it: passed',
    ]);
    assert.deepEqual(report.counts, { total: 3, passed: 2, failed: 0, skipped: 1 });
  });

  it('of PHPUnit gives the rows of data, and files', () => {
    const report = read(`<testsuites><testsuite name="T" file="/r/T.php" tests="2">
      <testcase name="testA" class="T" classname="T" file="/r/T.php" line="3"/>
      <testsuite name="T::testD" tests="1"><testcase name="testD with data set &quot;a&quot;" classname="T"/></testsuite>
      </testsuite></testsuites>`);
    assert.deepEqual(lines(report), ['/r/T.php: T › testA: passed', '/r/T.php: T › testD with data set "a": passed']);
  });

  it('of Surefire calls a test that passed when it was run again passed', () => {
    const report = read(
      '<testsuite name="a.B" tests="2"><testcase classname="a.B" name="x"><flakyFailure message="m"/></testcase><testcase classname="a.B" name="y"><failure/><rerunFailure/></testcase></testsuite>',
    );
    assert.deepEqual(lines(report), ['a.B › x: passed', 'a.B › y: failed']);
  });
});

describe('TRX reports', () => {
  const result = (id: string, name: string, outcome: string, inner = '') =>
    `<UnitTestResult testId="${id}" testName="${name}" outcome="${outcome}">${inner}</UnitTestResult>`;
  const trx = (results: string, definitions = '', counters = '') =>
    `<?xml version="1.0"?><TestRun xmlns="urn:x"><Results>${results}</Results><TestDefinitions>${definitions}</TestDefinitions><ResultSummary><Counters ${counters}/></ResultSummary></TestRun>`;

  it('name tests by class and method, once', () => {
    const definition = (id: string, owner: string) =>
      `<UnitTest id="${id}" name="n"><TestMethod className="${owner}" name="n"/></UnitTest>`;
    const report = read(
      trx(
        `${result('1', 'Adds', 'Passed')}${result('2', 'App.Tests.Sum.Works(a: 1)', 'Failed', '<Output><ErrorInfo><Message>Expected: 1 &lt; 2</Message><StackTrace>at App</StackTrace></ErrorInfo></Output>')}${result('3', 'Later', 'NotExecuted')}`,
        `${definition('1', 'App.Tests.Sum, App, Version=1.0.0.0')}${definition('2', 'App.Tests.Sum')}${definition('3', 'App.Tests.Sum')}`,
      ),
    );
    assert.equal(report.format, 'trx');
    assert.deepEqual(lines(report), [
      'App.Tests.Sum › Adds: passed',
      'App.Tests.Sum.Works(a: 1): failed',
      'App.Tests.Sum › Later: skipped',
    ]);
    assert.match(report.failures[0]!.message, /^Expected: 1 < 2\nat App$/);
  });

  it('count each row of a test with data, and not the test besides', () => {
    const rows = `<InnerResults>${result('1', 'Row (1)', 'Passed')}${result('1', 'Row (2)', 'Failed')}</InnerResults>`;
    assert.deepEqual(read(trx(result('1', 'Row', 'Failed', rows))).counts, {
      total: 2,
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it('believe the summary of a run that was aborted', () => {
    assert.deepEqual(read(trx(result('1', 'a', 'Passed'), '', 'total="3" failed="1" aborted="1"')).counts, {
      total: 3,
      passed: 1,
      failed: 2,
      skipped: 0,
    });
  });
});

describe('Jest’s and Vitest’s JSON', () => {
  const file = (name: string, tests: object[], more: object = {}) => ({
    name,
    status: 'passed',
    message: '',
    assertionResults: tests,
    ...more,
  });
  const test = (status: string, title: string, more: object = {}) => ({
    ancestorTitles: ['s', 'in it'],
    title,
    fullName: `s in it ${title}`,
    status,
    failureMessages: [],
    ...more,
  });

  it('gives tests by file, suites and title', () => {
    const failed = test('failed', 'bad', {
      failureMessages: ['Error: no\n    at f (/r/a.test.js:3:4)'],
      location: null,
    });
    const report = read(
      JSON.stringify({
        numTotalTests: 4,
        testResults: [file('/r/a.test.js', [test('passed', 'ok'), failed, test('todo', 't'), test('pending', 'p')])],
      }),
    );
    assert.deepEqual(lines(report), [
      '/r/a.test.js: s › in it › ok: passed',
      '/r/a.test.js: s › in it › bad: failed',
      '/r/a.test.js: s › in it › t: skipped',
      '/r/a.test.js: s › in it › p: skipped',
    ]);
    assert.deepEqual([report.failures[0]!.file, report.failures[0]!.line], ['/r/a.test.js', 3]);
  });

  it('tells of a file that could not be loaded', () => {
    const report = read(
      JSON.stringify({ testResults: [file('/r/b.test.js', [], { status: 'failed', message: 'load' })] }),
    );
    assert.deepEqual(lines(report), ['/r/b.test.js: (the file itself): failed']);
    assert.equal(report.failures[0]!.message, 'load');
  });

  it('says what is amiss', () => {
    assert.match(why('{"testResults":1}'), /Jest or Vitest/);
  });
});

describe('Mocha’s JSON', () => {
  it('gives tests and the hooks that failed', () => {
    const test = (title: string, err: object = {}) => ({ title, fullTitle: `a b ${title}`, file: '/r/a.cjs', err });
    const report = read(
      JSON.stringify({
        stats: { tests: 3 },
        tests: [],
        passes: [test('ok')],
        pending: [test('later')],
        failures: [test('"before all" hook', { message: 'no', stack: 'Error: no', expected: '1', actual: '2' })],
      }),
    );
    assert.deepEqual(lines(report), [
      '/r/a.cjs: a b › "before all" hook: failed',
      '/r/a.cjs: a b › ok: passed',
      '/r/a.cjs: a b › later: skipped',
    ]);
    assert.deepEqual([report.failures[0]!.expected, report.failures[0]!.actual], ['1', '2']);
  });
});

describe('RSpec’s JSON', () => {
  it('gives examples, and what failed outside of them', () => {
    const example = (name: string, status: string, more: object = {}) => ({
      full_description: name,
      status,
      file_path: './spec/a_spec.rb',
      line_number: 3,
      ...more,
    });
    const report = read(
      JSON.stringify({
        examples: [
          example('A works', 'passed'),
          example('A fails', 'failed', { exception: { class: 'E', message: 'no', backtrace: null } }),
          example('A waits', 'pending'),
        ],
        messages: ['An error occurred while loading ./spec/b_spec.rb.'],
        summary: { example_count: 3, failure_count: 1, pending_count: 1, errors_outside_of_examples_count: 2 },
      }),
    );
    assert.deepEqual(lines(report), [
      'spec/a_spec.rb: A works: passed',
      'spec/a_spec.rb: A fails: failed',
      'spec/a_spec.rb: A waits: skipped',
      '(outside of examples): failed',
    ]);
    assert.deepEqual(report.counts, { total: 5, passed: 1, failed: 3, skipped: 1 });
  });
});

describe('Go', () => {
  const stream = (...events: [action: string, test?: string, output?: string][]) =>
    events
      .map(([Action, Test, Output]) =>
        JSON.stringify({ Time: '2026-01-01T00:00:00Z', Action, Package: 'example.com/m', Test, Output }),
      )
      .join('\n');

  it('streams tests; one that sums up its subtests is none of its own', () => {
    const report = read(
      stream(
        ['start'],
        ['run', 'TestA'],
        ['run', 'TestA/one'],
        ['output', 'TestA/one', '    a_test.go:3: got 1\n'],
        ['fail', 'TestA/one'],
        ['pass', 'TestA/two'],
        ['fail', 'TestA'],
        ['skip', 'TestS'],
        ['fail'],
      ),
    );
    assert.equal(report.format, 'go');
    assert.deepEqual(lines(report), [
      'example.com/m › TestA/one: failed',
      'example.com/m › TestA/two: passed',
      'example.com/m › TestS: skipped',
    ]);
    assert.equal(report.failures[0]!.message, 'a_test.go:3: got 1');
  });

  it('a test that never ended, a package that did not build or ended itself have failed', () => {
    assert.deepEqual(lines(read(stream(['run', 'TestHangs'], ['fail']))), ['example.com/m › TestHangs: failed']);
    assert.deepEqual(lines(read(stream(['pass', 'TestA'], ['fail']))), [
      'example.com/m › TestA: passed',
      'example.com/m: failed',
    ]);
    const broken = readTestOutput(
      `# example.com/q\nq.go:1: x\nFAIL\texample.com/q [build failed]\n${stream(['pass', 'TestA'])}`,
      'go',
    );
    assert.ok('report' in broken);
    assert.deepEqual(lines(broken.report), ['example.com/q: failed', 'example.com/m › TestA: passed']);
  });

  it('prints tests before their package', () => {
    const report = read(`=== RUN   TestA
noise=== RUN   TestA/x_y
=== RUN   TestA/bad
    a_test.go:3: got 1, want 2
--- FAIL: TestA (0.01s)
    --- PASS: TestA/x_y (0.00s)
    --- FAIL: TestA/bad (0.00s)
FAIL
FAIL\texample.com/m\t0.039s
\u0016=== RUN   TestP
printed--- PASS: TestP (1.50s)
PASS
ok  \texample.com/m/p\t(cached)
?   \texample.com/m/none\t[no test files]
FAIL\texample.com/m/q [build failed]
`);
    assert.deepEqual(lines(report), [
      'example.com/m › TestA/x_y: passed',
      'example.com/m › TestA/bad: failed',
      'example.com/m/p › TestP: passed',
      'example.com/m/q: failed',
    ]);
    assert.match(report.failures[0]!.message, /got 1, want 2/);
  });

  it('output that was cut leaves tests that did not end', () => {
    assert.deepEqual(lines(read('=== RUN   TestA\n=== RUN   TestB\n--- PASS: TestB (0.00s)\n')), [
      '(unfinished) › TestA: failed',
      '(unfinished) › TestB: passed',
    ]);
  });
});

describe('Cargo', () => {
  const summary = (passed: number, failed: number, ignored = 0) =>
    `test result: ${failed > 0 ? 'FAILED' : 'ok'}. ${passed} passed; ${failed} failed; ${ignored} ignored; 0 measured; 0 filtered out; finished in 0.01s\n`;

  it('prints tests below the program that they are in', () => {
    const report = read(`running 4 tests
     Running unittests src/lib.rs (target/debug/deps/demo-0123456789abcdef)

running 4 tests
test tests::ign ... ignored, why
test tests::sp - should panic ... ok
test tests::bad ... FAILED
test tests::works ... ok

failures:

---- tests::bad stdout ----

thread 'tests::bad' (12) panicked at src/lib.rs:5:13:
assertion \`left == right\` failed
  left: 1
 right: 2


failures:
    tests::bad

${summary(2, 1, 1)}
     Running tests/it.rs (target/debug/deps/it-0123456789abcdef)

running 1 test
test tests::works ... ok

${summary(1, 0)}
   Doc-tests demo

running 2 tests
test src/lib.rs - one (line 9) ... ok
test src/lib.rs - one (line 3) ... ignored

${summary(1, 0, 1)}`);
    assert.deepEqual(lines(report), [
      'demo (src/lib.rs) › tests::ign: skipped',
      'demo (src/lib.rs) › tests::sp: passed',
      'demo (src/lib.rs) › tests::bad: failed',
      'demo (src/lib.rs) › tests::works: passed',
      'it (tests/it.rs) › tests::works: passed',
      'demo › src/lib.rs - one (2): passed',
      'demo › src/lib.rs - one: skipped',
    ]);
    assert.deepEqual([report.failures[0]!.file, report.failures[0]!.line], ['src/lib.rs', 5]);
  });

  it('a result may come after what the test printed', () => {
    const report = read(`test a ... printed\nmore\nFAILED\ntest b ... printed without an endok\n${summary(1, 1)}`);
    assert.deepEqual(lines(report), ['a: failed', 'b: passed']);
  });

  it('tests of a program that never said how it ended have failed where their result is missing', () => {
    assert.deepEqual(lines(read('test a ... ok\ntest b ... \nsignal: 11')), ['a: passed', 'b: failed']);
  });
});

describe('hostile reports', () => {
  it('a document type gives no format power', () => {
    const types =
      '<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const text = `${types}<TestRun><Results><UnitTestResult testName="&b;&x;" outcome="Passed"/></Results></TestRun>`;
    const outcome = readTestReport(text);
    assert.ok('why' in outcome || outcome.report.tests[0]!.name === '&b;&x;');
  });

  it('nesting is refused, not followed', () => {
    assert.match(why('<TestRun><Results>'.repeat(30_000)), /XML|nested|depth/i);
    assert.match(why('{"testResults":'.repeat(200_000)), /JSON/);
    assert.match(why(`{"testResults":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), /JSON/);
  });

  it('a suite of a huge name costs each of its tests little', () => {
    const suite = 'x'.repeat(1_000_000);
    const subtests = '    ok 1 - a\n'.repeat(50_000);
    const report = read(`TAP version 14\n# Subtest: ${suite}\n${subtests}ok 1 - x\n1..1`);
    assert.equal(report.counts.total, 50_000);
    assert.ok(report.tests.every(({ name }) => name.length <= REPORT_LIMITS.name));
  });

  const words = [
    ...['<TestRun>', '<Results>', '<UnitTestResult outcome="Failed"', '<InnerResults>', '</', '/>', '<testsuite>', '"'],
    ...[
      '{"testResults":[',
      '{"stats":{},"passes":[',
      '{"examples":[',
      '{"Action":"run"',
      ',"Package":"p"',
      ',"Test":"T/a"}',
    ],
    ...[
      '{"Time":"x","Action":"fail","Package":"p"}\n',
      ']',
      '}',
      ',',
      '\n',
      '=== RUN   TestA\n',
      '--- FAIL: TestA (0.00s)\n',
    ],
    ...[
      'FAIL\tp\t0.1s\n',
      'ok  \tp\t(cached)\n',
      'test a ... ok\n',
      'test a ... ',
      'failures:\n',
      '---- a stdout ----\n',
    ],
    ...[
      summaryLine(1, 9),
      '   Doc-tests x\n',
      '     Running a.rs (b-0123456789abcdef)\n',
      '# Subtest: a\n',
      '    ',
      'not ok 1 - b\n',
    ],
    ...['__proto__', '\ufeff', '\u0000', '\u2028'],
  ];
  const texts = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' })), { maxLength: 40 })
    .map((parts) => parts.join(''));

  it('are read or refused, never thrown at, and their counts add up', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('go', 'cargo'), (text, format) => {
        for (const outcome of [readTestReport(text), readTestOutput(text, format)]) {
          if ('why' in outcome) continue;
          const { counts, tests, failures } = outcome.report;
          assert.equal(counts.total, counts.passed + counts.failed + counts.skipped);
          assert.ok(Object.values(counts).every((count) => Number.isSafeInteger(count) && count >= 0));
          assert.ok(tests.length <= counts.total && failures.length <= counts.failed);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the same text gives the same tests', () => {
    fc.assert(
      fc.property(texts, (text) => assert.deepEqual(readTestReport(text), readTestReport(text))),
      { numRuns: 50 },
    );
  });
});

function summaryLine(passed: number, failed: number): string {
  return `test result: FAILED. ${passed} passed; ${failed} failed; 0 ignored; 0 measured; 0 filtered out\n`;
}
