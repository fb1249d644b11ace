/**
 * The words, texts and signs of build files that are programs: enough to find literals without taking what stands in a
 * comment or inside a text for code. One pass, whatever the text.
 */

/** Names and numbers are words; `closed` is false for a text that ends with its line or with the file. */
export type Token =
  | { readonly kind: 'word' | 'sign' | 'line'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly closed: boolean };

export interface Syntax {
  /** What begins a comment that ends with the line. */
  readonly lineComments: readonly string[];
  /** Marks of texts, longer ones first. Those of more than one sign may hold line breaks. */
  readonly quotes: readonly string[];
  /** What is a letter of a word. */
  readonly word: RegExp;
  /** Whether `<<END` begins a text of lines (HCL). */
  readonly heredocs?: boolean;
  /** Whether a slash that begins a value begins a text (Groovy's "slashy" strings). */
  readonly slashes?: boolean;
  /** Texts of one mark may hold line breaks, too (Nix). */
  readonly longTexts?: boolean;
}

/** Gradle's two languages and Scala, as far as literals go. */
export const JVM_SYNTAX: Syntax = {
  lineComments: ['//'],
  quotes: ['"""', "'''", '"', "'"],
  word: /[\w$]/,
  slashes: true,
};
/** HCL (github.com/hashicorp/hcl, "HCL Native Syntax Specification"). */
export const HCL_SYNTAX: Syntax = { lineComments: ['#', '//'], quotes: ['"'], word: /[\w-]/, heredocs: true };
/** Nix (Nix Reference Manual, "Nix Language"). */
export const NIX_SYNTAX: Syntax = { lineComments: ['#'], quotes: ["''", '"'], word: /[\w-]/, longTexts: true };

/** How far the end of an expression is looked for with its braces counted. */
const NEAR = 400;
/** Signs after which a slash begins a value. */
const BEFORE_VALUES = new Set(['(', ',', '=', '~', '[', ':', '!']);

/** The tokens of a text, comments and blanks left out. Never throws. */
export function lex(text: string, syntax: Syntax): readonly Token[] {
  return new Lexer(text, syntax).all();
}

class Lexer {
  readonly #text: string;
  readonly #syntax: Syntax;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** Where the next `}` and line break are, looked up once each: the scan of a text asks for them again and again. */
  #close = -1;
  #lineEnd = -1;

  constructor(text: string, syntax: Syntax) {
    this.#text = text;
    this.#syntax = syntax;
  }

  all(): readonly Token[] {
    while (this.#at < this.#text.length) {
      if (!(this.#comment() || this.#heredoc() || this.#quoted() || this.#slashed())) this.#plain();
    }
    return this.#tokens;
  }

  #starts(what: string): boolean {
    return this.#text.startsWith(what, this.#at);
  }

  #comment(): boolean {
    if (this.#starts('/*')) {
      const end = this.#text.indexOf('*/', this.#at + 2);
      this.#at = end === -1 ? this.#text.length : end + 2;
      return true;
    }
    if (!this.#syntax.lineComments.some((mark) => this.#starts(mark))) return false;
    this.#at = this.#endOfLine(this.#at);
    return true;
  }

  #quoted(): boolean {
    const quote = this.#syntax.quotes.find((mark) => this.#starts(mark));
    if (quote === undefined) return false;
    const isLong = quote.length > 1 || this.#syntax.longTexts === true;
    const start = this.#at + quote.length;
    let end = start;
    while (end < this.#text.length) {
      const sign = this.#text[end];
      if (quote === "''" && /^''['$\\]/.test(this.#text.slice(end, end + 3))) {
        // Nix escapes with the mark itself.
        end += 3;
        continue;
      }
      if (this.#text.startsWith(quote, end)) break;
      if (sign === '\n' && !isLong) break;
      if (sign === '\\' && quote !== "''") end += 2;
      else if (sign === '$' && this.#text[end + 1] === '{' && quote !== "'") end = this.#afterExpression(end, isLong);
      else end += 1;
    }
    end = Math.min(end, this.#text.length);
    const closed = this.#text.startsWith(quote, end);
    this.#tokens.push({ kind: 'text', text: this.#text.slice(start, end), closed });
    this.#at = closed ? end + quote.length : end;
    return true;
  }

  /** Behind `${…}`: quotes inside it do not end the text around. One that does not end is two plain signs. */
  #afterExpression(at: number, isLong: boolean): number {
    const balanced = this.#balanced(at + 1);
    if (balanced !== null) return balanced;
    if (this.#close < at && this.#close !== this.#text.length) this.#close = this.#indexOf('}', at);
    const close = this.#close;
    return close < this.#text.length && (isLong || close < this.#endOfLine(at)) ? close + 1 : at + 2;
  }

  /** Behind the brace that closes the one at a place, when it is near; on the same line, except in HCL. */
  #balanced(at: number): number | null {
    let open = 0;
    for (let end = at; end < Math.min(at + NEAR, this.#text.length); end += 1) {
      const sign = this.#text[end];
      if (sign === '\n' && !this.#syntax.heredocs) return null;
      if (sign === '{') open += 1;
      if (sign === '}') open -= 1;
      if (open === 0) return end + 1;
    }
    return null;
  }

  #endOfLine(at: number): number {
    if (this.#lineEnd < at) this.#lineEnd = this.#indexOf('\n', at);
    return this.#lineEnd;
  }

  #indexOf(what: string, from: number): number {
    const found = this.#text.indexOf(what, from);
    return found === -1 ? this.#text.length : found;
  }

  #heredoc(): boolean {
    if (!this.#syntax.heredocs || !this.#starts('<<')) return false;
    const mark = /^<<-?([A-Za-z_]\w{0,99})[ \t\r]{0,9}$/.exec(
      this.#text.slice(this.#at, this.#endOfLine(this.#at)).slice(0, 200),
    );
    if (mark === null) return false;
    const lines: string[] = [];
    let at = this.#endOfLine(this.#at) + 1;
    let closed = false;
    while (at < this.#text.length && !closed) {
      const end = this.#indexOf('\n', at);
      const line = this.#text.slice(at, end);
      closed = line.trim() === mark[1];
      if (!closed) lines.push(line);
      at = end + 1;
    }
    this.#tokens.push({ kind: 'text', text: lines.join('\n'), closed }, { kind: 'line', text: '\n' });
    this.#at = Math.min(at, this.#text.length);
    return true;
  }

  #slashed(): boolean {
    if (!this.#syntax.slashes || this.#text[this.#at] !== '/') return false;
    const before = this.#tokens.at(-1);
    if (before?.kind !== 'sign' || !BEFORE_VALUES.has(before.text)) return false;
    const lineEnd = this.#endOfLine(this.#at);
    let end = this.#at + 1;
    while (end < lineEnd && this.#text[end] !== '/') end += this.#text[end] === '\\' ? 2 : 1;
    if (end >= lineEnd) return false;
    this.#tokens.push({ kind: 'text', text: this.#text.slice(this.#at + 1, end), closed: true });
    this.#at = end + 1;
    return true;
  }

  #plain(): void {
    const { word } = this.#syntax;
    const sign = this.#text[this.#at] ?? '';
    const start = this.#at;
    this.#at += 1;
    if (sign === '\n') this.#tokens.push({ kind: 'line', text: sign });
    else if (word.test(sign)) {
      while (this.#at < this.#text.length && word.test(this.#text[this.#at] ?? '')) this.#at += 1;
      this.#tokens.push({ kind: 'word', text: this.#text.slice(start, this.#at) });
    } else if (sign.trim() !== '') this.#tokens.push({ kind: 'sign', text: sign });
  }
}
