/** What every judgement of a sent item comes to. */
import type { Outcome } from './outcome';

export interface Judgement {
  readonly outcome: Outcome;
  readonly because: string;
  /** The finding of now that the item became, or null. */
  readonly now: string | null;
}

export function judged(outcome: Outcome, because: string, now: string | null = null): Judgement {
  return { outcome, because, now };
}
