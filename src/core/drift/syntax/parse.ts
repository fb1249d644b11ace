/** Source text to a syntax tree, within limits: nothing that a file contains makes it hang. */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { Language } from './language';

export interface Syntax {
  readonly language: Language;
  readonly text: string;
  readonly tree: Tree;
}

/** Longest text that is parsed, in UTF-16 units: written sources are shorter, generated ones prove nothing. */
export const LONGEST_SOURCE = 1_000_000;
/** Most brackets in brackets: what mends errors costs a parser memory for every one that is open. */
const DEEPEST = 1_000;
/** A parser takes at most a step a character; more is a loop. */
const SPARE_STEPS = 10_000;

/** Asked for once: even what is loaded already is looked up again by every `import`. */
let grammars: Promise<typeof import('./grammars')> | null = null;

type Rewrite = readonly [form: RegExp, as: (found: string) => string];

/**
 * What a grammar does not know and programs write every day, as something that it knows and that is as long, so that every
 * place in the tree is a place in the text. Expressions are linear: no part of them repeats what follows it.
 */
const REWRITES: Partial<Readonly<Record<Language, readonly Rewrite[]>>> = {
  python: [
    // `with f() as (a, b):`
    [/\bas \([^()\n]{1,200}\)(?=[,:])/g, (found) => `as ${'_'.repeat(found.length - 3)}`],
    // `yield` alone.
    [/^[ \t]+yield(?=[ \t]*(?:#|\r?$))/gm, (found) => found.replace('yield', 'pass ')],
  ],
  java: [
    // `Foo.class`, `int[].class`
    [/\b\w{1,100}(?:\[\]){0,8}\.class\b/g, (found) => '_'.repeat(found.length)],
  ],
};

function forGrammar(language: Language, text: string): string {
  return (REWRITES[language] ?? []).reduce((known, [form, as]) => known.replace(form, as), text);
}

/** Whether a text is short and flat enough to be parsed. */
export function isWithinLimits(text: string): boolean {
  return text.length <= LONGEST_SOURCE && !isDeeper(text, DEEPEST);
}

/**
 * Parses a text; errors in it are nodes of the tree.
 *
 * @returns null when there is no grammar of the language, or the text is longer or nested deeper than the limits
 */
export async function parseSource(language: Language, text: string): Promise<Syntax | null> {
  if (!isWithinLimits(text)) return null;
  grammars ??= import('./grammars');
  const { GRAMMARS } = await grammars;
  const parse = GRAMMARS[language]?.startParse(forGrammar(language, text));
  if (parse === undefined) return null;
  try {
    for (let steps = text.length + SPARE_STEPS; steps > 0; steps--) {
      const tree = parse.advance();
      if (tree !== null) return { language, text, tree };
    }
  } catch (error) {
    // Lezer builds trees by recursion: nesting beyond the stack is nesting beyond the limits.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** Whether more brackets are open anywhere than a limit; those in strings count, too. */
function isDeeper(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) return true;
        break;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        if (depth > 0) depth--;
        break;
    }
  }
  return false;
}

/** The text of a node. */
export function textOf({ text }: Pick<Syntax, 'text'>, { from, to }: Pick<SyntaxNode, 'from' | 'to'>): string {
  return text.slice(from, to);
}

/** Children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Line numbers (from 1) of offsets in a text. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
