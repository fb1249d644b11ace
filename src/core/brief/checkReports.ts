/** The result files that a check of a brief names. */
import type { Check } from './brief';

/** Paths and patterns, in the order of the brief; none when it names none. */
export function reportsOf({ report }: Pick<Check, 'report'>): readonly string[] {
  if (report === undefined) return [];
  return typeof report === 'string' ? [report] : report;
}
