/** Names of tasks: ids that sort by time and are unique across processes, and slugs that people can read. */
import { randomInt } from 'node:crypto';

/** Crockford's base 32: no `i`, `l`, `o`, `u`, so that nothing is misread; in the order of its values. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Nine digits of milliseconds last until the year 3084. */
const TIME_DIGITS = 9;
const RANDOM_DIGITS = 3;
/** Of the id, at the end of a slug: the digits that differ between tasks of one title. */
const SUFFIX_DIGITS = 6;
const SLUG_TITLE = 40;

/**
 * Makes ids. Each is greater than the one before, also when the clock stands still or goes back; two processes that make
 * one in the same millisecond differ by chance (1 in 32,768 that they do not), so the maker of the folder must still
 * refuse one that is there.
 *
 * @param clock milliseconds since 1970
 */
export function taskIds(clock: () => number = Date.now): () => string {
  let last = 0;
  return () => {
    last = Math.max(clock(), last + 1);
    return encode(last, TIME_DIGITS) + encode(randomInt(DIGITS.length ** RANDOM_DIGITS), RANDOM_DIGITS);
  };
}

function encode(value: number, digits: number): string {
  let text = '';
  for (let rest = value, n = 0; n < digits; n++, rest = Math.floor(rest / DIGITS.length)) {
    text = DIGITS[rest % DIGITS.length] + text;
  }
  return text;
}

/** What an id is as typed by a person: any case, and the letters that Crockford reads as digits. */
export function normalizeId(typed: string): string {
  return typed.trim().toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

export function isTaskId(name: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(name);
}

/** `retry-idempotent-requests-3k8qf2`: letters, digits and `-` only, so it can stand in refs and paths as it is. */
export function slugOf(title: string, id: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_TITLE)
    .replaceAll(/^-+|-+$/g, '');
  return `${words === '' ? 'task' : words}-${id.slice(-SUFFIX_DIGITS)}`;
}
