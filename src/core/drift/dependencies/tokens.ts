/**
 * Manifests that are written in a programming language, as tokens and brackets: enough to find what is written out, and
 * to know what is computed. Each language says what its comments, strings and words look like.
 */
import { Unreadable } from './document';

/** How strings of one kind begin (sticky) and end; what is interpolated makes them computed. */
export interface StringForm {
  readonly open: RegExp;
  /** What ends a string, given what began it. */
  readonly close: (opened: string) => string;
  readonly interpolation: readonly [open: string, close: string] | null;
}

/** The lexical elements of a language. Every expression is sticky, and linear in what it matches. */
export interface Lexicon {
  readonly comment: RegExp;
  /** Comments that nest. */
  readonly nested?: readonly [open: string, close: string];
  readonly strings: readonly StringForm[];
  readonly word: RegExp;
}

export interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  /** Of a string its content, without the escapes. */
  readonly text: string;
  /** Whether a string interpolates something. */
  readonly isComputed: boolean;
}

export interface Group {
  readonly kind: 'group';
  readonly open: string;
  readonly nodes: readonly Node[];
}

/** A token, or what stands between brackets. */
export type Node = Token | Group;

/** The longest text, in UTF-16 units: nobody writes more by hand. */
const LONGEST = 1_000_000;
/** Brackets in brackets, and strings in what strings interpolate. */
const MAX_DEPTH = 100;
const MAX_NESTED_STRINGS = 10;
const BLANK = /\s+/y;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const ENDS: ReadonlySet<string> = new Set(CLOSING.values());

/** Brackets of a text in a language. Throws Unreadable when a string does not end or brackets do not match. */
export function treeOf(text: string, lexicon: Lexicon): readonly Node[] {
  const top: Node[] = [];
  const open: { readonly bracket: string; readonly nodes: Node[] }[] = [{ bracket: '', nodes: top }];
  for (const token of tokensOf(text, lexicon)) {
    const inner = open.at(-1);
    if (token.kind === 'mark' && CLOSING.has(token.text)) {
      const nodes: Node[] = [];
      inner?.nodes.push({ kind: 'group', open: token.text, nodes });
      open.push({ bracket: token.text, nodes });
      if (open.length > MAX_DEPTH) throw new Unreadable('it is nested too deeply');
    } else if (token.kind === 'mark' && ENDS.has(token.text)) {
      if (open.length === 1 || CLOSING.get(inner?.bracket ?? '') !== token.text) throw mismatch();
      open.pop();
    } else inner?.nodes.push(token);
  }
  if (open.length > 1) throw mismatch();
  return top;
}

function mismatch(): Unreadable {
  return new Unreadable('its brackets do not match');
}

/** Tokens without comments and white space. Throws Unreadable when a string or comment does not end. */
export function tokensOf(text: string, lexicon: Lexicon): readonly Token[] {
  if (text.length > LONGEST) throw new Unreadable('it is too large');
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const next = skipped(text, at, lexicon) ?? stringAt(text, at, lexicon, 0) ?? wordAt(text, at, lexicon);
    if (next.token !== null) tokens.push(next.token);
    at = next.to;
  }
  return tokens;
}

interface Piece {
  readonly token: Token | null;
  readonly to: number;
}

/** White space or a comment. */
function skipped(text: string, at: number, { comment, nested }: Lexicon): Piece | null {
  const blank = matched(BLANK, text, at) || matched(comment, text, at);
  if (blank !== '') return { token: null, to: at + blank.length };
  if (nested === undefined || !text.startsWith(nested[0], at)) return null;
  const marks = new RegExp(nested.map((mark) => mark.replace(/\W/g, '\\$&')).join('|'), 'g');
  marks.lastIndex = at;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === nested[0] ? 1 : -1;
    if (depth === 0) return { token: null, to: marks.lastIndex };
  }
  throw new Unreadable('it has a comment that does not end');
}

function wordAt(text: string, at: number, { word }: Lexicon): Piece {
  const found = matched(word, text, at);
  if (found !== '') return { token: { kind: 'word', text: found, isComputed: false }, to: at + found.length };
  return { token: { kind: 'mark', text: text.charAt(at), isComputed: false }, to: at + 1 };
}

