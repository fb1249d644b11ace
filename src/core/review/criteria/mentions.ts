/** Which tests and which changes of a result name which criterion. Found without any judgement, and within limits. */
import type { CriterionId } from '../../brief/criterionIds';
import { isNamedAfter } from '../../drift/tests/subjects';
import { testPathOf } from '../../drift/tests/testPaths';
import type { TestResult } from '../../verify/results';
import type { ChangedFile, Hunk } from '../reviewer/changedFile';
import { plural } from '../words';
import type { TestEvidence } from './matrix';
import { MentionFinder } from './mentionFinder';

/** A test that names a criterion, before it is judged. */
export type MentionedTest = Omit<TestEvidence, 'kind' | 'says'>;

/** Changed lines that belong together, and the criteria (by place, from 0) that their added lines name. */
export interface ChangedPlace {
  readonly path: string;
  /** Of the result: the first that names a criterion, else the first that changed. */
  readonly line: number;
  /** Lines that were added or removed. */
  readonly lines: number;
  /** First and last line of the result that it covers. */
  readonly from: number;
  readonly to: number;
  readonly criteria: readonly number[];
  /** It names a criterion, or lies in the file of a test that does, or in the file that this one is named after. */
  readonly isTied: boolean;
}

export interface Mentions {
  /** By criterion: those that speak against it first, then those that began to pass. */
  readonly tests: readonly (readonly MentionedTest[])[];
  /** Every change of text, in git's order, as far as they were looked through. */
  readonly places: readonly ChangedPlace[];
  /** What was not looked through, in words. */
  readonly unread: readonly string[];
}

/** The tests of one check by name, at the result and at the base; null where a run tells none. */
export interface TestedCheck {
  readonly check: string;
  readonly result: NamedTests | null;
  readonly base: NamedTests | null;
}

export interface NamedTests {
  readonly tests: readonly TestResult[];
  /** Tests that are counted and not named. */
  readonly unlisted: number;
}

/** Tests of one criterion that are kept. */
const TESTS_KEPT = 500;
/** Changed places that are looked at, and UTF-16 units of their added lines that are looked through. */
const PLACES_KEPT = 5_000;
const TEXT_LIMIT = 2 * 1024 * 1024;

/** The same whatever the order of checks, tests and files. */
export function findMentions(
  ids: readonly CriterionId[],
  checks: readonly TestedCheck[],
  files: readonly ChangedFile[],
): Mentions {
  const finder = new MentionFinder(ids);
  const { places: changed, unread } = changedPlaces(finder, files);
  const named = new Set(changed.flatMap(({ criteria }) => criteria));
  const tests = ids.map((): MentionedTest[] => []);
  for (const checked of checks) {
    for (const test of mentioned(finder, checked)) {
      for (const place of test.places) {
        if (isOfThisTask(ids[place]!, test, named.has(place))) tests[place]!.push(test.found);
      }
    }
  }
  const kept = tests.map((found) => found.sort(byWeight).slice(0, TESTS_KEPT));
  return { tests: kept, places: tied(changed, kept.flat()), unread };
}

/** Test files whose namesakes are looked for. */
const TEST_FILES = 50;

/** A file of tests alone: where these stand between the code, the rest of the file may be about anything. */
function isTestFile(path: string): boolean {
  const kind = testPathOf(path)?.kind;
  return kind === 'test' || kind === 'folder';
}

function tied(places: readonly ChangedPlace[], tests: readonly MentionedTest[]): readonly ChangedPlace[] {
  const files = new Set([
    ...tests.flatMap(({ file }) => (file === null ? [] : [file])),
    ...places.flatMap(({ path, criteria }) => (criteria.length > 0 && isTestFile(path) ? [path] : [])),
  ]);
  const named = [...files].sort().slice(0, TEST_FILES);
  const paths = [...new Set(places.map(({ path }) => path))];
  const subjects = new Set(paths.filter((path) => named.some((file) => isNamedAfter(file, `./${path}`))));
  return places.map((place) => {
    const isTied = place.criteria.length > 0 || files.has(place.path) || subjects.has(place.path);
    return { ...place, isTied };
  });
}

/**
 * A number by place is given when a task begins: what had it at the base, or what nobody can tell when it came, was named
 * for another task.
 */
