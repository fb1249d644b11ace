/** What a brief lets change and what it forbids, as one question a path: in, outside or avoided? */
import { Automaton } from './automaton';
import { compilePattern, type Pattern } from './pattern';

export { compilePattern, type Pattern } from './pattern';

/** `avoid` wins over `change`. */
export type ScopeJudgement = 'in' | 'outside' | 'avoided';

export interface ScopePatterns {
  readonly change: readonly string[];
  readonly avoid: readonly string[];
}

export interface Scope {
  /** Judges one repository-relative path with `/`, in time linear in its length. */
  judge(path: string): ScopeJudgement;
  /** The pattern that decided, as it was written: of `avoid` if one matches, else of `change`; null when outside. */
  decidedBy(path: string): string | null;
  /** Whether the `change` patterns together match every path that a repository could hold. */
  readonly matchesWholeRepository: boolean;
}

/** Compiles the patterns of a scope. Throws PATTERN_INVALID for the first that is wrong. */
export function compileScope({ change, avoid }: ScopePatterns): Scope {
  const permitting = change.map(compilePattern);
  const permits = firstMatch(permitting);
  const forbids = firstMatch(avoid.map(compilePattern));
  return {
    judge: (path) => (forbids(path) !== null ? 'avoided' : permits(path) !== null ? 'in' : 'outside'),
    decidedBy: (path) => (forbids(path) ?? permits(path))?.source ?? null,
    get matchesWholeRepository() {
      return new Automaton(permitting).somePath((matching) => matching.length === 0) === false;
    },
  };
}

/** So many patterns share a machine: with thousands in one, its sets of states would outgrow its cache. */
const PATTERNS_A_MACHINE = 64;

interface Machine {
  readonly automaton: Automaton;
  readonly patterns: readonly Pattern[];
}

function machinesOf(patterns: readonly Pattern[]): readonly Machine[] {
  const machines: Machine[] = [];
  for (let at = 0; at < patterns.length; at += PATTERNS_A_MACHINE) {
    const some = patterns.slice(at, at + PATTERNS_A_MACHINE);
    machines.push({ automaton: new Automaton(some), patterns: some });
  }
  return machines;
}

/** Finds the first pattern that matches a path, or null. The machines are built when the first path comes. */
function firstMatch(patterns: readonly Pattern[]): (path: string) => Pattern | null {
  let machines: readonly Machine[] | null = null;
  return (path) => {
    machines ??= machinesOf(patterns);
    for (const machine of machines) {
      const [first] = machine.automaton.run(path);
      if (first !== undefined) return machine.patterns[first]!;
    }
    return null;
  };
}

/** A question whether a path is matched by any of some patterns. Throws PATTERN_INVALID. */
export function compileMatcher(patterns: readonly string[]): (path: string) => boolean {
  const scope = compileScope({ change: patterns, avoid: [] });
  return (path) => scope.judge(path) === 'in';
}

/**
 * Whether a path could exist that both scopes let change. Exact, whatever files exist now; when the patterns are too
 * many to tell, the answer is yes, because it serves to warn. Throws PATTERN_INVALID.
 */
export function scopesOverlap(one: ScopePatterns, other: ScopePatterns): boolean {
  const groups = [one.change, one.avoid, other.change, other.avoid];
  const groupOf = groups.flatMap((group, index) => group.map(() => index));
  const automaton = new Automaton(groups.flat().map(compilePattern));
  const shared = automaton.somePath((matching) => {
    const matched = new Set(matching.map((index) => groupOf[index]));
    return matched.has(0) && !matched.has(1) && matched.has(2) && !matched.has(3);
  });
  return shared ?? true;
}
