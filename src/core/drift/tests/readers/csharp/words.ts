/** The words of the assertion libraries of C#, by their documentation. */
import type { Strength } from '../../model';
import type { Vocabulary } from '../fluent/matchers';

export interface Meaning {
  readonly operands: 1 | 2;
  readonly strength: Strength;
  /** Which of two is looked at, where the order is no matter of expected and actual. */
  readonly about?: 'first' | 'second';
}

const meanings = (names: string, meaning: Meaning) =>
  names.split(' ').map((name): [string, Meaning] => [name, meaning]);

/** Methods of xUnit's, NUnit's and MSTest's `Assert`, `CollectionAssert` and `StringAssert`. */
export const ASSERTS: ReadonlyMap<string, Meaning> = new Map([
  ...meanings('Equal StrictEqual AreEqual AreSame Same Equivalent AreEquivalent AreEqualIgnoringCase', {
    operands: 2,
    strength: 'exact',
  }),
  ...meanings('HasCount', { operands: 2, strength: 'exact', about: 'second' }),
  ...meanings('EquivalentWithExclusions', { operands: 2, strength: 'loose' }),
  ...meanings('NotEqual NotStrictEqual AreNotEqual NotSame AreNotSame AreNotEquivalent IsSubsetOf Subset Superset', {
    operands: 2,
    strength: 'partial',
  }),
  ...meanings('Contains DoesNotContain StartsWith EndsWith Matches DoesNotMatch', {
    operands: 2,
    strength: 'partial',
    about: 'second',
  }),
  ...meanings('IsInstanceOf IsNotInstanceOf IsAssignableFrom IsType IsNotType IsNotAssignableFrom', {
    operands: 2,
    strength: 'partial',
    about: 'second',
  }),
  ...meanings('IsInstanceOfType IsNotInstanceOfType Greater GreaterOrEqual Less LessOrEqual InRange NotInRange', {
    operands: 2,
    strength: 'partial',
    about: 'first',
  }),
  ...meanings('IsGreaterThan IsLessThan AllItemsAreInstancesOfType Collection All Single ContainsSingle', {
    operands: 2,
    strength: 'partial',
    about: 'first',
  }),
  ...meanings('AllItemsAreNotNull AllItemsAreUnique IsOrdered Distinct', { operands: 1, strength: 'partial' }),
  ...meanings('True False IsTrue IsFalse', { operands: 1, strength: 'truth' }),
  ...meanings('Null IsNull Empty IsEmpty Zero', { operands: 1, strength: 'exact' }),
  ...meanings('NotNull IsNotNull NotEmpty IsNotEmpty NotZero', { operands: 1, strength: 'exists' }),
]);
export const CLASSES = /^(?:\w+\.){0,6}(?:\w*Assert)$/;
export const THROWS =
  /^(?:Throws|ThrowsAsync|ThrowsAny|ThrowsAnyAsync|ThrowsException|ThrowsExceptionAsync|ThrowsExactly|ThrowsExactlyAsync|Catch|CatchAsync|DoesNotThrow|DoesNotThrowAsync|RaisesAny|Raises)$/;
/** What holds assertions or ends a test, and is none. */
export const CONTAINERS =
  /^(?:Multiple|MultipleAsync|EnterMultipleScope|Pass|Ignore|Inconclusive|Skip|SkipUnless|SkipWhen|Warn)$/;

/** FluentAssertions, AwesomeAssertions, and TUnit's. */
export const FLUENT: Vocabulary = {
  described: /^(?:Because)$/,
  navigates: /^(?:Which|Subject|WhoseValue|WhoseKey|Result|First|InnerException|As)$/,
  again: /^(?:And|Or)$/,
  modifies: /^(?:Using|Excluding\w*|Including\w*|IgnoringCase|Within\w*|IgnoringOrder)$/,
  strengths: [
    [
      /^(?:Be|Equal|BeEquivalentTo|BeSameAs|BeNull|BeEmpty|BeNullOrEmpty|IsEqualTo|IsNull|IsEmpty|IsEquivalentTo|IsSameReferenceAs)$/,
      'exact',
    ],
    [/^(?:NotBeNull|NotBeEmpty|NotBeNullOrEmpty|NotBeNullOrWhiteSpace|IsNotNull|IsNotEmpty|HaveValue)$/, 'exists'],
    [/^(?:ContainSingle|OnlyHaveUniqueItems|BeInAscendingOrder|BeOfType|NotThrow\w*)$/, 'partial'],
  ],
  truth: (name) => (/^(?:BeTrue|IsTrue)$/.test(name) ? true : /^(?:BeFalse|IsFalse)$/.test(name) ? false : null),
  throws: /^Throws?(?:Exactly|Async|ExactlyAsync|Exception)?$/,
  reasons: true,
};

/** Shouldly. */
export const SHOULD: readonly (readonly [RegExp, Strength])[] = [
  [/^Should(?:Be|BeNull|BeEmpty|BeEquivalentTo|BeSameAs|BeNullOrEmpty|MatchApproved)$/, 'exact'],
  [/^Should(?:NotBeNull|NotBeEmpty|NotBeNullOrEmpty|NotBeNullOrWhiteSpace)$/, 'exists'],
  [/^Should(?:BeTrue|BeFalse)$/, 'truth'],
];
