/** What the grammars of several languages call by the same names. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../syntax/parse';

/** `return`, or a block that begins with it. */
export function startsWithReturn(node: SyntaxNode): boolean {
  if (node.name === 'ReturnStatement') return true;
  // The first child of a block is its brace.
  const beginning = node.name === 'Block' ? childrenOf(node).slice(0, 2) : [];
  return beginning.some(({ name }) => name === 'ReturnStatement');
}
