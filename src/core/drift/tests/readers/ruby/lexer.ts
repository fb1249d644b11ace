/**
 * Ruby as words, strings and signs, with the ends of its lines where they mean something (Ruby documentation, "Syntax":
 * "Literals", "Comments"). One pass; what is not closed ends with the text. Never throws.
 */

export type Kind = 'word' | 'label' | 'symbol' | 'number' | 'string' | 'sign' | 'newline';

export interface Token {
  readonly kind: Kind;
  /** Of strings and symbols in one form, whatever their quotes are; of a list of words in brackets. */
  text: string;
  readonly from: number;
  /** Whether white space stands before it. */
  readonly space: boolean;
}

const WORD = /(?:@@?|\$)?[\p{L}_][\p{L}\p{N}_]*(?:[?!](?!=(?![=~>])))?|\$(?:\d+|[^\s\w])/uy;
const NUMBER = /\d[\w]*(?:\.\d[\w]*)?(?:(?<=[eE])[+-]\d+)?/y;
const SIGN =
  /\*\*=|<=>|===|\.\.\.|<<=|>>=|&&=|\|\|=|&\.|\*\*|==|!=|>=|<=|&&|\|\||=~|!~|\.\.|::|\+=|-=|\*=|\/=|\|=|&=|%=|\^=|->|=>|<<|>>|[^\s]/uy;
