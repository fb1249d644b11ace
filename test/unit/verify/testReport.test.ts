import assert from 'node:assert/strict';
import fc from 'fast-check';
import { REPORT_LIMITS, readTestReport, type TestReport } from '../../../src/core/verify/testReport';

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

const counts = (total: number, passed: number, failed: number, skipped: number) => ({ total, passed, failed, skipped });

describe('JUnit reports', () => {
  it('counts cases by what they hold', () => {
    const report =
      read(`<?xml version="1.0"?><testsuites><testsuite name="s" tests="4" failures="1" errors="1" skipped="1">
      <testcase classname="a.B" name="good"/>
      <testcase name="bad"><failure message="m">trace</failure></testcase>
      <testcase name="broken"><error/></testcase>
      <testcase name="left out"><skipped/></testcase></testsuite></testsuites>`);
    assert.equal(report.format, 'junit');
    assert.deepEqual(report.counts, counts(4, 1, 2, 1));
    assert.deepEqual(
      report.tests.map((test) => `${test.name}: ${test.status}`),
      ['a.B › good: passed', 's › bad: failed', 's › broken: failed', 's › left out: skipped'],
    );
  });

  it('counts nested suites once', () => {
    const inner =
      '<testsuite tests="2" failures="1"><testcase name="x"/><testcase name="y"><failure/></testcase></testsuite>';
    assert.deepEqual(
      read(
        `<testsuites tests="4" failures="2"><testsuite tests="4" failures="2">${inner}${inner}</testsuite></testsuites>`,
      ).counts,
      counts(4, 2, 2, 0),
    );
    assert.deepEqual(read(`<testsuite tests="2" failures="1">${inner}</testsuite>`).counts, counts(2, 1, 1, 0));
  });

  it('believes a summary that knows of more failures than there are cases', () => {
    assert.deepEqual(read('<testsuite tests="0" errors="1"/>').counts, counts(1, 0, 1, 0));
    assert.deepEqual(
      read('<testsuites><testsuite tests="3" failures="2"><testcase name="a"/></testsuite></testsuites>').counts,
      counts(3, 1, 2, 0),
    );
  });

  it('reads the words of GoogleTest', () => {
    const report = read(
      '<testsuites tests="2" disabled="1"><testsuite tests="2"><testcase name="a" status="run" result="completed"/><testcase name="b" status="notrun" result="suppressed"/></testsuite></testsuites>',
    );
    assert.deepEqual(report.counts, counts(2, 1, 0, 1));
  });

  it('decodes the names and spells out what would hide in them', () => {
    const report = read('<testsuite><testcase name="a &lt;b&gt; &amp;#60; &#x41;&#8238;&#27;[31m"/></testsuite>');
    assert.deepEqual(
      report.tests.map((test) => test.name),
      ['a <b> &#60; A\\u{202e}\\u{1b}[31m'],
    );
  });

  it('a billion laughs stay one line', () => {
    const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const text = `<?xml version="1.0"?><!DOCTYPE t [<!ENTITY l0 "lol">${entities}]><testsuite><testcase name="&l9;"/></testsuite>`;
    const outcome = readTestReport(text);
    assert.ok('why' in outcome || outcome.report.tests[0]!.name.length < 100);
  });

  it('an external entity is not fetched', () => {
    const text = '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&x;"/></testsuite>';
    const outcome = readTestReport(text);
    assert.ok('why' in outcome || outcome.report.tests[0]!.name === '&x;');
  });

  it('names that steer JavaScript do no harm', () => {
    const outcome = readTestReport(
      '<testsuite __proto__="x" constructor="y"><__proto__><testcase name="evil"/></__proto__><testcase name="toString" tests="1"/></testsuite>',
    );
    assert.equal(({} as Record<string, unknown>).testcase, undefined);
    assert.ok('why' in outcome || outcome.report.counts.total === 1);
  });

  it('refuses what is deeper than any report', () => {
    assert.match(why('<testsuite>'.repeat(50_000)), /nested|depth|XML/i);
  });

  it('says what is amiss', () => {
    assert.match(why('<html></html>'), /no <testsuite>/);
    assert.match(why('<testsuite'), /./);
    assert.equal(why(' \n'), 'empty');
    assert.match(why('hello'), /neither/);
    assert.match(why('x'.repeat(REPORT_LIMITS.bytes + 1)), /larger than 20 MiB/);
  });

  it('keeps a limited number of names and the count of all', () => {
    const report = read(`<testsuite>${'<testcase name="t"/>'.repeat(REPORT_LIMITS.tests + 5)}</testsuite>`);
    assert.deepEqual([report.tests.length, report.counts.total], [REPORT_LIMITS.tests, REPORT_LIMITS.tests + 5]);
  });
});

