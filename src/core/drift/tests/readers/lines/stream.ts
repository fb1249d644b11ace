/** A file without a grammar as words, numbers, strings and signs, with the brackets that belong together. */
import type { LexicalSyntax } from './lexical';
import { type Piece, piecesOf } from './pieces';

export type TokenKind = 'word' | 'number' | 'string' | 'sign' | 'directive';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether it stands first on its line. */
  readonly first: boolean;
}

/** Tokens by index: `from` is in it, `to` is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const NUMBER = /\d[\p{L}\p{N}_]*(?:\.\d[\p{L}\p{N}_]*)?/uy;
const SIGN =
  /===|!==|\?\?=|\.\.\.|\.\.<|<=>|==|!=|<=|>=|&&|\|\||->|=>|\?\.|\?:|!!|\?\?|::|\+=|-=|\*=|\/=|\+\+|--|\.\.|[^\s]/uy;
const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const LONGEST = 2_000;
const WORD = /[\p{L}\p{N}_$]/u;
const NONE = -1;

export class Stream {
  readonly tokens: readonly Token[];
  /** The other bracket of each bracket; of one that nothing closes, the end of the file. */
  readonly #partner: Int32Array;
  /** The innermost bracket that each token stands in. */
  readonly #parent: Int32Array;

  constructor(text: string, syntax: LexicalSyntax) {
    this.tokens = tokensOf(text, piecesOf(text, syntax), syntax);
    this.#partner = new Int32Array(this.tokens.length).fill(NONE);
    this.#parent = new Int32Array(this.tokens.length).fill(NONE);
    this.#pair();
  }

  get length(): number {
    return this.tokens.length;
  }

  /** The text of a token that is no string; `` for a string and outside the file. */
  at(index: number): string {
    const token = this.tokens[index];
    return token === undefined || token.kind === 'string' ? '' : token.text;
  }

  kindOf(index: number): TokenKind | null {
    return this.tokens[index]?.kind ?? null;
  }

  isFirst(index: number): boolean {
    return this.tokens[index]?.first ?? true;
  }

  /** Where a token begins; the end of the text behind the last. */
  offset(index: number): number {
    return this.tokens[index]?.from ?? (this.tokens.at(-1)?.to ?? 0) + 1;
  }

  /** The index of the other bracket, `length` when nothing closes it; NONE (-1) for what is no bracket. */
  partner(index: number): number {
    return this.#partner[index] ?? NONE;
  }

  /** The bracket around, NONE (-1) outside all. */
  parent(index: number): number {
    return this.#parent[index] ?? NONE;
  }

  /** The text of a span without what means nothing, as `Tokens.compact` puts it. */
  compact({ from, to }: Span, limit = LONGEST): string {
    const end = Math.min(to, this.length);
    const parts: string[] = [];
    let length = 0;
    let last = '';
    for (let index = from; index < end && length < limit; index++) {
      const { kind, text } = this.tokens[index] as Token;
      if (kind === 'directive' || text === ';') continue;
      if (last === ',' && (text === ')' || text === ']' || text === '}')) {
        parts.push((parts.pop() ?? '').slice(0, -1));
        length--;
      } else if (isWord(last) && isWord(text[0])) {
        parts.push(' ');
        length++;
      }
      parts.push(text);
      length += text.length;
      last = text.at(-1) ?? last;
    }
    return parts.join('').slice(0, limit);
  }

  /** What stands between the commas of a bracket. */
  elements(open: number): readonly Span[] {
    const close = this.partner(open);
    if (close === NONE) return [];
    const found: Span[] = [];
    let from = open + 1;
    for (let index = from; index <= close; index++) {
      if (index < close && (this.at(index) !== ',' || this.parent(index) !== open)) {
        index = this.#past(index) - 1;
        continue;
      }
      if (index > from) found.push({ from, to: index });
      from = index + 1;
    }
    return found;
  }

  /** Behind a token, and behind the whole bracket when it opens one. */
  #past(index: number): number {
    return CLOSED_BY[this.at(index)] === undefined ? index + 1 : Math.max(index + 1, this.partner(index));
  }

  #pair(): void {
    const open: number[] = [];
    let braces = 0;
    this.tokens.forEach(({ kind, text }, index) => {
      if (kind !== 'sign') {
        this.#parent[index] = open.at(-1) ?? NONE;
        return;
      }
      if (/^[)\]}]$/.test(text) && (text !== '}' || braces > 0)) this.#close(open, index, text);
      if (text === '}') braces = Math.max(0, braces - 1);
      this.#parent[index] = open.at(-1) ?? NONE;
      if (CLOSED_BY[text] !== undefined) open.push(index);
      if (text === '{') braces++;
    });
    for (const index of open) this.#partner[index] = this.length;
  }

  /** A brace closes every bracket in it that nothing closed; other brackets close only what is innermost. */
  #close(open: number[], index: number, text: string): void {
    const opens = (at: number | undefined) => at !== undefined && CLOSED_BY[this.tokens[at]?.text ?? ''] === text;
    if (text !== '}' && !opens(open.at(-1))) return;
    while (!opens(open.at(-1))) this.#partner[open.pop() as number] = index;
    const at = open.pop() as number;
    this.#partner[at] = index;
    this.#partner[index] = at;
  }
}

function tokensOf(text: string, pieces: readonly Piece[], syntax: LexicalSyntax): readonly Token[] {
  const tokens: Token[] = [];
  let first = true;
  let next = 0;
  for (let at = 0; at < text.length; ) {
    const piece = pieces[next];
    if (piece !== undefined && piece.from <= at) {
      if (piece.kind === 'string') tokens.push(tokenOf('string', piece.from, text.slice(piece.from, piece.to), first));
      first = piece.kind === 'comment' ? first : false;
      next++;
      at = piece.to;
      continue;
    }
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      if (char === '\n') first = true;
      at++;
      continue;
    }
    const token = tokenAt(text, at, first, syntax);
    tokens.push(token);
    first = false;
    at = token.to;
  }
  return tokens;
}

function tokenAt(text: string, at: number, first: boolean, { directive, word }: LexicalSyntax): Token {
  const found = first && directive !== undefined ? matchAt(directive, text, at) : null;
  if (found !== null) return tokenOf('directive', at, found.trimEnd(), first);
  for (const [kind, form] of [
    ['word', word],
    ['number', NUMBER],
    ['sign', SIGN],
  ] as const) {
    const match = matchAt(form, text, at);
    if (match !== null && match !== '') return tokenOf(kind, at, match, first);
  }
  return tokenOf('sign', at, text[at] ?? ' ', first);
}

function matchAt(form: RegExp, text: string, at: number): string | null {
  form.lastIndex = at;
  return form.exec(text)?.[0] ?? null;
}

function tokenOf(kind: TokenKind, from: number, text: string, first: boolean): Token {
  return { kind, text, from, to: from + text.length, first };
}

const ASCII_WORDS: readonly boolean[] = Array.from({ length: 128 }, (_, code) => WORD.test(String.fromCharCode(code)));

function isWord(unit: string | undefined): boolean {
  return unit !== undefined && unit !== '' && (ASCII_WORDS[unit.charCodeAt(0)] ?? WORD.test(unit));
}
