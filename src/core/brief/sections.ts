/**
 * The body of a brief as sections: a Markdown heading of the first or second level and what follows it. What Markdown
 * would not show as a heading is none: lines in fenced code and in HTML comments. Comments are teaching notes for the
 * author, so their text belongs to no section (and nothing that a reader cannot see reaches an agent).
 */

/** A visible line and its 1-based number in the file. */
export interface BodyLine {
  readonly text: string;
  readonly line: number;
}

export interface Section {
  /** The heading as it was written; empty for what stands before the first heading. */
  readonly name: string;
  /** Line of the heading. */
  readonly line: number;
  readonly lines: readonly BodyLine[];
}

export interface Body {
  readonly sections: readonly Section[];
  /** A code block or comment that is never closed and swallows the rest of the file. */
  readonly unclosed: { readonly what: 'code block' | 'comment'; readonly line: number } | null;
}

export const SECTION_NAMES = {
  goal: 'Goal',
  nonGoals: 'Non-goals',
  criteria: 'Acceptance criteria',
  context: 'Context',
} as const;

/** Names compare without case, hyphens and a colon at the end. */
export function sameSection(one: string, other: string): boolean {
  return normaliseName(one) === normaliseName(other);
}

function normaliseName(name: string): string {
  return name
    .toLowerCase()
    .replace(/:$/, '')
    .replace(/[-\s]+/g, ' ')
    .trim();
}

/** The visible text of lines, without blank lines around it. */
export function textOf(lines: readonly BodyLine[]): string {
  return lines
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

/**
 * Whether nothing hides among visible lines: from the first with text to the last they are the file's own, without a
 * comment between or within them. `file`: all lines of the file, with or without their line ends.
 */
export function hidesNothing(file: readonly string[], lines: readonly BodyLine[]): boolean {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  const [first, last] = [filled[0]?.line, filled.at(-1)?.line];
  if (first === undefined || last === undefined) return true;
  const visible = new Map(lines.map(({ text, line }) => [line, text]));
  return file.slice(first - 1, last).every((text, index) => visible.get(first + index)?.trimEnd() === text.trimEnd());
}

/** Splits a body (LF line ends) whose first line is line `firstLine` of its file. */
export function readSections(body: string, firstLine: number): Body {
  const reader = new BodyReader();
  for (const [index, text] of body.split('\n').entries()) reader.read(text, firstLine + index);
  return reader.finish();
}

class BodyReader {
  readonly #sections: { name: string; line: number; lines: BodyLine[] }[] = [];
  #fence: { readonly marker: string; readonly line: number } | null = null;
  #commentSince: number | null = null;

  read(text: string, line: number): void {
    if (this.#fence !== null) {
      if (closesFence(text, this.#fence.marker)) this.#fence = null;
      this.#keep(text, line);
      return;
    }
    const visible = this.#withoutComments(text, line);
    if (visible === null) return;
    const heading = headingOf(visible);
    if (heading !== null) {
      this.#sections.push({ name: heading, line, lines: [] });
      return;
    }
    const marker = opensFence(visible);
    if (marker !== null) this.#fence = { marker, line };
    this.#keep(visible, line);
  }

  finish(): Body {
    const unclosed =
      this.#fence !== null
        ? { what: 'code block' as const, line: this.#fence.line }
        : this.#commentSince !== null
          ? { what: 'comment' as const, line: this.#commentSince }
          : null;
    return { sections: this.#sections, unclosed };
  }

  #keep(text: string, line: number): void {
    if (this.#sections.length === 0) this.#sections.push({ name: '', line, lines: [] });
    this.#sections[this.#sections.length - 1]!.lines.push({ text, line });
  }

  /** The line without its comments; null when it held nothing else. */
  #withoutComments(text: string, line: number): string | null {
    let rest = text;
    if (this.#commentSince !== null) {
      const end = rest.indexOf('-->');
      if (end < 0) return null;
      this.#commentSince = null;
      rest = rest.slice(end + 3);
    }
    let visible = '';
    for (;;) {
      const start = commentStart(rest);
      visible += rest.slice(0, start ?? rest.length);
      if (start === null) break;
      const end = rest.indexOf('-->', start + 4);
      if (end < 0) {
        this.#commentSince = line;
        break;
      }
      rest = rest.slice(end + 3);
    }
    return visible.trim() === '' && text.trim() !== '' ? null : visible;
  }
}

/** Where the first `<!--` outside inline code begins. */
function commentStart(text: string): number | null {
  const first = text.indexOf('<!--');
  if (first < 0) return null;
  const runs = [...text.matchAll(/`+/g)];
  for (let at = first; at >= 0; at = text.indexOf('<!--', at + 1)) {
    if (!isInlineCode(runs, at)) return at;
  }
  return null;
}

/** Whether a position lies between two runs of equally many backticks (CommonMark 0.31, 6.1). */
function isInlineCode(runs: readonly RegExpMatchArray[], position: number): boolean {
  for (let open = 0; open < runs.length && runs[open]!.index! < position; open++) {
    const close = runs.findIndex((run, at) => at > open && run[0].length === runs[open]![0].length);
    if (close < 0) continue;
    if (runs[close]!.index! > position) return true;
    open = close;
  }
  return false;
}

function headingOf(text: string): string | null {
  if (!/^ {0,3}#{1,2}(?:[ \t]|$)/.test(text)) return null;
  const name = text.trim().replace(/^#+/, '').trim();
  return name.replace(/(?:^|[ \t])#+$/, '').trim();
}

function opensFence(text: string): string | null {
  const match = /^ {0,3}(`{3,}|~{3,})/.exec(text);
  if (match === null) return null;
  const marker = match[1]!;
  return marker.startsWith('`') && text.slice(match[0].length).includes('`') ? null : marker;
}

function closesFence(text: string, marker: string): boolean {
  const bare = text.trim();
  return /^ {0,3}\S/.test(text) && bare.length >= marker.length && bare === marker[0]!.repeat(bare.length);
}
