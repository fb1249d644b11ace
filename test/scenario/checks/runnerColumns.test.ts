/**
 * The columns with real runners: the work breaks the source, weakens one test, skips one and deletes one. Every runner is
 * asked for its results without any configuration, and tells all of it by name.
 */
import assert from 'node:assert/strict';
import type { CheckResult } from '../../../src/core/verify/verification';
import { ChecksHarness } from './harness';
import { linked, OWN_PACKAGES, runs, vitestPackages } from './runnersHere';

type Files = Readonly<Record<string, string>>;

interface Runner {
  readonly name: string;
  readonly run: string;
  readonly isHere: boolean;
  readonly setup?: string;
  /** Packages that the setup links lie outside of what a sandbox shows. */
  readonly unconfined?: boolean;
  /** With its source whole, and broken. */
  readonly source: (works: boolean) => Files;
  readonly tests: (asTheyWere: boolean) => Files;
  /** Name of a test: `adds`, `stays` or `goes`. */
  readonly named: (test: string) => string;
}

const script = (module: 'cjs' | 'mjs') => (works: boolean) => ({
  [`src/sum.${module}`]: `${module === 'cjs' ? 'exports.sum =' : 'export const sum ='} (a, b) => ${works ? 'a + b' : '0'};\n`,
});
/** Tests in the words that Mocha, Vitest and Node share. */
const cases = (head: string, equal: string, asTheyWere: boolean) =>
  [
    head,
    `it('adds', () => { ${asTheyWere ? equal : ''} });`,
    `${asTheyWere ? 'it' : 'it.skip'}('stays', () => { ${equal} });`,
    ...(asTheyWere ? [`it('goes', () => { ${equal} });`] : []),
    '',
  ].join('\n');
const capital = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

const EQUAL = 'assert.equal(sum(1, 2), 3);';
const RUST = (name: string, asserts: boolean, skipped = false) =>
  `#[test]\n${skipped ? '#[ignore]\n' : ''}fn ${name}() { ${asserts ? 'assert_eq!(demo::sum(1, 2), 3);' : ''} }\n`;
const GO = (name: string, body: string) => `func Test${name}(t *testing.T) { ${body} }\n`;
const vitest = vitestPackages();

