/** `deps/lookalike`: new names one edit away from a popular package or from one that the project already uses. */
import { append } from '../append';
import type { RawFinding } from '../report';
import type { Manifest, RequirementChange } from './model';
import { popularOf } from './popular';

/** Below this length every name is one edit away from another. */
const SHORTEST = 4;
/** npm's own limit (npm docs, package.json, "name"). */
const LONGEST = 214;

/** Judges packages that no section of the manifest named before; popular names themselves are exempt. */
export function lookalikes(
  { path, ecosystem, before }: { readonly path: string; readonly ecosystem: string; readonly before: Manifest },
  changes: readonly RequirementChange[],
): readonly RawFinding[] {
  const added = new Map<string, Set<string>>();
  for (const { after } of changes) {
    if (after === null || after.group === 'packageManager') continue;
    const own = after.ecosystem ?? ecosystem;
    // Names that no registry gives out: whoever looks at them knows what they stand for.
    if (own === 'generic') continue;
    added.set(own, (added.get(own) ?? new Set()).add(after.package));
  }
  return [...added].flatMap(([own, names]) => {
    const existing = before.requirements.filter((each) => (each.ecosystem ?? ecosystem) === own);
    return judgeNames(path, names, new Set(existing.map((each) => each.package)), popularOf(own));
  });
}

function judgeNames(
  path: string,
  added: ReadonlySet<string>,
  existing: ReadonlySet<string>,
  popular: ReadonlySet<string>,
): readonly RawFinding[] {
  const known = indexed([...existing, ...popular].filter(isComparable));
  return [...added]
    .filter((name) => !existing.has(name) && !popular.has(name) && isComparable(name))
    .flatMap((name): RawFinding[] => {
      const near = shortened(name)
        .flatMap((variant) => known.get(variant) ?? [])
        .find((other) => isOneEditAway(name, other) && !isOtherMajor(name, other) && !isNamespaceShared(name, other));
      if (near === undefined) return [];
      const message = `${name} is one edit away from ${near}.`;
      return [{ rule: 'deps/lookalike', path, message, evidence: `${name} ≈ ${near}`, grantable: false }];
    });
}

/** Go writes the major version into the name: `/v2`, and `.v2` at gopkg.in (Go Modules Reference, "Major version suffixes"). */
function isOtherMajor(one: string, other: string): boolean {
  const stem = (name: string) => name.replace(/[/.]v\d+$/, '');
  return stem(one) === stem(other);
}

/** Nobody but its owner publishes into a scope, a group or an account (`@scope/a`, `group:a`, `owner/a`). */
function isNamespaceShared(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) =>
    name.slice(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1),
  );
  return first !== '' && first === second;
}

function isComparable(name: string): boolean {
  return name.length >= SHORTEST && name.length <= LONGEST;
}

/** Names by every form that lacks one letter: two names one edit apart share such a form, or one is the other's. */
function indexed(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const name of new Set(names)) for (const variant of shortened(name)) append(index, variant, name);
  return index;
}

/** The name itself, and the name without each of its letters. */
function shortened(name: string): readonly string[] {
  return [
    name,
    ...new Set(Array.from({ length: name.length }, (_, index) => name.slice(0, index) + name.slice(index + 1))),
  ];
}

/** One insertion, deletion, substitution, or swap of neighbours (Damerau and Levenshtein's distance of exactly one). */
export function isOneEditAway(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [restOfOne, restOfOther] = [one.slice(start), other.slice(start)];
  if (one.length > other.length) return restOfOne.slice(1) === restOfOther;
  if (one.length < other.length) return restOfOne === restOfOther.slice(1);
  const swapped = (restOfOne[1] ?? '') + (restOfOne[0] ?? '') + restOfOne.slice(2);
  return restOfOne.slice(1) === restOfOther.slice(1) || swapped === restOfOther;
}
