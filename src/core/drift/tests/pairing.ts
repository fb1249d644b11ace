/** Which case of the base is which of the head: by name, body, assertions, or because a table took it in. */
import { append } from '../append';
import type { TestCase } from './model';
import { holdsIn, literalsOf, wordsOf } from './texts';

export interface Pairing {
  readonly pairs: readonly (readonly [TestCase, TestCase])[];
  readonly gone: readonly TestCase[];
  readonly fresh: readonly TestCase[];
}

/** Shorter bodies are alike by chance. */
const SHORTEST_BODY = 12;
/** More cases than this with one assertion in common say nothing about each other. */
const MOST_ALIKE = 30;
/** More cases than this that are left over are not compared by the words of their names. */
const MOST_BY_NAME = 200;
/** More tables in one file than this are not searched for what they took in. */
const MOST_TABLES = 200;
/** How much two names must share to be one name that was reworded. */
const ALIKE = 0.5;
/** The same, where both call the same functions and the new one asserts as much. */
const ALIKE_IN_CALLS = 0.3;

/** Pairs the cases of one file, surest signs first. Linear but for names, which are compared below a limit. */
export function pairCases(before: readonly TestCase[], after: readonly TestCase[]): Pairing {
  const pairs: (readonly [TestCase, TestCase])[] = [];
  let gone = before;
  let fresh = after;
  for (const keysOf of [byPath, byBody, byLeaf]) {
    const round = matchBy(gone, fresh, keysOf);
    pairs.push(...round.pairs);
    ({ gone, fresh } = round);
  }
  for (const choose of [byAssertions, byWords]) {
    const round = matchBest(gone, fresh, choose(fresh));
    pairs.push(...round.pairs);
    ({ gone, fresh } = round);
  }
  const left = withoutTwins(withoutTableRows(gone, fresh, pairs), after);
  return { pairs, gone: withoutMerged(left, fresh, pairs), fresh };
}

/** Cases that stood there twice, word for word. */
function withoutTwins(gone: readonly TestCase[], after: readonly TestCase[]): readonly TestCase[] {
  if (gone.length === 0) return gone;
  const bodies = new Set(after.filter(({ skip }) => skip === null).map(byBody));
  return gone.filter((test) => byBody(test) === null || !bodies.has(byBody(test)));
}

/** Cases all of whose assertions others have gained. */
function withoutMerged(
  gone: readonly TestCase[],
  fresh: readonly TestCase[],
  pairs: readonly (readonly [TestCase, TestCase])[],
): readonly TestCase[] {
  if (gone.length === 0) return gone;
  const gained = new Set(fresh.flatMap(textsOf));
  for (const [was, is] of pairs) {
    const old = new Set(textsOf(was));
    for (const text of textsOf(is)) if (!old.has(text)) gained.add(text);
  }
  return gone.filter((test) => test.assertions.length === 0 || !textsOf(test).every((text) => gained.has(text)));
}

export function byPath({ path }: TestCase): string | null {
  return JSON.stringify(path);
}

export function byBody({ body, assertions }: TestCase): string | null {
  return body === undefined || body.length < SHORTEST_BODY || assertions.length === 0 ? null : body;
}

function byLeaf({ path }: TestCase): string | null {
  return path.at(-1) ?? null;
}

/** Pairs each with the next of the same key, in order. */
export function matchBy(
  before: readonly TestCase[],
  after: readonly TestCase[],
  keyOf: (test: TestCase) => string | null,
): Pairing {
  const waiting = new Map<string, TestCase[]>();
  for (const test of after.toReversed()) {
    const key = keyOf(test);
    if (key !== null) append(waiting, key, test);
  }
  const pairs = before.flatMap((test) => {
    const key = keyOf(test);
    const other = key === null ? undefined : waiting.get(key)?.pop();
    return other === undefined ? [] : [[test, other] as const];
  });
  return without(before, after, pairs);
}

function without(
  before: readonly TestCase[],
  after: readonly TestCase[],
  pairs: readonly (readonly [TestCase, TestCase])[],
): Pairing {
  const taken = new Set(pairs.flat());
  return { pairs, gone: before.filter((test) => !taken.has(test)), fresh: after.filter((test) => !taken.has(test)) };
}

type Choice = (test: TestCase, taken: ReadonlySet<TestCase>) => TestCase | null;

function matchBest(before: readonly TestCase[], after: readonly TestCase[], choose: Choice): Pairing {
  const taken = new Set<TestCase>();
  const pairs = before.flatMap((test) => {
    const other = choose(test, taken);
    if (other === null) return [];
    taken.add(other);
    return [[test, other] as const];
  });
  return without(before, after, pairs);
}

