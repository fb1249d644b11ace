/** One brief of an answer, held against the repository, before it is written. */
import type { HeldCheck, HeldCriterion } from './holdChecks';
import type { HeldScope } from './holdScope';

export interface Budget {
  readonly files: number;
  readonly lines: number;
  readonly minutes: number;
}

export interface HeldBrief {
  readonly title: string;
  readonly goal: { readonly text: string; readonly why: string };
  readonly nonGoals: readonly { readonly text: string; readonly why: string }[];
  readonly scope: HeldScope;
  readonly checks: readonly HeldCheck[];
  readonly criteria: readonly HeldCriterion[];
  readonly budget: Budget;
  /** Its number in the answer, from 1; and those that come before it. */
  readonly number: number;
  readonly after: readonly number[];
}
