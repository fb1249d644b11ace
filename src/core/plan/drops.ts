/** What of an answer was not used, and why: told, counted, never silent. */
import { visible } from '../visible';
import type { Dropped } from './plan';

/** What was dropped is kept up to so many; more is not told apart by anybody. */
const KEPT = 200;
const SHOWN = 120;

export class Drops {
  readonly #dropped: Dropped[] = [];

  get all(): readonly Dropped[] {
    return this.#dropped;
  }

  add(what: string, why: string): void {
    if (this.#dropped.length < KEPT) this.#dropped.push({ what: shown(what), why });
  }
}

/** A text of the answer as a message names it. */
export function shown(text: string): string {
  const flat = visible(
    text
      .slice(0, SHOWN * 2)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return flat.length <= SHOWN ? flat : `${flat.slice(0, SHOWN)}…`;
}
