/**
 * The words of a Ruby file: enough of the language to read calls with literal arguments (Ruby docs, "Literals"). One
 * pass, no backtracking; what does not end ends with the text.
 */

import { Unreadable } from '../document';

export type Token =
  /** An identifier, constant or keyword, such as `gem`, `Gem::Specification`, `ruby?`. */
  | { readonly kind: 'word'; readonly text: string }
  /** `name:` before a value. */
  | { readonly kind: 'key'; readonly text: string }
  /** A string, symbol or number; `text` is null when something is interpolated. */
  | { readonly kind: 'literal'; readonly text: string | null; readonly raw: string }
  /** `%w[a b]` and `%i[a b]`. */
  | { readonly kind: 'words'; readonly texts: readonly string[]; readonly raw: string }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'end of line' };

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const SPACE = /[^\S\n]+/y;
const COMMENT = /#[^\n]*/y;
const BLOCK_COMMENT = /=begin\b[\s\S]*?(?:\n=end\b[^\n]*|$(?![\s\S]))/y;
const WORD = /[A-Za-z_@$][\w@$]*(?:::[A-Za-z_]\w*)*[?!]?/y;
const NUMBER = /\d[\w.]*/y;
const SYMBOL = /:[A-Za-z_]\w*(?:[?!]|=(?![>=~]))?/y;
const PERCENT = /%([wWiIqQrsx]?)([^\w\s])/y;
const HEREDOC = /<<[~-]?(["'`]?)([A-Za-z_]\w*)\1/y;
const SIGN = /=>|&&|\|\||\*\*|&\.|[^\w\s]/y;

/** The tokens of a text, up to `__END__`. Throws Unreadable when a string does not end. */
export function tokensOf(text: string): readonly Token[] {
  return new Scanner(text).scan();
}

class Scanner {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  /** Terminators of heredocs whose text begins behind the line's end. */
  #heredocs: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): readonly Token[] {
    while (this.#at < this.#text.length && this.#step());
    return this.#tokens;
  }

  /** Reads one token. False at the end of what is code. */
  #step(): boolean {
    const text = this.#text;
    const char = text[this.#at] ?? '';
    if (char === '\n') this.#endLine();
    else if (this.#match(SPACE) || (char === '#' && this.#match(COMMENT))) return true;
    else if (char === '\\' && /\r?\n/y.test(text.slice(this.#at + 1, this.#at + 3)))
      this.#at = text.indexOf('\n', this.#at) + 1;
    else if (this.#isLineStart() && char === '=' && this.#match(BLOCK_COMMENT)) return true;
    else if (this.#isLineStart() && text.startsWith('__END__', this.#at)) return false;
    else if (char === '"' || char === "'" || char === '`') this.#quoted(char);
    else if (char === '%' && this.#isValueExpected()) this.#percent();
    else if (char === '/' && this.#isValueExpected()) this.#regex();
    else if (char === '<' && this.#isValueExpected()) this.#heredoc();
    else this.#plain(char);
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #isLineStart(): boolean {
    return this.#at === 0 || this.#text[this.#at - 1] === '\n';
  }

  /** Whether a value begins here, and no operator stands behind one. */
  #isValueExpected(): boolean {
    const last = this.#tokens.at(-1);
    if (last === undefined || last.kind === 'end of line' || last.kind === 'key') return true;
    if (last.kind === 'sign') return !/^[)\]}]$/.test(last.text);
    // `puts /x/` begins a value, `a / b` and `a/b` do not.
    return (
      last.kind === 'word' && /\s/.test(this.#text[this.#at - 1] ?? '') && !/\s/.test(this.#text[this.#at + 1] ?? ' ')
    );
  }

  #endLine(): void {
    this.#at++;
    this.#tokens.push({ kind: 'end of line' });
    for (const end of this.#heredocs) {
      // The text of a heredoc ends with a line that is its name.
      for (let isOpen = true; isOpen && this.#at < this.#text.length; ) {
        const next = this.#text.indexOf('\n', this.#at);
        const line = this.#text.slice(this.#at, next === -1 ? undefined : next);
        this.#at = next === -1 ? this.#text.length : next + 1;
        isOpen = line.trim() !== end;
        if (isOpen && next === -1) throw new Unreadable('it has a string that does not end');
      }
    }
    this.#heredocs = [];
  }

  #quoted(quote: string): void {
    const start = this.#at++;
    const { content, isComputed } = this.#until(quote, quote, quote !== "'");
    if (this.#text[this.#at] === ':' && this.#text[this.#at + 1] !== ':' && !isComputed && quote !== '`') {
      this.#at++;
      this.#tokens.push({ kind: 'key', text: content });
    } else this.#literal(start, quote === '`' || isComputed ? null : content);
  }

  #percent(): void {
    const start = this.#at;
    const found = this.#match(PERCENT);
    if (!found) {
      this.#plain('%');
      return;
    }
    const [, kind = '', open = ''] = found;
    const { content, isComputed } = this.#until(CLOSING[open] ?? open, open, /[QWIrx]|^$/.test(kind));
    const raw = this.#text.slice(start, this.#at);
    if (/^[wWiI]$/.test(kind) && !isComputed) {
      this.#tokens.push({ kind: 'words', texts: content.split(/\s+/).filter((word) => word !== ''), raw });
    } else this.#literal(start, isComputed || /[wWiIrx]/.test(kind) ? null : content);
  }

  #regex(): void {
    const start = this.#at;
    const end = this.#text.indexOf('\n', start);
    const line = this.#text.slice(start, end === -1 ? undefined : end);
    const body = /^\/(?:\\.|[^\\/])*\/[a-z]*/.exec(line)?.[0];
    this.#at += body?.length ?? 1;
    if (body === undefined) this.#tokens.push({ kind: 'sign', text: '/' });
    else this.#literal(start, null);
  }

  #heredoc(): void {
    const start = this.#at;
    const found = this.#match(HEREDOC);
    if (!found) {
      this.#plain('<');
      return;
    }
    this.#heredocs.push(found[2] ?? '');
    this.#literal(start, null);
  }

  #plain(char: string): void {
    const start = this.#at;
    const word = this.#match(WORD)?.[0];
    if (word !== undefined) {
      const isKey = this.#text[this.#at] === ':' && this.#text[this.#at + 1] !== ':';
      if (isKey) this.#at++;
      this.#tokens.push({ kind: isKey ? 'key' : 'word', text: word });
    } else if (this.#match(NUMBER)) this.#literal(start, this.#text.slice(start, this.#at));
    else if (char === ':' && /["']/.test(this.#text[start + 1] ?? '')) this.#at++;
    else if (char === ':' && this.#match(SYMBOL)) this.#literal(start, this.#text.slice(start + 1, this.#at));
    else {
      const sign = this.#match(SIGN)?.[0] ?? char;
      if (this.#at === start) this.#at += char.length;
      this.#tokens.push({ kind: 'sign', text: sign });
    }
  }

  #literal(start: number, text: string | null): void {
    this.#tokens.push({ kind: 'literal', text, raw: this.#text.slice(start, this.#at) });
  }

  /** The content up to the closing character; brackets of the same kind nest. */
  #until(close: string, open: string, canCompute: boolean): { content: string; isComputed: boolean } {
    const parts: string[] = [];
    let depth = 1;
    let isComputed = false;
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] ?? '';
      if (char === '\\') {
        this.#at++;
        parts.push(this.#text[this.#at] ?? '');
        continue;
      }
      if (char === '#' && canCompute && this.#text[this.#at + 1] === '{') isComputed = true;
      if (char === close && --depth === 0) break;
      if (char === open && open !== close) depth++;
      parts.push(char);
    }
    this.#at++;
    if (depth !== 0) throw new Unreadable('it has a string that does not end');
    return { content: parts.join(''), isComputed };
  }
}
