/** The blocks, statements and calls of Ruby, as far as they can be told without a grammar. */
import { type Token, tokensOf } from './lexer';

/** Tokens by index: `from` is in it, `to` is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const NONE = -1;
const OPENS = /^(?:def|class|module|begin|case|for|if|unless|while|until)$/;
const MODIFIES = /^(?:if|unless|while|until|rescue)$/;
/** Words that a value or a statement can follow, so that an `if` behind them is no modifier. */
const BEFORE_STATEMENT =
  /^(?:then|do|else|begin|ensure|and|or|not|when|elsif|in|if|unless|while|until|case|return|yield)$/;
const KEYWORD =
  /^(?:alias|and|begin|break|case|class|def|do|else|elsif|end|ensure|false|for|if|in|module|next|nil|not|or|redo|rescue|retry|return|self|then|true|undef|unless|until|when|while)$/;
const ENDS_COMMAND = /^(?:do|if|unless|while|until|rescue|then|and|or|end|in|else|elsif|when|ensure)$/;
const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const LONGEST = 20_000;
const WORD = /[\p{L}\p{N}_$@]/u;

interface Open {
  readonly at: number;
  /** The bracket or `end` that closes it. */
  readonly close: string;
  /** Whether a `do` that follows belongs to it. */
  header: boolean;
}

export class Source {
  readonly tokens: readonly Token[];
  /** The other end of each bracket and block; the length where nothing closes it, NONE for anything else. */
  readonly #partner: Int32Array;
  /** Where a call without brackets that begins here would end. */
  readonly #commandEnd: Int32Array;

  constructor(text: string) {
    this.tokens = tokensOf(text);
    this.#partner = new Int32Array(this.tokens.length).fill(NONE);
    this.#commandEnd = new Int32Array(this.tokens.length + 1).fill(this.tokens.length);
    this.#pair();
    for (let at = this.tokens.length - 1; at >= 0; at--) this.#commandEnd[at] = this.#endAt(at);
  }

  get length(): number {
    return this.tokens.length;
  }

  /** The text of a word, sign or label; `` for anything else and outside. */
  at(index: number): string {
    const token = this.tokens[index];
    return token === undefined || /^(?:string|symbol|number|newline)$/.test(token.kind) ? '' : token.text;
  }

  isNewline(index: number): boolean {
    return this.tokens[index]?.kind === 'newline';
  }

  /** A word that stands for itself, and is no method of something. */
  keyword(index: number): string {
    const token = this.tokens[index];
    if (token?.kind !== 'word' || !KEYWORD.test(token.text)) return '';
    return this.#isMember(index) ? '' : token.text;
  }

