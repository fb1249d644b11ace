/** The added lines of many files as a few texts: looking for credentials costs by the text, most files add few lines. */
import type { AddedLine } from '../diff';

export interface AddedText {
  readonly path: string;
  readonly lines: readonly AddedLine[];
}

/** Where the lines of one file are in a text. */
export interface Stretch extends AddedText {
  readonly from: number;
  readonly to: number;
  /** Offsets in the text at which its lines begin. */
  readonly starts: readonly number[];
}

export interface Batch {
  readonly text: string;
  /** In order. */
  readonly stretches: readonly Stretch[];
}

/** A text is full at so many UTF-16 units; one file is never divided. */
const FULL = 128 * 1024;
/** Between files: no credential runs over it. */
const BETWEEN = '\n\n\n';

/** Puts files together in their order; those that add nothing are left out. */
export function* batchesOf(files: readonly AddedText[]): Generator<Batch> {
  let pieces: string[] = [];
  let stretches: Stretch[] = [];
  let length = 0;
  for (const { path, lines } of files) {
    if (lines.length === 0) continue;
    const from = length;
    const starts: number[] = [];
    for (const { text } of lines) {
      starts.push(length);
      pieces.push(text, '\n');
      length += text.length + 1;
    }
    stretches.push({ path, lines, from, to: length, starts });
    pieces.push(BETWEEN);
    length += BETWEEN.length;
    if (length < FULL) continue;
    yield { text: pieces.join(''), stretches };
    [pieces, stretches, length] = [[], [], 0];
  }
  if (stretches.length > 0) yield { text: pieces.join(''), stretches };
}

/** The file that an offset of the text lies in, or null between two. */
export function stretchAt(stretches: readonly Stretch[], offset: number): Stretch | null {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = stretches[low];
  return found !== undefined && offset >= found.from && offset < found.to ? found : null;
}
