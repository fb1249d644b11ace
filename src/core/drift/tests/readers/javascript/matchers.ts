/**
 * How much the matchers of the usual libraries say: Jest and Vitest `expect`, Chai, Jasmine, Playwright, node:assert,
 * AVA, tap, QUnit, Deno's `@std/assert`. By their documented meaning; names that are not here say nothing.
 */
import type { Strength } from '../../model';

/** The number of arguments decides for some: `toThrow()` and `toThrow('why')`. */
type Meaning = Strength | ((args: number) => Strength);

const words = (text: string) => text.split(' ');
const each = (names: string, meaning: Meaning) => words(names).map((name) => [name, meaning] as const);
const withArgument = (args: number): Strength => (args > 0 ? 'partial' : 'exists');

/** Of `expect(x)` and of Chai's `x.should`. */
export const EXPECTATIONS: ReadonlyMap<string, Meaning> = new Map([
  ...each('toBe toEqual toStrictEqual toHaveLength toBeNull toBeUndefined toBeNaN toBeCloseTo', 'exact'),
  ...each('toHaveBeenCalledWith toHaveBeenLastCalledWith toHaveBeenNthCalledWith toHaveBeenCalledTimes', 'exact'),
  ...each('toHaveBeenCalledExactlyOnceWith toHaveBeenCalledOnceWith toHaveBeenCalledOnce toHaveReturnedWith', 'exact'),
  ...each('lastCalledWith nthCalledWith toBeCalledWith toBeCalledTimes toReturnWith toReturnTimes', 'exact'),
  ...each('toMatchSnapshot toMatchInlineSnapshot toMatchFileSnapshot toThrowErrorMatchingSnapshot', 'exact'),
  ...each('toThrowErrorMatchingInlineSnapshot toMatchImageSnapshot toHaveScreenshot toMatchAriaSnapshot', 'exact'),
  ...each(
    'toHaveText toHaveTextContent toHaveValue toHaveURL toHaveTitle toHaveCount toHaveClass toHaveStyle',
    'exact',
  ),
  ...each('toHaveDisplayValue toHaveId toHaveCSS toHaveJSProperty toHaveAccessibleName toResolveTo', 'exact'),
  ...each('equal equals eq eql eqls lengthOf length null undefined NaN members calledWith calledOnceWith', 'exact'),
  ...each('calledWithExactly calledOnce calledTwice callCount calledOnceWithExactly approximately closeTo', 'exact'),
  ...each('toContain toContainEqual toMatch toMatchObject toBeGreaterThan toBeGreaterThanOrEqual', 'partial'),
  ...each('toBeLessThan toBeLessThanOrEqual toBeInstanceOf toBeTypeOf toContainText toSatisfy toBeOneOf', 'partial'),
  ...each('toHaveBeenCalledBefore toHaveBeenCalledAfter include includes contain contains match matches', 'partial'),
  ...each('above greaterThan gt least gte below lessThan lt most lte within instanceof instanceOf a an', 'partial'),
  ...each('satisfy satisfies oneOf keys key string startWith endWith', 'partial'),
  ...each('toThrow toThrowError toThrowWithMessage throw throws Throw rejected rejectedWith', withArgument),
  ...each('toHaveProperty property toHaveAttribute ownProperty', (args) => (args > 1 ? 'exact' : 'exists')),
  ...each('toBeTruthy toBeFalsy ok true false toBeTrue toBeFalse empty toBeEmpty toBeVisible toBeHidden', 'truth'),
  ...each('toBeEnabled toBeDisabled toBeChecked toHaveFocus toBeFocused toBeEditable fulfilled', 'truth'),
  ...each('toBeDefined exist exists toHaveBeenCalled toBeCalled called toReturn toHaveReturned', 'exists'),
  ...each('toBeInTheDocument toBeAttached toBeInViewport toBeEmptyDOMElement', 'exists'),
]);

