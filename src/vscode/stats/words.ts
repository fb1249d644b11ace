/** Numbers of the statistics in words. Pure: the language comes in. */
import { duration } from '../../core/review/words';
import type { Spread } from '../../core/stats/statsSchema';
import type { Translate } from '../translate';

/** What stands where there is nothing to tell. */
export const NOTHING = '–';

/** `75% (3 of 4)`: without the number behind it a share says too much. */
export function shareWords(part: number, whole: number, t: Translate): string {
  return whole === 0 ? NOTHING : t('{0}% ({1} of {2})', Math.round((100 * part) / whole), part, whole);
}

/** The median, and what nine of ten stay below. */
export function timesWords({ median, p90 }: Spread, t: Translate): string {
  return median === null || p90 === null ? NOTHING : t('{0} / {1}', longWords(median, t), longWords(p90, t));
}

/** A length of time in seconds; beyond an hour in hours and days. */
export function longWords(seconds: number, t: Translate): string {
  if (seconds < 3_600) return duration(seconds);
  const hours = seconds / 3_600;
  return hours < 48 ? t('{0} h', hours.toFixed(1)) : t('{0} days', (hours / 24).toFixed(1));
}
