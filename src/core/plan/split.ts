/**
 * Several briefs of one intent: their order, and scopes that share no path, whatever files exist now or later. Where two
 * overlap, the later one loses what the earlier one may change.
 */
import { type ScopePatterns, scopesOverlap } from '../brief/scope';
import type { Drops } from './drops';
import type { HeldBrief } from './held';
import { leavesSomething } from './holdScope';

export type Split =
  | { readonly briefs: readonly HeldBrief[]; readonly problem: null }
  | { readonly briefs: null; readonly problem: string };

/** In their order, disjoint; or why they cannot be. `taken`: what the policy forbids, beside each brief's own `avoid`. */
export function splitBriefs(
  briefs: readonly HeldBrief[],
  given: { readonly paths: readonly string[]; readonly avoid: readonly string[] },
  drops: Drops,
): Split {
  const apart: HeldBrief[] = [];
  for (const brief of inOrder(briefs, drops)) {
    const cut = apart.reduce<HeldBrief | string>(
      (left, earlier) => (typeof left === 'string' ? left : without(left, earlier, given, drops)),
      brief,
    );
    if (typeof cut === 'string') return { briefs: null, problem: cut };
    apart.push(cut);
  }
  return { briefs: apart, problem: null };
}

const patternsOf = ({ scope }: HeldBrief, avoid: readonly string[]) => ({
  change: scope.change.map(({ pattern }) => pattern),
  avoid: [...scope.avoid.map(({ pattern }) => pattern), ...avoid],
});

/** The later of two briefs without what the earlier one may change; why that cannot be, where nothing would be left. */
function without(
  later: HeldBrief,
  earlier: HeldBrief,
  { paths, avoid }: { readonly paths: readonly string[]; readonly avoid: readonly string[] },
  drops: Drops,
): HeldBrief | string {
  const own = patternsOf(later, avoid);
  const first = patternsOf(earlier, avoid);
  if (!scopesOverlap(own, first)) return later;
  const shared = sharedOf(own, first);
  const names = `briefs ${earlier.number} and ${later.number}`;
  if (!leavesSomething(later.scope.change, [...own.avoid, ...shared], paths)) {
    return `${names} may both change ${shared.slice(0, 5).join(', ')}, and without it brief ${later.number} would have nothing to change: their scopes must not share a file`;
  }
  for (const pattern of shared) drops.add(pattern, `${names} shared it: it is left to brief ${earlier.number}`);
  const because = `brief ${earlier.number} of the split has it`;
  const added = shared.map((pattern) => ({ pattern, why: because, files: 0, isNew: false }));
  return { ...later, scope: { ...later.scope, avoid: [...later.scope.avoid, ...added] } };
}

/** So many patterns are told apart one by one; of more all are taken away. */
const FEW = 12;

/** The patterns of a scope by which it overlaps another: those two do. */
function sharedOf(own: ScopePatterns, { change, avoid }: ScopePatterns): readonly string[] {
  if (change.length > FEW) return change;
  const shared = change.filter((pattern) => scopesOverlap(own, { change: [pattern], avoid }));
  // Two that are too large to be told apart overlap together, and not one by one.
  return shared.length === 0 ? change : shared;
}

/** As `after` says, and otherwise as they were named. What cannot be kept of `after` is dropped. */
function inOrder(briefs: readonly HeldBrief[], drops: Drops): readonly HeldBrief[] {
  const numbers = new Set(briefs.map(({ number }) => number));
  const left = briefs.map((brief) => ({
    ...brief,
    after: [...new Set(brief.after)].filter((number) => {
      const isThere = numbers.has(number) && number !== brief.number;
      if (!isThere) drops.add(`after ${number}`, `brief ${brief.number} cannot come after it`);
      return isThere;
    }),
  }));
  const ordered: HeldBrief[] = [];
  while (left.length > 0) {
    const placed = new Set(ordered.map(({ number }) => number));
    const free = left.findIndex(({ after }) => after.every((number) => placed.has(number)));
    const [next] = left.splice(Math.max(0, free), 1);
    if (next === undefined) break;
    if (free >= 0) ordered.push(next);
    else {
      drops.add(`after ${next.after.join(', ')}`, `the briefs wait for each other; brief ${next.number} comes first`);
      ordered.push({ ...next, after: next.after.filter((number) => placed.has(number)) });
    }
  }
  return ordered;
}
