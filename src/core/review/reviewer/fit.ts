/** Brings the hunks of a change into the room that a prompt has: the largest are cut, and what is left out is counted. */
import { visibleText } from '../../visible';
import type { ChangedFile, Hunk } from './changedFile';
import type { Unseen } from './review';

export interface FittedHunk {
  /** Each with its number in the file that it belongs to, its sign, and its text. */
  readonly lines: readonly string[];
  /** Lines that are left out, at the end. */
  readonly left: number;
  readonly hunk: Hunk;
}

export interface FittedFile {
  readonly file: ChangedFile;
  readonly hunks: readonly FittedHunk[];
  /** Hunks of which nothing is shown. */
  readonly left: number;
}

/** UTF-16 units of one line; what is longer is read in the folder. */
const LINE_LIMIT = 600;
/** What a hunk has at least, a line of any length: where even this is too much, hunks are left out. */
const SMALLEST = 800;
/** Paths of what is left out that are named. */
const PATHS_NAMED = 50;

/** @param room UTF-16 units for all hunks together */
export function fitHunks(
  files: readonly ChangedFile[],
  room: number,
): { readonly files: readonly FittedFile[]; readonly unseen: Unseen } {
  const rendered = files.map((file) => ({ file, hunks: file.hunks.map(renderHunk) }));
  const sizes = rendered.flatMap(({ hunks }) => hunks.map(({ size }) => size));
  const cap = Math.max(SMALLEST, capFor(sizes, room));
  let left = room;
  const unseen = { hunks: 0, lines: 0, paths: new Set<string>() };
  const fitted = rendered.map(({ file, hunks }): FittedFile => {
    const shown: FittedHunk[] = [];
    let omitted = 0;
    for (const one of hunks) {
      const { size, fit } = cutHunk(one, left >= SMALLEST ? Math.min(cap, left) : 0);
      left -= size;
      if (fit.lines.length === 0) omitted += 1;
      else shown.push(fit);
      const lost = lostLines(one, fit);
      if (lost === 0) continue;
      unseen.hunks += 1;
      unseen.lines += lost;
      unseen.paths.add(file.change.path);
    }
    return { file, hunks: shown, left: omitted };
  });
  return { files: fitted, unseen: { ...unseen, paths: [...unseen.paths].slice(0, PATHS_NAMED) } };
}

interface RenderedHunk {
  readonly hunk: Hunk;
  readonly lines: readonly string[];
  /** By line: its text was longer than is shown. */
  readonly cut: readonly boolean[];
  readonly size: number;
}

function renderHunk(hunk: Hunk): RenderedHunk {
  const numbers = { old: hunk.oldStart, new: hunk.newStart };
  const cut: boolean[] = [];
  const lines = hunk.lines.map((line) => {
    const sign = line.slice(0, 1);
    const number = sign === '-' ? numbers.old : numbers.new;
    if (sign !== '+') numbers.old += 1;
    if (sign !== '-') numbers.new += 1;
    const isLong = line.length > LINE_LIMIT + 1;
    cut.push(isLong);
    const text = visibleText(line.slice(1, LINE_LIMIT + 1)).replaceAll('\n', '\\n');
    return `${String(number).padStart(5)} ${sign}${text}${isLong ? '…' : ''}`;
  });
  return { hunk, lines, cut, size: lines.reduce((sum, line) => sum + line.length + 1, 0) };
}

/** The size at which all are cut so that together they fit: small ones stay whole, the largest give most. */
function capFor(sizes: readonly number[], room: number): number {
  const ascending = sizes.toSorted((one, other) => one - other);
  let left = room;
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

function cutHunk(
  { hunk, lines, size }: RenderedHunk,
  cap: number,
): { readonly size: number; readonly fit: FittedHunk } {
  if (size <= cap) return { size, fit: { hunk, lines, left: hunk.unread } };
  let taken = 0;
  let count = 0;
  for (const line of lines) {
    if (taken + line.length + 1 > cap) break;
    taken += line.length + 1;
    count += 1;
  }
  return { size: taken, fit: { hunk, lines: lines.slice(0, count), left: lines.length - count + hunk.unread } };
}

/** Changed lines that are not shown, or not wholly; lines that were not read count too. */
function lostLines({ hunk, cut }: RenderedHunk, { lines }: FittedHunk): number {
  const isChanged = (line: string) => !line.startsWith(' ');
  const lost = hunk.lines.filter((line, index) => isChanged(line) && (index >= lines.length || cut[index] === true));
  return lost.length + hunk.unread;
}
