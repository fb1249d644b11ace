/** The tests of one check by name: as merged from its reports, and as kept in evidence. */
import * as z from 'zod';
import { FAILURE_LIMITS } from './failure';
import { REPORT_LIMITS, type TestCase, type TestReport } from './tally';
import { type Counts, countsSchema, type TestFailure } from './verification';

/** One test, or several of the same name, of which the worst is told. */
export const testResultSchema = z.object({
  /** Unique in its list, and the same in every run: the file where the report names it, the suites, and its own name. */
  name: z.string(),
  status: z.enum(['passed', 'failed', 'skipped']),
  file: z.string().optional(),
  /** How many of that name there were; absent for one. */
  times: z.number().int().optional(),
});
export type TestResult = z.infer<typeof testResultSchema>;

/** The evidence file of a check's tests. */
export const testResultsSchema = z.object({
  check: z.string(),
  tree: z.string(),
  /** As the reports were written; several joined by `+`. */
  format: z.string(),
  counts: countsSchema,
  /** By name, in order of code units. */
  tests: z.array(testResultSchema),
  /** Cases that are counted and not in the list: beyond its limit, or known by number only. */
  unlisted: z.number().int(),
});
export type TestResults = z.infer<typeof testResultsSchema>;

export interface MergedReport {
  readonly format: string;
  readonly counts: Counts;
  readonly tests: readonly TestResult[];
  readonly unlisted: number;
  readonly failures: readonly TestFailure[];
}

/** What proves least wins. */
const RANK: Readonly<Record<TestCase['status'], number>> = { passed: 0, skipped: 1, failed: 2 };

/**
 * Merges the reports of one check; their order does not matter for the tests, and decides which failures are kept.
 *
 * @param folders absolute names of the folder that the check ran in: places in it become paths of the repository, so that
 *   the same test has the same name in every checkout
 */
export function mergeReports(reports: readonly TestReport[], folders: readonly string[]): MergedReport {
  const tests = new Map<string, TestResult>();
  const inside = insideOf(folders);
  let listed = 0;
  for (const test of reports.flatMap((report) => report.tests)) {
    const one = known(test, inside);
    const other = tests.get(one.name);
    if (other === undefined && tests.size >= REPORT_LIMITS.tests) continue;
    listed++;
    tests.set(one.name, other === undefined ? one : worse(one, other));
  }
  const counts = sum(reports.map((report) => report.counts));
  return {
    format: [...new Set(reports.map((report) => report.format))].sort().join('+'),
    counts,
    tests: [...tests.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    unlisted: Math.max(0, counts.total - listed),
    failures: reports
      .flatMap((report) => report.failures)
      .slice(0, FAILURE_LIMITS.failures)
      .map((failure) => ({ ...failure, file: failure.file === null ? null : inside(failure.file) })),
  };
}

/** The test by the name that it has everywhere. */
function known({ name, status, file }: TestCase, inside: (text: string) => string): TestResult {
  if (file === undefined) return { name: inside(name), status };
  const path = inside(file);
  return { name: `${path} › ${withoutModule(inside(name), path)}`, status, file: path };
}

/** pytest's classes begin with the module, which says the same as the file: `tests.test_a.TestB › test_c`. */
function withoutModule(name: string, path: string): string {
  if (!path.endsWith('.py')) return name;
  const module = path.replace(/\.\w+$/, '').replaceAll('/', '.');
  if (name.startsWith(`${module} › `)) return name.slice(module.length + ' › '.length);
  return name.startsWith(`${module}.`) ? name.slice(module.length + 1) : name;
}

function worse(one: TestResult, other: TestResult): TestResult {
  const worst = RANK[one.status] > RANK[other.status] ? one : other;
  return { ...worst, times: (one.times ?? 1) + (other.times ?? 1) };
}

function insideOf(folders: readonly string[]): (text: string) => string {
  const prefixes = [...new Set(folders)].map((folder) => `${folder}/`);
  return (text) =>
    prefixes.reduce((left, prefix) => left.replaceAll(`file://${prefix}`, '').replaceAll(prefix, ''), text);
}

function sum(all: readonly Counts[]): Counts {
  const add = (key: keyof Counts) => all.reduce((total, counts) => total + counts[key], 0);
  return { total: add('total'), passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}
