/** What `jest --json` and Vitest's reporter `json` write (Jest docs, "AggregatedResult"; Vitest docs, "JSON Reporter"). */
import * as z from 'zod';
import { parseEach } from './each';
import { named, type Reading, Tally, type TestCase } from './tally';

const words = z.array(z.string()).catch([]);
const text = z.string().catch('');

const jestSchema = z.object({ testResults: z.array(z.unknown()) });
const fileSchema = z.object({ name: text, status: text, message: text, assertionResults: z.array(z.unknown()) });
const testSchema = z.object({
  ancestorTitles: words,
  title: z.string(),
  status: z.string(),
  failureMessages: words,
  location: z
    .object({ line: z.number().int().min(0) })
    .nullish()
    .catch(null),
});

const AMISS = { why: 'JSON, but no report of Jest or Vitest: `testResults` is amiss' };

/** Reads the value of a report; never throws. */
export function readJest(json: unknown): Reading {
  const files = parseEach(fileSchema, jestSchema.safeParse(json).data?.testResults ?? [null]);
  if (files === null) return AMISS;
  const tally = new Tally();
  for (const { name: file, status, message, assertionResults } of files) {
    const tests = parseEach(testSchema, assertionResults);
    if (tests === null) return AMISS;
    for (const { ancestorTitles, title, status: word, failureMessages, location } of tests) {
      const detail = () => ({ trace: failureMessages.join('\n\n'), file, line: location?.line });
      tally.add(named(ancestorTitles, title), statusOf(word), detail, file);
    }
    // A file that could not be loaded has no test that could tell of it.
    const told = tests.some((each) => each.status === 'failed');
    if (status === 'failed' && !told) tally.add('(the file itself)', 'failed', () => ({ message, file }), file);
  }
  return { report: tally.report('jest') };
}

/** `pending`, `todo`, `skipped`, `disabled` prove nothing; nor does a word that nobody knows. */
function statusOf(word: string): TestCase['status'] {
  return word === 'passed' || word === 'failed' ? word : 'skipped';
}
