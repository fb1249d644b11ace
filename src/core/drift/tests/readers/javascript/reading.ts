/** What the readers of assertions have in common. */
import type { SyntaxNode } from '@lezer/common';
import { type Syntax, textOf } from '../../../syntax/parse';
import type { Assertion, Strength } from '../../model';
import type { Tokens } from '../tokens';
import { type Chain, type Step, unwrapped } from './chain';

/** An assertion before it is known where it stands. */
export type Found = Omit<Assertion, 'line' | 'muted' | 'guarded'> & { readonly node: SyntaxNode };

export interface Reading {
  readonly syntax: Syntax;
  readonly tokens: Tokens;
  /** Names that were imported from assertion libraries, with what they are there. */
  readonly imported: ReadonlyMap<string, string>;
}

export type Call = Extract<Step, { kind: 'call' }>;

/** What a condition that must be true says: a comparison, a predicate, or plain truth. */
export function conditionOf(node: SyntaxNode, { syntax, tokens }: Reading): { about: string; strength: Strength } {
  const inner = unwrapped(node);
  const about = tokens.compact(inner);
  if (inner.name === 'CallExpression') {
    const hasArguments = (inner.getChild('ArgList')?.firstChild?.nextSibling?.name ?? ')') !== ')';
    return { about, strength: hasArguments ? 'partial' : 'truth' };
  }
  if (inner.name !== 'BinaryExpression') return { about, strength: 'truth' };
  const operator = inner.getChild('CompareOp');
  const left = inner.firstChild;
  if (operator === null || left === null) return { about, strength: 'partial' };
  const isEqual = /^===?$/.test(textOf(syntax, operator));
  return { about: tokens.compact(unwrapped(left)), strength: isEqual ? 'exact' : 'partial' };
}

/** An assertion of which only its text is known. */
export function plain(chain: Chain, { tokens }: Reading): Found {
  const text = tokens.compact(chain.top);
  return { node: chain.top, text, subject: text, trivial: false };
}
