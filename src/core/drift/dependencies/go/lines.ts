/** The lines of a go.mod or go.work, blocks resolved (Go Modules Reference, "go.mod files", "Lexical elements"). */
import { Unreadable } from '../document';

export interface GoLine {
  readonly verb: string;
  readonly words: readonly string[];
  readonly comment: string;
}

/** A word, or one in quotes. */
const WORD = /"[^"]*"|`[^`]*`|[()]|[^\s()"`]+/g;

/** Every directive, one for each line of a block. Throws Unreadable when a block does not end. */
export function linesOf(text: string): readonly GoLine[] {
  const lines: GoLine[] = [];
  let block: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const slashes = line.indexOf('//');
    const code = slashes === -1 ? line : line.slice(0, slashes);
    const comment = slashes === -1 ? '' : line.slice(slashes + 2).trim();
    const words = [...code.matchAll(WORD)].map(([word]) => word.replace(/^(["`])([\s\S]*)\1$/, '$2'));
    const [verb, ...rest] = words;
    if (verb === undefined) continue;
    if (block !== null && verb === ')') block = null;
    else if (block !== null) lines.push({ verb: block, words, comment });
    else if (rest.length === 1 && rest[0] === '(') block = verb;
    else lines.push({ verb, words: rest, comment });
  }
  if (block !== null) throw new Unreadable(`its block ${block.slice(0, 100)} does not end`);
  return lines;
}
