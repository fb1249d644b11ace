/** Whether what a case did that is gone still stands somewhere: nearly the same, rewritten, or in a table. */
import { append } from '../append';
import type { TestCase, TestFile } from './model';
import { holdsValue, identifiersIn, literalsOf, titleOf, tokensOf } from './texts';

/** More cases than this with one assertion in common are not looked through. */
const MOST_ALIKE = 10;
/** How many of its tokens another case must have to be nearly the same. */
const NEARLY = 0.9;
/** Bodies with fewer tokens are alike by chance. */
const FEWEST_TOKENS = 12;

/** Cases that stay or came, by what they assert, to find those that are nearly the same as one that is gone. */
export class Standing {
  readonly #holders = new Map<string, TestCase[]>();

  constructor(cases: readonly TestCase[]) {
    for (const test of cases) {
      if (test.skip !== null && !test.conditional) continue;
      for (const said of saidBy(test)) append(this.#holders, said, test);
    }
  }

  /** The name of a case that asserts all that this one did and does nearly the same; null: there is none. */
  nearly(test: TestCase): string | null {
    const [first] = saidBy(test);
    if (first === undefined) return null;
    const found = (this.#holders.get(first) ?? []).slice(0, MOST_ALIKE).find((other) => isNearly(test, other));
    return found === undefined ? null : titleOf(found);
  }
}

function saidBy({ assertions }: TestCase): ReadonlySet<string> {
  const counted = assertions.filter(({ trivial, muted }) => !trivial && muted === undefined);
  return new Set(counted.map(({ text }) => text.toLowerCase()));
}

function isNearly(was: TestCase, is: TestCase): boolean {
  const said = saidBy(is);
  if (![...saidBy(was)].every((text) => said.has(text))) return false;
  const [old, now] = [(was.body ?? '').toLowerCase(), (is.body ?? '').toLowerCase()];
  const tokens = tokensOf(old);
  if (tokens.length < FEWEST_TOKENS || !literalsOf(old).every((value) => holdsValue(now, value))) return false;
  const names = identifiersIn(now);
  if (![...identifiersIn(old)].every((name) => names.has(name))) return false;
  return sharedBy(tokens, tokensOf(now)) >= NEARLY * tokens.length;
}

/** How much of the tokens of each of two cases the other must have to be one case with another word in it. */
const ALIKE = 0.85;
/** Cases that came beyond these are not compared. */
const MOST_COMPARED = 50;

/** Whether a case that came is the same but for a name that changed everywhere: it has all values and nearly all words. */
export function isReworded(test: TestCase, came: readonly TestCase[]): boolean {
  const { body = '' } = test;
  const tokens = tokensOf(body);
  if (tokens.length < FEWEST_TOKENS) return false;
  return came.slice(0, MOST_COMPARED).some((other) => {
    const now = other.body ?? '';
    if (Math.abs(now.length - body.length) > body.length / 2 || saidBy(other).size < saidBy(test).size) return false;
    const others = tokensOf(now);
    return (
      literalsOf(body).every((value) => holdsValue(now, value)) &&
      sharedBy(tokens, others) >= ALIKE * Math.max(tokens.length, others.length)
    );
  });
}

/** How many tokens two texts have in common, each as often as both have it. */
function sharedBy(tokens: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of others) left.set(token, (left.get(token) ?? 0) + 1);
  return tokens.filter((token) => {
    const count = left.get(token) ?? 0;
    left.set(token, count - 1);
    return count > 0;
  }).length;
}

const VALUE = /"(?:[^"\\\n]|\\.){0,200}"|'(?:[^'\\\n]|\\.){0,200}'|\b\d{3,}\b/g;
/** Shorter strings, with their quotes, are in every test. */
const SHORTEST_VALUE = 5;

function valuesIn(text: string): readonly string[] {
  const values = text.match(VALUE) ?? [];
  return values.filter((value) => /^\d/.test(value) || value.length >= SHORTEST_VALUE);
}

/** The values that a case speaks of, each as often as it does, without those that cases that stay speak of, too. */
export function ownValues(staying: readonly TestCase[]): (test: TestCase) => readonly string[] {
  const shared = new Set(staying.flatMap(({ body = '' }) => valuesIn(body)));
  return ({ body = '' }) => valuesIn(body).filter((value) => !shared.has(value));
}

