/**
 * What became of tests between two runs of one check, by name where both runs have names. Two runs of the same names
 * and statuses compare as equal whatever order a runner reports them in.
 */
import * as z from 'zod';
import { type CheckStatus, checkStatusSchema } from './checkStatus';
import type { TestCase } from './tally';

/** Names of one list that are kept, and characters of each; totals are of all. */
export const NAMES_KEPT = 50;
const NAME_KEPT = 200;

export const testListSchema = z.object({ total: z.number().int(), names: z.array(z.string()) });
export type TestList = z.infer<typeof testListSchema>;

export const comparisonSchema = z.object({
  /** `status`: one of the runs has no names, so that only its status says something. */
  by: z.enum(['name', 'status']),
  before: checkStatusSchema,
  after: checkStatusSchema,
  /** Failed after, and not before; also those that were not there before. */
  newlyFailing: testListSchema,
  /** Failed before, and pass now. */
  newlyPassing: testListSchema,
  stillFailing: testListSchema,
  /** Were there before, and are not now. */
  vanished: testListSchema,
  /** Ran before, and are skipped now. */
  newlySkipped: testListSchema,
  /** Are there now, and were not before. */
  appeared: testListSchema,
  /** A report names fewer tests than it counts: what is missing by name may have run. */
  partial: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** A test, or several of one name of which the worst is told. */
export type TestedCase = Pick<TestCase, 'name' | 'status'> & { readonly times?: number | undefined };

/** One run of a check, as far as tests go. */
export interface TestedRun {
  readonly status: CheckStatus;
  /** Null when there is no report. */
  readonly tests: readonly TestedCase[] | null;
  /** How many tests the report counts. */
  readonly total: number;
}

/** Compares two runs. A run that passed without the report that the other one has lost every test of it. */
export function compareRuns(before: TestedRun, after: TestedRun): Comparison {
  const named = namesIn(before);
  const silent = !namesIn(after) && after.status === 'passed';
  if (!named || !(namesIn(after) || silent)) return byStatus(before, after);
  const [was, is] = [tallied(before.tests ?? []), tallied(after.tests ?? [])];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const those = (holds: (was: Sum, is: Sum) => boolean): TestList =>
    listOf(names.filter((name) => holds(was.get(name) ?? NONE, is.get(name) ?? NONE)));
  return {
    by: 'name',
    before: before.status,
    after: after.status,
    newlyFailing: those((old, now) => now.failed > 0 && old.failed === 0),
    newlyPassing: those((old, now) => old.failed > 0 && now.failed === 0 && now.passed > 0),
    stillFailing: those((old, now) => old.failed > 0 && now.failed > 0),
    vanished: those((old, now) => totalOf(now) < totalOf(old)),
    newlySkipped: those((old, now) => now.skipped > old.skipped && ranOf(now) < ranOf(old)),
    appeared: those((old, now) => totalOf(old) === 0 && totalOf(now) > 0),
    partial: isPartial(before) || isPartial(after),
  };
}

export const neededSchema = z.object({
  /** Tests that fail with the base's tests and configuration, and not at the result. */
  tests: testListSchema,
  /** Those of them that failed at the base already. */
  red: testListSchema,
});
export type Needed = z.infer<typeof neededSchema>;

/**
 * Which tests pass at the result and fail there with the base's tests and configuration, without those that are new in
 * the work: the base says nothing about them. Null where names are missing.
 *
 * @param isNew whether a name is that of a test file that the work adds: runners name a file that does not load
 */
export function testsNeeded(
  runs: { readonly base: TestedRun | null; readonly result: TestedRun; readonly overlay: TestedRun },
  isNew: (name: string) => boolean,
): Needed | null {
  const { base, result, overlay } = runs;
  if (!namesIn(result) || !namesIn(overlay)) return null;
  const [was, is, laid] = [tallied(base?.tests ?? []), tallied(result.tests ?? []), tallied(overlay.tests ?? [])];
  const known = base !== null && namesIn(base);
  const needed = [...laid.keys()].filter((name) => {
    const atResult = is.get(name) ?? NONE;
    if ((laid.get(name) ?? NONE).failed === 0 || atResult.failed > 0 || isNew(name)) return false;
    return !known || was.has(name) || totalOf(atResult) === 0;
  });
  return { tests: listOf(needed), red: listOf(needed.filter((name) => (was.get(name) ?? NONE).failed > 0)) };
}

/** How often a name passed, failed and was skipped: runners may give several tests the same. */
interface Sum {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const NONE: Sum = { passed: 0, failed: 0, skipped: 0 };

function tallied(tests: readonly TestedCase[]): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { name, status, times = 1 } of tests) {
    const sum = sums.get(name) ?? NONE;
    sums.set(name, { ...sum, [status]: sum[status] + times });
  }
  return sums;
}

function totalOf({ passed, failed, skipped }: Sum): number {
  return passed + failed + skipped;
}

function ranOf({ passed, failed }: Sum): number {
  return passed + failed;
}

function namesIn({ tests }: TestedRun): boolean {
  return tests !== null && tests.length > 0;
}

function isPartial({ tests, total }: TestedRun): boolean {
  return (tests ?? []).reduce((sum, { times = 1 }) => sum + times, 0) < total;
}

function byStatus({ status: before }: TestedRun, { status: after }: TestedRun): Comparison {
  const none = listOf([]);
  return {
    by: 'status',
    before,
    after,
    newlyFailing: none,
    newlyPassing: none,
    stillFailing: none,
    vanished: none,
    newlySkipped: none,
    appeared: none,
    partial: false,
  };
}

/** The first names of a list, and how many there are. */
export function listOf(names: readonly string[]): TestList {
  return { total: names.length, names: names.slice(0, NAMES_KEPT).map(shortened) };
}

/** A cut between the halves of a surrogate pair would leave a character that nothing can print. */
function shortened(name: string): string {
  return name.length <= NAME_KEPT ? name : `${name.slice(0, NAME_KEPT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