/** At least half of the assertions are the same. */
function byAssertions(fresh: readonly TestCase[]): Choice {
  const holders = new Map<string, TestCase[]>();
  for (const test of fresh) for (const text of new Set(textsOf(test))) append(holders, text, test);
  return (test, taken) => {
    const texts = [...new Set(textsOf(test))];
    const shared = new Map<TestCase, number>();
    for (const text of texts) {
      const alike = holders.get(text) ?? [];
      if (alike.length > MOST_ALIKE) continue;
      for (const other of alike) if (!taken.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const [best] = [...shared].toSorted(([, a], [, b]) => b - a);
    return best !== undefined && best[1] * 2 >= texts.length ? best[0] : null;
  };
}

function textsOf({ assertions }: TestCase): readonly string[] {
  return assertions.map(({ text }) => text);
}

/** The same group, and a name that was only reworded. */
function byWords(fresh: readonly TestCase[]): Choice {
  if (fresh.length > MOST_BY_NAME) return () => null;
  const known = fresh.map((test) => ({ test, words: wordsOf(test.path.at(-1) ?? '') }));
  return (test, taken) => {
    const words = wordsOf(test.path.at(-1) ?? '');
    const group = JSON.stringify(test.path.slice(0, -1));
    let best: TestCase | null = null;
    let most = ALIKE;
    for (const other of known) {
      if (taken.has(other.test) || JSON.stringify(other.test.path.slice(0, -1)) !== group) continue;
      if (test.assertions.length > 0 && other.test.assertions.length === 0) continue;
      const share = overlap(words, other.words) + (hasSameCalls(test, other.test) ? ALIKE - ALIKE_IN_CALLS : 0);
      if (share > most) [best, most] = [other.test, share];
    }
    return best;
  };
}

function hasSameCalls(was: TestCase, is: TestCase): boolean {
  const [a, b] = [wordsCalled(was), wordsCalled(is)];
  return a.size > 0 && is.assertions.length >= was.assertions.length && [...a].every((call) => b.has(call));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared);
}

/**
 * Cases whose values are now rows of a table, or a table whose rows are now cases. A table of unknown rows takes in
 * what calls the same functions.
 */
function withoutTableRows(
  gone: readonly TestCase[],
  fresh: readonly TestCase[],
  pairs: readonly (readonly [TestCase, TestCase])[],
): readonly TestCase[] {
  const grown = pairs
    .filter(([was, is]) => is.rows === null || (is.rows?.length ?? 0) > (was.rows?.length ?? 0))
    .map(([, is]) => is);
  const tables = [...fresh, ...grown].filter(({ rows }) => rows !== undefined).slice(0, MOST_TABLES);
  return gone.filter((test) => !tables.some((table) => takesIn(table, test)) && !isUnrolled(test, fresh));
}

function takesIn(table: TestCase, test: TestCase): boolean {
  const calls = wordsCalled(test);
  const inTable = wordsCalled(table);
  if (calls.size > 0 && ![...calls].some((call) => inTable.has(call))) return false;
  if (table.rows === null) return calls.size > 0;
  const literals = literalsOf(test.assertions.map(({ text }) => text).join(' '));
  if (literals.length === 0) return false;
  return (table.rows ?? []).some(
    (row) => literals.filter((literal) => holdsIn(row, literal)).length * 2 > literals.length,
  );
}

function isUnrolled(test: TestCase, fresh: readonly TestCase[]): boolean {
  if (test.rows === undefined || fresh.length === 0) return false;
  const calls = wordsCalled(test);
  const alike = fresh.slice(0, MOST_BY_NAME).filter((other) => [...calls].some((call) => wordsCalled(other).has(call)));
  return alike.length >= Math.max(1, test.rows?.length ?? 1);
}

/** Words that testing libraries call by. */
const COMMON =
  /^(?:expect|assert\w*|to[A-Z]\w*|it|test|describe|equal|strictEqual|deepEqual|ok|is|self|len|str|int|list|dict|range|print|if|for|while|return|not|and|or|async|await|function)$/;

const CALLED = new WeakMap<TestCase, ReadonlySet<string>>();

function wordsCalled(test: TestCase): ReadonlySet<string> {
  const known = CALLED.get(test);
  if (known !== undefined) return known;
  const calls = [...(test.body ?? '').matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\(/gu)].map(([, name]) => name ?? '');
  const own = new Set(calls.filter((name) => !COMMON.test(name)));
  CALLED.set(test, own);
  return own;
}
