/** What Mocha's reporter `json` writes (Mocha docs, "JSON"). */
import * as z from 'zod';
import { parseEach } from './each';
import { named, type Reading, Tally, type TestCase } from './tally';

const word = z.string().optional().catch(undefined);

const testSchema = z.object({
  title: z.string(),
  fullTitle: z.string(),
  file: word,
  err: z.object({ message: word, stack: word, expected: word, actual: word }).catch({}),
});

const mochaSchema = z.object({
  stats: z.object({}),
  passes: z.array(z.unknown()),
  pending: z.array(z.unknown()).default([]),
  // Hooks that failed are here too, and among no tests.
  failures: z.array(z.unknown()),
});

const LISTS: readonly (readonly ['failures' | 'passes' | 'pending', TestCase['status']])[] = [
  ['failures', 'failed'],
  ['passes', 'passed'],
  ['pending', 'skipped'],
];

/** Reads the value of a report; never throws. */
export function readMocha(json: unknown): Reading {
  const { data: lists } = mochaSchema.safeParse(json);
  const tally = new Tally();
  for (const [key, status] of LISTS) {
    const tests = lists === undefined ? null : parseEach(testSchema, lists[key]);
    if (tests === null) return { why: 'JSON, but no report of Mocha: `passes`, `pending` or `failures` is amiss' };
    for (const { title, fullTitle, file, err } of tests) {
      const suite = fullTitle.endsWith(title) ? fullTitle.slice(0, fullTitle.length - title.length).trim() : '';
      const { message, stack: trace, expected, actual } = err;
      tally.add(named([suite], title), status, () => ({ message, trace, expected, actual, file }), file);
    }
  }
  return { report: tally.report('mocha') };
}
