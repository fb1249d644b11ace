/** What every test file is read into, whatever its language and framework. */

/**
 * How much an assertion says about what it looks at, strongest first: `exact` a value, `loose` a value with holes in it
 * (`expect.any`, `mock.ANY`), `partial` a part, a bound, a type or a predicate, `truth` true or false, `exists` that
 * there is something at all.
 */
export type Strength = 'exact' | 'loose' | 'partial' | 'truth' | 'exists';

/** Something that makes a test fail when it does not hold. */
export interface Assertion {
  /** Its text on one line, without white space that means nothing: what two sides are compared by. */
  readonly text: string;
  /** The same without the expected value, where that can be told apart: `expect(add(1, 2)).toBe(…)`. */
  readonly subject: string;
  /** Whether it can never fail: `assert True`, `expect(true).toBe(true)`, a comparison of a thing with itself. */
  readonly trivial: boolean;
  readonly line: number;
  /** What it looks at, without matcher and expected value (`add(1,2)`); absent: cannot be told. */
  readonly about?: string;
  /** Absent: cannot be told, and no other is called weaker. */
  readonly strength?: Strength;
  /**
   * Why it does not count although it could fail, in a few words that end a sentence: `after a return`, `in a try that
   * swallows its failure`, `not awaited`. Absent: it counts.
   */
  readonly muted?: string;
  /** Whether it runs only on a condition inside its case: `if (x) expect(…)`. */
  readonly guarded?: boolean;
  /** Whether it holds a snapshot in the source: `toMatchInlineSnapshot`, `assert_snapshot!(x, @"…")`. */
  readonly snapshot?: boolean;
}

/** Something that asserts, on one side. */
export interface Asserting {
  readonly assertions: readonly Assertion[];
  readonly body?: string;
  /** The data that it runs with, where it is a table or loops over values that stand in it. */
  readonly rows?: readonly string[] | null;
}

export interface TestCase {
  /** Its name with those of the groups around it, outermost first: what two sides are paired by. */
  readonly path: readonly string[];
  readonly line: number;
  /** How it is kept from running, in the file's own words (`it.skip`, `@pytest.mark.skip`, `#[ignore]`); null: it runs. */
  readonly skip: string | null;
  /** The line of the skip, where it is not the case's own: a group's. */
  readonly skipLine?: number;
  /** Whether the skip depends on a condition (`skipif`, `skipUnless`, an environment): a person decides what it means. */
  readonly conditional: boolean;
  /** What makes it, or its group, run alone (`it.only`, `fdescribe`); null: nothing. */
  readonly focus: string | null;
  /** The line of the focus, where it is not the case's own: a group's. */
  readonly focusLine?: number;
  /** In the order of the source. */
  readonly assertions: readonly Assertion[];
  /** Tries and time that it is given in its own options, by name: `retries`, `timeout` (milliseconds, none: Infinity). */
  readonly patience: ReadonlyMap<string, number>;
  /**
   * Its body in the form of the assertions' texts, without comments, skips and options: finds a case that was renamed or
   * moved, the helpers that it calls, and whether more changed than an expected value. Absent: it is not looked for.
   */
  readonly body?: string;
  /** The data of a table test, a text for each row; null: a table whose rows cannot be told; absent: no table. */
  readonly rows?: readonly string[] | null;
}

/** A function outside the cases that asserts something, or (name ``) what is asserted outside all functions. */
export interface TestHelper {
  readonly name: string;
  readonly line: number;
  readonly assertions: readonly Assertion[];
  readonly body?: string;
}

export interface TestFile {
  readonly cases: readonly TestCase[];
  /** Absent: the language has none, or they are not read. */
  readonly helpers?: readonly TestHelper[];
  /** A skip or a focus of the whole file, where the language has one: `pytestmark = pytest.mark.skip`. */
  readonly skip: string | null;
  readonly skipLine?: number;
  /** Whether the skip of the file depends on a condition. */
  readonly conditional?: boolean;
  /** Modules or names that are replaced by doubles, with their lines: `jest.mock('../src/a')`, `@patch('pkg.a')`. */
  readonly mocks: ReadonlyMap<string, number>;
  /**
   * What is imported, as the file says it (`../src/a`, `pkg.mod`, `com.example.Foo`), with the names that it gives to
   * it: tells a case that went with the code that it tested.
   */
  readonly imports?: ReadonlyMap<string, readonly string[]>;
  /** Tries and time for the whole file. */
  readonly patience: ReadonlyMap<string, number>;
  /** `syntax`: a parser read it. `lines`: careful rules on lines did, and a finding says so. */
  readonly readBy: 'syntax' | 'lines';
  /**
   * Whether the parser stumbled so that code fell out of what it belongs to: assertions stand outside of everything. What
   * is told of such a file may be the parser's fault. Absent: it did not.
   */
  readonly isTorn?: boolean;
}
