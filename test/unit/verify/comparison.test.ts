import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  type Comparison,
  compareRuns,
  comparisonSchema,
  NAMES_KEPT,
  type TestedRun,
  testsNeeded,
} from '../../../src/core/verify/comparison';
import type { TestCase } from '../../../src/core/verify/tally';

const STATUS = { p: 'passed', f: 'failed', s: 'skipped' } as const;

/** `a:p b:f` as a run: names with the first letter of their status. */
function run(words: string | null, status: TestedRun['status'] = 'passed'): TestedRun {
  const tests = (words ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word): TestCase => {
      const [name = '', letter = 'p'] = word.split(':');
      return { name, status: STATUS[letter as keyof typeof STATUS] };
    });
  return { status, tests: words === null ? null : tests, total: tests.length };
}

type Lists = Partial<Record<'newlyFailing' | 'newlyPassing' | 'stillFailing' | 'vanished' | 'newlySkipped', string>>;

function listsOf(comparison: Comparison): Lists {
  const lists = ['newlyFailing', 'newlyPassing', 'stillFailing', 'vanished', 'newlySkipped'] as const;
  return Object.fromEntries(
    lists.flatMap((list) => (comparison[list].total === 0 ? [] : [[list, comparison[list].names.join(' ')]])),
  );
}

describe('the comparison of two runs', () => {
  const cases: [string, string, string, Lists][] = [
    ['of the same tests', 'a:p b:f c:s', 'c:s b:f a:p', { stillFailing: 'b' }],
    ['in which a test fails now', 'a:p', 'a:f', { newlyFailing: 'a' }],
    ['in which a new test fails', 'a:p', 'a:p b:f', { newlyFailing: 'b' }],
    ['in which a test is mended', 'a:f', 'a:p', { newlyPassing: 'a' }],
    ['in which a failing test is skipped', 'a:f', 'a:s', { newlySkipped: 'a' }],
    ['in which a passing test is skipped', 'a:p', 'a:s', { newlySkipped: 'a' }],
    ['in which a failing test is gone', 'a:p b:f', 'a:p', { vanished: 'b' }],
    ['in which one of two tests of a name is gone', 'a:p a:p', 'a:p', { vanished: 'a' }],
    ['in which one of two tests of a name fails', 'a:p a:p', 'a:p a:f', { newlyFailing: 'a' }],
    [
      'with names that objects have',
      '__proto__:p constructor:f',
      'constructor:p',
      {
        newlyPassing: 'constructor',
        vanished: '__proto__',
      },
    ],
  ];
  for (const [name, before, after, expected] of cases) {
    it(name, () => {
      const comparison = compareRuns(run(before), run(after));
      assert.equal(comparison.by, 'name');
      assert.deepEqual(listsOf(comparison), expected);
    });
  }

  it('goes by status where one has no names', () => {
    const comparison = compareRuns(run(null, 'failed'), run('a:p'));
    assert.deepEqual([comparison.by, comparison.before, comparison.after], ['status', 'failed', 'passed']);
    assert.equal(compareRuns(run('a:p'), run(null, 'timeout')).by, 'status');
  });

  it('takes a pass without the report that was there for the loss of every test', () => {
    assert.deepEqual(listsOf(compareRuns(run('a:p b:p'), run(null))), { vanished: 'a b' });
    assert.deepEqual(listsOf(compareRuns(run('a:p b:p'), run(''))), { vanished: 'a b' });
  });

  it('keeps the first names, and counts them all', () => {
    const many = Array.from({ length: NAMES_KEPT + 7 }, (_, n) => `t${n}:p`).join(' ');
    const { vanished } = compareRuns(run(`${many} a:p`), run('a:p'));
    assert.deepEqual([vanished.total, vanished.names.length], [NAMES_KEPT + 7, NAMES_KEPT]);
  });

  it('knows that a report names fewer tests than it counts', () => {
    assert.equal(compareRuns({ ...run('a:p'), total: 2 }, run('a:p')).partial, true);
    assert.equal(compareRuns(run('a:p'), run('a:p')).partial, false);
  });

  const tests = fc.array(
    fc.record({ name: fc.constantFrom('a', 'b', 'c', '__proto__'), status: fc.constantFrom(...Object.values(STATUS)) }),
    { maxLength: 8 },
  );
  const runs = fc.record({
    status: fc.constantFrom<TestedRun['status']>('passed', 'failed', 'timeout'),
    tests: fc.oneof(tests, fc.constant(null)),
    total: fc.nat(9),
  });

  it('says nothing of two runs that are alike, fits its schema, and does not depend on order', () => {
    fc.assert(
      fc.property(runs, runs, (before, after) => {
        const comparison = compareRuns(before, after);
        assert.deepEqual(comparisonSchema.parse(comparison), comparison);
        const { newlyFailing, newlyPassing, vanished, newlySkipped, appeared } = compareRuns(before, before);
        for (const list of [newlyFailing, newlyPassing, vanished, newlySkipped, appeared]) {
          if (before.tests !== null && before.tests.length > 0) assert.equal(list.total, 0);
        }
        const turned = { ...after, tests: after.tests?.toReversed() ?? null };
        const sorted = (list: Comparison['vanished']) => list.names.toSorted();
        assert.deepEqual(sorted(compareRuns(before, turned).vanished), sorted(comparison.vanished));
      }),
    );
  });
});

describe('the tests that a pass needs', () => {
  const never = () => false;

  it('are those that fail with the base’s tests and not at the result', () => {
    const needed = testsNeeded({ base: run('a:p b:f'), result: run('a:p b:p'), overlay: run('a:f b:f') }, never);
    assert.deepEqual([needed?.tests.names, needed?.red.names], [['a', 'b'], ['b']]);
  });

  it('are not those that fail at the result as well', () => {
    const needed = testsNeeded({ base: run('a:p'), result: run('a:f'), overlay: run('a:f') }, never);
    assert.equal(needed?.tests.total, 0);
  });

  it('are not the new ones of the work: the base knows nothing of them', () => {
    const runs = { base: run('a:p'), result: run('a:p new:p'), overlay: run('a:p new:f test/new.js:f') };
    assert.equal(testsNeeded(runs, (name) => name === 'test/new.js')?.tests.total, 0);
  });

  it('are also those of the base that the result does not have any more', () => {
    const runs = { base: run('a:p gone:p'), result: run('a:p'), overlay: run('a:p gone:f') };
    assert.deepEqual(testsNeeded(runs, never)?.tests.names, ['gone']);
  });

  it('are not known where a run has no names', () => {
    assert.equal(testsNeeded({ base: null, result: run(null), overlay: run('a:f') }, never), null);
  });
});
