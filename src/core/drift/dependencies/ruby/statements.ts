/** Statements of a Ruby file, and the calls among them: a name, literal arguments, and whether a block opens. */
import { Unreadable } from '../document';
import { type Token, tokensOf } from './tokens';

export interface Statement {
  readonly tokens: readonly Token[];
  /** Whether `do` follows: what comes next, up to its `end`, is inside. */
  readonly opens: boolean;
}

/** An argument of a call. What only running the file would tell is `computed`, with its text. */
export type Value = { readonly literal: string } | { readonly list: readonly Value[] } | { readonly computed: string };

export interface Call {
  readonly values: readonly Value[];
  readonly pairs: ReadonlyMap<string, Value>;
}

const OPEN = new Set(['(', '[', '{']);
const CLOSE = new Set([')', ']', '}']);
const BAR = new Set(['|']);
const DOT = new Set(['.', '&.']);
const SEMICOLON = new Set([';']);
const ARROW = new Set(['=>']);
const PARENTHESIS = new Set(['(']);
const BRACKET = new Set(['[']);
/** Words that end a statement, or are one. */
const SEPARATORS = new Set(['do', 'then', 'else', 'end']);
/** Signs at the end of a line that go on with the statement. */
const GOES_ON = new Set([',', '.', '&.', '&&', '||', '+', '-', '*', '=', '=>', '|', '?', '<', '>', '\\']);
/** Words behind a call that say when it happens. */
const MODIFIERS = new Set(['if', 'unless', 'while', 'until', 'rescue', 'and', 'or', 'then']);

/** Lists in lists: no literal of a manifest comes near it. */
const MAX_DEPTH = 20;

/**
 * Splits a text into statements: at line ends and semicolons outside brackets, and around `do`, `then`, `else` and `end`.
 * Throws Unreadable when a string or bracket does not end.
 */
export function statementsOf(text: string): readonly Statement[] {
  return new Splitter(tokensOf(text)).split();
}

class Splitter {
  readonly #all: readonly Token[];
  readonly #statements: Statement[] = [];
  #tokens: Token[] = [];
  #depth = 0;
  /** Between the bars behind `do`. */
  #inParameters = false;

  constructor(all: readonly Token[]) {
    this.#all = all;
  }

  split(): readonly Statement[] {
    for (const [index, token] of this.#all.entries()) this.#add(token, index);
    if (this.#depth > 0) throw new Unreadable('it has a bracket that does not close');
    this.#finish(false);
    return this.#statements;
  }

  #add(token: Token, index: number): void {
    const before = this.#tokens.at(-1);
    if (token.kind === 'end of line') {
      this.#inParameters = false;
      if (this.#depth === 0 && !isSign(before, GOES_ON) && !this.#goesOnBelow(index)) this.#finish(false);
    } else if (this.#isParameter(token)) {
      if (isSign(token, BAR)) this.#inParameters = !this.#inParameters;
    } else if (token.kind === 'word' && SEPARATORS.has(token.text) && !isSign(before, DOT)) {
      this.#finish(token.text === 'do');
      if (token.text === 'end' || token.text === 'else') this.#statements.push({ tokens: [token], opens: false });
    } else if (isSign(token, SEMICOLON) && this.#depth === 0) {
      this.#finish(false);
    } else {
      if (isSign(token, OPEN)) this.#depth++;
      if (isSign(token, CLOSE)) this.#depth = Math.max(0, this.#depth - 1);
      this.#tokens.push(token);
    }
  }

  #isParameter(token: Token): boolean {
    const isFirst = this.#tokens.length === 0 && this.#statements.at(-1)?.opens === true;
    return this.#inParameters || (isFirst && isSign(token, BAR));
  }

  /** A line that begins with a dot belongs to the one above. */
  #goesOnBelow(index: number): boolean {
    return isSign(this.#all[index + 1], DOT);
  }

  #finish(opens: boolean): void {
    if (this.#tokens.length > 0 || opens) this.#statements.push({ tokens: this.#tokens, opens });
    this.#tokens = [];
    this.#depth = 0;
  }
}

function isSign(token: Token | undefined, signs: ReadonlySet<string>): boolean {
  return token?.kind === 'sign' && signs.has(token.text);
}

/** The arguments of a call, from the tokens behind its name; a modifier ends them. */
export function callOf(behind: readonly Token[]): Call {
  const close = isSign(behind[0], PARENTHESIS) ? closing(behind, 0) : -1;
  const inside = close === -1 ? untilModifier(behind) : behind.slice(1, close);
  const values: Value[] = [];
  const pairs = new Map<string, Value>();
  for (const argument of splitAt(inside, ',')) addArgument(argument, values, pairs);
  return { values, pairs };
}

function addArgument(argument: readonly Token[], values: Value[], pairs: Map<string, Value>): void {
  const [first, second] = argument;
  if (first === undefined) return;
  if (first.kind === 'key') pairs.set(first.text, readValue(argument.slice(1)));
  else if (first.kind === 'literal' && first.text !== null && isSign(second, ARROW)) {
    pairs.set(first.text, readValue(argument.slice(2)));
  } else values.push(readValue(argument));
}

/** One value: a literal, a list of values, or text that is computed. */
export function readValue(tokens: readonly Token[], depth = 0): Value {
  const [first] = tokens;
  if (tokens.every((token) => token.kind === 'literal') && first !== undefined) {
    const texts = tokens.map((token) => token.text);
    if (texts.every((text) => text !== null)) return { literal: texts.join('') };
  }
  if (tokens.length === 1 && first?.kind === 'words') return { list: first.texts.map((literal) => ({ literal })) };
  if (tokens.length === 1 && first?.kind === 'word' && /^(?:true|false|nil)$/.test(first.text)) {
    return { literal: first.text };
  }
  if (isSign(first, BRACKET) && depth < MAX_DEPTH && closing(tokens, 0) === tokens.length - 1) {
    return { list: splitAt(tokens.slice(1, -1), ',').map((each) => readValue(each, depth + 1)) };
  }
  return { computed: textOf(tokens) };
}

/** The tokens as text, with single spaces. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.kind === 'literal' || token.kind === 'words') return token.raw;
      if (token.kind === 'key') return `${token.text}:`;
      return token.kind === 'end of line' ? '' : token.text;
    })
    .join(' ');
}

function untilModifier(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  const end = tokens.findIndex((token) => {
    if (isSign(token, OPEN)) depth++;
    if (isSign(token, CLOSE)) depth--;
    return depth === 0 && token.kind === 'word' && MODIFIERS.has(token.text);
  });
  return end === -1 ? tokens : tokens.slice(0, end);
}

/** Where the bracket at `start` closes; -1 when it does not. */
function closing(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (isSign(tokens[at], OPEN)) depth++;
    if (isSign(tokens[at], CLOSE) && --depth === 0) return at;
  }
  return -1;
}

function splitAt(tokens: readonly Token[], sign: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, OPEN)) depth++;
    if (isSign(token, CLOSE)) depth--;
    if (depth === 0 && token.kind === 'sign' && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
