import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readExpectation, readPlace } from '../../../src/core/verify/expectation';
import { FAILURE_LIMITS, failureOf } from '../../../src/core/verify/failure';
import { readTestReport } from '../../../src/core/verify/testReport';
import { type TestFailure, testFailureSchema } from '../../../src/core/verify/verification';

function failures(text: string): readonly TestFailure[] {
  const outcome = readTestReport(text);
  assert.ok('report' in outcome, 'why' in outcome ? outcome.why : '');
  return outcome.report.failures;
}

const only = (text: string): TestFailure => {
  const [one, ...more] = failures(text);
  assert.ok(one !== undefined && more.length === 0);
  return one;
};

describe('failures of JUnit reports', () => {
  it('are read as Mocha writes them', () => {
    const failure = only(`<testsuite name="Mocha Tests" tests="1" errors="1">
<testcase classname="m" name="deep" file="/repo/b.cjs" time="0.001"><failure>Expected values to be loosely deep-equal:

{
  a: 1
}

      + expected - actual

       {
      -  &#x22;a&#x22;: 1
      +  &#x22;a&#x22;: 2
       }
      
AssertionError [ERR_ASSERTION]: Expected values to be loosely deep-equal:
    at Context.&#x3C;anonymous&#x3E; (b.cjs:2:82)
    at process.processImmediate (node:internal/timers:483:21)</failure></testcase></testsuite>`);
    assert.deepEqual(
      [failure.name, failure.expected, failure.actual, failure.file, failure.line],
      ['m › deep', '{\n  "a": 2\n}', '{\n  "a": 1\n}', '/repo/b.cjs', null],
    );
    assert.match(failure.message, /^Expected values to be loosely deep-equal:\n\n\{/);
  });

  it('are read as Node writes them, with the place of the test rather than of its runner', () => {
    const failure = only(`<testsuites><testcase name="one" classname="test">
<failure type="testCodeFailure" message="Expected values to be strictly equal:1 !== 2">
Error [ERR_TEST_FAILURE]: Expected values to be strictly equal:

1 !== 2

    at AsyncResource.runInAsyncScope (node:async_hooks:206:9) {
  cause: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:
      at ok (/repo/node_modules/x/index.js:9:1)
      at TestContext.&lt;anonymous> (file:///repo/a.test.mjs:2:28)
}</failure></testcase></testsuites>`);
    assert.deepEqual([failure.expected, failure.actual, failure.file, failure.line], ['2', '1', '/repo/a.test.mjs', 2]);
  });

  it('are read as Jest writes them, escapes and all', () => {
    const failure = only(`<testsuites><testsuite name="sum"><testcase classname="sum" name="adds">
<failure>Error: &#27;[2mexpect(&#27;[22mreceived&#27;[2m).&#27;[22mtoBe(expected)

Expected: &#27;[32m3&#27;[39m
Received: &#27;[31m4&#27;[39m
    at Object.toBe (/repo/sum.test.js:4:18)</failure></testcase></testsuite></testsuites>`);
    assert.deepEqual([failure.expected, failure.actual, failure.line], ['3', '4', 4]);
    assert.ok(failure.message.startsWith('Error: expect(received).toBe(expected)'), failure.message);
  });

  it('are read as Vitest, PHPUnit and JUnit itself write them', () => {
    const vitest = only(`<testsuites><testsuite name="test/a.test.ts"><testcase classname="test/a.test.ts" name="x">
<failure message="expected { a: 1 } to deeply equal { a: 2 }" type="AssertionError"><![CDATA[AssertionError: expected { a: 1 } to deeply equal { a: 2 }

- Expected
+ Received

  {
-   "a": 2,
+   "a": 1,
  }

 ❯ test/a.test.ts:5:14]]></failure></testcase></testsuite></testsuites>`);
    assert.deepEqual(
      [vitest.expected, vitest.actual, vitest.file, vitest.line],
      ['{\n  "a": 2,\n}', '{\n  "a": 1,\n}', 'test/a.test.ts', 5],
    );
    const php = only(
      '<testsuite file="/r/T.php"><testcase name="t" file="/r/T.php" line="12"><failure>boom</failure></testcase></testsuite>',
    );
    assert.deepEqual([php.message, php.file, php.line, php.expected], ['boom', '/r/T.php', 12, null]);
    const java = only(
      '<testsuite><testcase name="t"><failure message="org.opentest4j.AssertionFailedError: expected: &lt;1> but was: &lt;2>"/></testcase></testsuite>',
    );
    assert.deepEqual([java.expected, java.actual], ['1', '2']);
  });

  it('leave unsaid what the report does not tell apart', () => {
    const pytest = only(`<testsuite><testcase classname="test_a" name="test_x"><failure message="assert 1 == 2">
def test_x():
&gt;       assert 1 == 2
E       assert 1 == 2

test_a.py:3: AssertionError</failure></testcase></testsuite>`);
    assert.deepEqual([pytest.expected, pytest.actual, pytest.file, pytest.line], [null, null, 'test_a.py', 3]);
    const bare = only('<testsuite><testcase name="t" status="failed"/></testsuite>');
    assert.deepEqual(bare, { name: 't', message: '', expected: null, actual: null, file: null, line: null });
  });
});

describe('failures of CTRF and TAP reports', () => {
  it('carry message, trace and place of CTRF, and survive odd ones', () => {
    const tests = [
      { name: 'a', status: 'failed', message: 'expected 4 to equal 3', trace: 'at x', filePath: 'a.ts', line: 9 },
      { name: 'b', status: 'failed', message: 7, trace: {}, filePath: [], line: -1 },
      { name: 'c', status: 'passed', message: 'none of ours' },
    ];
    const [a, b, ...more] = failures(JSON.stringify({ results: { summary: { tests: 3, failed: 2 }, tests } }));
    assert.deepEqual(a, {
      ...{ name: 'a', message: 'expected 4 to equal 3\nat x', expected: '3', actual: '4', file: 'a.ts', line: 9 },
    });
    assert.deepEqual([b?.message, b?.file, b?.line, more.length], ['', null, null, 0]);
  });

  it('carry the diagnosis of a TAP block', () => {
    const [one, two, three, four] = failures(`TAP version 13
not ok 1 - one
  ---
  location: '/repo/a.test.mjs:2:1'
  error: |-
    Expected values to be strictly equal:
    
    1 !== 2
    
  expected: 2
  actual: 1
  ...
not ok 2 - two
  ---
    operator: deepEqual
    expected:
      a: 1
    actual: [ x ]
    at: Test.<anonymous> (/repo/t.js:3:5)
  ...
not ok 3 - three
  ---
  found: no
  wanted: yes
  at: { file: t.js, line: 7 }
  ...
not ok 4 - four
  ---
  : : not [ yaml
  ...
ok 5 - five
  ---
  expected: nothing of a test that passed
  ...
1..5`);
    assert.deepEqual([one?.expected, one?.actual, one?.file, one?.line], ['2', '1', '/repo/a.test.mjs', 2]);
    assert.match(one?.message ?? '', /^Expected values to be strictly equal:/);
    assert.deepEqual(
      [two?.expected, two?.actual, two?.file, two?.line],
      ['{\n  "a": 1\n}', '[\n  "x"\n]', '/repo/t.js', 3],
    );
    assert.deepEqual([three?.expected, three?.actual, three?.file, three?.line], ['yes', 'no', 't.js', 7]);
    assert.deepEqual([four?.name, four?.message, four?.expected], ['four', '', null]);
  });

  it('gives a subtest its own diagnosis, and none to the point that sums it up', () => {
    const found = failures(`TAP version 14
# Subtest: suite
    not ok 1 - inner
      ---
      expected: 1
      actual: 2
      ...
    1..1
not ok 1 - suite
  ---
  error: 1 subtest failed
  ...
1..1`);
    assert.deepEqual(
      found.map(({ name, expected }) => [name, expected]),
      [['suite › inner', '1']],
    );
  });

  it('an alias makes nothing large', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((n, at) => `${n}: &${n} [${`*${'abcdefg'[at]},`.repeat(9)}]`),
    ];
    const found = only(
      `not ok 1 - t\n  ---\n${bomb.map((line) => `  ${line}`).join('\n')}\n  expected: *h\n  ...\n1..1`,
    );
    assert.deepEqual([found.expected, found.message], [null, '']);
    const deep = only(`not ok 1 - t\n  ---\n  expected: ${'['.repeat(20_000)}\n  ...\n1..1`);
    assert.equal(deep.expected, null);
  });
});

