/** Comments, strings and brackets of languages that are read without a grammar. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CSHARP, KOTLIN, SWIFT } from '../../../../src/core/drift/tests/readers/lines/lexical';
import { blanked, piecesOf } from '../../../../src/core/drift/tests/readers/lines/pieces';
import { Stream } from '../../../../src/core/drift/tests/readers/lines/stream';

const LANGUAGES = { KOTLIN, CSHARP, SWIFT } as const;

const cases: readonly [string, keyof typeof LANGUAGES, string, string][] = [
  ['nested comments', 'KOTLIN', 'a /* b /* c */ d */ e', 'a e'],
  ['a comment in C# that does not nest', 'CSHARP', 'a /* b /* c */ d', 'a d'],
  ['a comment that is a string', 'KOTLIN', 'a("// no") // yes', 'a ( "// no" )'],
  ['a hole with a string', 'KOTLIN', `a("\${m["k"]} }") + b`, `a ( "\${m["k"]} }" ) + b`],
  ['a raw string that ends in a quote', 'KOTLIN', '"""say "hi"""" + b', '"""say "hi"""" + b'],
  ['a name in backticks', 'KOTLIN', 'fun `adds "two"`() {}', 'fun `adds "two"` ( ) { }'],
  ['a character', 'CSHARP', "a == '\"' || b", "a == '\"' || b"],
  ['a verbatim string', 'CSHARP', '@"c:\\" + @"say ""hi""" + b', '@"c:\\" + @"say ""hi""" + b'],
  ['a raw string with holes', 'CSHARP', '$$"""{ " {{f("}")}} }""" + b', '$$"""{ " {{f("}")}} }""" + b'],
  ['braces that are no hole', 'CSHARP', '$"{{ {a("x")} }}" + b', '$"{{ {a("x")} }}" + b'],
  ['a string with hashes', 'SWIFT', '#"say "hi" \\(no"# + b', '#"say "hi" \\(no"# + b'],
  ['a hole with a call', 'SWIFT', '"\\(f("a", g(1)))" + b', '"\\(f("a", g(1)))" + b'],
  ['a pattern', 'SWIFT', 'x = /a"b/ + c / d', 'x = /a"b/ + c / d'],
  ['a string that its line ends', 'KOTLIN', 'a = "open\nb', 'a = "open b'],
];

describe('files without a grammar', () => {
  for (const [title, language, text, expected] of cases) {
    it(`${language}: ${title}`, () => {
      assert.equal(new Stream(text, LANGUAGES[language]).tokens.map((token) => token.text).join(' '), expected);
    });
  }

  it('keep their lengths and lines when they are blanked', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.constantFrom('"', '"""', '//', '/*', '*/', '${', '}', '{', '\n', '\\', '#"', '@"', '$"', 'a', "'")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...Object.values(LANGUAGES)), (some, syntax) => {
        const source = typeof some === 'string' ? some : some.join('');
        const blank = blanked(source, piecesOf(source, syntax));
        assert.equal(blank.length, source.length);
        assert.deepEqual(
          blank.split('\n').map(({ length }) => length),
          source.split('\n').map(({ length }) => length),
        );
        const { tokens } = new Stream(source, syntax);
        for (const { text, from, to } of tokens) assert.equal(source.slice(from, to).trimEnd(), text.trimEnd());
      }),
      { numRuns: 100 },
    );
  });

  it('blank what stands in comments and strings, and nothing else', () => {
    const text = 'a("b // c") // d\ne';
    assert.equal(blanked(text, piecesOf(text, SWIFT)), 'a("      ")     \ne');
  });

  it('pair brackets across those that nothing closes', () => {
    const stream = new Stream('a { b ( c [ } d { e', KOTLIN);
    const at = (text: string) => stream.tokens.findIndex((token) => token.text === text);
    assert.equal(stream.partner(1), at('}'));
    assert.equal(stream.partner(at('(')), at('}'));
    assert.equal(stream.partner(at('}')), 1);
    assert.equal(stream.partner(at('d') + 1), stream.length);
    assert.equal(stream.parent(at('d')), -1);
  });

  it('split what stands between commas of one bracket', () => {
    const stream = new Stream('f(a, g(b, c), [d, e], { x, y -> z },)', KOTLIN);
    assert.deepEqual(
      stream.elements(1).map((span) => stream.compact(span)),
      ['a', 'g(b,c)', '[d,e]', '{x,y->z}'],
    );
  });
});
