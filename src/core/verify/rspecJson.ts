/** What RSpec's formatter `json` writes (RSpec docs, "JSON formatter"). */
import * as z from 'zod';
import { parseEach } from './each';
import { type Reading, Tally, type TestCase } from './tally';

const word = z.string().optional().catch(undefined);

const exampleSchema = z.object({
  full_description: z.string(),
  status: z.string(),
  file_path: word,
  line_number: z.number().int().min(0).optional().catch(undefined),
  exception: z
    .object({ class: word, message: word, backtrace: z.array(z.string()).nullish().catch(null) })
    .nullish()
    .catch(null),
});

const rspecSchema = z.object({
  examples: z.array(z.unknown()),
  messages: z.array(z.string()).catch([]),
  summary: z.object({ errors_outside_of_examples_count: z.number().int().min(0).max(1_000_000).catch(0) }),
});

/** Reads the value of a report; never throws. */
export function readRspec(json: unknown): Reading {
  const { data: report } = rspecSchema.safeParse(json);
  const examples = report === undefined ? null : parseEach(exampleSchema, report.examples);
  if (report === undefined || examples === null) {
    return { why: 'JSON, but no report of RSpec: `examples` or `summary` is amiss' };
  }
  const tally = new Tally();
  for (const { full_description: name, status, file_path, line_number: line, exception } of examples) {
    const file = file_path?.replace(/^\.\//, '');
    const trace = () => [exception?.class ?? '', ...(exception?.backtrace ?? [])].join('\n');
    const detail = () => ({ message: exception?.message, trace: trace(), file, line });
    tally.add(name, statusOf(status), detail, file);
  }
  // A file that could not be loaded; RSpec runs none of its examples, and tells so in a message.
  const errors = report.summary.errors_outside_of_examples_count;
  if (errors > 0) tally.add('(outside of examples)', 'failed', () => ({ message: report.messages.join('\n') }));
  tally.addUnnamed(Math.max(0, errors - 1), 'failed');
  return { report: tally.report('rspec') };
}

function statusOf(status: string): TestCase['status'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}
