/** Middle and tail of a list of numbers. */
import type { Spread } from './statsSchema';

/** Median and p90 by nearest rank: values that were there, no means of two. Sorts a copy once. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { count: sorted.length, median: rank(0.5), p90: rank(0.9) };
}
