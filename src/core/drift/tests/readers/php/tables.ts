/** The rows that a data provider or a loop gives, where they stand in the source. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../../syntax/parse';
import { compactOf, elementsOf, type Reading } from './nodes';

const LONGEST_ROW = 2_000;

/** The rows of `return […];`, or of one `yield` after the other; null when they cannot be told. */
export function providedBy(block: SyntaxNode, reading: Reading): readonly string[] | null {
  const statements = childrenOf(block).filter(({ name }) => !/^[{}]$|Comment$/.test(name));
  const [only] = statements;
  if (statements.length === 1 && only?.name === 'ReturnStatement') {
    return rowsOf(
      childrenOf(only).find(({ name }) => name === 'ArrayExpression'),
      reading,
    );
  }
  const yielded = statements.map((statement) => statement.getChild('YieldExpression'));
  if (yielded.length === 0) return null;
  const rows: string[] = [];
  for (const each of yielded) {
    const value = each?.lastChild;
    if (!value || each?.getChild('from') || value.name === 'yield') return null;
    rows.push(compactOf(reading, value.name === 'Pair' ? (value.lastChild ?? value) : value, LONGEST_ROW));
  }
  return rows;
}

/** The elements of an array, without their keys; null for another value. */
export function rowsOf(node: SyntaxNode | undefined | null, reading: Reading): readonly string[] | null {
  return elementsOf(node)?.map((each) => compactOf(reading, each, LONGEST_ROW)) ?? null;
}
