/**
 * setup.py: the lists and tables of strings that stand in the call of `setup` (setuptools docs, "Keywords"). What is
 * computed cannot be read, and is a fault.
 */
import type { SyntaxNode } from '@lezer/common';
import { parseSource, type Syntax, textOf } from '../../syntax/parse';
import { Unreadable } from '../document';
import { EMPTY_MANIFEST, type Manifest } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { requirementsOf } from './pep508';

const LISTS: ReadonlySet<string> = new Set(['install_requires', 'setup_requires', 'tests_require', 'requires']);
const BUILDS = /\b(?:setuptools|distutils|skbuild)\b/;
const EXTRAS = 'extras_require';
const LINKS = 'dependency_links';
const COMMANDS = 'cmdclass';

/** Reads a setup.py. Throws Unreadable when it is too long, or broken. */
export async function readSetupPy(text: string): Promise<Manifest> {
  const syntax = await parseSource('python', text);
  if (syntax === null) throw new Unreadable('it is too long');
  const parts = noParts();
  const calls = setupCalls(syntax);
  // A module that happens to have this name builds nothing.
  if (calls.length === 0 && !BUILDS.test(text)) return EMPTY_MANIFEST;
  if (calls.length === 0) parts.faults.push('a call of setup()');
  for (const call of calls) readCall(call, syntax, parts);
  return asManifest(parts);
}

/** The argument lists of `setup(…)` and `x.setup(…)`. Throws Unreadable for a broken text: it may hide one. */
function setupCalls(syntax: Syntax): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  syntax.tree.iterate({
    enter(node) {
      if (node.type.isError) throw new Unreadable('its syntax is broken');
      if (node.name !== 'CallExpression') return;
      const list = node.node.getChild('ArgList');
      const callee = node.node.firstChild;
      if (list && callee && /(?:^|\.)setup$/.test(lastOf(callee, syntax))) found.push(list);
    },
  });
  return found;
}

/** The end of what is called: enough to know the name. */
function lastOf(callee: SyntaxNode, syntax: Syntax): string {
  return textOf(syntax, { from: Math.max(callee.from, callee.to - 20), to: callee.to });
}

function readCall(list: SyntaxNode, syntax: Syntax, parts: Parts): void {
  for (let child = list.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === '**' || child.name === '*') parts.faults.push('setup(**…)');
    if (child.name !== 'VariableName' || child.nextSibling?.name !== 'AssignOp') continue;
    const value = child.nextSibling.nextSibling;
    if (value !== null) readKeyword(textOf(syntax, child), value, syntax, parts);
  }
}

function readKeyword(keyword: string, value: SyntaxNode, syntax: Syntax, parts: Parts): void {
  const { requirements, hooks, registries, faults } = parts;
  if (LISTS.has(keyword)) {
    const { texts, isComputed } = stringsOf(value, syntax);
    if (isComputed) faults.push(keyword);
    requirements.push(...requirementsOf(texts, { group: keyword }, faults));
  } else if (keyword === EXTRAS) {
    const { entries, isComputed } = tableOf(value, syntax);
    if (isComputed) faults.push(EXTRAS);
    for (const [extra, strings] of entries) {
      if (strings.isComputed) faults.push(`${EXTRAS}.${extra}`);
      requirements.push(...requirementsOf(strings.texts, { group: `${EXTRAS}.${extra}` }, faults));
    }
  } else if (keyword === LINKS) {
    const { texts, isComputed } = stringsOf(value, syntax);
    const text = isComputed ? textOf(syntax, value) : texts.join(' ');
    if (text !== '') registries.set(LINKS, text);
  } else if (keyword === COMMANDS) {
    hooks.set(COMMANDS, textOf(syntax, value).replace(/\s+/g, ' '));
  }
}

/** Strings that were found, and whether there is more that only running the file would tell. */
interface Strings {
  readonly texts: readonly string[];
  readonly isComputed: boolean;
}

/** Strings of a list or tuple, or the lines of one string. */
function stringsOf(node: SyntaxNode, syntax: Syntax): Strings {
  const single = stringOf(node, syntax);
  if (single !== null) {
    return { texts: single.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line)), isComputed: false };
  }
  if (!['ArrayExpression', 'TupleExpression', 'SetExpression'].includes(node.name))
    return { texts: [], isComputed: true };
  const all = childrenOf(node).map((child) => stringOf(child, syntax));
  const texts = all.filter((text) => text !== null);
  return { texts, isComputed: texts.length < all.length };
}

/** Entries of a dictionary whose keys are strings, up to the first that is not. */
function tableOf(
  node: SyntaxNode,
  syntax: Syntax,
): { readonly entries: readonly (readonly [string, Strings])[]; readonly isComputed: boolean } {
  if (node.name !== 'DictionaryExpression') return { entries: [], isComputed: true };
  const inside = childrenOf(node);
  const entries: [string, Strings][] = [];
  for (let at = 0; at < inside.length; at += 2) {
    const [key, value] = [inside[at], inside[at + 1]];
    const name = key ? stringOf(key, syntax) : null;
    if (name === null || value === undefined) return { entries, isComputed: true };
    entries.push([name, stringsOf(value, syntax)]);
  }
  return { entries, isComputed: false };
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!isPunctuation(child)) children.push(child);
  }
  return children;
}

function isPunctuation({ name }: SyntaxNode): boolean {
  return ['[', ']', '(', ')', '{', '}', ',', ':', 'Comment'].includes(name);
}

/** A string without interpolation, or several side by side; null for anything else. */
function stringOf(node: SyntaxNode, syntax: Syntax): string | null {
  if (node.name === 'String') return literalOf(textOf(syntax, node));
  if (node.name !== 'ContinuedString') return null;
  const pieces: string[] = [];
  for (const child of childrenOf(node)) {
    const piece = child.name === 'String' ? literalOf(textOf(syntax, child)) : null;
    if (piece === null) return null;
    pieces.push(piece);
  }
  return pieces.join('');
}

/** The content of a literal; null for bytes and for one that does not end. Escapes that names can have are undone. */
function literalOf(text: string): string | null {
  const prefix = /^[rRuU]?/.exec(text)?.[0] ?? '';
  const body = text.slice(prefix.length);
  const quote = /^(?:"""|'''|"|')/.exec(body)?.[0];
  if (quote === undefined || body.length < quote.length * 2 || !body.endsWith(quote)) return null;
  const content = body.slice(quote.length, -quote.length);
  if (/^[rR]/.test(prefix) || !content.includes('\\')) return content;
  return content.replace(/\\(\r?\n|.)/g, (_, escaped: string) => (/^[\r\n]/.test(escaped) ? '' : escaped));
}
