/** What became of the assertions of one case, or of one function that asserts for others. */
import { append } from '../append';
import { type Arrivals, isDoubtful, isInLoop, saysNothing } from './doubts';
import type { Asserting, Assertion, Strength } from './model';
import { isOpposite } from './opposites';
import { callsIn, literalsOf, unindented } from './texts';

/** What else in the change may have taken over what an assertion did. */
export interface Elsewhere extends Arrivals {
  /** Texts that other cases and functions of the file have gained. */
  readonly gained: ReadonlyMap<string, number>;
  /** Whether a function asserts; null where its source was not seen. */
  readonly asserts: (name: string, side: 'before' | 'after') => boolean | null;
}

export type Loss =
  | {
      readonly kind: 'fewer';
      readonly lost: readonly Assertion[];
      readonly trivial: Assertion | null;
      readonly all: boolean;
      /** Whether what came or stays may say as much: a person can tell. */
      readonly doubtful: boolean;
    }
  | { readonly kind: 'muted'; readonly lost: readonly Assertion[]; readonly now: Assertion }
  | { readonly kind: 'weaker'; readonly was: Assertion; readonly now: Assertion; readonly sure: boolean }
  | { readonly kind: 'guarded'; readonly now: Assertion }
  /** `alone`: nothing else in the case changed. */
  | { readonly kind: 'opposite'; readonly was: Assertion; readonly now: Assertion; readonly alone: boolean }
  | { readonly kind: 'expected'; readonly was: Assertion; readonly now: Assertion }
  | { readonly kind: 'snapshot'; readonly was: Assertion; readonly now: Assertion };

