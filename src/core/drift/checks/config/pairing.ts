/** Items of lists that are known by a label: which of the base is which of the head. */
import type { Fact, Facts } from './facts';

/** Items of one list that are compared with one another to pair them. */
const MOST_PAIRED = 50;

/**
 * Where items of a list went and others came whose labels begin alike, they are the same: a pattern or a name was edited.
 * Their facts in the base get the new label, so that settings are compared and the label's change is one of them.
 */
export function withSameLabels(before: Facts, after: Facts): Facts {
  const was = labelsOf(before);
  const now = labelsOf(after);
  const renamed = new Map<string, string>();
  for (const [list, labels] of was) {
    const others = now.get(list) ?? new Set<string>();
    const gone = [...labels].filter((label) => !others.has(label));
    const come = [...others].filter((label) => !labels.has(label));
    for (const [from, to] of pairs(gone.slice(0, MOST_PAIRED), come.slice(0, MOST_PAIRED)))
      renamed.set(list + from, to);
  }
  if (renamed.size === 0) return before;
  const facts = [...before.values()].map((fact): [string, Fact] => {
    let original = '';
    const path = fact.path.map((key) => {
      const label = isLabel(key) ? (renamed.get(original + key) ?? key) : key;
      original += `${key}\n`;
      return label;
    });
    return [JSON.stringify(path), { ...fact, path }];
  });
  return new Map(facts);
}

/** Each with the one that begins most like it; one alone is paired with one alone. */
function pairs(gone: readonly string[], come: readonly string[]): readonly (readonly [string, string])[] {
  const left = new Set(come);
  return gone.flatMap((from) => {
    const [best] = [...left].toSorted((a, b) => common(from, b) - common(from, a));
    const isSame =
      best !== undefined && (common(from, best) * 2 > from.length || (gone.length === 1 && come.length === 1));
    if (!isSame) return [];
    left.delete(best);
    return [[from, best] as const];
  });
}

/** How many characters two texts begin with alike. */
function common(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** The labelled item of a list that a key belongs to, or null. */
export function itemOf(path: readonly string[]): string | null {
  const at = path.findIndex(isLabel);
  return at === -1 ? null : path.slice(0, at + 1).join('.');
}

/** Every labelled item of a configuration. */
export function itemsIn(facts: Facts): ReadonlySet<string> {
  return new Set([...facts.values()].flatMap(({ path }) => itemOf(path) ?? []));
}

function isLabel(key: string): boolean {
  return key.startsWith('[');
}

/** Labels by the list that they stand in. */
function labelsOf(facts: Facts): ReadonlyMap<string, ReadonlySet<string>> {
  const labels = new Map<string, Set<string>>();
  for (const { path } of facts.values()) {
    let list = '';
    for (const key of path) {
      if (isLabel(key)) labels.set(list, (labels.get(list) ?? new Set()).add(key));
      list += `${key}\n`;
    }
  }
  return labels;
}
