/** Text compared without regard to blanks: models wrap, indent and trim what they quote. */
import { visibleText } from '../../visible';

/** Every run of blanks is one, and what a screen would obey is spelled out, as the reviewer saw it. */
export function normal(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ').trim();
}

/** Occurrences of one quote that are looked at. */
const MOST_FOUND = 10_000;

/** Lines in normal form, in which a quote of one or several lines is found. */
export class NormalText {
  readonly #text: string;
  /** Where each line begins. */
  readonly #starts: readonly number[];

  constructor(lines: readonly string[]) {
    const parts: string[] = [];
    const starts: number[] = [];
    let length = 0;
    for (const line of lines) {
      const shown = normal(line);
      starts.push(length);
      if (shown === '') continue;
      parts.push(shown);
      length += shown.length + 1;
    }
    this.#text = parts.join(' ');
    this.#starts = starts;
  }

  /** Index of the line in which an occurrence of a normal quote begins, the nearest to `near`; null when there is none. */
  find(quote: string, near: number): number | null {
    let best: number | null = null;
    let at = this.#text.indexOf(quote);
    for (let found = 0; at >= 0 && found < MOST_FOUND; found += 1) {
      const line = this.#lineAt(at);
      if (best === null || Math.abs(line - near) < Math.abs(best - near)) best = line;
      at = this.#text.indexOf(quote, at + 1);
    }
    return best;
  }

  /** The last line that begins at or before an offset; of several, the one that holds something. */
  #lineAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
