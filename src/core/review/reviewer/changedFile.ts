/** A changed file with the lines around each change, as a reader gets to see it. */
import type { Change } from '../../drift/diff';

/** Lines that changed, with a few around them. */
export interface Hunk {
  /** 1-based; 0 where that side has no line. */
  readonly oldStart: number;
  readonly newStart: number;
  /** Each begins with its sign: `+`, `-` or a blank. */
  readonly lines: readonly string[];
  /** Lines of the hunk that were not read, at its end. */
  readonly unread: number;
}

export interface ChangedFile {
  readonly change: Change;
  /** None of what is no text, and of what only moved or changed its mode. */
  readonly hunks: readonly Hunk[];
}

/** The numbers of a hunk's lines that are in the new file. */
export function linesOfNew({ newStart, lines }: Hunk): ReadonlySet<number> {
  const numbers = new Set<number>();
  let at = newStart;
  for (const line of lines) {
    if (line.startsWith('-')) continue;
    numbers.add(at);
    at += 1;
  }
  return numbers;
}
