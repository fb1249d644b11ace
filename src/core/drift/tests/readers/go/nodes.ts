/** Questions about nodes of Go's grammar. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../../syntax/parse';

export function argumentsOf(list: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(list).filter(({ name }) => !/^[(),]$|Comment$/.test(name));
}

/** The condition of an `if`, which stands last before its block. */
export function conditionOf(statement: SyntaxNode): SyntaxNode | null {
  const condition = statement.getChild('Block')?.prevSibling ?? null;
  return condition?.name === 'if' ? null : condition;
}

/** What an `if` does before its condition. */
export function beforeCondition(statement: SyntaxNode): SyntaxNode | null {
  return childrenOf(statement).find(({ name }) => name === 'VarDecl' || name === 'Assignment') ?? null;
}

/** The `if` whose condition decides on a call, a few constructs up at most. */
export function decidingIf(call: SyntaxNode): SyntaxNode | null {
  for (let node = call.parent, depth = 0; node !== null && depth < 4; node = node.parent, depth++) {
    if (node.name === 'IfStatement') return conditionOf(node) === null ? null : node;
    if (node.name === 'FunctionLiteral' || node.name === 'ForStatement') return null;
  }
  return null;
}

/** The elements of a slice or map of literals; null for what is no table. */
export function rowsOf(literal: SyntaxNode): readonly SyntaxNode[] | null {
  const type = literal.firstChild?.name;
  const value = literal.getChild('LiteralValue');
  if (value === null || (type !== 'SliceType' && type !== 'MapType' && type !== 'ArrayType')) return null;
  return value.getChildren('Element');
}

/** Whether a row is put together from values, as those of tables are. */
export function isMade(row: SyntaxNode): boolean {
  return (
    row.getChild('LiteralValue') !== null || row.getChild('TypedLiteral') !== null || row.getChild('UnaryExp') !== null
  );
}
