/**
 * Reads the added lines out of a patch with no context (`-p -U0 --text --full-index`) while it arrives. Sections are
 * known by the two object names of their `index` line, so no path is ever parsed; hunks are read by their line counts,
 * so no content can pass for a header.
 */
import type { AddedLine } from '../../core/drift/diff';

/** A line's text is kept up to this many characters; more is no source code. */
const MAX_LINE = 64 * 1024;

/** Most characters kept of all lines together. */
const MAX_TEXT = 256 * 1024 * 1024;

const NEWLINE = 0x0a;
const PLUS = 0x2b;
const MINUS = 0x2d;

export class PatchScan {
  readonly #sections = new Map<string, AddedLine[]>();
  #current: AddedLine[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #removed = 0;
  #added = 0;
  #line = 0;
  #kept = 0;

  /** Takes the next bytes of the patch. */
  take(chunk: Buffer): void {
    let from = 0;
    let bytes = chunk;
    if (this.#rest.length >= MAX_LINE) {
      // Of a line this long the beginning is enough; the rest is passed over without being gathered.
      from = chunk.indexOf(NEWLINE);
      if (from < 0) return;
      this.#read(this.#rest, 0, this.#rest.length);
      from += 1;
    } else if (this.#rest.length > 0) {
      bytes = Buffer.concat([this.#rest, chunk]);
    }
    for (let end = bytes.indexOf(NEWLINE, from); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      this.#read(bytes, from, end);
      from = end + 1;
    }
    this.#rest = bytes.subarray(from);
  }

  /** Takes what is left when the patch has ended. */
  end(): void {
    if (this.#rest.length > 0) this.#read(this.#rest, 0, this.#rest.length);
    this.#rest = Buffer.alloc(0);
  }

  /** The lines added between two blobs; `before` is null for a new file. */
  linesOf(before: string | null, after: string): readonly AddedLine[] {
    if (before === after) return [];
    // A file that became a link, or the other way round, is shown by git as one that went and one that came.
    return this.#sections.get(sectionKey(before ?? '', after)) ?? this.#sections.get(sectionKey('', after)) ?? [];
  }

  #read(bytes: Buffer, from: number, end: number): void {
    const first = bytes[from];
    if (this.#added > 0 && first === PLUS) {
      this.#added--;
      this.#keep(bytes.toString('utf8', from + 1, Math.min(end, from + 1 + MAX_LINE)));
    } else if (this.#removed > 0 && first === MINUS) {
      this.#removed--;
    } else if (this.#added === 0 && this.#removed === 0) {
      this.#header(bytes.toString('latin1', from, Math.min(end, from + 256)));
    }
  }

  #keep(text: string): void {
    if (this.#kept < MAX_TEXT) {
      this.#kept += text.length;
      this.#current.push({ line: this.#line, text });
    }
    this.#line++;
  }

  #header(text: string): void {
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
    if (hunk !== null) {
      this.#removed = hunk[1] === undefined ? 1 : Number(hunk[1]);
      this.#line = Number(hunk[2]);
      this.#added = hunk[3] === undefined ? 1 : Number(hunk[3]);
      return;
    }
    const index = /^index ([0-9a-f]+)\.\.([0-9a-f]+)(?: \d+)?$/.exec(text);
    if (index === null) return;
    const before = /^0+$/.test(index[1]!) ? '' : index[1]!;
    this.#current = [];
    this.#sections.set(sectionKey(before, index[2]!), this.#current);
  }
}

function sectionKey(before: string, after: string): string {
  return `${before}..${after}`;
}
