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
  /** The compact text of a node, cut at `limit` UTF-16 units. */
  compact(node: Pick<SyntaxNode, 'from' | 'to'>, limit?: number): string;
}

/** Longest compact text of one node. */
const LONGEST = 20_000;

/** Splits a whole file once; each node's text is then put together from its tokens. */
export function tokensOf(syntax: Syntax): Tokens {
  const starts: number[] = [];
  const texts: string[] = [];
  const emit = (from: number, text: string) => {
    if (text === '') return;
    starts.push(from);
    texts.push(text);
  };
  collect(syntax, emit);
  return {
    compact: ({ from, to }, limit = LONGEST) => {
      let result = '';
      for (let index = firstAtOrAfter(starts, from); index < starts.length; index++) {
        if ((starts[index] ?? to) >= to || result.length >= limit) break;
        result = join(result, texts[index] ?? '');
      }
      return result.slice(0, limit);
    },
  };
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
    gap(cursor.from, parents.at(-1) ?? '');
    const { name } = cursor;
    if (LEFT_OUT.test(name)) at = Math.max(at, cursor.to);
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

function join(before: string, next: string): string {
  if (CLOSING.test(next) && before.endsWith(',')) return before.slice(0, -1) + next;
  const last = before.at(-1);
  return last !== undefined && WORD.test(last) && WORD.test(next[0] ?? '') ? `${before} ${next}` : before + next;
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
