/** Questions about nodes of Java's grammar. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';
import type { Chain, Link, Span, TextOf } from '../fluent/chain';

/** Longer chains are no assertion that somebody wrote. */
const MOST_LINKS = 100;
const LONGEST_NAME = 300;

/** The name of a declaration or annotation, without package. */
export function nameOf(syntax: Syntax, node: SyntaxNode): string {
  const name = node.getChild('Definition') ?? node.getChild('Identifier') ?? node.getChild('ScopedIdentifier');
  const text =
    name === null ? '' : textOf(syntax, { from: name.from, to: Math.min(name.to, name.from + LONGEST_NAME) });
  return text.slice(text.lastIndexOf('.') + 1).trim();
}

export function annotationsOf(declaration: SyntaxNode): readonly SyntaxNode[] {
  const modifiers = declaration.getChild('Modifiers');
  return modifiers === null ? [] : childrenOf(modifiers).filter(({ name }) => /Annotation$/.test(name));
}

/** The chain that ends with a call; null where the call is only a part of a longer one. */
export function chainOf(syntax: Syntax, call: SyntaxNode): Chain | null {
  if (isInner(call)) return null;
  const links: Link[] = [];
  let node: SyntaxNode | null = call;
  let root: Span | null = null;
  while (node !== null) {
    if (links.length > MOST_LINKS) return null;
    if (node.name !== 'MethodInvocation' && node.name !== 'FieldAccess') {
      if (node.name === 'Identifier') links.push({ name: textOf(syntax, node), types: '', args: null, span: node });
      else root = node;
      break;
    }
    const link = linkOf(syntax, node);
    if (link === null) return null;
    links.push(link);
    const object: SyntaxNode | null = node.firstChild;
    node = object === null || object.name === 'MethodName' ? null : object;
  }
  return { root, links: links.reverse(), span: call };
}

function linkOf(syntax: Syntax, node: SyntaxNode): Link | null {
  const name = node.name === 'FieldAccess' ? node.lastChild : node.getChild('MethodName');
  if (name === null) return null;
  const list = node.getChild('ArgumentList');
  const types = node.getChild('TypeArguments');
  return {
    name: textOf(syntax, { from: name.from, to: Math.min(name.to, name.from + LONGEST_NAME) }),
    types: types === null ? '' : textOf(syntax, types).slice(1, -1).slice(0, LONGEST_NAME),
    args: list === null ? null : childrenOf(list).filter((child) => !/^[(),]$|Comment$/.test(child.name)),
    span: { from: name.from, to: node.to },
  };
}

/** `a.b()` in `a.b().c.d()`. */
function isInner(call: SyntaxNode): boolean {
  let node = call;
  for (let depth = 0; depth < 20; depth++) {
    const { parent } = node;
    if (parent === null || parent.firstChild?.from !== node.from || parent.firstChild.to !== node.to) return false;
    if (parent.name === 'MethodInvocation') return true;
    if (parent.name !== 'FieldAccess') return false;
    node = parent;
  }
  return false;
}

const LISTS = /^(?:Stream|List|Arrays|Set|Collections|DynamicTest|Iterator|Map)\.(?:of|asList|ofEntries|list)$/;

/** The elements of the list that a method gives back: `Stream.of(a, b)`, `new Object[][] { {…}, {…} }`. */
export function rowsReturned(body: SyntaxNode, textOfSpan: TextOf): readonly string[] | null {
  const statement = childrenOf(body).findLast(({ name }) => name === 'ReturnStatement');
  let value = statement?.getChild('return')?.nextSibling ?? null;
  for (let depth = 0; depth < 10 && value !== null; depth++) {
    if (value.name === 'ArrayCreationExpression') return elementsOf(value.getChild('ArrayInitializer'), textOfSpan);
    if (value.name !== 'MethodInvocation') return null;
    const list = value.getChild('ArgumentList');
    const callee = textOfSpan({ from: value.from, to: list?.from ?? value.to }, 60);
    if (LISTS.test(callee)) return elementsOf(list, textOfSpan);
    value = value.firstChild;
  }
  return null;
}

function elementsOf(list: SyntaxNode | null, textOfSpan: TextOf): readonly string[] | null {
  if (list === null) return null;
  const elements = childrenOf(list).filter(({ name }) => !/^[(){},]$|Comment$/.test(name));
  return elements.map((element) => textOfSpan(element).replace(/^(?:Arguments\.)?(?:arguments|of)(?=\()/, ''));
}
