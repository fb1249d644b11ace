/** What every test file is read into, whatever its language and framework. */

/** Something that makes a test fail when it does not hold. */
export interface Assertion {
  /** Its text on one line, without white space that means nothing: what two sides are compared by. */
  readonly text: string;
  /** The same without the expected value, where that can be told apart: `expect(add(1, 2)).toBe(…)`. */
  readonly subject: string;
  /** Whether it can never fail: `assert True`, `expect(true).toBe(true)`, a comparison of a thing with itself. */
  readonly trivial: boolean;
  readonly line: number;
}

export interface TestCase {
  /** Its name with those of the groups around it, outermost first: what two sides are paired by. */
  readonly path: readonly string[];
  readonly line: number;
  /** How it is kept from running, in the file's own words (`it.skip`, `@pytest.mark.skip`, `#[ignore]`); null: it runs. */
  readonly skip: string | null;
  /** Whether the skip depends on a condition (`skipif`, `skipUnless`, an environment): a person decides what it means. */
  readonly conditional: boolean;
  /** What makes it, or its group, run alone (`it.only`, `fdescribe`); null: nothing. */
  readonly focus: string | null;
  readonly assertions: readonly Assertion[];
  /** Tries and time that it is given in its own options, by name: `retries`, `timeout` (milliseconds). */
  readonly patience: ReadonlyMap<string, number>;
}

export interface TestFile {
  readonly cases: readonly TestCase[];
  /** A skip or a focus of the whole file, where the language has one: `pytestmark = pytest.mark.skip`. */
  readonly skip: string | null;
  /** Modules or names that are replaced by doubles: `jest.mock('../src/a')`, `@patch('pkg.a')`. */
  readonly mocks: ReadonlyMap<string, number>;
  /** Tries and time for the whole file. */
  readonly patience: ReadonlyMap<string, number>;
  /** `syntax`: a parser read it. `lines`: careful rules on lines did, and a finding says so. */
  readonly readBy: 'syntax' | 'lines';
}