function stringAt(text: string, at: number, lexicon: Lexicon, depth: number): Piece | null {
  for (const form of lexicon.strings) {
    const opened = matched(form.open, text, at);
    if (opened !== '') return readString(text, at + opened.length, { lexicon, form, close: form.close(opened), depth });
  }
  return null;
}

interface Opened {
  readonly lexicon: Lexicon;
  readonly form: StringForm;
  readonly close: string;
  readonly depth: number;
}

function readString(text: string, start: number, { lexicon, form, close, depth }: Opened): Piece {
  const [open] = form.interpolation ?? [];
  let isComputed = false;
  for (let at = start; at < text.length; ) {
    if (open !== undefined && text.startsWith(open, at)) {
      isComputed = true;
      at = interpolationEnd(text, at + open.length, { lexicon, form, close, depth: depth + 1 });
    } else if (text.startsWith(close, at)) {
      const content = text.slice(start, at).replace(/\\([\s\S])/g, '$1');
      return { token: { kind: 'text', text: content, isComputed }, to: at + close.length };
    } else at += text.charAt(at) === '\\' ? 2 : 1;
  }
  throw new Unreadable('it has a string that does not end');
}

/** Where an interpolated expression ends: behind its own bracket, strings and brackets within passed over. */
function interpolationEnd(text: string, start: number, { lexicon, form, depth }: Opened): number {
  if (depth > MAX_NESTED_STRINGS) throw new Unreadable('it is nested too deeply');
  const end = form.interpolation?.[1] ?? '';
  const begin = [...CLOSING].find(([, closing]) => closing === end)?.[0];
  let open = 1;
  for (let at = start; at < text.length; ) {
    const inner = stringAt(text, at, lexicon, depth);
    if (inner === null) {
      const character = text.charAt(at);
      if (character === begin) open++;
      if (character === end) open--;
      if (open === 0) return at + 1;
    }
    at = inner?.to ?? at + 1;
  }
  throw new Unreadable('it has a string that does not end');
}

function matched(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** The nodes between commas; nothing where there is nothing. */
export function splitByComma(nodes: readonly Node[]): readonly (readonly Node[])[] {
  return splitBy(',', nodes);
}

/** The same for another mark. */
export function splitBy(mark: string, nodes: readonly Node[]): readonly (readonly Node[])[] {
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (isMark(node, mark)) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0);
}

export function isMark(node: Node | undefined, mark: string): boolean {
  return node?.kind === 'mark' && node.text === mark;
}

export function isWord(node: Node | undefined, ...words: readonly string[]): boolean {
  return node?.kind === 'word' && words.includes(node.text);
}

/** The content of the one string that the nodes are; null for anything else, computed strings included. */
export function textOf(nodes: readonly Node[]): string | null {
  const [only] = nodes;
  return nodes.length === 1 && only?.kind === 'text' && !only.isComputed ? only.text : null;
}

/** Every list of nodes: the one given, and those of every bracket in it. */
export function* listsOf(nodes: readonly Node[]): Generator<readonly Node[]> {
  const ahead = [nodes];
  for (let list = ahead.pop(); list !== undefined; list = ahead.pop()) {
    yield list;
    // Backwards, so that what is written first comes first.
    for (const node of list.toReversed()) if (node.kind === 'group') ahead.push(node.nodes);
  }
}

/** The nodes as one line, spaced the same however they were written. */
export function rendered(nodes: readonly Node[]): string {
  let line = '';
  let last: Node | undefined;
  for (const node of nodes) {
    const isTight = last === undefined || node.kind === 'mark' || (last.kind === 'mark' && !/[,:]/.test(last.text));
    const isCall = node.kind === 'group' && last?.kind === 'word' && !last.text.endsWith(':');
    if (!isTight && !isCall) line += ' ';
    line += renderedOne(node);
    last = node;
  }
  return line;
}

function renderedOne(node: Node): string {
  switch (node.kind) {
    case 'text':
      return JSON.stringify(node.text);
    case 'group':
      return `${node.open}${rendered(node.nodes)}${CLOSING.get(node.open) ?? ''}`;
    default:
      return node.text;
  }
}
