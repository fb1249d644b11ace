/** A test report in the words that all formats share, and how it is added up. */
import { visible } from '../visible';
import { FAILURE_LIMITS, type FailureDetail, failureOf } from './failure';
import type { Counts, TestFailure } from './verification';

export interface TestCase {
  /** Of its suites and itself, as `named` joins them. */
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** The file of the test, as the report names it; absent where it names none. */
  readonly file?: string;
}

export type ReportFormat = 'junit' | 'trx' | 'ctrf' | 'tap' | 'jest' | 'mocha' | 'rspec' | 'go' | 'cargo';

/** A report that was read, or why it was not. */
export type Reading = { readonly report: TestReport } | { readonly why: string };

export interface TestReport {
  readonly format: ReportFormat;
  readonly counts: Counts;
  /** At most `REPORT_LIMITS.tests`; the counts are of all. */
  readonly tests: readonly TestCase[];
  /** The first of the tests that failed, with what the report says of each. */
  readonly failures: readonly TestFailure[];
}

export const REPORT_LIMITS = {
  /** Bytes of the file. */
  bytes: 20 * 1024 * 1024,
  /** Bytes, and number, of all files of one check. */
  allBytes: 100 * 1024 * 1024,
  files: 5_000,
  /** Test cases that are kept by name. */
  tests: 50_000,
  /** Characters of a name. */
  name: 1_000,
} as const;

/** What a report says of itself in its summary. */
export interface Declared {
  readonly total: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * The name of a test by which it is known again: its suites, from the outside in, and its own. What no name can hold is
 * not joined, so that a suite of a huge name costs each of its tests little.
 */
export function named(suites: readonly string[], name: string): string {
  let joined = '';
  for (const suite of suites) {
    if (joined.length > REPORT_LIMITS.name) break;
    if (suite !== '') joined += `${suite.slice(0, REPORT_LIMITS.name)} › `;
  }
  return joined + name.slice(0, REPORT_LIMITS.name);
}

export class Tally {
  readonly #tests: TestCase[] = [];
  readonly #failures: TestFailure[] = [];
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };

  /**
   * @param detail of a test that failed: asked for only while failures are kept
   * @param file of the test, where the report names it
   */
  add(name: string, status: TestCase['status'], detail: () => FailureDetail = () => ({}), file = ''): void {
    this.#counts[status]++;
    if (status === 'failed' && this.keepsFailures) this.#failures.push(failureOf(name, detail()));
    if (this.#tests.length < REPORT_LIMITS.tests) {
      const at = file === '' ? {} : { file: short(file) };
      this.#tests.push({ name: short(name), status, ...at });
    }
  }

  /** Tests that failed so far. */
  get failed(): number {
    return this.#counts.failed;
  }

  /** Whether one more failure would be kept. */
  get keepsFailures(): boolean {
    return this.#failures.length < FAILURE_LIMITS.failures;
  }

  /** Tests that are known by number only. */
  addUnnamed(count: number, status: TestCase['status']): void {
    this.#counts[status] += count;
  }

  /** The cases, or what the summary declares where it knows of more: a suite that could not start has no cases. */
  report(format: TestReport['format'], declared: Declared = { total: 0, failed: 0, skipped: 0 }): TestReport {
    const failed = Math.max(this.#counts.failed, declared.failed);
    const skipped = Math.max(this.#counts.skipped, declared.skipped);
    const counted = this.#counts.passed + this.#counts.failed + this.#counts.skipped;
    const total = Math.max(counted, declared.total, failed + skipped);
    const counts = { total, passed: total - failed - skipped, failed, skipped };
    return { format, counts, tests: this.#tests, failures: this.#failures };
  }
}

function short(text: string): string {
  return visible(text.slice(0, REPORT_LIMITS.name));
}
