/** The stream of `go test -json` (`go doc test2json`): one object a line, between lines of the compiler. */
import * as z from 'zod';
import { GoTests } from './goTests';
import type { Reading, TestCase } from './tally';

const eventSchema = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  Test: z.string().optional(),
  Output: z.string().optional(),
});

const ENDS: Readonly<Record<string, TestCase['status']>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };
/** Before Go 1.24 a package that did not compile is told outside of the stream. */
const BROKEN = /^FAIL\t(\S{1,1000}) \[[a-z ]+\]$/;

/** Lines of the runner itself, which the actions say already. */
const FRAME = /^\s*(?:=== |--- (?:PASS|FAIL|SKIP): )/;

/** Reads a stream; never throws. */
export function readGoStream(text: string): Reading {
  const tests = new GoTests();
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) {
      const broken = BROKEN.exec(line.trimEnd())?.[1];
      if (broken !== undefined) tests.tellPackage(broken, 'failed');
      continue;
    }
    const event = eventOf(line);
    if (event?.Package === undefined) continue;
    const { Action: action, Package: path, Test: test, Output: output = null } = event;
    const end = Object.hasOwn(ENDS, action) ? ENDS[action]! : null;
    const said = action === 'output' && output !== null && !FRAME.test(output) ? output.trimEnd() : null;
    if (test !== undefined) {
      tests.tell(path, test, end, said);
    } else {
      tests.tellPackage(path, end === 'failed' ? 'failed' : null, said);
    }
  }
  return tests.isEmpty ? { why: 'no stream of `go test -json`: it tells of no package' } : tests.report();
}

function eventOf(line: string): z.infer<typeof eventSchema> | null {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
