import assert from 'node:assert/strict';
import fc from 'fast-check';
import { criterionIds } from '../../../../src/core/brief/criterionIds';
import { findMentions, type TestedCheck } from '../../../../src/core/review/criteria/mentions';
import type { TestResult } from '../../../../src/core/verify/results';
import { change, hunk } from '../reviewer/material';
import { result } from './material';

const IDS = criterionIds([{ text: 'stops' }, { text: 'RETRY-7: waits' }]);

const named = (tests: readonly TestResult[], unlisted = 0) => ({ tests, unlisted });
const checked = (more: Partial<TestedCheck> = {}): TestedCheck => ({
  check: 'tests',
  result: named([]),
  base: named([]),
  ...more,
});
const told = (checks: readonly TestedCheck[], files = FILES) =>
  findMentions(IDS, checks, files).tests.map((tests) =>
    tests.map(({ name, status, before }) => [name, status, before]),
  );

const FILES = [
  { change: change('test/a.test.ts'), hunks: [hunk(4, [' x', "+it('AC-1: stops', () => {})", ' y', '-gone AC-2'])] },
  { change: change('src/a.ts'), hunks: [hunk(1, ['-old', '+new']), hunk(20, ['-one', '-two'])] },
  { change: change('src/b.ts'), hunks: [hunk(7, [' ', '+// RETRY-7', '+wait();'], { unread: 3 })] },
  { change: change('logo.png'), hunks: [] },
];

describe('mentions of criteria', () => {
  it('are of tests by name, with what they did at the base', () => {
    const checks = [
      checked({
        result: named([
          result('RETRY-7: waits'),
          result('RETRY-7: grows', 'skipped'),
          result('retry_7 ends'),
          result('x', 'failed'),
        ]),
        base: named([result('RETRY-7: waits', 'failed'), result('RETRY-7: grows'), result('RETRY-7: gone')]),
      }),
    ];
    assert.deepEqual(told(checks), [
      [],
      [
        ['RETRY-7: gone', 'vanished', 'passed'],
        ['RETRY-7: grows', 'skipped', 'passed'],
        ['RETRY-7: waits', 'passed', 'failed'],
        ['retry_7 ends', 'passed', 'absent'],
      ],
    ]);
  });

  it('of a number by place are those that the work brought, and no others', () => {
    const tests = named([result('AC-1: stops'), result('AC-1: of another task'), result('AC-1: red', 'failed')]);
    const base = named([result('AC-1: of another task'), result('AC-1: red', 'failed'), result('AC-1: old')]);
    assert.deepEqual(told([checked({ result: tests, base })])[0], [['AC-1: stops', 'passed', 'absent']]);
    // Where nobody knows the base, the id must stand in what changed.
    assert.equal(told([checked({ result: tests, base: null })])[0]?.length, 3);
    assert.deepEqual(told([checked({ result: tests, base: null })], [])[0], []);
    const own = checked({ result: named([result('RETRY-7')]), base: null });
    assert.deepEqual(told([own], [])[1], [['RETRY-7', 'passed', null]]);
  });

  it('say nothing of what a report does not list', () => {
    const base = named([result('RETRY-7: waits')]);
    assert.deepEqual(told([checked({ result: named([], 1), base })])[1], []);
    assert.deepEqual(told([checked({ result: null, base })])[1], []);
    const few = checked({ result: named([result('RETRY-7: waits')]), base: named([], 1) });
    assert.deepEqual(told([few])[1], [['RETRY-7: waits', 'passed', null]]);
  });

  it('are in the name of a test, not in that of its file', () => {
    const inFile = result('test/retry-7.test.ts › waits', 'passed', 'test/retry-7.test.ts');
    const inSuite = result('test/a.test.ts › RETRY-7 › waits', 'passed', 'test/a.test.ts');
    assert.deepEqual(told([checked({ result: named([inFile, inSuite]) })])[1], [[inSuite.name, 'passed', 'absent']]);
  });

  it('are in added lines, each with the first line that has one', () => {
    const { places } = findMentions(IDS, [], FILES);
    assert.deepEqual(
      places.map(({ path, line, lines, from, to, criteria }) => [path, line, lines, from, to, criteria]),
      [
        ['src/a.ts', 1, 2, 1, 1, []],
        ['src/a.ts', 20, 2, 20, 20, []],
        ['src/b.ts', 8, 5, 7, 9, [1]],
        ['test/a.test.ts', 5, 2, 4, 6, [0]],
      ],
    );
  });

  it('tie a change to criteria in the files of tests that have them, and in what these are named after', () => {
    const isTied = (checks: readonly TestedCheck[], files = FILES) =>
      findMentions(IDS, checks, files).places.map(({ path, isTied: tied }) => [path, tied]);
    // By the file that changed, and by the one that a report names.
    assert.deepEqual(isTied([]), [
      ['src/a.ts', true],
      ['src/a.ts', true],
      ['src/b.ts', true],
      ['test/a.test.ts', true],
    ]);
    const file = 'test/b.spec.ts';
    const files = [
      { change: change(file), hunks: [hunk(1, ['+x'])] },
      { change: change('src/b.ts'), hunks: [hunk(1, ['+x'])] },
      { change: change('src/c.ts'), hunks: [hunk(1, ['+// AC-1']), hunk(9, ['+x'])] },
    ];
    const tests = [checked({ result: named([result('RETRY-7', 'passed', file)]) })];
    assert.deepEqual(isTied(tests, files), [
      ['src/b.ts', true],
      ['src/c.ts', true],
      ['src/c.ts', false],
      [file, true],
    ]);
  });

  it('are bounded, and say what was not looked through', () => {
    const many = Array.from({ length: 6_000 }, (_, index) => hunk(index + 1, ['+AC-1']));
    const { places, unread } = findMentions(IDS, [], [{ change: change('a.ts'), hunks: many }]);
    assert.deepEqual([places.length, unread], [5_000, ['1000 changed places were not looked through for ids']]);
    const tests = Array.from({ length: 600 }, (_, index) =>
      result(`AC-1 ${index}`, index === 599 ? 'failed' : 'passed'),
    );
    const [first] = told([checked({ result: named(tests) })]);
    assert.deepEqual([first?.length, first?.[0]?.[1]], [500, 'failed']);
  });

  it('are the same in whatever order checks, tests and files are told', () => {
    const name = fc.constantFrom('AC-1: a', 'AC-1: b', 'RETRY-7', 'retry_7 AC_1', 'other');
    const status = fc.constantFrom('passed' as const, 'failed' as const, 'skipped' as const);
    const tests = fc.uniqueArray(fc.record({ name, status }), { selector: (test) => test.name });
    const run = fc.option(fc.record({ tests, unlisted: fc.constantFrom(0, 1) }));
    const check = fc.record({ check: fc.constantFrom('one', 'two', 'three'), result: run, base: run });
    const checks = fc.uniqueArray(check, { selector: (one) => one.check });
    fc.assert(
      fc.property(checks, (all) => {
        const turned = [...all].reverse().map((one) => ({
          ...one,
          result: one.result === null ? null : { ...one.result, tests: [...one.result.tests].reverse() },
          base: one.base === null ? null : { ...one.base, tests: [...one.base.tests].reverse() },
        }));
        assert.deepEqual(findMentions(IDS, turned, [...FILES].reverse()), findMentions(IDS, all, FILES));
      }),
    );
  });
});
