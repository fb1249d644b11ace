/** Common Test Report Format, a JSON result file: https://ctrf.io */
import * as z from 'zod';
import { parseEach } from './each';
import { named, type Reading, Tally, type TestCase } from './tally';

const count = z.number().int().min(0).max(1_000_000_000).default(0).catch(0);

/** What explains a test spoils no count when it is not as it should be. */
const word = z.string().optional().catch(undefined);

const ctrfSchema = z.object({
  results: z.object({
    summary: z.object({ tests: count, failed: count, skipped: count, pending: count, other: count }),
    tests: z.array(z.unknown()).default([]),
  }),
});

const testSchema = z.object({
  name: z.string(),
  status: z.string(),
  suite: z
    .union([z.string(), z.array(z.string()).max(100)])
    .optional()
    .catch(undefined),
  message: word,
  trace: word,
  filePath: word,
  line: z.number().int().min(0).optional().catch(undefined),
});

/** Reads the value of a CTRF report; never throws. */
export function readCtrf(json: unknown): Reading {
  const results = ctrfSchema.safeParse(json).data?.results;
  const tests = results === undefined ? null : parseEach(testSchema, results.tests);
  if (results === undefined || tests === null) {
    return { why: 'JSON, but no CTRF report: `results.summary` or a test of `results.tests` is amiss' };
  }
  const { summary } = results;
  const tally = new Tally();
  for (const { name, suite, status, message, trace, filePath: file, line } of tests) {
    const suites = suite === undefined ? [] : [suite].flat();
    tally.add(named(suites, name), statusOf(status), () => ({ message, trace, file, line }), file);
  }
  const skipped = summary.skipped + summary.pending + summary.other;
  return { report: tally.report('ctrf', { total: summary.tests, failed: summary.failed, skipped }) };
}

/** `pending` and `other` prove nothing, so they count with the skipped; an unknown word proves nothing either. */
function statusOf(status: string): TestCase['status'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}
