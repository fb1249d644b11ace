/** Manifests that are programs may name a package twice, for one condition and for another: both must count. */
import type { Requirement } from './model';

/** Joins what has the same section and name into one requirement of every spec, so that a change of any is seen. */
export function joinDuplicates(requirements: readonly Requirement[]): readonly Requirement[] {
  const byKey = new Map<string, Requirement[]>();
  for (const each of requirements) {
    const key = JSON.stringify([each.group, each.name]);
    const same = byKey.get(key);
    if (same) same.push(each);
    else byKey.set(key, [each]);
  }
  return [...byKey.values()].flatMap((same) => {
    const [first, ...rest] = same;
    return first === undefined ? [] : [rest.length === 0 ? first : joined(first, same)];
  });
}

function joined(first: Requirement, same: readonly Requirement[]): Requirement {
  const hashes = [...new Set(same.flatMap(({ integrity }) => integrity ?? []))].sort();
  return {
    ...first,
    spec: [...new Set(same.map(({ spec }) => spec))].sort().join(' | '),
    source: same.find(({ source }) => source !== null)?.source ?? null,
    everywhere: same.some(({ everywhere }) => everywhere),
    ...(hashes.length > 0 && { integrity: hashes.join(' ') }),
  };
}
