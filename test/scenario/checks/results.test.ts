/** Results by name, from real runners in real checkouts. A runner that this machine lacks is skipped, and says so. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestResults, testResultsSchema } from '../../../src/core/verify/results';
import type { CheckResult } from '../../../src/core/verify/verification';
import { ChecksHarness } from './harness';
import { linked, OWN_PACKAGES, runs, vitestPackages } from './runnersHere';

const BASE = { 'src/a.txt': 'one\n', '.gitignore': 'node_modules\ntarget/\n__pycache__/\n.pytest_cache/\n' };
/** Runners out of this project's own packages: a sandbox would not show them. */
const PACKAGES = linked(OWN_PACKAGES);

type Files = Readonly<Record<string, string>>;

describe('results by name', () => {
  let harness: ChecksHarness;
  beforeEach(async () => {
    harness = await new ChecksHarness(BASE).prepare();
  });
  afterEach(() => harness.remove());

  function resultsOf(result: CheckResult): TestResults {
    assert.ok(result.results !== null, `no results; the log:\n${harness.log(result).toString()}`);
    const text = readFileSync(join(harness.folder, result.results.path), 'utf8');
    assert.equal(result.results.path, `evidence/it-${result.tree}.tests.json`);
    assert.equal(result.results.sha256, createHash('sha256').update(text).digest('hex'));
    assert.equal(result.results.bytes, Buffer.byteLength(text));
    const results = testResultsSchema.parse(JSON.parse(text));
    assert.equal(result.results.count, results.tests.length);
    assert.deepEqual(results.counts, result.counts);
    return results;
  }

  const named = (result: CheckResult) =>
    resultsOf(result).tests.map(
      ({ name, status, times }) => `${name}: ${status}${times === undefined ? '' : ` ×${times}`}`,
    );

  async function unconfined(): Promise<ChecksHarness> {
    harness.remove();
    harness = await new ChecksHarness(BASE, { sandbox: 'off' }).prepare();
    return harness;
  }

  describe('of Node’s runner', () => {
    const files: Files = {
      'a.test.mjs': `import { describe, it, test } from 'node:test';
        test('same', () => {});
        describe('outer', () => { it('good', () => {}); it('bad', () => { throw new Error('no'); }); it.skip('left', () => {}); });
        test('parent', async (t) => { await t.test('child', () => {}); });
        test('later', { todo: true }, () => { throw new Error('not yet'); });`,
      'b.test.mjs': `import test from 'node:test'; test('same', () => {});`,
    };
    const expected = [
      'a.test.mjs › later: skipped',
      'a.test.mjs › outer › bad: failed',
      'a.test.mjs › outer › good: passed',
      'a.test.mjs › outer › left: skipped',
      'a.test.mjs › parent › child: passed',
      'a.test.mjs › same: passed',
      'b.test.mjs › same: passed',
    ];

    it('with the files told apart, and the command as the brief has it', async () => {
      const result = await harness.check({ run: 'node --test' }, { files });
      assert.deepEqual([result.status, result.exit, result.command], ['failed', 1, 'node --test']);
      assert.deepEqual(named(result), expected);
      assert.deepEqual(result.counts, { total: 7, passed: 4, failed: 1, skipped: 2 });
      assert.deepEqual([result.failures[0]?.name, result.failures[0]?.file], ['outer › bad', 'a.test.mjs']);
      assert.match(result.asked!, /^--test-reporter=spec .*<report>\/reporter\.mjs/);
      assert.match(harness.log(result).toString(), /bad/);
      assert.equal(result.treeAfter, result.tree);
    });

    it('through npm, with files named', async () => {
      const scripts = { test: 'npm run --silent unit', unit: 'node --test a.test.mjs b.test.mjs' };
      const result = await harness.check(
        { run: 'npm test --silent' },
        { files: { ...files, 'package.json': JSON.stringify({ scripts }) } },
      );
      assert.deepEqual(named(result), expected);
      assert.match(result.asked!, /^NODE_OPTIONS=/);
    });

    it('through npm twice, with none named', async () => {
      const scripts = { test: 'npm run --silent unit', unit: 'node --test' };
      const result = await harness.check(
        { run: 'npm test --silent' },
        { files: { ...files, 'package.json': JSON.stringify({ scripts }) } },
      );
      assert.deepEqual(named(result), expected);
      assert.match(result.asked!, /^-- -- --test-reporter/);
    });

    it('a file that cannot be loaded is a failed test', async () => {
      const result = await harness.check(
        { run: 'node --test' },
        { files: { 'c.test.mjs': 'throw new Error("load")' } },
      );
      assert.deepEqual(named(result), ['c.test.mjs › c.test.mjs: failed']);
    });
  });

  it('of Mocha, whose own reporter stays', async () => {
    await unconfined();
    const files = {
      'a.spec.cjs': `describe('s', () => { it('good', () => {}); it('bad', () => { throw new Error('no'); }); it('waits');
        describe('h', () => { before(() => { throw new Error('hook'); }); it('never', () => {}); }); });`,
      '.mocharc.json': JSON.stringify({ reporter: 'dot' }),
    };
    for (const run of ['npx mocha a.spec.cjs', 'node node_modules/mocha/bin/mocha.js --parallel a.spec.cjs']) {
      const result = await harness.check({ run }, { files, setup: PACKAGES });
      assert.deepEqual(named(result), [
        'a.spec.cjs › s › bad: failed',
        'a.spec.cjs › s › good: passed',
        'a.spec.cjs › s › h › "before all" hook for "never": failed',
        'a.spec.cjs › s › waits: skipped',
      ]);
      assert.equal(result.command, run);
      assert.match(harness.log(result).toString(), /1 passing/);
      assert.doesNotMatch(harness.log(result).toString(), /✔ good/);
    }
  });

  it('of Vitest', async function () {
    const packages = vitestPackages();
    if (packages === null) this.skip();
    await unconfined();
    const text = `import { expect, it } from 'vitest'; it('good', () => {}); it('bad', () => expect(1).toBe(2));`;
    const result = await harness.check(
      { run: 'npx vitest run' },
      { files: { 'a.test.mjs': text }, setup: linked(packages) },
    );
    assert.deepEqual(named(result), ['a.test.mjs › bad: failed', 'a.test.mjs › good: passed']);
  });

  it('of pytest', async function () {
    if (!runs('python3', ['-m', 'pytest', '--version'])) this.skip();
    const text = `import pytest
class TestK:
    def test_m(self): pass
@pytest.mark.parametrize('x', [1, 2])
def test_p(x): assert x == 1
@pytest.mark.skip
def test_s(): pass
`;
    const run = 'python3 -m pytest -q -p no:cacheprovider';
    const result = await harness.check({ run }, { files: { 'tests/test_a.py': text } });
    assert.deepEqual(named(result), [
      'tests/test_a.py › TestK › test_m: passed',
      'tests/test_a.py › test_p[1]: passed',
      'tests/test_a.py › test_p[2]: failed',
      'tests/test_a.py › test_s: skipped',
    ]);
    assert.deepEqual([result.status, result.command], ['failed', run]);
    assert.equal(result.failures[0]?.file, 'tests/test_a.py');
  });

  it('of Go', async function () {
    if (!runs('go', ['version'])) this.skip();
    const files = {
      'go.mod': 'module example.com/m\n',
      'a_test.go': `package m
import "testing"
func TestA(t *testing.T) { t.Run("one", func(t *testing.T) {}); t.Run("two", func(t *testing.T) { t.Error("no") }) }
func TestS(t *testing.T) { t.Skip() }
`,
      'p/p_test.go': 'package p\nimport "testing"\nfunc TestA(t *testing.T) {}\n',
    };
    for (const run of ['go test ./...', 'go test -json ./...']) {
      const result = await harness.check({ run }, { files });
      assert.deepEqual(named(result), [
        'example.com/m › TestA/one: passed',
        'example.com/m › TestA/two: failed',
        'example.com/m › TestS: skipped',
        'example.com/m/p › TestA: passed',
      ]);
      assert.equal(result.failures[0]?.message, 'a_test.go:3: no');
    }
  });

  it('of Cargo', async function () {
    if (!runs('cargo', ['--version'])) this.skip();
    const files = {
      'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      'Cargo.lock': 'version = 3\n\n[[package]]\nname = "demo"\nversion = "0.1.0"\n',
      'src/lib.rs':
        '#[cfg(test)]\nmod tests {\n    #[test]\n    fn good() {}\n    #[test]\n    fn bad() { assert_eq!(1, 2); }\n    #[test]\n    #[ignore]\n    fn waits() {}\n}\n',
      'tests/it.rs': '#[test]\nfn good() {}\n',
    };
    const result = await harness.check({ run: 'cargo test --offline --no-fail-fast', timeout: 300 }, { files });
    assert.deepEqual(named(result), [
      'demo (src/lib.rs) › tests::bad: failed',
      'demo (src/lib.rs) › tests::good: passed',
      'demo (src/lib.rs) › tests::waits: skipped',
      'it (tests/it.rs) › good: passed',
    ]);
    assert.deepEqual([result.asked, result.failures[0]?.file, result.failures[0]?.line], ['2>&1', 'src/lib.rs', 6]);
  });

  it('of RSpec', async function () {
    if (!runs('rspec', ['--version'])) this.skip();
    const text = `RSpec.describe('S') { it('good') {}; it('bad') { raise 'no' }; it('waits') }`;
    const result = await harness.check({ run: 'rspec' }, { files: { 'spec/a_spec.rb': text } });
    assert.deepEqual(named(result), [
      'spec/a_spec.rb › S bad: failed',
      'spec/a_spec.rb › S good: passed',
      'spec/a_spec.rb › S waits: skipped',
    ]);
  });

  it('of PHPUnit', async function () {
    if (!runs('phpunit', ['--version'])) this.skip();
    // Debian's PHP names its extensions in /etc, which the sandbox does not show.
    await unconfined();
    const text = `<?php final class ATest extends PHPUnit\\Framework\\TestCase { public function testGood(): void { $this->assertTrue(true); } public function testBad(): void { $this->assertTrue(false); } }`;
    const result = await harness.check({ run: 'phpunit ATest.php' }, { files: { 'ATest.php': text } });
    assert.deepEqual(named(result), ['ATest.php › ATest › testBad: failed', 'ATest.php › ATest › testGood: passed']);
  });

  it('of the files that Maven leaves, those of this run, merged', async () => {
    const report = (body: string) => `<testsuite name="a.B" tests="1">${body}</testsuite>`;
    const write = (module: string, body: string) =>
      `mkdir -p ${module}/target/surefire-reports; echo '${report(body)}' > ${module}/target/surefire-reports/TEST-a.B.xml`;
    const files = {
      mvnw: {
        script: `#!/bin/sh
${write('one', '<testcase classname="a.B" name="x"/><testcase classname="a.B" name="y"/>')}
${write('two', '<testcase classname="a.B" name="x"><failure message="no"/></testcase>')}
exit 1
`,
      },
      'fixtures/target/surefire-reports/TEST-old.xml': report('<testcase classname="old" name="never"/>'),
    };
    const result = await harness.check({ run: './mvnw verify' }, { files: { ...files, '.gitignore': 'one/\ntwo/\n' } });
    assert.deepEqual(named(result), ['a.B › x: failed ×2', 'a.B › y: passed']);
    assert.deepEqual([result.asked, result.counts?.total], [null, 3]);
  });

  describe('of reports that the brief names', () => {
    const write = (name: string, body: string) => `printf '%s' '<testsuite>${body}</testsuite>' > ${name}`;

    it('several, and by pattern', async () => {
      const run = `mkdir -p out; ${write('out/a.xml', '<testcase name="a"/>')}; ${write('out/b.xml', '<testcase name="b"/>')}; ${write('c.xml', '<testcase name="c"/>')}`;
      const result = await harness.check({ run, report: ['out/*.xml', 'c.xml', 'out/a.xml'] });
      assert.deepEqual(named(result), ['a: passed', 'b: passed', 'c: passed']);
      assert.deepEqual([result.status, result.note, result.asked], ['passed', null, null]);
    });

    it('what is missing of them is told, and the rest counts', async () => {
      const result = await harness.check({
        run: write('a.xml', '<testcase name="a"/>'),
        report: ['a.xml', 'b.xml', 'x/**/*.xml'],
      });
      assert.deepEqual([result.status, named(result)], ['passed', ['a: passed']]);
      assert.equal(
        result.note,
        'some tests are not counted: the report b.xml was not written, no file matches x/**/*.xml',
      );
    });

    it('those that were committed are not the check’s', async () => {
      const files = { 'out/old.xml': '<testsuite><testcase name="old"/></testsuite>' };
      const result = await harness.check({ run: 'true', report: 'out/*.xml' }, { files });
      assert.deepEqual([result.results, result.counts], [null, null]);
      assert.match(result.note!, /every file of out\/\*\.xml is older than the check/);
    });

    it('and nothing is asked then', async () => {
      const files = { 'a.test.mjs': `import test from 'node:test'; test('a', () => {});` };
      const result = await harness.check({ run: 'node --test', report: 'none.xml' }, { files });
      assert.deepEqual([result.asked, result.results, result.status], [null, null, 'passed']);
    });
  });

  describe('is only asked for', () => {
    const run = 'venv/bin/pytest -q';
    /** Something that is called pytest. */
    const pytest = (body: string) => ({ files: { 'venv/bin/pytest': { script: `#!/bin/sh\n${body}\n` } } });
    const writing = (text: string) =>
      `for word in "$@"; do case $word in --junitxml=*) printf '${text}' > "\${word#--junitxml=}";; esac; done`;

    it('a runner that refuses is run as the brief says', async () => {
      const refusal =
        'case "$*" in *--junitxml*) echo "error: unrecognized arguments: --junitxml=x" >&2; exit 4;; esac';
      const result = await harness.check({ run }, pytest(`${refusal}; echo ran "$@"`));
      assert.deepEqual([result.status, result.asked, result.note], ['passed', null, null]);
      assert.equal(harness.log(result).toString(), 'ran -q\n');
    });

    it('a runner that writes nothing is judged by its exit', async () => {
      const result = await harness.check({ run }, pytest('echo "$@"'));
      assert.deepEqual([result.status, result.results, result.note], ['passed', null, null]);
      assert.match(
        harness.log(result).toString(),
        /^-q -o junit_family=xunit1 --junitxml=\S+\/\.results-\S+\/junit\.xml\n$/,
      );
    });

    it('a report that is cut gives no counts, and says so', async () => {
      const result = await harness.check({ run }, pytest(writing('<testsuite><testcase na')));
      assert.deepEqual([result.status, result.counts], ['passed', null]);
      assert.match(result.note!, /no test counts: the report junit\.xml is not well-formed XML/);
    });

    it('one that lies about its exit is contradicted', async () => {
      const lie = '<testsuite><testcase name="a"><failure/></testcase></testsuite>';
      const result = await harness.check({ run }, pytest(writing(lie)));
      assert.deepEqual([result.status, result.exit], ['failed', 0]);
    });

    it('and the folder of the answer is gone afterwards', async () => {
      const verification = await harness.verify(
        { a: { run: 'node --test' }, b: { run: 'ls -A "$HOME"' } },
        { files: { 'a.test.mjs': `import test from 'node:test'; test('a', () => {});` } },
      );
      assert.doesNotMatch(harness.log(verification.checks[1]!).toString(), /results/);
      assert.deepEqual(harness.left('homes'), []);
      const evidence = readdirSync(join(harness.folder, 'evidence')).sort();
      assert.deepEqual(
        evidence.map((name) => name.replace(verification.tree, 'TREE')),
        ['a-TREE.log', 'a-TREE.tests.json', 'b-TREE.log'],
      );
    });
  });
});