const FAILS = /(?:^|\.)(?:fail|Fail|XCTFail|unreachable)\(/;
const THROWS = /throw|raise|reject|assertFails/i;

/** An empty value is as good as false: `x == []` and `not x`. */
const EMPTY =
  /(?:==|\bis |,|\()(?:\[\]|\{\}|\(\)|b?""|b?''|0|None|null|undefined|[Ff]alse)\)?$|\.to(?:Be(?:Null|Undefined))\(\)$|\bassertIsNone\(/;
const NOTHING = /(?:\bis |[,(])(?:None|null|undefined)\)?$|\.toBe(?:Null|Undefined)\(\)$|\bassertIsNone\(/;
const FALSY = /^assert not|\bassertFalse\(|toBeFalsy\(|\b(?:notOk|isFalse|falsy)\(|^assert(?:\.ok)?\(!/;

const RANK: Readonly<Record<Strength, number>> = { exact: 4, loose: 3, partial: 2, truth: 1, exists: 0 };

/** Everything that the head side proves less than the base side. */
export function lossesOf(before: Asserting, after: Asserting, elsewhere: Elsewhere): readonly Loss[] {
  const meant = before.assertions.filter((each) => counts(each) && !saysNothing(each, before));
  const was = [...meant, ...helperCalls(before, 'before', elsewhere)];
  const is = [...after.assertions.filter(counts), ...helperCalls(after, 'after', elsewhere)];
  const { left: lost, other: gained } = difference(was, is);
  const changed = pairUp(lost, gained);
  const losses: Loss[] = changed.pairs.flatMap(([from, to]) => changeOf(from, to, changed.gained, [before, after]));
  const muted = mutedOf(changed.lost, after);
  if (muted !== null) losses.push(muted);
  else losses.push(...fewer(changed, is, { before, after, elsewhere, was, pairs: changed.pairs }));
  const guarded = newlyGuarded(before, after);
  if (guarded !== null) losses.push({ kind: 'guarded', now: guarded });
  return losses;
}

function counts({ trivial, muted }: Assertion): boolean {
  return !trivial && muted === undefined;
}

/** A call of a function that asserts is worth an assertion. */
function helperCalls(
  { body, assertions }: Asserting,
  side: 'before' | 'after',
  { asserts }: Elsewhere,
): readonly Assertion[] {
  const known = new Set(assertions.map(({ text }) => /^([\p{L}\p{N}_$]+)\(/u.exec(text)?.[1] ?? ''));
  return [...callsIn(body ?? '')].flatMap(([name, times]) => {
    if (known.has(name) || asserts(name, side) !== true) return [];
    const call: Assertion = { text: `${name}(…)`, subject: `${name}(…)`, trivial: false, line: NO_LINE };
    return Array.from({ length: Math.min(times, 100) }, () => call);
  });
}

/** Lines count from 1: this is the line of no assertion of its own. */
const NO_LINE = 0;

function isCall({ line }: Assertion): boolean {
  return line === NO_LINE;
}

/** What one list has and the other has not, by text, each as often. */
function difference(a: readonly Assertion[], b: readonly Assertion[]): { left: Assertion[]; other: Assertion[] } {
  const waiting = new Map<string, Assertion[]>();
  for (const each of b.toReversed()) append(waiting, each.text, each);
  const left = a.filter(({ text }) => waiting.get(text)?.pop() === undefined);
  const unmatched = new Set([...waiting.values()].flat());
  return { left, other: b.filter((each) => unmatched.has(each)) };
}

type Pair = readonly [Assertion, Assertion];

interface Changed {
  readonly pairs: readonly Pair[];
  /** What has no counterpart. */
  readonly lost: readonly Assertion[];
  /** All that is new, with a counterpart or not. */
  readonly gained: readonly Assertion[];
  readonly spare: readonly Assertion[];
}

/** Same matcher on the same thing first, then the same thing. */
function pairUp(lost: readonly Assertion[], gained: readonly Assertion[]): Changed {
  const pairs: Pair[] = [];
  let left = lost;
  let spare = gained;
  for (const keyOf of [(each: Assertion) => each.subject, (each: Assertion) => each.about ?? null]) {
    const waiting = new Map<string, Assertion[]>();
    for (const each of spare.toReversed()) {
      const key = keyOf(each);
      if (key !== null) append(waiting, key, each);
    }
    const taken = new Set<Assertion>();
    left = left.filter((each) => {
      const key = keyOf(each);
      const other = key === null ? undefined : waiting.get(key)?.pop();
      if (other === undefined) return true;
      pairs.push([each, other]);
      taken.add(other);
      return false;
    });
    spare = spare.filter((each) => !taken.has(each));
  }
  return { pairs, lost: left, gained, spare };
}

function changeOf(
  was: Assertion,
  now: Assertion,
  gained: readonly Assertion[],
  [before, after]: readonly [Asserting, Asserting],
): readonly Loss[] {
  if (isWeaker(was, now)) {
    const isMadeGood = gained.some(
      (each) =>
        each !== now && !isWeaker(was, each, 'partial') && (each.about === was.about || extendsAbout(each, was)),
    );
    return isMadeGood
      ? []
      : [{ kind: 'weaker', was, now, sure: !(was.strength === 'exact' && now.strength === 'loose') }];
  }
  if (isOpposite(was, now)) {
    return [{ kind: 'opposite', was, now, alone: onlyExpected(was, now, before, after) }];
  }
  if (was.subject !== now.subject) return [];
  if (was.snapshot === true || now.snapshot === true) {
    const isFresh = /\(\)$/.test(was.text) || was.subject === was.text;
    return isFresh || unindented(was.text) === unindented(now.text) ? [] : [{ kind: 'snapshot', was, now }];
  }
  return onlyExpected(was, now, before, after) ? [{ kind: 'expected', was, now }] : [];
}

function isWeaker(was: Assertion, now: Assertion, atLeast?: Strength): boolean {
  if (was.strength === undefined || now.strength === undefined) return false;
  if (EMPTY.test(was.text) && FALSY.test(now.text)) return false;
  // Where nothing was, something is said now.
  if (NOTHING.test(was.text) && now.strength === 'partial') return false;
  return (
    RANK[now.strength] < (atLeast === undefined ? RANK[was.strength] : Math.min(RANK[was.strength], RANK[atLeast]))
  );
}

/** `user.name` is a part of `user`. */
function extendsAbout(part: Assertion, whole: Assertion): boolean {
  if (part.about === undefined || whole.about === undefined || whole.about === '') return false;
  return (
    part.about.length > whole.about.length &&
    part.about.startsWith(whole.about) &&
    /^[.[(?!]/.test(part.about.slice(whole.about.length))
  );
}

/** Whether the bodies differ in this assertion alone. */
function onlyExpected(was: Assertion, now: Assertion, before: Asserting, after: Asserting): boolean {
  if (before.body === undefined || after.body === undefined) return false;
  return setupOf(before) === setupOf(after) && was.text !== now.text;
}

function setupOf({ body = '', assertions }: Asserting): string {
  let rest = '';
  let at = 0;
  for (const { text } of assertions) {
    const found = body.indexOf(text, at);
    if (found === -1) continue;
    rest += body.slice(at, found);
    at = found + text.length;
  }
  return rest + body.slice(at);
}

/** What still stands there and no longer counts. */
function mutedOf(lost: readonly Assertion[], after: Asserting): Loss | null {
  const silent = new Map(after.assertions.filter((each) => each.muted !== undefined).map((each) => [each.text, each]));
  const found = lost.filter(({ text }) => silent.has(text));
  const now = silent.get(found[0]?.text ?? '');
  return now === undefined ? null : { kind: 'muted', lost: found, now };
}

interface Around {
  readonly before: Asserting;
  readonly after: Asserting;
  readonly elsewhere: Elsewhere;
  readonly was: readonly Assertion[];
  readonly pairs: readonly Pair[];
}

function fewer({ lost, spare, gained }: Changed, is: readonly Assertion[], around: Around): readonly Loss[] {
  const { before, after, elsewhere, was } = around;
  if (lost.length === 0 || callsNewHelper(before, after, elsewhere)) return [];
  // One of two that say the same may go.
  const kept = new Set(is.map(({ text }) => text));
  const uncovered = lost.filter(
    (each) => !kept.has(each.text) && !isCovered(each, is, gained, elsewhere) && !isInLoop(each, after),
  );
  if (uncovered.length > spare.length) {
    const all = is.length === 0 && was.length > 0;
    const mayStand = uncovered.every(isCall) || spare.length > 0;
    const doubtful = isDoubtful(uncovered, [before, after], all, elsewhere) || (mayStand && !all);
    return [{ kind: 'fewer', lost: uncovered, trivial: newlyTrivial(before, after), all, doubtful }];
  }
  const [strongest] = uncovered.filter(({ strength }) => strength === 'exact');
  const [now] = spare;
  const isAllWeak = spare.every((each) => each.strength === 'truth' || each.strength === 'exists');
  if (
    strongest === undefined ||
    now === undefined ||
    !isAllWeak ||
    namesItsValue(strongest, now) ||
    !isWeaker(strongest, now)
  )
    return [];
  return [{ kind: 'weaker', was: strongest, now, sure: false }];
}

/** What was expected is now looked up: `getByText('Save')`. */
function namesItsValue(was: Assertion, now: Assertion): boolean {
  const values = literalsOf(was.text);
  return values.length > 0 && values.some((value) => now.text.includes(value));
}

/** A function of somewhere else that is called like this is taken to assert. */
const SOUNDS_LIKE_IT = /^(?:(?:assert|expect)[A-Z_]|(?:check|verify|ensure|should|validate)(?:[A-Z_]|$))/;

/** A function that asserts and was not called before may do all that is gone. */
function callsNewHelper(before: Asserting, after: Asserting, { asserts }: Elsewhere): boolean {
  const old = callsIn(before.body ?? '');
  // What a library is known to say was compared already.
  const known = after.assertions.filter(
    ({ strength, trivial, muted }) => strength !== undefined || trivial || muted !== undefined,
  );
  const counted = new Set(known.flatMap(({ text }) => [...callsIn(text).keys()]));
  return [...callsIn(after.body ?? '').keys()].some((name) => {
    if (old.has(name) || counted.has(name)) return false;
    return asserts(name, 'after') ?? SOUNDS_LIKE_IT.test(name);
  });
}

function isCovered(
  lost: Assertion,
  is: readonly Assertion[],
  gained: readonly Assertion[],
  { gained: others }: Elsewhere,
): boolean {
  if ((others.get(lost.text) ?? 0) > 0) return true;
  // `try { f(); fail(); } catch …` became a matcher of what is thrown.
  if (FAILS.test(lost.text) && gained.some(({ text }) => THROWS.test(text))) return true;
  // What was looked for in the message is now what the exception must match.
  const values = literalsOf(lost.text);
  const says = (text: string) =>
    THROWS.test(text) && values.every((value) => text.includes(value.replace(/^["']|["']$/g, '')));
  if (values.length > 0 && gained.some(({ text }) => says(text))) return true;
  const isWeak = lost.strength === 'exists' || lost.strength === 'truth';
  const implies = (each: Assertion) =>
    isWeak && isWeaker(each, lost) && (each.about === lost.about || extendsAbout(each, lost));
  if (is.some(implies)) return true;
  return gained.some((each) => {
    if (each.strength === undefined || RANK[each.strength] < RANK.partial) return false;
    return extendsAbout(lost, each) || (each.about !== undefined && each.about === lost.about && isWeaker(each, lost));
  });
}

function newlyTrivial(before: Asserting, after: Asserting): Assertion | null {
  const old = new Set(before.assertions.filter(({ trivial }) => trivial).map(({ text }) => text));
  return after.assertions.find(({ trivial, text }) => trivial && !old.has(text)) ?? null;
}

function newlyGuarded(before: Asserting, after: Asserting): Assertion | null {
  const free = new Map<string, number>();
  for (const each of before.assertions.filter(counts)) {
    if (each.guarded !== true) free.set(each.text, (free.get(each.text) ?? 0) + 1);
  }
  for (const each of after.assertions.filter(counts)) {
    if (each.guarded !== true) free.set(each.text, (free.get(each.text) ?? 0) - 1);
  }
  return (
    after.assertions.filter(counts).find((each) => each.guarded === true && (free.get(each.text) ?? 0) > 0) ?? null
  );
}