describe('CTRF reports', () => {
  const ctrf = (summary: object, tests?: object[]) =>
    JSON.stringify({ results: { tool: { name: 't' }, summary, tests } });

  it('counts tests by status', () => {
    const tests = ['passed', 'failed', 'skipped', 'pending', 'other'].map((status) => ({ name: status, status }));
    const report = read(
      ctrf({ tests: 5, passed: 1, failed: 1, skipped: 1, pending: 1, other: 1, start: 0, stop: 1 }, tests),
    );
    assert.equal(report.format, 'ctrf');
    assert.deepEqual(report.counts, counts(5, 1, 1, 3));
  });

  it('takes the summary where there are no tests, and its failures where the tests hide them', () => {
    assert.deepEqual(read(ctrf({ tests: 3, passed: 2, failed: 1 })).counts, counts(3, 2, 1, 0));
    assert.deepEqual(read(ctrf({ tests: 1, failed: 1 }, [{ name: 'a', status: 'passed' }])).counts, counts(1, 0, 1, 0));
  });

  it('numbers that are none count as nothing', () => {
    assert.deepEqual(
      read(ctrf({ tests: -1, failed: 'many' }, [{ name: 'a', status: 'passed' }])).counts,
      counts(1, 1, 0, 0),
    );
  });

  it('says what is amiss', () => {
    assert.match(why('{'), /JSON/);
    assert.match(why('{"a":1}'), /CTRF/);
  });
});

describe('TAP', () => {
  it('counts points, and what was planned and did not run as failed', () => {
    const report = read(
      'TAP version 13\n1..6\nok 1 - a\nnot ok 2 - b\nok 3 # SKIP no db\nnot ok 4 - c # TODO later\nok 5 d',
    );
    assert.equal(report.format, 'tap');
    assert.deepEqual(report.counts, counts(6, 2, 2, 2));
    assert.deepEqual(
      report.tests.map((test) => test.name),
      ['a', 'b', 'no db', 'c', 'd'],
    );
  });

  it('counts subtests instead of the point that sums them up', () => {
    const text = `TAP version 14
# Subtest: suite
    ok 1 - a
    # Subtest: inner
        ok 1 - b
        not ok 2 - c
        1..2
    not ok 2 - inner
    1..2
not ok 1 - suite
ok 2 - alone
1..2`;
    assert.deepEqual(read(text).counts, counts(4, 3, 1, 0));
  });

  it('counts a point that failed though none of its subtests did', () => {
    assert.deepEqual(read('1..1\n    ok 1 - a\nnot ok 1 - teardown').counts, counts(2, 1, 1, 0));
  });

  it('reads over diagnostics, also over one that never ends', () => {
    assert.deepEqual(read('1..2\nok 1\n  ---\n  not ok 9 - quoted\n  ...\nok 2').counts, counts(2, 2, 0, 0));
    assert.deepEqual(read('1..2\nok 1\n  ---\n  text: x\nnot ok 2').counts, counts(2, 1, 1, 0));
  });

  it('bailing out is a failure, and so is an absurd plan', () => {
    assert.deepEqual(read('1..1\nok 1\nBail out! no database').counts, counts(2, 1, 1, 0));
    assert.equal(read('1..999999999\nok 1').counts.failed, 999_999_998);
    assert.deepEqual(read('1..0 # SKIP nothing to do').counts, counts(0, 0, 0, 0));
    assert.match(why('# only a comment'), /without a plan/);
  });
});

describe('any text', () => {
  it('is read or refused, never thrown at, and its counts add up', () => {
    const word = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        '<testsuite ',
        '<testcase name="a"',
        '<failure',
        '<![CDATA[',
        '<!DOCTYPE a [',
        ']>',
        '--',
        '"',
      ],
      ...[
        '{"results":',
        '{"summary":{"tests":1e99}',
        '}',
        '[',
        'TAP version 13\n',
        'ok 1',
        'not ok',
        '1..2',
        '\n',
        ' ',
        '# SKIP',
      ],
      ...['&#xfffff;', '__proto__', 'tests="9"', '    ', '  ---\n', '  ...\n'],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ unit: 'binary' })), { maxLength: 40 }), (words) => {
        const outcome = readTestReport(words.join(''));
        if ('why' in outcome) return;
        const { total, passed, failed, skipped } = outcome.report.counts;
        assert.equal(total, passed + failed + skipped);
        assert.ok([total, passed, failed, skipped].every((number) => Number.isSafeInteger(number) && number >= 0));
      }),
      { numRuns: 300 },
    );
  });
});
