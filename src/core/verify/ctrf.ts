/** Common Test Report Format, a JSON result file: https://ctrf.io */
import * as z from 'zod';
import { Tally, type TestCase, type TestReport } from './tally';

const count = z.number().int().min(0).max(1_000_000_000).default(0).catch(0);

/** What explains a test spoils no count when it is not as it should be. */
const word = z.string().optional().catch(undefined);

const ctrfSchema = z.object({
  results: z.object({
    summary: z.object({ tests: count, failed: count, skipped: count, pending: count, other: count }),
    tests: z
      .array(
        z.object({
          name: z.string(),
          status: z.string(),
          message: word,
          trace: word,
          filePath: word,
          line: z.number().int().min(0).optional().catch(undefined),
        }),
      )
      .default([]),
  }),
});

/** Reads a CTRF report; never throws. */
export function readCtrf(text: string): { readonly report: TestReport } | { readonly why: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { why: 'not well-formed JSON' };
  }
  const parsed = ctrfSchema.safeParse(json);
  if (!parsed.success)
    return { why: 'JSON, but no CTRF report: `results.summary` or a test of `results.tests` is amiss' };
  const { summary, tests } = parsed.data.results;
  const tally = new Tally();
  for (const { name, status, message, trace, filePath: file, line } of tests) {
    tally.add(name, statusOf(status), () => ({ message, trace, file, line }));
  }
  const skipped = summary.skipped + summary.pending + summary.other;
  return { report: tally.report('ctrf', { total: summary.tests, failed: summary.failed, skipped }) };
}

/** `pending` and `other` prove nothing, so they count with the skipped; an unknown word proves nothing either. */
function statusOf(status: string): TestCase['status'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}
