/** Questions about pieces of source that need no grammar. */

/** The functions that a text calls, each as often as it does. */
export function callsIn(text: string): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const [, name = ''] of text.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\(/gu))
    calls.set(name, (calls.get(name) ?? 0) + 1);
  return calls;
}

/** Numbers and strings in a text. */
export function literalsOf(text: string): readonly string[] {
  return [...new Set(text.match(/"[^"]*"|'[^']*'|(?<![\p{L}\p{N}_$])\d[\d._]*/gu) ?? [])];
}

/** Whether a text has a literal, not as part of another. */
export function holdsIn(text: string, literal: string): boolean {
  if (!/^\d/.test(literal)) return text.includes(literal);
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + 1)) {
    if (!/[\d.]/.test(text[at - 1] ?? '') && !/\d/.test(text[at + literal.length] ?? '')) return true;
  }
  return false;
}

/** Whether a text has a value of {@link literalsOf}; a string may stand there in other quotes. */
export function holdsValue(text: string, value: string): boolean {
  if (/^\d/.test(value)) return holdsIn(text, value);
  const inner = value.slice(1, -1);
  return text.includes(`"${inner}"`) || text.includes(`'${inner}'`);
}

/** The words of a name, in lower case: `test_adds_two`, `adds two`, `addsTwo`. */
export function wordsOf(name: string): ReadonlySet<string> {
  const words = name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').toLowerCase();
  return new Set(words.match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** The words, values and signs of a text, in their order. */
export function tokensOf(text: string): readonly string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]*|\d[\d._]*|"[^"]*"|'[^']*'|\S/gu) ?? [];
}

/** The identifiers in a text. */
export function identifiersIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
}

/**
 * A text that holds a string of several lines, as runners read it that take the indentation away (Jest's inline
 * snapshots, expect-test).
 */
export function unindented(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents.slice(0, -1), Infinity);
  const lines = rest.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)).trimEnd());
  return [first, ...lines]
    .join('\n')
    .replace(/([`"])\n+/, '$1')
    .replace(/\n+([`"]#*[^`"]*)$/, '$1');
}

/** The lines of a text that are not in an older one. */
export function freshLines(before: string, after: string): string {
  const old = new Set(before.split('\n').map((line) => line.trim()));
  return after
    .split('\n')
    .filter((line) => !old.has(line.trim()))
    .join('\n');
}

const MOST_NAMED = 8;

/** The first of many, and how many more there are. */
export function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest > 0 ? `${names.slice(0, MOST_NAMED).join('; ')}; and ${rest} more` : names.join('; ');
}

/** A case by its path, for people. */
export function titleOf({ path }: { readonly path: readonly string[] }): string {
  return path.join(' › ');
}
