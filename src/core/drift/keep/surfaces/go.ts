/** The surface of a Go file: what begins with a capital letter. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../syntax/parse';
import { essenceOf } from '../essence';
import type { ReadSurface } from './surface';

const isExported = (name: string) => /^\p{Lu}/u.test(name);

export const readGo: ReadSurface = (syntax) => {
  const names = childrenOf(syntax.tree.topNode).flatMap((node) => declarations(syntax, node));
  return { names: new Map(names), follows: [] };
};

function declarations(syntax: Syntax, node: SyntaxNode): [string, string][] {
  switch (node.name) {
    case 'FunctionDecl': {
      const name = node.getChild('DefName');
      return exported(syntax, node, name === null ? '' : textOf(syntax, name));
    }
    case 'MethodDecl': {
      const receiver = node.getChild('Parameters');
      const name = node.getChild('FieldName');
      if (receiver === null || name === null) return [];
      const type = /([\p{L}_][\w]*)(?:\[[^\]]*\])?\s*\)$/u.exec(textOf(syntax, receiver))?.[1] ?? '';
      return isExported(type) && isExported(textOf(syntax, name))
        ? [[`${type}.${textOf(syntax, name)}`, signatureOf(syntax, node)]]
        : [];
    }
    case 'TypeDecl':
    case 'ConstDecl':
    case 'VarDecl':
      return [node, ...node.getChildren('SpecList')].flatMap((list) =>
        childrenOf(list)
          .filter(({ name }) => /Spec$/.test(name))
          .flatMap((spec) => specified(syntax, spec)),
      );
    default:
      return [];
  }
}

/** `A, b T = 1` names several; a type has its whole shape. */
function specified(syntax: Syntax, spec: SyntaxNode): [string, string][] {
  const names = spec.getChildren('DefName').map((name) => textOf(syntax, name));
  if (spec.name === 'TypeSpec') return names.filter(isExported).map((name) => [name, shapeOf(syntax, spec)]);
  const type = childrenOf(spec).find(({ name }) => /Type(?:Name)?$/.test(name));
  return names.filter(isExported).map((name) => [name, type === undefined ? spec.name : essenceOf(syntax, type)]);
}

function exported(syntax: Syntax, node: SyntaxNode, name: string): [string, string][] {
  return isExported(name) ? [[name, signatureOf(syntax, node)]] : [];
}

/** Fields that only the package sees are its own affair. */
function shapeOf(syntax: Syntax, node: SyntaxNode): string {
  return essenceOf(syntax, node, (part) => {
    if (part.name !== 'FieldDecl') return false;
    const names = part.node.getChildren('FieldName').map((name) => textOf(syntax, name));
    return names.length > 0 && !names.some(isExported);
  });
}

function signatureOf(syntax: Syntax, node: SyntaxNode): string {
  return essenceOf(syntax, node, ({ name }) => name === 'Block');
}