const RUNNERS: readonly Runner[] = [
  {
    name: 'Node’s runner',
    run: 'node --test test/',
    isHere: true,
    source: script('mjs'),
    tests: (asTheyWere) => ({
      'test/sum.test.mjs': cases(
        "import assert from 'node:assert'; import { it } from 'node:test'; import { sum } from '../src/sum.mjs';",
        EQUAL,
        asTheyWere,
      ),
    }),
    named: (test) => `test/sum.test.mjs › ${test}`,
  },
  {
    name: 'Mocha',
    run: 'npx mocha test/sum.spec.cjs',
    isHere: true,
    setup: linked(OWN_PACKAGES),
    unconfined: true,
    source: script('cjs'),
    tests: (asTheyWere) => ({
      'test/sum.spec.cjs': cases(
        "const assert = require('node:assert'); const { sum } = require('../src/sum.cjs');",
        EQUAL,
        asTheyWere,
      ),
    }),
    named: (test) => `test/sum.spec.cjs › ${test}`,
  },
  {
    name: 'Vitest',
    run: 'npx vitest run',
    isHere: vitest !== null,
    setup: linked(vitest ?? ''),
    unconfined: true,
    source: script('mjs'),
    tests: (asTheyWere) => ({
      'test/sum.test.mjs': cases(
        "import { expect, it } from 'vitest'; import { sum } from '../src/sum.mjs';",
        'expect(sum(1, 2)).toBe(3);',
        asTheyWere,
      ),
    }),
    named: (test) => `test/sum.test.mjs › ${test}`,
  },
  {
    name: 'pytest',
    run: 'python3 -m pytest -q -p no:cacheprovider',
    isHere: runs('python3', ['-m', 'pytest', '--version']),
    source: (works) => ({ 'shop.py': `def sum_of(a, b):\n    return ${works ? 'a + b' : '0'}\n` }),
    tests: (asTheyWere) => {
      const test = (name: string, asserts: boolean) =>
        `\n\ndef test_${name}():\n    ${asserts ? 'assert sum_of(1, 2) == 3' : 'pass'}\n`;
      const skip = asTheyWere ? '' : '\n\n@pytest.mark.skip';
      const stays = `${skip}${asTheyWere ? test('stays', true) : test('stays', true).trimStart().replace(/^/, '\n')}`;
      return {
        'tests/test_sum.py': `import pytest\nfrom shop import sum_of${test('adds', asTheyWere)}${stays}${asTheyWere ? test('goes', true) : ''}`,
      };
    },
    named: (test) => `tests/test_sum.py › test_${test}`,
  },
  {
    name: 'Go',
    run: 'go test ./...',
    isHere: runs('go', ['version']),
    source: (works) => ({
      'go.mod': 'module example.com/m\n',
      'sum.go': `package m\n\nfunc Sum(a, b int) int { return ${works ? 'a + b' : '0'} }\n`,
    }),
    tests: (asTheyWere) => {
      const body = 'if Sum(1, 2) != 3 { t.Error("no") }';
      const tests = [
        GO('Adds', asTheyWere ? body : ''),
        GO('Stays', asTheyWere ? body : `t.Skip(); ${body}`),
        ...(asTheyWere ? [GO('Goes', body)] : []),
      ];
      return { 'sum_test.go': `package m\n\nimport "testing"\n\n${tests.join('\n')}` };
    },
    named: (test) => `example.com/m › Test${capital(test)}`,
  },
  {
    name: 'Cargo',
    run: 'cargo test --offline --no-fail-fast',
    isHere: runs('cargo', ['--version']),
    source: (works) => ({
      'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      // As Cargo writes it: a lockfile that it mends is a tree that changed.
      'Cargo.lock':
        '# This file is automatically @generated by Cargo.\n# It is not intended for manual editing.\nversion = 3\n\n[[package]]\nname = "demo"\nversion = "0.1.0"\n',
      'src/lib.rs': `pub fn sum(${works ? 'a: i32, b: i32) -> i32 { a + b' : '_a: i32, _b: i32) -> i32 { 0'} }\n`,
    }),
    tests: (asTheyWere) => ({
      'tests/it.rs': [
        RUST('adds', asTheyWere),
        RUST('stays', true, !asTheyWere),
        ...(asTheyWere ? [RUST('goes', true)] : []),
      ].join('\n'),
    }),
    named: (test) => `it (tests/it.rs) › ${test}`,
  },
];

describe('the columns of a real runner', () => {
  for (const { name, run, isHere, setup, unconfined, source, tests, named } of RUNNERS) {
    it(`${name}: what was weakened, skipped and deleted, by name`, async function () {
      if (!isHere) this.skip();
      this.timeout(300_000);
      const ignored = { '.gitignore': 'node_modules\ntarget/\n__pycache__/\n.pytest_cache/\n' };
      const harness = new ChecksHarness(
        { ...ignored, ...source(true), ...tests(true) },
        unconfined === true ? { sandbox: 'off' } : {},
      );
      try {
        await harness.prepare();
        const options = { files: { ...source(false), ...tests(false) }, compare: true };
        const result = await harness.check(
          { run, timeout: 280 },
          setup === undefined ? options : { ...options, setup },
        );
        assert.deepEqual(statuses(result), ['passed', 'passed', 'failed'], harness.log(result).toString());
        assert.equal(result.command, run);
        const { base, overlay, needed } = result.comparisons ?? {};
        assert.deepEqual(
          [base?.by, base?.vanished.names, base?.newlySkipped.names, base?.newlyFailing.names],
          ['name', [named('goes')], [named('stays')], []],
        );
        assert.deepEqual(overlay?.newlyFailing.names.toSorted(), ['adds', 'goes', 'stays'].map(named));
        assert.deepEqual(needed?.tests.names.toSorted(), ['adds', 'goes', 'stays'].map(named));
        assert.equal(needed?.red.total, 0);
      } finally {
        harness.remove();
      }
    });
  }
});

function statuses({ base, status, overlay }: CheckResult): readonly (string | undefined)[] {
  const of = (column: CheckResult['base']) => (column?.kind === 'ran' ? column.run.status : column?.kind);
  return [of(base), status, of(overlay)];
}
