/** What patterns match among the paths of a repository: each list in one pass over them. */
import { Automaton } from '../brief/automaton';
import { compilePattern } from '../brief/pattern';
import { compileMatcher } from '../brief/scope';

export interface MatchCount {
  /** Paths that a pattern matches. */
  readonly files: number;
  /** Those of them that are asked about. */
  readonly asked: number;
}

/** Patterns that parse, at most a few dozen; `isAsked` is called for paths that one of them matches. */
function count(
  patterns: readonly string[],
  paths: readonly string[],
  isAsked: (path: string) => boolean,
): readonly MatchCount[] {
  const automaton = new Automaton(patterns.map(compilePattern));
  const counts = patterns.map(() => ({ files: 0, asked: 0 }));
  for (const path of paths) {
    const matched = automaton.run(path);
    if (matched.length === 0) continue;
    const asked = isAsked(path);
    for (const index of matched) {
      const one = counts[index]!;
      one.files += 1;
      if (asked) one.asked += 1;
    }
  }
  return counts;
}

/** By pattern: the paths that it matches, and how many of them `forbidden` leaves. Throws PATTERN_INVALID. */
export function countFree(
  patterns: readonly string[],
  forbidden: readonly string[],
  paths: readonly string[],
): readonly MatchCount[] {
  const isForbidden = compileMatcher(forbidden);
  return count(patterns, paths, (path) => !isForbidden(path));
}

/** By pattern: the paths that it matches, and how many of them `change` matches too; and of all that is. As above. */
export function countCovered(
  patterns: readonly string[],
  change: readonly string[],
  paths: readonly string[],
): { readonly counts: readonly MatchCount[]; readonly changing: number } {
  const isChanging = compileMatcher(change);
  const changing = paths.filter(isChanging);
  const set = new Set(changing);
  return { counts: count(patterns, paths, (path) => set.has(path)), changing: changing.length };
}
