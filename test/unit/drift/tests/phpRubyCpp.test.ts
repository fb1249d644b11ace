/** Readers of PHP, Ruby and C++ over whatever stands in a file. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSource } from '../../../../src/core/drift/syntax/parse';
import { readCpp } from '../../../../src/core/drift/tests/readers/cpp';
import { readPhp } from '../../../../src/core/drift/tests/readers/php';
import { readRuby } from '../../../../src/core/drift/tests/readers/ruby';
import { edited } from './judged';

const READERS = { php: readPhp, ruby: readRuby, cpp: readCpp } as const;
const PATHS = { php: 'tests/ATest.php', ruby: 'test/a_test.rb', cpp: 'tests/a_test.cc' } as const;
type Name = keyof typeof READERS;

const PIECES: Readonly<Record<Name, readonly string[]>> = {
  php: [
    '<?php ',
    'class ATest extends TestCase {',
    'public function testA() {',
    '$this->assertSame(1, f());',
    '}',
    '"',
    "'",
    '/*',
    '*/',
    '#[',
    'array(',
    ')',
    "it('a', fn () =>",
    'return;',
    '\n',
    '--TEST--\n',
    '<<<A\n',
  ],
  ruby: [
    'class A < B\n',
    'def test_a',
    '\n',
    'assert_equal 1, f',
    ' if ',
    'end',
    ' do |x|',
    '{',
    '}',
    '"',
    "'",
    '#{',
    '<<~A',
    'A\n',
    '%w[',
    '/',
    '=begin\n',
    '=end\n',
    'it "a" do\n',
    'expect(x).to eq 1',
    '(',
    ')',
    '?',
    ':',
    '|',
    'rescue',
    'def x = ',
  ],
  cpp: [
    'TEST(A, B)',
    '{',
    '}',
    'EXPECT_EQ(1, f());',
    'if (',
    ')',
    ';',
    '"',
    "'",
    'R"x(',
    ')x"',
    '/*',
    '*/',
    '\n#if 0\n',
    '\n#else\n',
    '\n#endif\n',
    '\\',
    'return;',
    'SECTION("a")',
    'else ',
    'INSTANTIATE_TEST_SUITE_P(A, B, Values(',
  ],
};

/** Statements whose places can be changed without any change of what they do. */
const LINES: Readonly<Record<Name, (lines: readonly string[]) => string>> = {
  php: (lines) =>
    `<?php\nclass ATest extends TestCase\n{\n    public function testA(): void\n    {\n${lines.join('\n')}\n    }\n}\n`,
  ruby: (lines) => `class ATest < Minitest::Test\n  def test_a\n${lines.join('\n')}\n  end\nend\n`,
  cpp: (lines) => `TEST(A, B) {\n${lines.join('\n')}\n}\n`,
};
const ASSERTED: Readonly<Record<Name, readonly string[]>> = {
  php: [
    '$this->assertSame(1, f(2, "a"));',
    '$this->assertTrue($a->is($b));',
    '$this->assertNull($x);',
    'self::assertCount(2, g());',
  ],
  ruby: ['assert_equal(1, f(2, "a"))', 'assert a.is?(b)', 'assert_nil x', 'expect(g).to eq([1, 2])'],
  cpp: ['EXPECT_EQ(f(2, "a"), 1);', 'EXPECT_TRUE(a.is(b));', 'ASSERT_EQ(x, nullptr);', 'EXPECT_THAT(g(), Eq(3));'],
};
const COMMENT: Readonly<Record<Name, string>> = { php: '// it\'s "so"', ruby: '# it\'s "so"', cpp: '// it\'s "so"' };

describe('readers of PHP, Ruby and C++', () => {
  const names = Object.keys(READERS) as readonly Name[];

  for (const name of names) {
    it(`read any text in ${name}`, async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(fc.constantFrom(...PIECES[name]), { maxLength: 60 }).map((pieces) => pieces.join('')),
      );
      await fc.assert(
        fc.asyncProperty(text, async (source) => {
          const syntax = await parseSource(name, source);
          const file = READERS[name]({ path: PATHS[name], text: source, syntax });
          assert.ok(file !== null);
          for (const { line, path } of file.cases) {
            assert.ok(path.length > 0);
            assert.ok(line >= 1 && line <= source.split('\n').length);
          }
        }),
        { numRuns: 150 },
      );
    });

    it(`find nothing in ${name} that was only put another way`, async () => {
      const lines = fc.shuffledSubarray([...ASSERTED[name]], { minLength: 1 });
      const gaps = fc.array(fc.constantFrom('\n', '    ', `${COMMENT[name]}\n`), { minLength: 4, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(lines, gaps, async (some, between) => {
          const text = LINES[name](some);
          const other = LINES[name](some.map((line, index) => `${between[index]}${line}  ${COMMENT[name]}`));
          assert.deepEqual(await edited(PATHS[name], text, text), []);
          assert.deepEqual(await edited(PATHS[name], text, other), []);
          assert.deepEqual(await edited(PATHS[name], text, LINES[name](some.toReversed())), []);
        }),
        { numRuns: 15 },
      );
    });
  }
});
