/** Which task a link from outside names. */

/** A whole id (Crockford's base 32, twelve digits) and nothing after it: whoever follows a link has typed no beginning. */
const TASK_PATH = /^\/task\/([0-9a-hjkmnp-tv-z]{12})\/?$/;

/** @returns null when it names none */
export function taskOfLink(path: string): string | null {
  return TASK_PATH.exec(path)?.[1] ?? null;
}
