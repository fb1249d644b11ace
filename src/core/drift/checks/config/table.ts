/** How the settings of one tool are judged, as a readable table of key patterns. */
import type { Value } from '../value';
import type { Direction } from './directions';
import type { Fact, Facts } from './facts';

/** Patterns by direction, white space between them: `*` is one key or a part of it, `**` any number of keys. */
export type Directions = { readonly [D in Direction]?: string };

export interface Tool {
  /** What a finding calls it. */
  readonly name: string;
  readonly directions: Directions;
  /** Whether rules may be written as `["error", …]` and `{ level: "error", … }`. */
  readonly levels?: boolean;
  /** Whether it runs without a configuration: a first one then changes what it does. */
  readonly runsWithout?: boolean;
  /** Whether a file in a deeper folder overrides the one above it. */
  readonly cascades?: boolean;
  /** A key that brings in settings from elsewhere, beyond the usual ones; `*`: the tool has settings of its own for all. */
  readonly inherits?: string;
  /** Whether what is absent is on: to say false then switches something off. */
  readonly onByDefault?: boolean;
  /** What an absent setting means by what another one says. */
  readonly effective?: (facts: Facts) => Facts;
  /** Both sides in one form, where a newer version, or another kind of file, says the same in another way; else null. */
  readonly align?: (before: Written, after: Written) => Aligned | null;
}

/** One side of a tool's configuration, and the files that it stands in. */
export interface Written {
  readonly values: readonly Value[];
  readonly paths: readonly string[];
}

export interface Aligned {
  readonly before: readonly Value[];
  readonly after: readonly Value[];
}

export type Compiled = (fact: Fact) => Direction | null;

const ORDER: readonly Direction[] = [
  ...(['floor', 'ceiling', 'patience', 'strict', 'lax', 'level', 'exclusions', 'enables'] as const),
  ...(['inclusions', 'filter', 'arguments', 'mappings', 'neutral'] as const),
];

/** The direction of a fact by its keys; those that are written out win over those with `*`. */
export function compileDirections(directions: Directions): Compiled {
  const patterns = ORDER.flatMap((direction) =>
    (directions[direction] ?? '')
      .split(/\s+/)
      .filter((pattern) => pattern !== '')
      .map((pattern) => pattern.split('.').map(folded))
      .map((keys) => ({ direction, keys, weight: weightOf(keys) })),
  );
  const sorted = patterns.toSorted((a, b) => b.weight - a.weight);
  return ({ path }) => {
    const keys = path.map(folded);
    return sorted.find((pattern) => matches(pattern.keys, keys))?.direction ?? null;
  };
}

/** Keys that are written out count most, then where the pattern begins. */
function weightOf(keys: readonly string[]): number {
  const exact = keys.filter((key) => !key.includes('*')).length;
  return exact * 10 + (keys[0] === '**' ? 0 : 5) - keys.filter((key) => key === '**').length;
}

/** Keys are compared without case, `-` and `_`: tools accept several spellings. */
export function folded(key: string): string {
  return key === '*' || key === '**' ? key : key.toLowerCase().replace(/[-_]/g, '');
}

function matches(pattern: readonly string[], keys: readonly string[]): boolean {
  const open = pattern[0] === '**';
  const closed = pattern.at(-1) === '**';
  const parts = pattern.slice(open ? 1 : 0, closed ? -1 : undefined);
  const spare = keys.length - parts.length;
  if (spare < 0 || (spare > 0 && !open && !closed)) return false;
  const fits = (start: number) => parts.every((part, index) => fitsKey(part, keys[start + index] ?? ''));
  if (!open) return fits(0);
  if (!closed) return fits(spare);
  for (let start = 0; start <= spare; start++) if (fits(start)) return true;
  return false;
}

/** `*` at either end of a key stands for the rest of it. */
function fitsKey(part: string, key: string): boolean {
  if (part === '*' || part === key) return true;
  if (part.endsWith('*')) return key.startsWith(part.slice(0, -1));
  return part.startsWith('*') && key.endsWith(part.slice(1));
}
