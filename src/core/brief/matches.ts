/** What each pattern of a scope matches among the paths of a commit: how many, and the first of them. */
import { CountersignError } from '../errors';
import { Automaton } from './automaton';
import { compilePattern, type Pattern } from './pattern';
import type { ScopePatterns } from './scope';

export interface PatternMatches {
  readonly pattern: string;
  readonly kind: 'change' | 'avoid';
  readonly files: number;
  /** The first matches, in the order of the paths. */
  readonly examples: readonly string[];
  /** Why it is no pattern; null when it is one. */
  readonly problem: string | null;
}

const EXAMPLES = 20;
/** So many patterns share a machine, as in `scope.ts`. */
const TOGETHER = 64;

interface Tally {
  files: number;
  readonly examples: string[];
}

/**
 * Counts the matches of every pattern by itself: `avoid` takes nothing away from `change` here.
 *
 * @param pause awaited between passes over the paths, so that others get their turn
 */
export async function matchesOf(
  scope: ScopePatterns,
  paths: readonly string[],
  pause: () => Promise<void>,
): Promise<PatternMatches[]> {
  const asked = (['change', 'avoid'] as const).flatMap((kind) => scope[kind].map((pattern) => ({ kind, pattern })));
  const compiled = asked.map(({ pattern }) => compiledOrProblem(pattern));
  const patterns = compiled.filter((one) => typeof one !== 'string');
  const tallies: Tally[] = [];
  for (let at = 0; at < patterns.length; at += TOGETHER) {
    if (at > 0) await pause();
    tallies.push(...count(patterns.slice(at, at + TOGETHER), paths));
  }
  let next = 0;
  return asked.map(({ kind, pattern }, index) => {
    const found = compiled[index];
    if (typeof found === 'string') return { pattern, kind, files: 0, examples: [], problem: found };
    return { pattern, kind, ...tallies[next++]!, problem: null };
  });
}

function compiledOrProblem(pattern: string): Pattern | string {
  try {
    return compilePattern(pattern);
  } catch (thrown) {
    if (thrown instanceof CountersignError) return thrown.message;
    throw thrown;
  }
}

function count(patterns: readonly Pattern[], paths: readonly string[]): Tally[] {
  const tallies = patterns.map((): Tally => ({ files: 0, examples: [] }));
  const automaton = new Automaton(patterns);
  for (const path of paths) {
    for (const index of automaton.run(path)) {
      const tally = tallies[index]!;
      tally.files += 1;
      if (tally.examples.length < EXAMPLES) tally.examples.push(path);
    }
  }
  return tallies;
}
