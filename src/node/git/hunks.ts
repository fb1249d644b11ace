/**
 * Reads the hunks out of a patch with context (`-p -U3 --text --full-index`) while it arrives. As in `patch.ts`, sections
 * are known by the object names of their `index` line and hunks are read by their line counts, so that neither a path
 * nor any content can pass for something else.
 */
import type { Change } from '../../core/drift/diff';
import type { ChangedFile, Hunk } from '../../core/review/reviewer/changedFile';
import { COMPARE, diffTrees } from './diff';
import { streamGit } from './plumbing';

/** Bytes of one line, and characters of all hunks together, that are kept. */
const MAX_LINE = 8 * 1024;
const MAX_TEXT = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/** What changed from commit `a` to `b`, with the hunks of text files. `gitDir` must be one of ours, as for `diffTrees`. */
export async function diffWithHunks(gitDir: string, a: string, b: string): Promise<ChangedFile[]> {
  const changes = await diffTrees(gitDir, a, b);
  const scan = new HunkScan();
  const args = ['diff-tree', ...COMPARE, '--no-commit-id', '-p', '-U3', '--text', '--full-index', '--no-color'];
  await streamGit(gitDir, [...args, `${a}^{tree}`, `${b}^{tree}`], '', (chunk) => scan.take(chunk));
  scan.end();
  return changes.map((change) => ({ change, hunks: scan.hunksOf(change) }));
}

interface OpenHunk extends Hunk {
  readonly lines: string[];
  unread: number;
}

export class HunkScan {
  readonly #sections = new Map<string, OpenHunk[]>();
  #current: OpenHunk[] = [];
  #hunk: OpenHunk | null = null;
  #rest: Buffer = Buffer.alloc(0);
  /** Of a line that is too long, only its end is still awaited. */
  #passing = false;
  #old = 0;
  #new = 0;
  #kept = 0;

  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      if (!this.#passing) this.#read(bytes.subarray(from, end));
      this.#passing = false;
      from = end + 1;
    }
    this.#rest = bytes.subarray(from);
    if (this.#rest.length <= MAX_LINE) return;
    if (!this.#passing) this.#read(this.#rest);
    this.#passing = true;
    this.#rest = Buffer.alloc(0);
  }

  end(): void {
    if (this.#rest.length > 0 && !this.#passing) this.#read(this.#rest);
    this.#rest = Buffer.alloc(0);
  }

  /** The hunks between the two blobs of a change; none of a binary file, and of what only moved. */
  hunksOf({ oldOid, newOid, insertions }: Change): readonly Hunk[] {
    if (insertions === null || oldOid === newOid) return [];
    const of = (before: string, after: string) => this.#sections.get(keyOf(before, after));
    const [before, after] = [oldOid ?? '', newOid ?? ''];
    // A file that became a link, or the other way round, is shown by git as one that went and one that came.
    return of(before, after) ?? [...(of(before, '') ?? []), ...(of('', after) ?? [])];
  }

  #read(line: Buffer): void {
    if (this.#hunk !== null && (this.#old > 0 || this.#new > 0)) this.#line(this.#hunk, line);
    else this.#header(line.toString('latin1', 0, 256));
  }

  #line(hunk: OpenHunk, line: Buffer): void {
    const sign = line.toString('latin1', 0, 1);
    if (sign === '\\') return;
    if (sign !== '+') this.#old -= 1;
    if (sign !== '-') this.#new -= 1;
    if (this.#kept > MAX_TEXT) {
      hunk.unread += 1;
      return;
    }
    const text = line.toString('utf8', 0, MAX_LINE);
    this.#kept += text.length;
    hunk.lines.push(text);
  }

  #header(text: string): void {
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
    if (hunk !== null) {
      const [, oldStart, oldLines = '1', newStart, newLines = '1'] = hunk;
      this.#hunk = { oldStart: Number(oldStart), newStart: Number(newStart), lines: [], unread: 0 };
      this.#old = Number(oldLines);
      this.#new = Number(newLines);
      this.#current.push(this.#hunk);
      return;
    }
    const index = /^index ([0-9a-f]+)\.\.([0-9a-f]+)(?: \d+)?$/.exec(text);
    if (index === null) return;
    this.#hunk = null;
    this.#current = [];
    this.#sections.set(keyOf(index[1]!, index[2]!), this.#current);
  }
}

function keyOf(before: string, after: string): string {
  const named = (oid: string) => (/^0*$/.test(oid) ? '' : oid);
  return `${named(before)}..${named(after)}`;
}