function isOfThisTask({ isOwn }: CriterionId, { found }: Found, isInChange: boolean): boolean {
  if (isOwn || found.before === 'absent') return true;
  return found.before === null && isInChange;
}

interface Found {
  readonly places: readonly number[];
  readonly found: MentionedTest;
}

function mentioned(finder: MentionFinder, { check, result, base }: TestedCheck): Found[] {
  const [now, then] = [namingTests(finder, result), namingTests(finder, base)];
  const unknown = base === null || base.unlisted > 0 ? null : 'absent';
  const found = [...now].map(([name, { places, test }]): Found => {
    const before = then.get(name)?.test.status ?? unknown;
    return { places, found: { check, name, status: test.status, before, file: test.file ?? null } };
  });
  // Where a report lists less than it counts, or is not there at all, a test that is missing may have run.
  if (result === null || result.unlisted > 0) return found;
  const vanished = [...then]
    .filter(([name]) => !now.has(name))
    .map(([name, { places, test }]): Found => {
      const { status: before, file = null } = test;
      return { places, found: { check, name, status: 'vanished', before, file } };
    });
  return [...found, ...vanished];
}

function namingTests(finder: MentionFinder, named: NamedTests | null) {
  const found = new Map<string, { readonly places: readonly number[]; readonly test: TestResult }>();
  for (const test of named?.tests ?? []) {
    const places = finder.find(withoutFile(test));
    if (places.length > 0) found.set(test.name, { places, test });
  }
  return found;
}

/** The suites and the test: what the file is called says nothing of the one test. */
function withoutFile({ name, file }: TestResult): string {
  const prefix = `${file} › `;
  return file !== undefined && name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

function byWeight(one: MentionedTest, other: MentionedTest): number {
  const difference = weightOf(one) - weightOf(other);
  if (difference !== 0) return difference;
  const [a, b] = [`${one.check}\n${one.name}`, `${other.check}\n${other.name}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What speaks against a criterion comes first, then what changed with the work. */
function weightOf({ status, before }: MentionedTest): number {
  if (status !== 'passed') return { failed: 0, vanished: 1, skipped: 2 }[status];
  return before === 'failed' ? 3 : before === 'absent' ? 4 : 5;
}

function changedPlaces(
  finder: MentionFinder,
  files: readonly ChangedFile[],
): { readonly places: readonly ChangedPlace[]; readonly unread: readonly string[] } {
  const ordered = [...files].sort((a, b) => (a.change.path < b.change.path ? -1 : 1));
  const hunks = ordered.flatMap(({ change, hunks: own }) => own.map((hunk) => ({ path: change.path, hunk })));
  let room = TEXT_LIMIT;
  let passed = 0;
  const places = hunks.slice(0, PLACES_KEPT).map(({ path, hunk }): ChangedPlace => {
    const place = placeOf(finder, path, hunk, room);
    room -= place.length;
    if (room <= 0 || hunk.unread > 0) passed += 1;
    return place.found;
  });
  const rest = hunks.length - places.length + passed;
  return {
    places,
    unread:
      rest === 0 ? [] : [`${plural(rest, 'changed place was', 'changed places were')} not looked through for ids`],
  };
}

function placeOf(finder: MentionFinder, path: string, hunk: Hunk, room: number) {
  const criteria = new Set<number>();
  let [length, at, lines] = [0, hunk.newStart, hunk.unread];
  let first: number | null = null;
  let naming: number | null = null;
  for (const line of hunk.lines) {
    const sign = line[0];
    if (sign !== ' ') {
      lines += 1;
      first ??= at;
    }
    if (sign === '+' && length < room) {
      length += line.length;
      const found = finder.find(line.slice(1));
      if (found.length > 0) naming ??= at;
      for (const place of found) criteria.add(place);
    }
    if (sign !== '-') at += 1;
  }
  const from = Math.max(1, hunk.newStart);
  const found: ChangedPlace = {
    path,
    line: Math.max(1, naming ?? first ?? hunk.newStart),
    lines,
    from,
    to: Math.max(from, at - 1),
    criteria: [...criteria].sort((a, b) => a - b),
    isTied: false,
  };
  return { found, length };
}
