/** What an import statement of Python brings in. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';

/** Modules with the names that they are known by; `from pkg import a` names `pkg.a` too, which may be a module. */
export function importedBy(syntax: Syntax, statement: SyntaxNode): readonly (readonly [string, readonly string[]])[] {
  const children = childrenOf(statement).filter(({ name }) => name !== 'Comment');
  const texts = children.map((child) => textOf(syntax, child));
  const at = texts.indexOf('import');
  if (texts[0] !== 'from') {
    return listed(texts.slice(1)).map(({ name, local }) => [name, [local ?? name.split('.')[0] ?? name]] as const);
  }
  if (at === -1) return [];
  const module = texts.slice(1, at).join('');
  const names = listed(texts.slice(at + 1).filter((text) => text !== '(' && text !== ')'));
  const locals = names.map(({ name, local }) => local ?? name);
  const parts = names.map(
    ({ name, local }) => [`${module}${module.endsWith('.') ? '' : '.'}${name}`, [local ?? name]] as const,
  );
  return [[module, locals], ...parts];
}

interface Imported {
  readonly name: string;
  readonly local: string | null;
}

/** `a.b as c, d`. */
function listed(texts: readonly string[]): readonly Imported[] {
  const names: { name: string; local: string | null }[] = [];
  let isLocal = false;
  let isNew = true;
  for (const text of texts) {
    const last = names.at(-1);
    if (text === ',') isNew = true;
    else if (text === 'as') isLocal = true;
    else if (isNew || last === undefined) {
      names.push({ name: text, local: null });
      isNew = false;
    } else if (isLocal) {
      last.local = text;
      isLocal = false;
    } else last.name += text;
  }
  return names;
}
