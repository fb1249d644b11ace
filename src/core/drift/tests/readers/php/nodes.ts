/** Small questions about nodes of PHP's grammar. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';
import type { Tokens } from '../tokens';

export interface Reading {
  readonly syntax: Syntax;
  readonly tokens: Tokens;
}

/** A name that is called or read, with its arguments where it is called. */
export interface Link {
  readonly name: string;
  readonly args: readonly SyntaxNode[] | null;
  readonly to: number;
}

/** `root->name(args)->name`; the root is null where a function is called. */
export interface Chain {
  readonly root: SyntaxNode | null;
  readonly links: readonly Link[];
  readonly node: SyntaxNode;
}

/** Calls in a row that are more than this are no test's. */
const LONGEST_CHAIN = 400;
const COMMENT = /Comment$/;

/** Takes a call, or what is called on one, apart. */
export function chainOf({ syntax }: Reading, node: SyntaxNode): Chain {
  const links: Link[] = [];
  let args: readonly SyntaxNode[] | null = null;
  let to = node.to;
  for (let inner = node, count = 0; count < LONGEST_CHAIN; count++) {
    const first = inner.firstChild;
    if (inner.name === 'CallExpression' && first !== null) {
      args = argumentsOf(inner.getChild('ArgList'));
      to = inner.to;
      inner = first;
    } else if (/^(?:MemberExpression|ScopedExpression)$/.test(inner.name) && first !== null && inner.lastChild) {
      links.unshift({ name: textOf(syntax, inner.lastChild), args, to: args === null ? inner.to : to });
      args = null;
      inner = first;
    } else if (args !== null && /^(?:Name|QualifiedName)$/.test(inner.name)) {
      links.unshift({ name: lastName(textOf(syntax, inner)), args, to });
      return { root: null, links, node };
    } else return { root: inner, links, node };
  }
  return { root: node, links: [], node };
}

/** Whether a call is what another is called on: it was seen with that one. */
export function isInnerCallee(call: SyntaxNode): boolean {
  const { parent } = call;
  return parent !== null && /^(?:MemberExpression|ScopedExpression)$/.test(parent.name) && parent.from === call.from;
}

export function argumentsOf(list: SyntaxNode | null): readonly SyntaxNode[] {
  if (list === null) return [];
  return childrenOf(list)
    .filter(({ name }) => !/^[(),]$/.test(name) && !COMMENT.test(name))
    .map((node) => (node.name === 'NamedArgument' && node.lastChild !== null ? node.lastChild : node));
}

/** The last part of a name with its namespace: `TestCase` of `\PHPUnit\Framework\TestCase`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('\\') + 1);
}

/** The value of a plain string; null for anything else. */
export function stringOf({ syntax }: Reading, node: SyntaxNode | undefined): string | null {
  if (node?.name !== 'String' || node.firstChild !== null) return null;
  return textOf(syntax, node).slice(1, -1);
}

/** The elements of an array; null for another value and where one is spread. */
export function elementsOf(node: SyntaxNode | undefined | null): readonly SyntaxNode[] | null {
  if (node?.name !== 'ArrayExpression') return null;
  const elements = childrenOf(node).filter(({ name }) => !/^(?:[[\](),]|array)$/.test(name) && !COMMENT.test(name));
  if (elements.some(({ name }) => /Spread|^\.\.\./.test(name))) return null;
  return elements.map((element) =>
    element.name === 'Pair' && element.lastChild !== null ? element.lastChild : element,
  );
}

/** What the parentheses stand around. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  for (let depth = 0; depth < 20 && inner.name === 'ParenthesizedExpression'; depth++) {
    const next = inner.firstChild?.nextSibling;
    if (!next || next.name === ')') return inner;
    inner = next;
  }
  return inner;
}

/** What an expression is, whatever happens; null when it depends. */
export function constantTruth({ syntax }: Reading, node: SyntaxNode | null | undefined): boolean | null {
  if (!node) return null;
  const inner = unwrapped(node);
  if (inner.to - inner.from > 10) return null;
  const text = textOf(syntax, inner).toLowerCase();
  if (text === 'true' || /^[1-9]\d*$/.test(text)) return true;
  return /^(?:false|null|0)$/.test(text) ? false : null;
}

/** The compact text of a node, with arrays in brackets and without what PHPUnit's methods are called on. */
export function compactOf({ tokens }: Reading, node: Pick<SyntaxNode, 'from' | 'to'>, limit?: number): string {
  return withBrackets(tokens.compact(node, limit)).replace(
    /(?:\$this->|\b(?:self|static|parent)::|\\?(?:\bPHPUnit\\Framework\\)?\bAssert::)(?=(?:assert|expect)[A-Z])/g,
    '',
  );
}

/** `array(…)` is `[…]`. */
function withBrackets(text: string): string {
  if (!/\barray\(/i.test(text)) return text;
  const open: boolean[] = [];
  return text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\barray\(|\(|\)/gis, (part) => {
    if (part === ')') return open.pop() === true ? ']' : ')';
    if (!part.endsWith('(')) return part;
    open.push(part !== '(');
    return part === '(' ? '(' : '[';
  });
}
