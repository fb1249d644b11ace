/** A date as a person types it. */
import { fail } from '../core/errors';
import { visible } from '../core/visible';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The instant that a day begins with here, or that an RFC 3339 time names, in UTC.
 *
 * @throws USAGE when it is neither, or no day of the calendar
 */
export function sinceDate(typed: string): string {
  const [, year, month, day] = DAY.exec(typed) ?? [];
  if (year !== undefined) {
    const date = new Date(Number(year), Number(month) - 1, Number(day));
    // A day that the month does not have is taken for one of the next.
    if (date.getMonth() + 1 === Number(month) && date.getDate() === Number(day)) return date.toISOString();
  }
  const instant = INSTANT.test(typed) ? Date.parse(typed) : Number.NaN;
  if (!Number.isNaN(instant)) return new Date(instant).toISOString();
  return fail('USAGE', `--since ${visible(typed.slice(0, 100))} is no date`, {
    fix: 'write a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z',
  });
}

/** The day of an instant, here. */
export function dayOf(instant: string): string {
  const date = new Date(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
