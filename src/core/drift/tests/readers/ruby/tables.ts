/** What loops in Ruby go through, where it stands in the source. */
import { type Chain, stringOf } from './chain';
import type { Source, Span } from './source';

const LONGEST_ROW = 2_000;
const LOOPS = /^(?:each|each_pair|each_with_index|each_with_object|map|flat_map|each_entry)$/;

/** Values that names stand for. */
export type Tables = ReadonlyMap<string, Span>;

/**
 * The rows that `[…].each do` and `TABLE.each do` go through, with the index of what opens the block; rows are null when
 * they cannot be told.
 */
export function loopOf(
  source: Source,
  chain: Chain,
  tables: Tables,
): { open: number; rows: readonly string[] | null } | null {
  const { root, links } = chain;
  const last = links.at(-1);
  const steps = root === null ? links.slice(1) : links;
  if (last === undefined || last.block === null || !steps.some(({ name }) => LOOPS.test(name))) return null;
  const isPlain = steps.every(({ name }) => LOOPS.test(name) || /^(?:with_index|with_object|freeze)$/.test(name));
  const whole = root ?? (links[0]?.called === false ? tables.get(links[0].name) : undefined);
  return { open: last.block, rows: isPlain && whole !== undefined ? rowsOf(source, whole) : null };
}

/** The elements of an array, of a list of words or of a hash; null for another value. */
export function rowsOf(source: Source, { from, to }: Span): readonly string[] | null {
  const end = source.at(to - 2) === '.' && source.at(to - 1) === 'freeze' ? to - 2 : to;
  if (/^[[{]$/.test(source.at(from)) && source.past(from) === end) {
    const elements = source.elements({ from: from + 1, to: end - 1 });
    if (elements.some((element) => /^\*/.test(source.at(element.from)))) return null;
    return elements.map((element) => source.compact(element, LONGEST_ROW));
  }
  const token = source.tokens[from];
  if (end !== from + 1 || token?.kind !== 'string' || !token.text.startsWith('[')) return null;
  return token.text === '[]' ? [] : token.text.slice(1, -1).split(',');
}

/** The module that `require` and `require_relative` name, as a file, with what it is likely to define. */
export function requiredBy(source: Source, { links }: Chain): readonly [string, readonly string[]] | null {
  const [first] = links;
  const name = stringOf(source, first?.args[0]);
  if (name === null || !/^require(?:_relative)?$/.test(first?.name ?? '')) return null;
  const path = first?.name === 'require_relative' && !name.startsWith('.') ? `./${name}` : name;
  const last = name.slice(name.lastIndexOf('/') + 1).replace(/\.rb$/, '');
  return [
    path,
    [
      last
        .split('_')
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
        .join(''),
    ],
  ];
}
