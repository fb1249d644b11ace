/** The surface of a Rust file: what is `pub`, and not only within the crate. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../syntax/parse';
import { essenceOf } from '../essence';
import type { ReadSurface } from './surface';

const NAME = /^(?:BoundIdentifier|TypeIdentifier|Identifier)$/;

export const readRust: ReadSurface = (syntax) => {
  const names = childrenOf(syntax.tree.topNode).flatMap((node) => items(syntax, node, ''));
  return { names: new Map(names), follows: [] };
};

function items(syntax: Syntax, node: SyntaxNode, prefix: string): [string, string][] {
  if (node.name === 'AttributeItem') {
    const inner = node.lastChild;
    if (inner === null) return [];
    const isMacro = inner.name === 'MacroDefinition' && /macro_export/.test(syntax.text.slice(node.from, inner.from));
    return isMacro ? [[`${nameOf(syntax, inner)}!`, essenceOf(syntax, inner)]] : items(syntax, inner, prefix);
  }
  if (node.name === 'ImplItem') return implemented(syntax, node, prefix);
  if (!isPublic(syntax, node)) return [];
  const name = node.name === 'UseDeclaration' ? essenceOf(syntax, node) : nameOf(syntax, node);
  const inside = node.getChild('DeclarationList');
  if (node.name === 'ModItem' && inside !== null) {
    return [
      [prefix + name, 'mod'],
      ...childrenOf(inside).flatMap((child) => items(syntax, child, `${prefix}${name}::`)),
    ];
  }
  return [[prefix + name, signatureOf(syntax, node)]];
}

/** Methods of a type; of a trait's implementation, that it is there. */
function implemented(syntax: Syntax, node: SyntaxNode, prefix: string): [string, string][] {
  const body = node.getChild('DeclarationList');
  const head = essenceOf(syntax, { from: node.from, to: body?.from ?? node.to });
  if (node.getChild('for') !== null) return [[prefix + head, 'impl']];
  const type = head.replace(/^(?:unsafe )?impl(?:<[^>]*>)? ?/, '').replace(/<.*$/, '');
  return body === null ? [] : childrenOf(body).flatMap((child) => items(syntax, child, `${prefix}${type}::`));
}

function nameOf(syntax: Syntax, node: SyntaxNode): string {
  const name = childrenOf(node).find((child) => NAME.test(child.name));
  return name === undefined ? '' : textOf(syntax, name);
}

function isPublic(syntax: Syntax, { node }: SyntaxNodeRef): boolean {
  const visibility = node.getChild('Vis');
  return visibility !== null && textOf(syntax, visibility) === 'pub';
}

/** Without bodies, values and fields that are not public; a trait's default bodies are bodies, too. */
function signatureOf(syntax: Syntax, node: SyntaxNode): string {
  return essenceOf(syntax, node, (part) => {
    if (part.name === 'Block') return true;
    if (part.name === 'FieldDeclaration')
      return !isPublic(syntax, part) && part.node.parent?.parent?.name === 'StructItem';
    const isValue = /^(?:Const|Static)Item$/.test(part.node.parent?.name ?? '') && part.node.prevSibling?.name === '=';
    return isValue;
  });
}