  #isMember(index: number): boolean {
    return /^(?:\.|&\.|def)$/.test(this.at(index - 1)) && !this.isNewline(index - 1);
  }

  partner(index: number): number {
    return this.#partner[index] ?? NONE;
  }

  opens(index: number): boolean {
    return this.partner(index) > index;
  }

  /** Behind a token, and behind all that it opens. */
  past(index: number): number {
    return this.opens(index) ? Math.min(this.length, this.partner(index) + 1) : index + 1;
  }

  #pair(): void {
    const open: Open[] = [];
    for (let at = 0; at < this.length; at++) {
      const token = this.tokens[at] as Token;
      const top = open.at(-1);
      if (token.kind === 'newline') {
        if (top !== undefined) top.header = false;
      } else if (token.kind === 'sign') {
        const close = CLOSED_BY[token.text];
        if (close !== undefined) open.push({ at, close, header: false });
        else if (/^[)\]}]$/.test(token.text)) this.#close(open, at, token.text);
      } else if (token.kind === 'word') {
        const word = this.keyword(at);
        if (word === 'end') this.#close(open, at, 'end');
        else if (word === 'do' && top?.header === true) top.header = false;
        else if (word === 'do' || (OPENS.test(word) && !this.#isModifier(at, word) && !this.#isEndless(at, word))) {
          open.push({ at, close: 'end', header: /^(?:while|until|for)$/.test(word) });
        }
      }
    }
    for (const { at } of open) this.#partner[at] = this.length;
  }

  /** A bracket closes what is innermost; `end` and a brace close the brackets in them that nothing closed. */
  #close(open: Open[], at: number, close: string): void {
    let depth = open.length - 1;
    if (close !== 'end' && open[depth]?.close !== close) {
      // Not across more than a few, and not across a block.
      const lowest = Math.max(0, depth - 3);
      while (depth >= lowest && open[depth]?.close !== close) depth = open[depth]?.close === 'end' ? NONE : depth - 1;
      if (depth < lowest) return;
    }
    if (close === 'end') while (depth >= 0 && open[depth]?.close !== 'end') depth--;
    if (depth < 0) return;
    while (open.length > depth + 1) this.#partner[(open.pop() as Open).at] = at;
    const { at: from } = open.pop() as Open;
    this.#partner[from] = at;
    this.#partner[at] = from;
  }

  #isModifier(at: number, word: string): boolean {
    if (!MODIFIES.test(word)) return false;
    const before = this.tokens[at - 1];
    if (before === undefined || before.kind === 'newline' || before.kind === 'label') return false;
    if (before.kind === 'sign') return /^[)\]}]$/.test(before.text);
    const keyword = this.keyword(at - 1);
    return !(BEFORE_STATEMENT.test(keyword) && !/^(?:return|yield)$/.test(keyword));
  }

  /** `def name(args) = value` has no end. */
  #isEndless(at: number, word: string): boolean {
    if (word !== 'def') return false;
    let next = at + 2;
    if (this.at(next) === '.') next += 2;
    if (this.at(next) === '(') {
      let depth = 0;
      for (; next < Math.min(this.length, at + 200); next++) {
        if (this.at(next) === '(') depth++;
        else if (this.at(next) === ')' && --depth === 0) break;
      }
      next++;
    }
    return this.at(next) === '=' && this.tokens[next]?.space === true;
  }

  #endAt(at: number): number {
    const token = this.tokens[at] as Token;
    if (token.kind === 'newline' || (token.kind === 'sign' && /^[)\]}]$/.test(token.text))) return at;
    if (token.kind === 'word' && ENDS_COMMAND.test(this.keyword(at)) && (!this.opens(at) || token.text === 'do'))
      return at;
    return this.#commandEnd[Math.min(this.length, this.past(at))] ?? this.length;
  }

  /** The arguments of a call without brackets, null when none is one: `eq 5`. */
  command(at: number): Span | null {
    const token = this.tokens[at];
    const next = this.tokens[at + 1];
    if (token?.kind !== 'word' || !next?.space || this.keyword(at) !== '' || /^[@$]/.test(token.text)) return null;
    if (/^(?:def|class|module|\|)$/.test(this.at(at - 1))) return null;
    const isValue =
      /^(?:string|number|symbol|label)$/.test(next.kind) ||
      (next.kind === 'word' && !ENDS_COMMAND.test(this.keyword(at + 1))) ||
      (next.kind === 'word' && this.opens(at + 1) && next.text !== 'do') ||
      (next.kind === 'sign' && this.#isValueSign(at + 1));
    return isValue ? { from: at + 1, to: this.#commandEnd[at + 1] ?? this.length } : null;
  }

  #isValueSign(at: number): boolean {
    const sign = this.at(at);
    if (/^(?:->|!|\[|\()$/.test(sign)) return true;
    return /^(?:[*&-]|\*\*|::|\.\.)$/.test(sign) && this.tokens[at + 1]?.space === false;
  }

  /** What stands between the commas of a span. */
  elements({ from, to }: Span): readonly Span[] {
    const found: Span[] = [];
    let start = from;
    for (let at = from; at <= to; at = at === to ? to + 1 : this.past(at)) {
      if (at < to && this.at(at) !== ',') continue;
      const span = this.trimmed({ from: start, to: at });
      if (span.to > span.from) found.push(span);
      start = at + 1;
    }
    return found;
  }

  trimmed({ from, to }: Span): Span {
    let [start, end] = [from, to];
    while (start < end && this.isNewline(start)) start++;
    while (end > start && this.isNewline(end - 1)) end--;
    return { from: start, to: end };
  }

  /** The statements of a body. */
  statements({ from, to }: Span): readonly Span[] {
    const found: Span[] = [];
    let start = from;
    for (let at = from; at < to; at = this.past(at)) {
      if (!this.isNewline(at)) continue;
      if (at > start) found.push({ from: start, to: at });
      start = at + 1;
    }
    if (start < to) found.push({ from: start, to });
    return found;
  }

  /** Where one of some words stands in a span, in no block or bracket of it; NONE (-1) for nowhere. */
  find({ from, to }: Span, words: RegExp): number {
    for (let at = from; at < to; at = this.past(at)) {
      if (!this.opens(at) && words.test(this.keyword(at))) return at;
    }
    return NONE;
  }

  /** The code in a block, without its parameters. */
  inside(open: number): Span {
    const to = Math.min(this.length, this.partner(open));
    let from = open + 1;
    if (this.at(from) === '|') {
      let at = from + 1;
      while (at < to && this.at(at) !== '|') at = this.past(at);
      from = Math.min(to, at + 1);
    }
    return { from, to };
  }

  /** The text of a span in one form: calls with brackets, blocks with braces, without comments and white space. */
  compact({ from, to }: Span, limit = LONGEST): string {
    const ends: number[] = [];
    let result = '';
    for (let at = from; at < to && result.length < limit; at++) {
      while (ends.length > 0 && (ends.at(-1) ?? 0) <= at) {
        result = join(result, ')');
        ends.pop();
      }
      const token = this.tokens[at] as Token;
      if (token.kind === 'newline') {
        if (result !== '' && !/[;{(,[]$/.test(result)) result += ';';
        continue;
      }
      if (token.kind === 'symbol' && this.at(at + 1) === '=>') {
        result = join(result, `${token.text.slice(1)}:`);
        at++;
        continue;
      }
      const isBlock = token.kind === 'word' && this.partner(at) !== NONE;
      const isDo = isBlock && token.text === 'do';
      const isEnd = isBlock && token.text === 'end' && this.at(this.partner(at)) === 'do';
      result = join(result, isDo ? '{' : isEnd ? '}' : token.text);
      const args = this.command(at);
      if (args !== null && args.from < to) {
        result += '(';
        ends.push(Math.min(to, args.to));
        // `foo (1)` has its brackets already.
        if (this.at(at + 1) === '(' && this.past(at + 1) === args.to) {
          ends.pop();
          result = result.slice(0, -1);
        }
      }
    }
    for (const _ of ends) result = join(result, ')');
    return result.replace(/;+$/, '').slice(0, limit);
  }
}

function join(before: string, next: string): string {
  if (/^[)\]}]/.test(next)) return before.replace(/[,;]$/, '') + next;
  const last = before.at(-1);
  return last !== undefined && WORD.test(last) && WORD.test(next[0] ?? '') ? `${before} ${next}` : before + next;
}
