/** What `use` statements of PHP bring in. */
import type { SyntaxNode } from '@lezer/common';
import { type Syntax, textOf } from '../../../syntax/parse';
import { lastName } from './nodes';

/** Longest statement that is read. */
const LONGEST = 4_000;

/**
 * The names of a `use` statement with what they are known by. Where the first parts of a namespace stand for a folder
 * (PSR-4) cannot be told, so that each name is given by its last two parts and more.
 */
export function importedBy(syntax: Syntax, statement: SyntaxNode): readonly (readonly [string, readonly string[]])[] {
  const text = textOf(syntax, { from: statement.from, to: Math.min(statement.to, statement.from + LONGEST) });
  const said = text.replace(/^use\s+(?:function\s+|const\s+)?|;\s*$/g, '');
  const open = said.indexOf('{');
  const prefix = open === -1 ? '' : said.slice(0, open).trim();
  const list = open === -1 ? said : said.slice(open + 1).replace('}', '');
  return list.split(',').flatMap((each) => {
    const [name = '', local] = each.trim().split(/\s+as\s+/i);
    if (name === '') return [];
    const parts = `${prefix}${name}`.replace(/^\\/, '').split('\\').slice(-6);
    const known = [local ?? lastName(name)];
    return parts.slice(0, -1).map((_, at) => [parts.slice(at).join('.'), known] as const);
  });
}
