/** Small questions about nodes of Python's grammar. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';

/** What the parentheses stand around. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  for (let depth = 0; depth < 20 && inner.name === 'ParenthesizedExpression'; depth++) {
    const next = inner.firstChild?.nextSibling;
    if (!next || next.name === ')') return inner;
    inner = next;
  }
  return inner.name === 'AwaitExpression' && inner.lastChild ? inner.lastChild : inner;
}

export interface Arguments {
  readonly positional: readonly SyntaxNode[];
  readonly keywords: ReadonlyMap<string, SyntaxNode>;
}

/** The arguments of an argument list; starred ones are left out. */
export function argumentsOf(syntax: Syntax, list: SyntaxNode | null): Arguments {
  const positional: SyntaxNode[] = [];
  const keywords = new Map<string, SyntaxNode>();
  const children = list === null ? [] : childrenOf(list).filter(({ name }) => name !== 'Comment');
  children.forEach((child, index) => {
    const before = children[index - 1]?.name;
    if (/^(?:[(),*]|\*\*|AssignOp)$/.test(child.name) || before === '*' || before === '**') return;
    if (children[index + 1]?.name === 'AssignOp') return;
    const name = before === 'AssignOp' ? children[index - 2] : undefined;
    if (name === undefined) positional.push(child);
    else keywords.set(textOf(syntax, name), child);
  });
  return { positional, keywords };
}

/** The value of a plain string literal; null for anything else. */
export function stringOf(syntax: Syntax, node: SyntaxNode | undefined): string | null {
  if (node?.name !== 'String') return null;
  const match = /^[rbuRBU]{0,2}("""|'''|"|')([\s\S]*)\1$/.exec(textOf(syntax, node));
  return match?.[2] ?? null;
}

/** A plain number; null for anything else. */
export function numberOf(syntax: Syntax, node: SyntaxNode | undefined): number | null {
  if (node?.name !== 'Number' || node.to - node.from > 20) return null;
  const value = Number(textOf(syntax, node).replaceAll('_', ''));
  return Number.isNaN(value) ? null : value;
}

/** What an expression is, whatever happens; null when it depends. */
export function constantTruth(syntax: Syntax, node: SyntaxNode | undefined | null): boolean | null {
  if (!node) return null;
  const inner = unwrapped(node);
  // A tuple with something in it is true, which is how `assert (x, "why")` never fails.
  if (inner.name === 'TupleExpression') return inner.firstChild?.nextSibling?.name !== ')';
  if (inner.name === 'UnaryExpression' && inner.firstChild?.name === 'not') {
    const operand = constantTruth(syntax, inner.lastChild);
    return operand === null ? null : !operand;
  }
  if (inner.name === 'String') return stringOf(syntax, inner) !== '';
  if (inner.to - inner.from > 20) return null;
  const text = textOf(syntax, inner);
  if (text === 'True' || /^[1-9]\d*$/.test(text)) return true;
  return /^(?:False|None|0|\[\]|\{\})$/.test(text.replace(/\s/g, '')) ? false : null;
}

/** The name that a call calls, dotted: `pytest.mark.skip`; its argument list, if it is one. */
export function calleeOf(
  syntax: Syntax,
  node: SyntaxNode,
): { readonly name: string; readonly list: SyntaxNode | null } {
  const list = node.name === 'CallExpression' ? node.getChild('ArgList') : null;
  const callee = list === null ? node : node.firstChild;
  const text = callee === null ? '' : textOf(syntax, { from: callee.from, to: Math.min(callee.to, callee.from + 300) });
  return { name: text.replace(/\s+/g, ''), list };
}
