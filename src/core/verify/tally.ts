/** A test report in the words that all formats share, and how it is added up. */
import { visible } from '../visible';
import type { Counts } from './verification';

export interface TestCase {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
}

export interface TestReport {
  readonly format: 'junit' | 'ctrf' | 'tap';
  readonly counts: Counts;
  /** At most `REPORT_LIMITS.tests`; the counts are of all. */
  readonly tests: readonly TestCase[];
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
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };

  add(name: string, status: TestCase['status']): void {
    this.#counts[status]++;
    if (this.#tests.length < REPORT_LIMITS.tests) {
      this.#tests.push({ name: visible(name.slice(0, REPORT_LIMITS.name)), status });
    }
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
    return { format, counts: { total, passed: total - failed - skipped, failed, skipped }, tests: this.#tests };
  }
}
