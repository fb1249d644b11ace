/** How a suite's count leaves it: one plain closing line, or a file for whoever sums several suites. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const tallySchema = z.strictObject({
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
});
export type Tally = z.infer<typeof tallySchema>;

/** Names the file; without it a suite was started alone, and prints its own closing line. */
export const TALLY_FILE = 'COUNTERSIGN_TEST_TALLY';

/** The line that scripts read: `12 passed, 0 failed`, and how many were skipped when any was. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Tells the count of a whole suite: the last that it does. */
export function tellTally(tally: Tally): void {
  const file = process.env[TALLY_FILE];
  if (file === undefined) process.stdout.write(`\n${closingLine(tally)}\n`);
  else writeTally(file, tally);
}

export function writeTally(file: string, tally: Tally): void {
  writeFileSync(file, JSON.stringify(tally));
}

/** What a suite left; null when it left nothing, because it did not come to its end. */
export function readTally(file: string): Tally | null {
  try {
    return tallySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
