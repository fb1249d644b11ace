/** The text of a piece of code without what means nothing: comments, white space, quotes' kind, trailing commas. */
import type { SyntaxNode, TreeCursor } from '@lezer/common';
import type { Syntax } from '../../syntax/parse';

/** Types say nothing about what a test does, and come and go with a change of language. */
const LEFT_OUT = /^(?:.*Comment|TypeAnnotation|TypeArgList|TypeParamList|;)$/;
/** Inside these, white space between the children is part of the value. */
const VERBATIM = /^(?:TemplateString|FormatString|String|JSXText|JSXElement)$/;
const CLOSING = /^[)\]}]$/;
const WORD = /[\p{L}\p{N}_$]/u;

export interface Tokens {
  /** The compact text of a node; what is beyond `limit` UTF-16 units is only a digest of it. */
  compact(node: Pick<SyntaxNode, 'from' | 'to'>, limit?: number): string;
}

/** Longest compact text of one node. */
const LONGEST = 20_000;
/** Nodes are in nodes: together they may take this many times the tokens of the file, and then each only a few. */
const ROUNDS = 40;
const SPARE = 20_000;
const FEW = 20;

interface Token {
  readonly text: string;
  readonly isClosing: boolean;
  readonly startsWord: boolean;
  readonly endsWord: boolean;
}

/** Splits a whole file once; each node's text is then put together from its tokens. */
export function tokensOf(syntax: Syntax): Tokens {
  const starts: number[] = [];
  const tokens: Token[] = [];
  collect(syntax, (from, text) => {
    if (text === '') return;
    starts.push(from);
    const [startsWord, endsWord] = [isWord(text[0]), isWord(text.at(-1))];
    tokens.push({ text, isClosing: CLOSING.test(text), startsWord, endsWord });
  });
  let budget = tokens.length * ROUNDS + SPARE;
  return {
    compact: ({ from, to }, limit = LONGEST) => {
      const first = firstAtOrAfter(starts, from);
      const end = firstAtOrAfter(starts, to);
      const last = budget > 0 ? end : Math.min(end, first + FEW);
      budget -= last - first;
      return joined(tokens, first, last, limit);
    },
  };
}

function joined(tokens: readonly Token[], first: number, last: number, limit: number): string {
  const parts: string[] = [];
  let length = 0;
  let digest = 0;
  let before: Token | undefined;
  for (let index = first; index < last; index++) {
    const token = tokens[index] as Token;
    if (length >= limit) {
      for (let at = 0; at < token.text.length; at++) digest = (Math.imul(digest, 31) + token.text.charCodeAt(at)) | 0;
      continue;
    }
    if (before?.endsWord && token.startsWord) parts.push(' ');
    if (token.isClosing && before?.text === ',') parts.pop();
    parts.push(token.text);
    length += token.text.length + 1;
    before = token;
  }
  const text = parts.join('');
  if (digest === 0 && text.length <= limit) return text;
  return `${text.slice(0, limit)}…${(digest >>> 0).toString(36)}`;
}

function collect({ tree, text }: Syntax, emit: (from: number, text: string) => void): void {
  const cursor = tree.cursor();
  const parents: string[] = [];
  let at = 0;
  const gap = (to: number, parent: string) => {
    if (to > at) emit(at, VERBATIM.test(parent) ? text.slice(at, to) : text.slice(at, to).trim());
    at = Math.max(at, to);
  };
  for (;;) {
    if (cursor.from > at) gap(cursor.from, parents.at(-1) ?? '');
    const { name } = cursor;
    if (isLeftOut(name)) at = Math.max(at, cursor.to);
    else if (cursor.firstChild()) {
      parents.push(name);
      continue;
    } else {
      emit(cursor.from, normalised(name, text.slice(cursor.from, cursor.to)));
      at = Math.max(at, cursor.to);
    }
    if (!onward(cursor, parents, gap)) return;
  }
}

/** To the next node that was not entered yet; false at the end. */
function onward(cursor: TreeCursor, parents: string[], gap: (to: number, parent: string) => void): boolean {
  while (!cursor.nextSibling()) {
    if (!cursor.parent()) return false;
    gap(cursor.to, parents.pop() ?? '');
  }
  return true;
}

/** Quotes of either kind are the same string where nothing in it depends on them. */
function normalised(name: string, text: string): string {
  if (name !== 'String' && name !== 'TemplateString') return text;
  const quote = text[0] ?? '';
  if (!/^['"`]$/.test(quote) || text.length < 2) return text;
  const inner = text.slice(1, -1);
  return /["'`\\\n]|\$\{/.test(inner) ? text : `"${inner}"`;
}

/** Grammars have a few hundred names of nodes, files many nodes. */
const LEFT_OUT_NAMES = new Map<string, boolean>();

function isLeftOut(name: string): boolean {
  const known = LEFT_OUT_NAMES.get(name) ?? LEFT_OUT.test(name);
  LEFT_OUT_NAMES.set(name, known);
  return known;
}

const ASCII_WORDS: readonly boolean[] = Array.from({ length: 128 }, (_, code) => WORD.test(String.fromCharCode(code)));

function isWord(character: string | undefined): boolean {
  return character !== undefined && (ASCII_WORDS[character.charCodeAt(0)] ?? WORD.test(character));
}

function firstAtOrAfter(starts: readonly number[], from: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
