/** Where comments and strings stand in a text, found in one pass by a table of what a language takes for them. */
import type { CommentSyntax, LexicalSyntax, StringSyntax } from './lexical';

export interface Piece {
  readonly kind: 'comment' | 'string';
  readonly from: number;
  readonly to: number;
}

/** Strings in code in strings that are deeper than this are characters of the one around. */
const DEEPEST = 20;
/** How far back `after` is held against a text. */
const LOOK_BACK = 20;

/** The comments and strings of a text, in order; what is not closed ends with its line or the text. Never throws. */
export function piecesOf(text: string, syntax: LexicalSyntax): readonly Piece[] {
  const scan = new Scan(text, syntax);
  const pieces: Piece[] = [];
  const starts = new Set(syntax.starts);
  for (let at = 0; at < text.length; ) {
    const isStart = starts.has(text[at] ?? '');
    const name = isStart && syntax.quoted ? opensAt(syntax.quoted, text, at) : null;
    const piece = isStart && name === null ? scan.pieceAt(at) : null;
    if (piece !== null) pieces.push(piece);
    at = piece?.to ?? at + (name?.[0].length ?? 1);
  }
  return pieces;
}

/** The text with blanks for comments and for what stands between the first and last character of strings. */
export function blanked(text: string, pieces: readonly Piece[]): string {
  let result = '';
  let at = 0;
  for (const { kind, from, to } of pieces) {
    const isString = kind === 'string' && to - from > 1;
    const inner = isString ? text.slice(from + 1, to - 1) : text.slice(from, to);
    const blanks = inner.replace(/[^\n]/g, ' ');
    result += text.slice(at, from) + (isString ? `${text[from]}${blanks}${text[to - 1]}` : blanks);
    at = to;
  }
  return result + text.slice(at);
}

class Scan {
  readonly #text: string;
  readonly #syntax: LexicalSyntax;

  constructor(text: string, syntax: LexicalSyntax) {
    this.#text = text;
    this.#syntax = syntax;
  }

  pieceAt(from: number): Piece | null {
    for (const comment of this.#syntax.comments) {
      const open = opensAt(comment.open, this.#text, from);
      if (open !== null) return { kind: 'comment', from, to: this.#commentEnd(from + open[0].length, comment) };
    }
    const to = this.#stringAt(from, 0);
    return to === null ? null : { kind: 'string', from, to };
  }

  #commentEnd(from: number, { open, close, nested }: CommentSyntax): number {
    if (close === null) return indexOr(this.#text, '\n', from);
    if (nested !== true) return indexOr(this.#text, close, from, close.length);
    let depth = 1;
    let at = from;
    while (at < this.#text.length) {
      if (this.#text.startsWith(close, at)) {
        at += close.length;
        if (--depth === 0) return at;
        continue;
      }
      const inner = opensAt(open, this.#text, at);
      if (inner !== null) depth++;
      at += inner?.[0].length ?? 1;
    }
    return at;
  }

  /** The end of the string that begins here; null when none does. */
  #stringAt(from: number, depth: number): number | null {
    for (const string of this.#syntax.strings) {
      const open = opensAt(string.open, this.#text, from);
      if (open === null) continue;
      if (string.after && !string.after.test(this.#text.slice(Math.max(0, from - LOOK_BACK), from))) continue;
      return this.#stringEnd(from + open[0].length, string, open, depth);
    }
    return null;
  }

  #stringEnd(from: number, string: StringSyntax, open: RegExpExecArray, depth: number): number {
    const text = this.#text;
    const close = string.close(open);
    const hole = string.hole?.(open) ?? null;
    const escaped = string.escaped?.(open) ?? false;
    let at = from;
    while (at < text.length) {
      if (text.startsWith(close, at)) {
        at += close.length;
        if (string.doubled === true && text.startsWith(close, at)) at += close.length;
        else return string.greedy === true ? this.#past(close.at(-1) ?? '', at) : at;
      } else if (hole !== null && text.startsWith(hole.open, at)) {
        at += hole.open.length;
        if (hole.doubled === true && text.startsWith(hole.open, at)) at += hole.open.length;
        else at = this.#holeEnd(at, hole.close, string.multiline === true, depth);
      } else if (escaped && text[at] === '\\') at += 2;
      else if (text[at] === '\n' && string.multiline !== true) return at;
      else at++;
    }
    return text.length;
  }

  /** Code in a string ends with the bracket that closes it; of a string of one line, with the line. */
  #holeEnd(from: number, close: string, multiline: boolean, depth: number): number {
    let brackets = 1;
    let at = from;
    while (at < this.#text.length) {
      const char = this.#text[at] ?? '';
      if (char === '\n' && !multiline) return at;
      const inner = depth < DEEPEST && this.#syntax.starts.includes(char) ? this.#stringAt(at, depth + 1) : null;
      if (inner !== null) {
        at = inner;
        continue;
      }
      if (/[([{]/.test(char)) brackets++;
      else if (/[)\]}]/.test(char) && --brackets === 0) return at + close.length;
      at++;
    }
    return at;
  }

  #past(char: string, from: number): number {
    let at = from;
    while (this.#text[at] === char) at++;
    return at;
  }
}

function opensAt(open: RegExp, text: string, at: number): RegExpExecArray | null {
  open.lastIndex = at;
  return open.exec(text);
}

function indexOr(text: string, what: string, from: number, more = 0): number {
  const at = text.indexOf(what, from);
  return at === -1 ? text.length : at + more;
}
