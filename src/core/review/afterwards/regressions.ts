/** What was clean before a correction and is not now: checks, tests, places of findings. */

import { listOf, type TestList } from '../../verify/comparison';
import { mustBeAnswered } from '../decisions';
import { failingIn } from './checks';
import { type FoundPlace, placesOf, subjectOf } from './findings';
import type { Regression } from './outcome';
import type { CheckedSide, Side } from './side';

/** A regression before it is known which turn brought it. */
export type Fallen = Omit<Regression, 'since'>;

const GRAVITY: Readonly<Record<string, number>> = { block: 0, warn: 1, info: 2 };
const NONE: TestList = listOf([]);

/**
 * In an order that depends on nothing but what they are: checks, then tests, then findings, the gravest first.
 *
 * @param covered what the sent findings are about (`subjectsOfItem`): what the same rule says of the same files is told there
 */
export function regressionsOf(before: Side, after: Side, covered: ReadonlySet<string>): readonly Fallen[] {
  const names = [...after.checks.keys()].sort();
  const found = names.flatMap((name) => fallenCheck(name, before.checks.get(name), after.checks.get(name)));
  const byKind = (kind: Fallen['kind']) => found.filter((one) => one.kind === kind);
  return [...byKind('check'), ...byKind('tests'), ...newFindings(before, after, covered)];
}

/** What tells two regressions apart, whichever trees they were found at. */
export function keyOfRegression({ kind, id }: Fallen): string {
  return `${kind} ${id}`;
}

function fallenCheck(name: string, was: CheckedSide | undefined, now: CheckedSide | undefined): readonly Fallen[] {
  if (was === undefined || now === undefined) return [];
  const tests = newlyFailing(was, now);
  const place = { id: name, rule: null, path: null, line: null } as const;
  if (was.status === 'passed' && now.status !== 'passed') {
    return [{ kind: 'check', ...place, message: `passed before, ${now.status} now`, tests }];
  }
  return tests.total === 0 ? [] : [{ kind: 'tests', ...place, message: 'tests fail that did not fail before', tests }];
}

function newlyFailing(was: CheckedSide, now: CheckedSide): TestList {
  const [old, fresh] = [failingIn(was.run), failingIn(now.run)];
  if (old === null || fresh === null) return NONE;
  return listOf([...fresh].filter((test) => !old.has(test)).sort());
}

function newFindings(before: Side, after: Side, covered: ReadonlySet<string>): readonly Fallen[] {
  if (before.drift === null || after.drift === null) return [];
  const dirty = new Set(placesOf(before.drift.findings.filter(mustBeAnswered)).map(({ id }) => id));
  const fresh = placesOf(after.drift.findings.filter(mustBeAnswered)).filter(
    (place) => !dirty.has(place.id) && !covered.has(subjectOf(place)),
  );
  const byFinding = new Map<string, FoundPlace[]>();
  for (const place of fresh) byFinding.set(place.finding.id, [...(byFinding.get(place.finding.id) ?? []), place]);
  return [...byFinding.values()].map(fallenFinding).toSorted(gravestFirst);
}

/** A finding is shown at the first of its places that is new. */
function fallenFinding(places: readonly FoundPlace[]): Fallen & { readonly severity: string } {
  const [first] = places as readonly [FoundPlace, ...FoundPlace[]];
  const { finding } = first;
  const at = finding.places.find(({ id }) => id === first.id);
  const part = places.length < finding.places.length ? ` (${places.length} of its places are new)` : '';
  return {
    kind: 'finding',
    id: finding.id,
    rule: finding.rule,
    path: at?.path ?? finding.path,
    line: at?.line ?? finding.line,
    message: `${finding.message}${part}`,
    tests: NONE,
    severity: finding.severity,
  };
}

function gravestFirst(one: { id: string; severity: string }, other: { id: string; severity: string }): number {
  const weight = (GRAVITY[one.severity] ?? 0) - (GRAVITY[other.severity] ?? 0);
  return weight === 0 ? (one.id < other.id ? -1 : 1) : weight;
}
