/** Whether a source of Rust could hold tests at all, told without a parser: most sources hold none. */

/** Files that hold nothing but tests; in others what asserts outside a test module is the program itself. */
export const TEST_FILE = /(?:^|\/)(?:tests|benches)\/|(?:^|[/_])tests?\.rs$/;

/** The last names of attributes that make a function a test; `test` is also what `cfg` asks for. */
const NAMES = /\b(?:test|rstest|test_case|wasm_bindgen_test|quickcheck|parameterized|traced_test)\b|(?<!\.)\bapply\b/g;
/** So much of a line is looked at before a name. */
const LONGEST_LINE = 1_000;

/**
 * False only where every such name stands in a comment or a string, which no attribute can be in: behind `//` on a line
 * on which, before the name, nothing ends a string or a block comment (The Rust Reference, "Comments" and "Tokens").
 */
export function mayHoldTests(path: string, text: string): boolean {
  if (TEST_FILE.test(path)) return true;
  for (const { index } of text.matchAll(NAMES)) {
    const line = text.lastIndexOf('\n', index) + 1;
    if (index - line > LONGEST_LINE) return true;
    const before = text.slice(line, index);
    if (!before.includes('//') || before.includes('"') || before.includes('*/')) return true;
  }
  return false;
}
