/** A chain of members and calls, `a.b(c).d`, flat: what every testing library for JavaScript is spoken in. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';

export type Step =
  | { readonly kind: 'member'; readonly name: string; readonly node: SyntaxNode }
  | { readonly kind: 'call'; readonly args: readonly SyntaxNode[]; readonly node: SyntaxNode }
  | { readonly kind: 'template'; readonly template: SyntaxNode; readonly node: SyntaxNode };

export interface Chain {
  readonly top: SyntaxNode;
  readonly base: SyntaxNode;
  /** The base's name, `this`, or empty for an expression. */
  readonly name: string;
  readonly steps: readonly Step[];
}

const LINKS = new Set(['CallExpression', 'MemberExpression', 'TaggedTemplateExpression']);

/** Whether the node is a link of a chain. */
export function isLink(name: string): boolean {
  return LINKS.has(name);
}

/** The chain whose last link the node is; null for an inner link, which was seen with the last. */
export function chainAt(syntax: Syntax, top: SyntaxNode): Chain | null {
  const { parent } = top;
  if (parent !== null && (LINKS.has(parent.name) || isNonNull(parent)) && parent.from === top.from) return null;
  return chainOf(syntax, top);
}

/** The chain that ends in the node, which need not be the last link. */
export function chainOf(syntax: Syntax, top: SyntaxNode): Chain {
  const steps: Step[] = [];
  let base = top;
  for (;;) {
    const step = stepOf(syntax, base);
    if (step !== null) steps.push(step);
    else if (!isNonNull(base)) break;
    const inner = base.firstChild;
    if (inner === null) break;
    base = inner;
  }
  const name = base.name === 'VariableName' || base.name === 'this' ? textOf(syntax, base) : '';
  return { top, base, name, steps: steps.reverse() };
}

function stepOf(syntax: Syntax, node: SyntaxNode): Step | null {
  switch (node.name) {
    case 'CallExpression': {
      const list = node.getChild('ArgList');
      return list === null ? null : { kind: 'call', args: argumentsOf(list), node };
    }
    case 'MemberExpression': {
      const property = node.lastChild;
      const named = property?.name === 'PropertyName' || property?.name === 'PrivatePropertyName';
      return { kind: 'member', name: named && property ? textOf(syntax, property) : '[]', node };
    }
    case 'TaggedTemplateExpression': {
      const template = node.getChild('TemplateString');
      return template === null ? null : { kind: 'template', template, node };
    }
    default:
      return null;
  }
}

function isNonNull(node: SyntaxNode): boolean {
  return node.name === 'PostfixExpression';
}

/** The expressions of an argument list. */
export function argumentsOf(list: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(list).filter(({ name }) => !/^(?:[(),]|.*Comment|Spread)$/.test(name));
}

/** Members directly after the base, up to the first call. */
export function leadingMembers({ steps }: Chain): readonly string[] {
  const end = steps.findIndex(({ kind }) => kind !== 'member');
  return (end === -1 ? steps : steps.slice(0, end)).map((step) => (step.kind === 'member' ? step.name : ''));
}

export function isFunction(node: SyntaxNode | undefined): node is SyntaxNode {
  return node?.name === 'ArrowFunction' || node?.name === 'FunctionExpression';
}

/** The value of a string literal or the inside of a template; null for anything else. */
export function stringOf(syntax: Syntax, node: SyntaxNode | undefined): string | null {
  if (node?.name !== 'String' && node?.name !== 'TemplateString') return null;
  return textOf(syntax, node).slice(1, -1);
}

/** What the parentheses stand around. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  for (let depth = 0; depth < 20; depth++) {
    const next =
      inner.name === 'ParenthesizedExpression'
        ? inner.firstChild?.nextSibling
        : inner.name === 'AwaitExpression'
          ? inner.lastChild
          : null;
    if (!next || next.name === ')') return inner;
    inner = next;
  }
  return inner;
}

/** Members of an object literal by name: their values. */
export function propertiesOf(syntax: Syntax, object: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  return new Map(
    object.getChildren('Property').flatMap((property) => {
      const [key] = [property.firstChild];
      const value = property.lastChild;
      if (key === null || value === null) return [];
      return [[textOf(syntax, key).replace(/^['"]|['"]$/g, ''), value] as const];
    }),
  );
}

/** `5_000`, `60 * 1000`; null for what is not a plain number. */
export function numberOf(syntax: Syntax, node: SyntaxNode | undefined): number | null {
  if (node === undefined) return null;
  const text = textOf(syntax, { from: node.from, to: Math.min(node.to, node.from + 60) }).replace(/[_\s()]/g, '');
  if (text === 'Infinity') return Infinity;
  if (!/^\d+(?:\.\d+)?(?:e\d+)?(?:\*\d+(?:e\d+)?)*$/.test(text)) return null;
  return text.split('*').reduce((product, factor) => product * Number(factor), 1);
}

/** What an expression is, whatever happens: `true`, `1`, `!0`; null when it depends. */
export function constantTruth(syntax: Syntax, node: SyntaxNode | undefined | null): boolean | null {
  if (!node) return null;
  const inner = unwrapped(node);
  if (inner.to - inner.from > 40) return null;
  const text = textOf(syntax, inner).replace(/\s/g, '');
  if (/^(?:true|!0|!!1|!false|[1-9]\d*|'[^']+'|"[^"]+"|`[^`$]+`|\[\]|\{\})$/.test(text)) return true;
  return /^(?:false|!1|!!0|!true|0|''|""|null|undefined|void0|NaN)$/.test(text) ? false : null;
}
