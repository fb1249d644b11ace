/** What speaks against a loss: an assertion that said nothing, or that what stays says as well. */
import type { Asserting, Assertion } from './model';
import { holdsIn, holdsValue, identifiersIn, literalsOf, tokensOf } from './texts';

/** Two values that stand in the source: whatever the code does, they are what they are. */
const OF_VALUES =
  /^[\p{L}_.:!]*[( ]?\(?(?:true|false|nil|null|none|\d[\d.]*)\)?(?:,|==|!=| is )(?:true|false|nil|null|none|\d[\d.]*)\)?$/iu;
const CATCHES = /\b(?:catch|except|rescue)\b/;

/** Whether an assertion compares one constant with another. Behind what must throw it says that it is not reached. */
export function saysNothing({ text }: Assertion, { body = '' }: Asserting): boolean {
  return OF_VALUES.test(text) && !CATCHES.test(body);
}

/** In cases with more assertions than this loops are not looked for. */
const MOST_IN_LOOP = 200;
/** More rows than this are not searched for the values of an assertion. */
const MOST_ROWS = 500;

/**
 * Whether an assertion is one that the case makes of every row of its data: `assert f(1) == 2` of `assert f(a) == b`,
 * where `(1, 2)` is a row.
 */
export function isInLoop(lost: Assertion, { assertions, rows, body = '' }: Asserting): boolean {
  if (!rows || rows.length === 0 || assertions.length > MOST_IN_LOOP) return false;
  const tokens = tokensOf(lost.text);
  return assertions.some(({ text, trivial, muted }) => {
    if (trivial || muted !== undefined) return false;
    const general = tokensOf(text);
    if (general.length !== tokens.length) return false;
    const differing = general.flatMap((token, at) => (token === tokens[at] ? [] : [at]));
    if (differing.length === 0) return false;
    const areVariables = differing.every((at) => isVariable(general[at] ?? '', body));
    const values = differing.map((at) => tokens[at] ?? '');
    return areVariables && rows.slice(0, MOST_ROWS).some((row) => values.every((value) => holdsToken(row, value)));
  });
}

/** Whether a name gets its values from a loop or a parameter, and not from a statement. */
function isVariable(token: string, body: string): boolean {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(token)) return false;
  for (let at = body.indexOf(token); at !== -1; at = body.indexOf(token, at + 1)) {
    const isWhole =
      !/[\p{L}\p{N}_$.]/u.test(body[at - 1] ?? '') && !/^[\p{L}\p{N}_$]/u.test(body.slice(at + token.length));
    if (isWhole && /^:?=(?!=)/.test(body.slice(at + token.length, at + token.length + 3))) return false;
  }
  return true;
}

function holdsToken(row: string, value: string): boolean {
  return /^[\p{L}_$]/u.test(value) ? identifiersIn(row).has(value) : holdsIn(row, value);
}

/** What came to the file. */
export interface Arrivals {
  /** The lines of the file that are new. */
  readonly freshLines: () => string;
  /** What new cases of the file assert, and others that did not. */
  readonly born: readonly Assertion[];
}

/** Of more lost assertions than this it is not asked whether something else says as much. */
const MOST_LOST = 50;
/** More assertions of new cases than this are not compared. */
const MOST_BORN = 1_000;
const LOOPS = /\bfor\b|\.(?:forEach|each|each_with_index|map)\b/;
/** What need not panic any more, and does the same, must pass now. */
const PANICS = /^#\[should_panic/;

/**
 * Whether a person has to look before it is sure that less is asserted; `all`: nothing is asserted any more. Something
 * that was said to exist is not there any more to be said of; what ran on a condition is gone with it, and the other
 * branch stays;
 * what was expected came elsewhere in the file, for a loop that stays, or in a new case.
 */
export function isDoubtful(
  lost: readonly Assertion[],
  [before, after]: readonly [Asserting, Asserting],
  all: boolean,
  { freshLines, born }: Arrivals,
): boolean {
  if (before.body === after.body && lost.every(({ text }) => PANICS.test(text))) return true;
  if (all || lost.length > MOST_LOST) return false;
  const { body = '' } = after;
  const left = identifiersIn(body);
  return lost.every(
    (each) =>
      (each.guarded === true && hasSibling(each, after)) ||
      isOfNothing(each, left) ||
      isSplitOff(each, born) ||
      (LOOPS.test(body) && isData(each, after, freshLines())),
  );
}

/** How much of an assertion another must have to be one of two branches. */
const LIKE = 0.8;

/** Whether something stays that asserts the like: one of several branches went. */
function hasSibling({ text, about }: Assertion, { assertions }: Asserting): boolean {
  const tokens = tokensOf(text);
  return assertions.some((each) => {
    if (each.trivial || each.muted !== undefined) return false;
    if (about !== undefined && each.about === about) return true;
    const others = new Set(tokensOf(each.text));
    return tokens.filter((token) => others.has(token)).length >= LIKE * tokens.length;
  });
}

function isOfNothing({ strength, about = '' }: Assertion, left: ReadonlySet<string>): boolean {
  return strength === 'exists' && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(about) && !left.has(about);
}

/** Whether a new case asserts the same values of something that is called the same: one case became several. */
function isSplitOff({ text, about = '' }: Assertion, born: readonly Assertion[]): boolean {
  const values = literalsOf(text);
  if (values.length === 0 || born.length > MOST_BORN) return false;
  const names = [about, text].map(namesIn).find((each) => each.length > 0) ?? [];
  return born.some(({ text: other, trivial, muted }) => {
    if (trivial || muted !== undefined || !values.every((value) => holdsValue(other, value))) return false;
    const used = identifiersIn(other);
    return names.filter((name) => used.has(name)).length * 3 >= names.length * 2;
  });
}

function namesIn(text: string): readonly string[] {
  return [...identifiersIn(text.replace(/"[^"]*"|'[^']*'/g, ''))];
}

/** Whether the values of an assertion are now data, and something that stays is asserted of variables. */
function isData({ text }: Assertion, { assertions, body = '' }: Asserting, fresh: string): boolean {
  const values = literalsOf(text).filter((value) => value.length > 4);
  if (values.length === 0) return false;
  const stands = assertions.some(
    (each) => each.strength === 'exact' && !each.trivial && literalsOf(each.text).length === 0,
  );
  const inFresh = values.filter((value) => holdsValue(fresh, value));
  return stands && inFresh.length > 0 && values.every((value) => inFresh.includes(value) || holdsValue(body, value));
}
