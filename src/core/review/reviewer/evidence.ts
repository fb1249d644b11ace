/** What an answer of a reviewer is held against: paths, lines and texts of the result, and the hunks of the change. */
import { pathsOf } from '../../drift/changes';
import type { ChangedFile, Hunk } from './changedFile';
import { NormalText } from './normal';
import type { ReviewPlace } from './review';

/** What an answer is held against. */
export interface ReviewedResult {
  readonly files: readonly ChangedFile[];
  /** Every path of the result. */
  readonly paths: ReadonlySet<string>;
  /** Texts of the result by path, of the files that the answer names; what is no text, or too large, is not there. */
  readonly texts: ReadonlyMap<string, string>;
  /** Where the reviewer saw the result: paths may be told with it. */
  readonly folder: string;
  /** How many acceptance criteria the brief has. */
  readonly criteria: number;
}

/** One side of a hunk: what was, or what is. */
interface Side {
  readonly text: NormalText;
  /** By line of the text, its number in the result, or where it was. */
  readonly numbers: readonly number[];
}

/** The texts and hunks of a result, brought into normal form once for each file. */
export class Evidence {
  readonly #normal = new Map<string, NormalText>();
  readonly #sides = new Map<string, readonly Side[]>();
  readonly #changed: ReadonlyMap<string, ChangedFile>;
  /** The path that a reviewer means; null when there is none. */
  readonly pathOf: (named: string) => string | null;

  constructor(readonly result: ReviewedResult) {
    this.pathOf = pathFinder(result);
    this.#changed = new Map(result.files.flatMap((file) => pathsOf(file.change).map((path) => [path, file] as const)));
  }

  changed(path: string): ChangedFile | undefined {
    return this.#changed.get(path);
  }

  /** Whether a file has such a line; `orHad`: or had it, as far as the hunks tell. Of what is no text nothing is known. */
  hasLine(path: string, line: number, orHad: boolean): boolean {
    const text = this.result.texts.get(path);
    const hunks = this.#changed.get(path)?.hunks ?? [];
    if (text === undefined && hunks.length === 0) return true;
    if (text !== undefined && line <= linesOf(text).length) return true;
    return (orHad || text === undefined) && hunks.some((hunk) => line <= lastLine(hunk));
  }

  /** Where a quote stands, as near to a line as can be; null when it is neither in the file nor in its diff. */
  find(path: string, quote: string, near: number | null): ReviewPlace | null {
    const text = this.result.texts.get(path);
    if (text !== undefined) {
      const at = this.#textOf(path, text).find(quote, (near ?? 1) - 1);
      if (at !== null) return { path, line: at + 1 };
    }
    for (const side of this.#sidesOf(path)) {
      const at = side.text.find(quote, 0);
      if (at !== null) return { path, line: this.#inResult(path, side.numbers[at]!) };
    }
    return null;
  }

  #inResult(path: string, line: number): number | null {
    if (!this.result.paths.has(path)) return null;
    const text = this.result.texts.get(path);
    const last = text === undefined ? line : linesOf(text).length;
    return Math.max(1, Math.min(line, last));
  }

  #sidesOf(path: string): readonly Side[] {
    const known = this.#sides.get(path);
    if (known !== undefined) return known;
    const hunks = this.#changed.get(path)?.hunks ?? [];
    const sides = hunks.flatMap((hunk) => [sideOf(hunk, '+'), sideOf(hunk, '-')]);
    this.#sides.set(path, sides);
    return sides;
  }

  #textOf(path: string, text: string): NormalText {
    const known = this.#normal.get(path) ?? new NormalText(linesOf(text));
    this.#normal.set(path, known);
    return known;
  }
}

/** The last line that a hunk shows, by the numbers of either side. */
function lastLine({ oldStart, newStart, lines, unread }: Hunk): number {
  const count = (other: string) => lines.filter((line) => !line.startsWith(other)).length + unread;
  return Math.max(oldStart + count('+'), newStart + count('-')) - 1;
}

function sideOf({ newStart, lines }: Hunk, sign: '+' | '-'): Side {
  const own: string[] = [];
  const numbers: number[] = [];
  let at = newStart;
  for (const line of lines) {
    if (line.startsWith(sign) || line.startsWith(' ')) {
      own.push(line.slice(1));
      // A line that went has none in the result: where it was is the nearest.
      numbers.push(at);
    }
    if (!line.startsWith('-')) at += 1;
  }
  return { text: new NormalText(own), numbers };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Finds the path that a reviewer means: as it stands in the result or the diff, below its folder, or with git's own prefix. */
export function pathFinder({ paths, files, folder }: Omit<ReviewedResult, 'texts'>): (named: string) => string | null {
  const changed = new Set(files.flatMap(({ change }) => pathsOf(change)));
  return (named) => {
    const forms = [
      named,
      named.startsWith(`${folder}/`) ? named.slice(folder.length + 1) : named,
      /^(?:\.|[ab])\//.test(named) ? named.slice(2) : named,
    ];
    return forms.find((form) => paths.has(form) || changed.has(form)) ?? null;
  };
}