const SYMBOL = /:(?:[\p{L}_][\p{L}\p{N}_]*(?:[?!]|=(?![=~>]))?|@@?[\p{L}_]\w*|\[\]=?|<=>|===?|=~|[+\-*/%<>!~^&|])/uy;
const HEREDOC = /<<([~-]?)(?:(["'`])([^"'`\n]{1,100})\2|([\p{Lu}_][\p{L}\p{N}_]*))/uy;
const PERCENT = /%([wWiIqQrsx]?)([^\p{L}\p{N}\s])/uy;
const CHARACTER = /\?(?:\\.|[^\s\\])(?![\p{L}\p{N}_])/uy;
/** Words behind which a value comes. */
const BEFORE_VALUE =
  /^(?:if|unless|while|until|and|or|not|return|when|in|case|then|do|else|elsif|begin|ensure|rescue|yield|break|next)$/;
/** Signs that a line cannot end with. */
const GOES_ON =
  /^(?:[.,([{+\-*/%=<>&^?:!~]|&\.|\*\*|::|=>|->|&&|\|\||==|!=|===|=~|!~|<=>|<=|>=|<<|>>|\.\.\.?|[+\-*/|&%^]=|\|\|=|&&=)$/;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** Strings in code in strings that are deeper are characters of the one around. */
const DEEPEST = 20;

interface Waiting {
  readonly token: Token;
  readonly id: string;
  readonly isIndented: boolean;
  readonly isSquiggly: boolean;
}

export function tokensOf(text: string): readonly Token[] {
  return new Lexer(text).all();
}

class Lexer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #waiting: Waiting[] = [];
  /** Vertical bars that stand around the parameters of a block. */
  #bars = 0;
  #at = 0;
  #space = false;

  constructor(text: string) {
    this.#text = text;
  }

  all(): readonly Token[] {
    while (this.#at < this.#text.length) if (!this.#next()) break;
    return this.#tokens;
  }

  #match(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.#at;
    return form.exec(this.#text);
  }

  /** False at what ends the source before the text does. */
  #next(): boolean {
    const text = this.#text;
    const char = text[this.#at] ?? '';
    if (this.#at === 0 || text[this.#at - 1] === '\n') {
      if (text.startsWith('=begin', this.#at)) {
        const end = text.indexOf('\n=end', this.#at);
        this.#at = end === -1 ? text.length : lineEnd(text, end + 1);
        return true;
      }
      if (/^__END__\r?(?:\n|$)/.test(text.slice(this.#at, this.#at + 9))) return false;
    }
    if (char === '\n') this.#line();
    else if (/\s/.test(char)) this.#skip(1);
    else if (char === '\\' && /\r?\n/y.test(text.slice(this.#at + 1, this.#at + 3))) {
      this.#skip(text[this.#at + 1] === '\r' ? 3 : 2);
    } else if (char === '#') this.#skip(lineEnd(text, this.#at) - this.#at);
    else if (char === ';') this.#emit('newline', ';', 1);
    else this.#token(char);
    return true;
  }

  #skip(length: number): void {
    this.#at += length;
    this.#space = true;
  }

  #emit(kind: Kind, text: string, length: number): Token {
    const token = { kind, text, from: this.#at, space: this.#space };
    this.#tokens.push(token);
    this.#at += length;
    this.#space = false;
    return token;
  }

  #line(): void {
    const last = this.#tokens.at(-1);
    this.#skip(1);
    for (const each of this.#waiting.splice(0)) this.#body(each);
    if (last === undefined || last.kind === 'newline') return;
    const goesOn =
      (last.kind === 'sign' && GOES_ON.test(last.text)) || (last.kind === 'word' && /^(?:and|or|not)$/.test(last.text));
    if (goesOn && !/^[({[]$/.test(last.text) && !this.#isBarred(last)) return;
    if (/^[({[]$/.test(last.text) && last.kind === 'sign') return;
    if (this.#leads()) return;
    this.#tokens.push({ kind: 'newline', text: ';', from: this.#at - 1, space: false });
  }

  #isBarred({ text }: Token): boolean {
    return text === '|' && this.#bars === 0;
  }

  /** Whether the next line goes on with this one: `.foo`, `&.foo`. */
  #leads(): boolean {
    let at = this.#at;
    for (let lines = 0; lines < 20; lines++) {
      while (/[ \t\r]/.test(this.#text[at] ?? '')) at++;
      if (this.#text[at] !== '#') break;
      at = lineEnd(this.#text, at) + 1;
    }
    const two = this.#text.slice(at, at + 2);
    return two === '&.' || (two[0] === '.' && two[1] !== '.') || two === '&&' || two === '||';
  }

  #wantsValue(): boolean {
    const last = this.#tokens.at(-1);
    if (last === undefined || last.kind === 'newline' || last.kind === 'label') return true;
    if (last.kind === 'sign') return !/^[)\]}]$/.test(last.text);
    return last.kind === 'word' && BEFORE_VALUE.test(last.text) && this.#tokens.at(-2)?.text !== '.';
  }

  /** Whether a sign that may begin a value or stand between two begins one: `foo /x/`, `foo %w[a]`. */
  #begins(length: number): boolean {
    if (this.#wantsValue()) return true;
    const next = this.#text[this.#at + length] ?? ' ';
    return this.#space && this.#tokens.at(-1)?.kind === 'word' && !/[\s=]/.test(next);
  }

  #token(char: string): void {
    const text = this.#text;
    const at = this.#at;
    if (/["'`]/.test(char)) this.#string(at + 1, char, char !== "'", '');
    else if (char === '/' && this.#begins(1)) this.#pattern(at + 1, '/');
    else if (char === '%' && this.#percent()) return;
    else if (char === '<' && this.#heredoc()) return;
    else if (char === '?' && this.#wantsValue() && this.#match(CHARACTER) !== null) {
      this.#emit('string', `"${text.slice(at + 1, at + 2)}"`, this.#match(CHARACTER)?.[0].length ?? 1);
    } else if (char === ':' && /["']/.test(text[at + 1] ?? '') && text[at - 1] !== ':') {
      const end = this.#stringEnd(at + 2, text[at + 1] ?? '', text[at + 1] === '"', 0);
      this.#emit('symbol', `:${quoted(text.slice(at + 2, end - 1))}`, end - at);
    } else if (char === ':' && text[at + 1] !== ':' && text[at - 1] !== ':' && this.#match(SYMBOL) !== null) {
      const symbol = this.#match(SYMBOL)?.[0] ?? ':';
      this.#emit('symbol', symbol, symbol.length);
    } else this.#wordOrSign();
  }

  #wordOrSign(): void {
    const word = this.#match(WORD)?.[0];
    if (word !== undefined) {
      const after = this.#text.slice(this.#at + word.length, this.#at + word.length + 2);
      const isLabel = after[0] === ':' && after !== '::' && !/^[@$]/.test(word) && this.#tokens.at(-1)?.text !== '?';
      this.#emit(isLabel ? 'label' : 'word', isLabel ? `${word}:` : word, word.length + (isLabel ? 1 : 0));
      return;
    }
    const number = this.#match(NUMBER)?.[0];
    if (number !== undefined) {
      this.#emit('number', number, number.length);
      return;
    }
    const sign = this.#match(SIGN)?.[0] ?? this.#text[this.#at] ?? ' ';
    if (sign === '|') {
      const before = this.#tokens.at(-1)?.text;
      this.#bars = this.#bars > 0 ? 0 : before === '{' || before === 'do' ? 1 : 0;
    }
    this.#emit('sign', sign, sign.length);
  }

  #string(from: number, close: string, interpolates: boolean, open: string): void {
    const end = this.#stringEnd(from, close, interpolates, 0, open);
    const inner = this.#text.slice(from, Math.max(from, end - 1));
    const isPlain = !/["'\\\n]|#[{@$]/.test(inner);
    const whole =
      close === '`' ? this.#text.slice(this.#at, end) : isPlain || interpolates ? `"${inner}"` : `'${inner}'`;
    const isLabel = this.#text[end] === ':' && this.#text[end + 1] !== ':' && /["']/.test(close) && isPlain;
    if (isLabel && this.#tokens.at(-1)?.text !== '?') {
      this.#emit('label', `${quoted(inner)}:`, end + 1 - this.#at);
    } else this.#emit('string', whole, end - this.#at);
  }

  #pattern(from: number, close: string, open = ''): void {
    const end = this.#stringEnd(from, close, true, 0, open);
    const flags = /[a-z]*/y;
    flags.lastIndex = end;
    const more = flags.exec(this.#text)?.[0] ?? '';
    const inner = this.#text.slice(from, Math.max(from, end - 1)).replaceAll('\\/', '/');
    this.#emit('string', `/${inner}/${more}`, end + more.length - this.#at);
  }

  /** `%w[a b]`, `%q(…)`, `%r{…}`. */
  #percent(): boolean {
    const found = this.#match(PERCENT);
    if (found === null) return false;
    const [whole, kind = '', open = ''] = found;
    if (!this.#wantsValue() && (!this.#begins(1) || (kind === '' && !/[([{<|!/]/.test(open)))) return false;
    const from = this.#at + whole.length;
    const close = CLOSING[open] ?? open;
    if (kind === 'r') this.#pattern(from, close, CLOSING[open] === undefined ? '' : open);
    else if (/[wWiI]/.test(kind)) {
      const end = this.#stringEnd(from, close, false, 0, CLOSING[open] === undefined ? '' : open);
      const words = this.#text
        .slice(from, Math.max(from, end - 1))
        .split(/\s+/)
        .filter((word) => word !== '');
      const items = words.map((word) => (/[iI]/.test(kind) ? `:${quoted(word)}` : `"${word}"`));
      this.#emit('string', `[${items.join(',')}]`, end - this.#at);
    } else this.#string(from, close, kind !== 'q' && kind !== 's', CLOSING[open] === undefined ? '' : open);
    return true;
  }

  #heredoc(): boolean {
    const found = this.#match(HEREDOC);
    if (found === null) return false;
    const [whole, indent = '', , quotedId, plainId] = found;
    const last = this.#tokens.at(-1);
    if (!this.#wantsValue() && !(this.#space && last?.kind === 'word')) return false;
    if (last?.text === 'class') return false;
    const token = this.#emit('string', whole, whole.length);
    this.#waiting.push({ token, id: quotedId ?? plainId ?? '', isIndented: indent !== '', isSquiggly: indent === '~' });
    return true;
  }

  /** The lines of a heredoc, which begin with the line behind it. */
  #body({ token, id, isIndented, isSquiggly }: Waiting): void {
    const lines: string[] = [];
    while (this.#at < this.#text.length) {
      const end = lineEnd(this.#text, this.#at);
      const line = this.#text.slice(this.#at, end).replace(/\r$/, '');
      this.#at = Math.min(this.#text.length, end + 1);
      if ((isIndented ? line.trim() : line) === id) break;
      lines.push(line);
    }
    const own = isSquiggly ? dedented(lines) : lines;
    token.text = `"${own.join('\n')}\n"`;
  }

  #stringEnd(from: number, close: string, interpolates: boolean, depth: number, open = ''): number {
    const text = this.#text;
    let nested = 0;
    let at = from;
    while (at < text.length) {
      const char = text[at];
      if (char === '\\') at += 2;
      else if (char === close && nested === 0) return at + 1;
      else if (open !== '' && char === open) {
        nested++;
        at++;
      } else if (char === close) {
        nested--;
        at++;
      } else if (interpolates && char === '#' && text[at + 1] === '{') at = this.#holeEnd(at + 2, depth + 1);
      else at++;
    }
    return text.length;
  }

  #holeEnd(from: number, depth: number): number {
    let braces = 1;
    let at = from;
    while (at < this.#text.length) {
      const char = this.#text[at] ?? '';
      if (/["']/.test(char) && depth < DEEPEST) {
        at = this.#stringEnd(at + 1, char, char === '"', depth);
        continue;
      }
      if (char === '{') braces++;
      else if (char === '}' && --braces === 0) return at + 1;
      at++;
    }
    return at;
  }
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function quoted(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*[?!=]?$/u.test(name) ? name : `"${name}"`;
}

function dedented(lines: readonly string[]): readonly string[] {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const depth = depths.reduce((a, b) => Math.min(a, b), Infinity);
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(depth)));
}