describe('what a failure’s text tells apart', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['AssertionError: expected 4 to equal 3', '3', '4'],
    ['expected 1 to be 2 // Object.is equality', '2', '1'],
    ['Error:      \tNot equal: \n            \texpected: 1\n            \tactual  : 2', '1', '2'],
    ['Assert.Equal() Failure\nExpected: 1\nActual:   2', '1', '2'],
    ['expected:<[1]> but was:<[2]>', '[1]', '[2]'],
    ["Expected values to be strictly equal:\n+ actual - expected\n\n+ 'a'\n- 'b'\n", "'b'", "'a'"],
    ['    - Expected  - 1\n    + Received  + 1\n\n    - a\n    + b\n\n      at f (x.js:1:2)', 'a', 'b'],
  ];
  for (const [text, expected, actual] of cases) {
    it(JSON.stringify(text.slice(0, 60)), () => assert.deepEqual(readExpectation(text), { expected, actual }));
  }

  const silent = [
    'assert 1 == 2',
    'expected 1 not to be 1',
    "expected 'a' to be a string",
    'left: 1\nright: 2',
    'Expected: 1',
    'Expected: 1\nExpected: 2\nReceived: 3',
    'expect(received).not.toBe(expected)\n\nExpected: not 3',
    'deep-equal:\n+ actual - expected ... Lines skipped\n\n  {\n+   b: 2,\n-   b: 3,\n...\n  }',
    '+ expected - actual\n\nnothing with a sign',
    '',
  ];
  for (const text of silent) {
    it(`nothing in ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(readExpectation(text), null));
  }

  it('finds the first place that is the tests’ own', () => {
    const trace =
      'at a (node:internal/x:1:2)\n  at b (/r/node_modules/m/i.js:3:4)\n at c (C:\\r\\t.js:5:6)\n at d (e.js:7:8)';
    assert.deepEqual(readPlace(trace), { file: 'C:\\r\\t.js', line: 5 });
    assert.equal(readPlace('at nowhere\nfoo:1:2'), null);
  });
});

describe('any failure', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\u001b[31m',
      '\u202e',
      '\0',
      '- Expected\n+ Received\n\n- a',
      '+ expected - actual\n\n+a\n-b',
      'Expected: ',
    ),
    fc.constantFrom('Received: x', 'expected 1 to equal 2', 'at f (a.js:1:2)', '😀'.repeat(2_000), ' '.repeat(30_000)),
    fc.string().map((text) => text.repeat(3_000)),
  );
  const text = fc.array(odd, { maxLength: 6 }).map((parts) => parts.join(''));
  const number = fc.oneof(fc.integer(), fc.double());

  it('is read without a throw, within its limits, and shows nothing that hides', () => {
    const optional = fc.option(text, { nil: undefined });
    fc.assert(
      fc.property(
        text,
        optional,
        optional,
        optional,
        optional,
        number,
        (name, message, trace, expected, file, line) => {
          const failure = failureOf(name, { message, trace, expected, file, line });
          testFailureSchema.parse(failure);
          for (const part of [failure.message, failure.expected ?? '', failure.actual ?? '']) {
            assert.ok(part.length <= FAILURE_LIMITS.text);
            assert.doesNotMatch(part, /[\u0000-\u0008\u000b-\u001f\u202e]/);
          }
          assert.ok((failure.file ?? '').length <= FAILURE_LIMITS.name);
          assert.doesNotMatch(`${failure.name}${failure.file ?? ''}`, /[\u0000-\u001f\u202e]/);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is one of at most fifty, whatever the format', () => {
    const many = 200;
    const junit = `<testsuite>${'<testcase name="t"><failure>x</failure></testcase>'.repeat(many)}</testsuite>`;
    const tap = `${Array.from({ length: many }, (_, n) => `not ok ${n + 1}\n  ---\n  expected: 1\n  ...`).join('\n')}\n1..${many}`;
    const tests = Array.from({ length: many }, () => ({ name: 't', status: 'failed', message: 'm' }));
    const ctrf = JSON.stringify({ results: { summary: { tests: many, failed: many }, tests } });
    for (const report of [junit, tap, ctrf]) assert.equal(failures(report).length, FAILURE_LIMITS.failures);
  });

  it('comes out of any TAP block and any JUnit element', () => {
    fc.assert(
      fc.property(text, (inside) => {
        const block = inside
          .split('\n')
          .map((line) => `  ${line}`)
          .join('\n');
        readTestReport(`not ok 1 - t\n  ---\n${block}\n  ...\n1..1`);
        readTestReport(`<testsuite><testcase name="t"><failure message="m">${inside}</failure></testcase></testsuite>`);
      }),
      { numRuns: 200 },
    );
  });
});