/** Longest text of cases that came in which values are looked for. */
const LONGEST_SPOKEN = 300_000;

/** The texts of cases that came to the file, and assert. */
export function spokenTexts(came: readonly TestCase[], helpers: ReadonlySet<string>): string {
  return came
    .filter((each) => saidBy(each).size > 0 || calledIn(each.body ?? '').some((name) => helpers.has(name)))
    .map(({ body = '', rows }) => `${body} ${rows?.join(' ') ?? ''}`)
    .join(' ')
    .slice(0, LONGEST_SPOKEN);
}

/** Whether such texts speak of most of the values of a case: it was rewritten, split, or made a row. */
export function livesOn(values: readonly string[], texts: string): boolean {
  return values.length > 0 && values.filter((value) => speaksOf(texts, value)).length * 2 > values.length;
}

/** Whether a text has a value, not as part of a longer word. */
function speaksOf(text: string, value: string): boolean {
  const inner = /^\d/.test(value) ? value : value.slice(1, -1);
  const [first = '', last = ''] = [inner[0], inner.at(-1)];
  for (let at = text.indexOf(inner); at !== -1; at = text.indexOf(inner, at + 1)) {
    const goesOn =
      (WORD.test(first) && WORD.test(text[at - 1] ?? '')) ||
      (WORD.test(last) && WORD.test(text[at + inner.length] ?? ''));
    if (!goesOn) return true;
  }
  return false;
}

const WORD = /[\p{L}\p{N}_]/u;

/** Whether one other file speaks of it, by the words of cases that came there: two of its values, and most of them. */
export function livesElsewhere(all: readonly string[], files: readonly ReadonlySet<string>[]): boolean {
  const values = [...new Set(all)];
  if (values.length < 2) return false;
  return files.some((words) => {
    const found = values.filter((value) => {
      const own = wordsIn(value);
      return own.length > 0 && own.every((word) => words.has(word));
    });
    return found.length >= 2 && found.length * 2 > values.length;
  });
}

/** The words of the cases of a file that came and assert, for {@link livesElsewhere}. */
export function spokenWords(came: readonly TestCase[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const test of came) {
    if (saidBy(test).size === 0) continue;
    for (const word of wordsIn(`${test.body ?? ''} ${test.rows?.join(' ') ?? ''}`)) words.add(word);
  }
  return words;
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

/** Whether a table that grew makes the same claims about the same calls: a row may be what the case was. */
export function isRowOf(test: TestCase, grown: readonly TestCase[]): boolean {
  const { assertions, body = '' } = test;
  if (assertions.length === 0) return false;
  const own = new Set([...body.matchAll(OWN)].map(([, name]) => name));
  const calls = calledIn(body).filter((name) => !own.has(name));
  return grown.some((table) => {
    const subjects = new Set(table.assertions.map(({ subject }) => subject));
    const known = identifiersIn(table.body ?? '');
    return (
      calls.length > 0 &&
      calls.every((name) => known.has(name)) &&
      assertions.every(({ subject, text }) => subject !== text && subjects.has(subject))
    );
  });
}

/** Whether a function of the file asserts all that a case did, by its name, and cases call it: one became several. */
export function isHelperNow(test: TestCase, after: TestFile | null): boolean {
  const name = test.path.at(-1) ?? '';
  const helper = after?.helpers?.find((each) => each.name === name);
  if (after === null || helper === undefined || test.assertions.length === 0) return false;
  const said = new Set(helper.assertions.map(({ text }) => text));
  const isCalled = after.cases.some(({ skip, body = '' }) => skip === null && calledIn(body).includes(name));
  return isCalled && [...saidBy(test)].length > 0 && test.assertions.every(({ text }) => said.has(text));
}

/** What a language brings with it, and every test may call. */
const BUILT_IN =
  /^(?:range|len|str|int|float|list|dict|set|tuple|print|if|for|while|switch|return|String|Number|Array)$/;

/** Functions that a body defines itself. */
const OWN = /\b(?:def|function|fn|func|fun) ([\p{L}_$][\p{L}\p{N}_$]*)\(/gu;

function calledIn(body: string): readonly string[] {
  return [...body.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\(/gu)]
    .map(([, name = '']) => name)
    .filter((name) => !BUILT_IN.test(name));
}
