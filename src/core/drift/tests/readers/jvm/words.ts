/** The words of the assertion libraries of Java and Kotlin, by their documentation. */
import type { Strength } from '../../model';
import type { Vocabulary } from '../fluent/matchers';

export interface Meaning {
  /** Operands that say something; what follows is a message or a tolerance. */
  readonly operands: 1 | 2;
  readonly strength: Strength;
  /** Which of two is looked at, where the order is no matter of expected and actual. */
  readonly about?: 'first';
}

const meanings = (names: string, meaning: Meaning) =>
  names.split(' ').map((name): [string, Meaning] => [name, meaning]);

/** JUnit 3 to 6, TestNG and kotlin.test. */
export const ASSERTS: ReadonlyMap<string, Meaning> = new Map([
  ...meanings('assertEquals assertSame assertArrayEquals assertIterableEquals assertLinesMatch', {
    operands: 2,
    strength: 'exact',
  }),
  ...meanings('assertContentEquals assertEqualsNoOrder assertEqualsDeep', { operands: 2, strength: 'exact' }),
  ...meanings('assertNotEquals assertNotSame assertArrayNotEquals', { operands: 2, strength: 'partial' }),
  ...meanings('assertContains assertStartsWith', { operands: 2, strength: 'partial', about: 'first' }),
  ...meanings('assertInstanceOf', { operands: 2, strength: 'partial' }),
  ...meanings('assertIs assertIsNot assertContentNotEquals', { operands: 1, strength: 'partial' }),
  ...meanings('assertTrue assertFalse assert', { operands: 1, strength: 'truth' }),
  ...meanings('assertNull', { operands: 1, strength: 'exact' }),
  ...meanings('assertNotNull', { operands: 1, strength: 'exists' }),
]);
export const THROWS =
  /^(?:assertThrows|assertThrowsExactly|assertFailsWith|assertFails|expectThrows|shouldThrow\w*|shouldNotThrow\w*|assertDoesNotThrow)$/;
/** What holds assertions and is none. */
export const CONTAINERS =
  /^(?:assertAll|assertSoftly|assertGroup|forAll|forEvery|withClue|assertTimeout|assertTimeoutPreemptively)$/;
export const FLUENT_HEADS = /^(?:assertThat|assertThatObject|assertThatList|expectThat|assertThatCode|that)$/;
export const FLUENT_THROWS = /^(?:assertThatThrownBy|expectCatching)$/;
/** Mockito, MockK. */
export const VERIFIES =
  /^(?:verify|coVerify|verifyAll|verifyOrder|verifySequence|coVerifyAll|coVerifyOrder|coVerifySequence)$/;
export const NO_MORE = /^(?:verifyNoMoreInteractions|verifyNoInteractions|verifyZeroInteractions|confirmVerified)$/;

/** AssertJ, Truth, Assertk, Strikt. */
export const FLUENT: Vocabulary = {
  described: /^(?:as|describedAs|withFailMessage|overridingErrorMessage|named|withRepresentation|info)$/,
  navigates:
    /^(?:extracting|flatExtracting|extractingResultOf|first|last|element|singleElement|asString|filteredOn|filteredOnNull|map|flatMap|get|cause|rootCause|getCause|hasMessageThat|hasCauseThat|valuesForKey|prop|key|index|isSuccess|actual|value)$/,
  again: /^and$/,
  modifies:
    /^(?:asInstanceOf|asList|isWithin|isNotWithin|using\w*|ignoring\w*|with\w*Comparator\w*|withStrict\w*|inBinary\w*|comparingElementsUsing|formattingDiffsUsing|overridingEqualsWith)$/,
  strengths: [
    [
      /^(?:isEqualTo|isSameAs|isSameInstanceAs|isNull|isEmpty|isEqualByComparingTo\w*|isZero|isOne|hasToString|isEqualToIgnoringWhitespace|isEqualToComparingFieldByField\w*|isNullOrEmpty|isBlank)$/,
      'exact',
    ],
    [
      /^(?:containsExactly\w*|hasSameElementsAs|hasValue|isEqualTo\w+|hasContent|hasSameContentAs\w*|isAbsent|isNotPresent|contentEquals)$/,
      'exact',
    ],
    [/^of$/, 'exact'],
    [/^(?:isNotNull|isNotEmpty|isPresent|exists|isNotBlank|isNotNullOrEmpty|hasSizeGreaterThan|isNotZero)$/, 'exists'],
    [/^(?:doesNotThrowAnyException|isThrownBy|isCompleted|isDone)$/, 'partial'],
  ],
  truth: (name) => (name === 'isTrue' ? true : name === 'isFalse' ? false : null),
  throws: /^(?:isInstanceOf|isExactlyInstanceOf|isThrownBy|failsWith|isFailure)$/,
};

/** Kotest and Kluent, as infix functions or called. */
export const SHOULD: readonly (readonly [RegExp, Strength])[] = [
  [
    /^should(?:Be|Equal|BeEqualTo|BeEqual|BeSameInstanceAs|ContainExactly|ContainExactlyInAnyOrder|BeNull|BeEmpty|Have(?:SameContent|Exactly)\w*|ContainSame|MatchExactly|EqualJson)$/,
    'exact',
  ],
  [/^should(?:NotBeNull|NotBeEmpty|NotBeBlank|BePresent|Exist)$/, 'exists'],
  [/^should(?:BeTrue|BeFalse)$/, 'truth'],
  [/^should\w*$/, 'partial'],
];
