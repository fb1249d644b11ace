/** Which sources of Rust are told to hold no tests without being parsed. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSource } from '../../../../src/core/drift/syntax/parse';
import { readRust } from '../../../../src/core/drift/tests/readers/rust';
import { mayHoldTests } from '../../../../src/core/drift/tests/readers/rust/presence';

const PATH = 'src/cart.rs';

describe('a source of Rust', () => {
  const without = [
    'pub fn f() {}\n',
    '/// See the test of `f`.\npub fn f() {}\n',
    '// test\n//! a test\npub fn f() { g(1); } // no test\n',
    'pub fn f(x: X) { x.apply(1); }\n',
  ];
  for (const text of without) {
    it(`may hold none: ${JSON.stringify(text)}`, () => assert.equal(mayHoldTests(PATH, text), false));
  }

  const perhaps = [
    '#[test]\nfn f() {}\n',
    '#[cfg(all(test, unix))]\nmod t {}\n',
    '#[rstest]\nfn f() {}\n',
    '#[template::apply(x)]\nfn f() {}\n',
    'const A: &str = "// "; #[test] fn f() {}\n',
    '/* // */ #[test] fn f() {}\n',
    `${'/'.repeat(2_000)} test\n`,
  ];
  for (const text of perhaps) {
    it(`may hold some: ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(mayHoldTests(PATH, text), true));
  }

  it('may hold some wherever its place says so', () => assert.equal(mayHoldTests('src/lower/tests.rs', ''), true));

  it('holds none that a parser would find', async () => {
    const piece = fc.constantFrom(
      ...['#[test]', '#[cfg(test)]', '#[ignore]', 'fn f() {', '}', 'mod m {', 'assert!(true);', 'test', '\n', ' '],
      ...['//', '// test', '/*', '*/', '"', "'", 'r#"', '"#', "'\"'", '\\', '#[rstest]', '#[x::apply]', 'apply'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
        const text = pieces.join('');
        if (mayHoldTests(PATH, text)) return;
        const syntax = await parseSource('rust', text);
        const file = readRust({ path: PATH, text, syntax });
        assert.deepEqual([file?.cases, file?.helpers], [[], []]);
      }),
      { numRuns: 400 },
    );
  });
});
