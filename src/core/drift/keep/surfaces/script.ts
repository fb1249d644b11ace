/** The surface of a TypeScript or JavaScript module: its exports, those of CommonJS included. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../syntax/parse';
import { essenceOf } from '../essence';
import type { ReadSurface } from './surface';

const DECLARATION =
  /^(?:Function|Class|Interface|TypeAlias|Enum|Namespace|AmbientFunction|Variable)Declaration$|^AmbientDeclaration$/;

export const readScript: ReadSurface = (syntax) => {
  const names = new Map<string, string>();
  const follows: string[] = [];
  const top = childrenOf(syntax.tree.topNode);
  const locals = new Map(top.flatMap((node) => declared(syntax, node)));
  for (const node of top) {
    if (node.name === 'ExportDeclaration') readExport(syntax, node, locals, names, follows);
    if (node.name === 'ExpressionStatement') readCommonJs(syntax, node, locals, names);
  }
  return { names, follows };
};

function readExport(
  syntax: Syntax,
  node: SyntaxNode,
  locals: ReadonlyMap<string, string>,
  names: Map<string, string>,
  follows: string[],
): void {
  const parts = childrenOf(node);
  const source = parts.find(({ name }) => name === 'String');
  const from = source === undefined ? null : textOf(syntax, source).slice(1, -1);
  if (node.getChild('default') !== null) {
    const own = parts.find(({ name }) => DECLARATION.test(name));
    const value = parts.find(({ name }) => !['export', 'default', ';'].includes(name));
    const text = value === undefined ? '' : textOf(syntax, value);
    names.set('default', own ? signatureOf(syntax, own) : (locals.get(text) ?? signatureOf(syntax, value ?? node)));
  } else if (node.getChild('Star') !== null && from !== null) {
    const alias = node.getChild('VariableName');
    if (alias === null) follows.push(from);
    else names.set(textOf(syntax, alias), `* from ${from}`);
  } else if (node.getChild('ExportGroup') !== null) {
    for (const [local, outer] of groupOf(syntax, node.getChild('ExportGroup') as SyntaxNode)) {
      names.set(outer, from === null ? (locals.get(local) ?? local) : `${local} from ${from}`);
    }
  } else {
    for (const part of parts) for (const [name, signature] of declared(syntax, part)) names.set(name, signature);
  }
}

/** Pairs of the inner and the outer name of `{ a, b as c }`. */
function groupOf(syntax: Syntax, group: SyntaxNode): [string, string][] {
  const text = essenceOf(syntax, group).replace(/^\{|\}$/g, '');
  return text
    .split(',')
    .filter((item) => item !== '')
    .map((item) => {
      const [, local = item, outer = local] = /^(?:type )?(.+?)(?: as (.+))?$/.exec(item.trim()) ?? [];
      return [local, outer];
    });
}

/** `module.exports = …`, `module.exports.a = …` and `exports.a = …`. */
function readCommonJs(
  syntax: Syntax,
  statement: SyntaxNode,
  locals: ReadonlyMap<string, string>,
  names: Map<string, string>,
): void {
  const assignment = statement.getChild('AssignmentExpression');
  const target = assignment?.firstChild;
  const value = assignment?.lastChild;
  if (!assignment || !target || !value) return;
  const [, , name] = /^(module\.exports|exports)(?:\.([\w$]+))?$/.exec(textOf(syntax, target)) ?? [];
  if (name !== undefined) names.set(name, signatureOf(syntax, value));
  else if (textOf(syntax, target) !== 'module.exports') return;
  else if (value.name === 'ObjectExpression') {
    for (const property of value.getChildren('Property')) {
      const key = property.getChild('PropertyDefinition');
      const held = property.lastChild;
      if (key === null || held === null) continue;
      const own = textOf(syntax, key);
      names.set(own, held.from === key.from ? (locals.get(own) ?? own) : signatureOf(syntax, held));
    }
  } else names.set('module.exports', locals.get(textOf(syntax, value)) ?? signatureOf(syntax, value));
}

/** Names that a statement declares, with their signatures. */
function declared(syntax: Syntax, node: SyntaxNode): [string, string][] {
  if (!DECLARATION.test(node.name)) return [];
  if (node.name === 'AmbientDeclaration') return childrenOf(node).flatMap((child) => declared(syntax, child));
  if (node.name === 'VariableDeclaration') return variables(syntax, node);
  const name = node.getChild('VariableDefinition') ?? node.getChild('TypeDefinition');
  return name === null ? [] : [[textOf(syntax, name), signatureOf(syntax, node)]];
}

/** `const a: T = …, b = () => …`: a type where there is one, else what a function takes, else the kind of the value. */
function variables(syntax: Syntax, node: SyntaxNode): [string, string][] {
  const found: [string, string][] = [];
  let name: string | null = null;
  let signature = '';
  const end = () => {
    if (name !== null) found.push([name, signature]);
    name = null;
    signature = '';
  };
  for (const part of childrenOf(node)) {
    if (part.name === ',') end();
    else if (part.name === 'VariableDefinition') name = textOf(syntax, part);
    else if (part.name === 'TypeAnnotation') signature = essenceOf(syntax, part);
    else if (/Pattern$/.test(part.name)) found.push(...bound(syntax, part));
    else if (name !== null && signature === '' && !['Equals', ';', 'const', 'let', 'var'].includes(part.name)) {
      signature = /^(?:Arrow|Function|Class)/.test(part.name) ? signatureOf(syntax, part) : part.name;
    }
  }
  end();
  return found;
}

/** Names that a destructuring pattern binds. */
function bound(syntax: Syntax, pattern: SyntaxNode): [string, string][] {
  const names: [string, string][] = [];
  syntax.tree.iterate({
    from: pattern.from,
    to: pattern.to,
    enter: ({ name, from, to }) => {
      if (/^(?:VariableDefinition|PropertyDefinition)$/.test(name)) names.push([syntax.text.slice(from, to), 'bound']);
    },
  });
  return names;
}

/** The text without bodies, values and what a class keeps to itself. */
function signatureOf(syntax: Syntax, node: SyntaxNode): string {
  return essenceOf(syntax, node, (part) => {
    if (part.name === 'Block') return true;
    if (/^(?:Method|Property)Declaration$/.test(part.name)) return isPrivate(syntax, part);
    // A value of a field; the default of a parameter stays: callers rely on it.
    return part.node.parent?.name === 'PropertyDeclaration' && part.node.prevSibling?.name === 'Equals';
  });
}

function isPrivate({ text }: Syntax, { node }: SyntaxNodeRef): boolean {
  const privacy = node.getChild('Privacy');
  return (
    node.getChild('PrivatePropertyDefinition') !== null ||
    (privacy !== null && text.slice(privacy.from, privacy.to) === 'private')
  );
}
