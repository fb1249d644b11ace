/** The surface of a Python module: what `__all__` names, else every name that does not begin with an underscore. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../syntax/parse';
import { essenceOf } from '../essence';
import type { ReadSurface } from './surface';

export const readPython: ReadSurface = (syntax) => {
  const declared = new Map<string, string>();
  let listed: readonly string[] | null = null;
  for (const node of childrenOf(syntax.tree.topNode)) {
    listed = listOf(syntax, node) ?? listed;
    for (const [name, signature] of declarations(syntax, node, '')) declared.set(name, signature);
  }
  const root = (name: string) => name.split('.')[0] ?? name;
  const isPublic = (name: string) =>
    (listed === null ? !root(name).startsWith('_') : listed.includes(root(name))) && !/\._(?!_init__)/.test(name);
  const names = new Map([...declared].filter(([name]) => isPublic(name)));
  // A name of the list that is made in a way that nobody sees here still is one.
  for (const name of listed ?? []) if (!names.has(name)) names.set(name, '');
  return { names, follows: [] };
};

/** The literal names of `__all__ = [...]`. */
function listOf(syntax: Syntax, node: SyntaxNode): readonly string[] | null {
  if (node.name !== 'AssignStatement' || textOf(syntax, node.firstChild ?? node) !== '__all__') return null;
  const list = node.getChild('ArrayExpression') ?? node.getChild('TupleExpression');
  if (list === null) return null;
  return list.getChildren('String').map((item) => textOf(syntax, item).replace(/^[rub]*['"]+|['"]+$/gi, ''));
}

function declarations(syntax: Syntax, node: SyntaxNode, prefix: string): [string, string][] {
  switch (node.name) {
    case 'DecoratedStatement': {
      const inner = node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition');
      if (inner === null) return [];
      const marks = node.getChildren('Decorator').map((mark) => essenceOf(syntax, mark));
      const [own, ...members] = declarations(syntax, inner, prefix);
      return own === undefined ? [] : [[own[0], `${marks.join(' ')} ${own[1]}`], ...members];
    }
    case 'FunctionDefinition': {
      const name = node.getChild('VariableName');
      return name === null ? [] : [[prefix + textOf(syntax, name), head(syntax, node)]];
    }
    case 'ClassDefinition': {
      const name = node.getChild('VariableName');
      if (name === null) return [];
      const own = prefix + textOf(syntax, name);
      const body = node.getChild('Body');
      const members = body === null ? [] : childrenOf(body).flatMap((child) => declarations(syntax, child, `${own}.`));
      return [[own, head(syntax, node)], ...members];
    }
    case 'AssignStatement': {
      const type = node.getChild('TypeDef');
      const targets = childrenOf(node).filter((part) => part.name === 'VariableName' && part.nextSibling !== null);
      return targets
        .map((target) => textOf(syntax, target))
        .filter((name) => name !== '__all__')
        .map((name) => [prefix + name, type === null ? 'value' : essenceOf(syntax, type)]);
    }
    case 'ImportStatement':
      return prefix === '' ? imported(syntax, node) : [];
    default:
      return [];
  }
}

/** `from .a import b as c` offers `c`, as packages do in their `__init__.py`; `import a` is for the module's own use. */
function imported(syntax: Syntax, node: SyntaxNode): [string, string][] {
  const [, from, names] = /^from\s+(\S+)\s+import\s+([\s\S]+)$/.exec(textOf(syntax, node)) ?? [];
  if (from === undefined || names === undefined || !from.startsWith('.')) return [];
  return names
    .replace(/#[^\n]*/g, '')
    .replace(/[()\\]/g, ' ')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const [local = item, alias = local] = item.split(/\s+as\s+/);
      return [alias, `${local} from ${from}`];
    });
}

/** The line of a definition up to its body. */
function head(syntax: Syntax, node: SyntaxNode): string {
  return essenceOf(syntax, node, ({ name, node: part }) => name === 'Body' && part.parent?.from === node.from);
}
