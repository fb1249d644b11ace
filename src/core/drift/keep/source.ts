/** A file of one side of the diff, as syntax. */
import type { RuleContext } from '../input';
import { languageOf } from '../syntax/language';
import { parseSource, type Syntax } from '../syntax/parse';

export type Side = 'base' | 'head';

/** Why a file could not be compared; in words that follow its path. */
export type Reading = { readonly syntax: Syntax } | { readonly missing: true } | { readonly why: string };

/** Reads and parses a file of a side. Nothing that it contains makes it throw. */
export async function readSide(side: Side, path: string, { reader }: RuleContext): Promise<Reading> {
  const blob = await reader.at(side, path);
  if (blob === null) return { missing: true };
  if (blob.tooLarge) return { why: 'is too large to be read' };
  const language = languageOf(path);
  if (language === null) return { why: 'is in no language whose code can be compared' };
  // Bytes that are no UTF-8 differ from each other by their replacements, too.
  const syntax = await parseSource(language, new TextDecoder().decode(blob.bytes));
  return syntax === null ? { why: 'could not be parsed' } : { syntax };
}