/** With `not`, what is left of the meaning; of every other it is `partial`. */
export const NEGATED: ReadonlyMap<string, Strength | null> = new Map<string, Strength | null>([
  ...words('toBeNull toBeUndefined null undefined').map((name) => [name, 'exists'] as const),
  ...words('toBeTruthy toBeFalsy ok true false empty').map((name) => [name, 'truth'] as const),
  ...words('toHaveBeenCalled toBeCalled called toBeDefined exist exists toBeInTheDocument').map(
    (name) => [name, 'exact'] as const,
  ),
  ...words('toThrow toThrowError throw throws Throw').map((name) => [name, null] as const),
]);

export interface AssertMeaning {
  /** How many of the arguments are compared; a message comes after them. */
  readonly operands: 1 | 2;
  readonly meaning: Meaning | null;
}

const asserts = (names: string, operands: 1 | 2, meaning: Meaning | null) =>
  words(names).map((name): [string, AssertMeaning] => [name, { operands, meaning }]);

/** Of `assert.x(actual, expected)`, `t.x` and `assertX`: the first letter is in lower case. */
export const ASSERTS: ReadonlyMap<string, AssertMeaning> = new Map([
  ...asserts('equal equals strictEqual deepEqual deepStrictEqual deepEquals is same strictSame eq eql', 2, 'exact'),
  ...asserts('strictEquals lengthOf sameMembers sameDeepMembers sameOrderedMembers propEqual', 2, 'exact'),
  ...asserts('almostEquals propertyVal closeTo', 2, 'exact'),
  ...asserts('notEqual notStrictEqual notDeepEqual notDeepStrictEqual not match matches doesNotMatch', 2, 'partial'),
  ...asserts('include includes deepInclude notInclude isAbove isAtLeast isBelow isAtMost instanceOf', 2, 'partial'),
  ...asserts('like typeOf partialDeepStrictEqual objectMatches stringIncludes stringContains', 2, 'partial'),
  ...asserts('arrayIncludes has hasStrict regex notRegex greater less greaterOrEqual lessOrEqual', 2, 'partial'),
  ...asserts('containSubset property notProperty notEquals notStrictEquals', 2, 'partial'),
  ...asserts('isNull isUndefined isNaN', 1, 'exact'),
  ...asserts('ok isTrue isFalse isOk isNotOk notOk truthy falsy true false isEmpty isNotEmpty', 1, 'truth'),
  ...asserts('isDefined exists exist isNotNull isNotUndefined notNull defined', 1, 'exists'),
  ...asserts('isArray isObject isString isNumber isFunction isBoolean', 1, 'partial'),
  ...asserts('throws rejects throwsAsync isRejected throwsError', 2, (args) => (args > 1 ? 'partial' : 'exists')),
  ...asserts('doesNotThrow doesNotReject notThrows notThrowsAsync ifError error fail unreachable', 1, null),
  ...asserts('snapshot pass', 1, null),
]);

/** Chains of Chai and Jest that only read well. */
export const SILENT: ReadonlySet<string> = new Set(
  words(
    'to be been is that which and has have with at of same but does still also deep own ordered any all nested soft poll resolves rejects eventually not',
  ),
);

/** Asymmetric matchers: holes in an expected value. */
const HOLE =
  /\b(?:expect\.(?:not\.)?(?:any|anything|objectContaining|arrayContaining|stringContaining|stringMatching|closeTo)|jasmine\.\w+|sinon\.match(?:\.\w+)?|match\.\w+)\b/;
const ONLY_HOLE = /^(?:expect|jasmine|sinon\.match|match)\.(?:not\.)?(\w+)\(/;

/** What holes in the expected value leave of an exact comparison. */
export function withHoles(strength: Strength | undefined, expected: string): Strength | undefined {
  if (strength !== 'exact' || !HOLE.test(expected)) return strength;
  const whole = ONLY_HOLE.exec(expected)?.[1];
  if (whole === undefined) return 'loose';
  return whole === 'anything' ? 'exists' : 'partial';
}
