/** A test report in the words that all formats share, and how it is added up. */
import { visible } from '../visible';
import { FAILURE_LIMITS, type FailureDetail, failureOf } from './failure';
import type { Counts, TestFailure } from './verification';

export interface TestCase {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
}

export interface TestReport {
  readonly format: 'junit' | 'ctrf' | 'tap';
  readonly counts: Counts;
  /** At most `REPORT_LIMITS.tests`; the counts are of all. */
  readonly tests: readonly TestCase[];
  /** The first of the tests that failed, with what the report says of each. */
  readonly failures: readonly TestFailure[];
}

export const REPORT_LIMITS = {
  /** Bytes of the file. */
  bytes: 20 * 1024 * 1024,
  /** Test cases that are kept by name. */
  tests: 20_000,
  /** Characters of a name. */
  name: 1_000,
} as const;

/** What a report says of itself in its summary. */
export interface Declared {
  readonly total: number;
  readonly failed: number;
  readonly skipped: number;
}

export class Tally {
  readonly #tests: TestCase[] = [];
  readonly #failures: TestFailure[] = [];
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };

  /** @param detail of a test that failed: asked for only while failures are kept */
  add(name: string, status: TestCase['status'], detail: () => FailureDetail = () => ({})): void {
    this.#counts[status]++;
    if (status === 'failed' && this.keepsFailures) this.#failures.push(failureOf(name, detail()));
    if (this.#tests.length < REPORT_LIMITS.tests) {
      this.#tests.push({ name: visible(name.slice(0, REPORT_LIMITS.name)), status });
    }
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
