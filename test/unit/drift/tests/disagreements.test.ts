/** Where a reader of real histories did not agree that somebody had to be stopped: written anew, one test for each. */
import assert from 'node:assert/strict';
import { edited, findingsOf, judged } from './judged';

const go = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n\tx := f()\n${body}}\n`;
const java = (body: string) => `class ATest {\n  @Test\n  void adds() {\n${body}  }\n}\n`;
const rust = (marks: string) =>
  `#[cfg(test)]\nmod tests {\n    #[test]\n${marks}    fn a() {\n        assert_eq!(f(1), 2);\n    }\n}\n`;
const beside = (body: string) =>
  `pub fn block(x: u8) -> Block {\n    ${body}\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {\n        assert_eq!(f(1), 2);\n    }\n}\n`;

const js = (body: string) => `it('a', () => {\n${body}});\n`;
const python = (body: string) => `def test_a():\n    ${body.replaceAll('\n', '\n    ')}\n`;
const php = (body: string) =>
  `<?php\nclass ATest extends TestCase\n{\n    public function testA()\n    {\n${body}    }\n}\n`;
const ruby = (body: string) => `class ATest < Minitest::Test\n  def test_a\n${body}  end\nend\n`;
const inline = (value: string) => js(`  expect(f()).toMatchInlineSnapshot(\`${value}\`);\n`);

describe('what a reader would not be stopped for', () => {
  for (const [title, path, before, after, expected] of [
    [
      'no error by another name',
      'a_test.go',
      go('\tassert.Nil(t, x.Close())\n\tassert.Nil(t, err)\n'),
      go('\tassert.NoError(t, x.Close())\n\trequire.NoError(t, err)\n'),
      [],
    ],
    [
      'a comparison by its own name',
      'a_test.go',
      go('\tassert.True(t, x.Name != "")\n'),
      go('\tassert.NotEqual(t, "", x.Name)\n'),
      [],
    ],
    [
      'a comparison of two constants',
      'test/a_test.rb',
      ruby('    assert_same(true, false)\n    assert_equal(1, f)\n'),
      ruby('    assert_equal(1, f)\n'),
      [],
    ],
    [
      'one of the values that a loop goes through',
      'test_a.py',
      python('x = f()\nassert x is not True\nfor value in [True, 1, "a"]:\n    assert x is not value'),
      python('x = f()\nfor value in [True, 1, "a"]:\n    assert x is not value'),
      [],
    ],
    [
      'a value that is now data of a loop',
      'a.test.ts',
      `const TEXTS = { a: 'x' };\n${js("  expect((await copied('hello there')).text).toEqual('hello there');\n  for (const [text, expected] of Object.entries(TEXTS)) {\n    expect(copy(text)).toEqual(expected);\n  }\n")}`,
      `const TEXTS = { a: 'x', 'hello there': 'hello there' };\n${js('  for (const [text, expected] of Object.entries(TEXTS)) {\n    expect(copy(text)).toEqual(expected);\n  }\n')}`,
      ['warn tests/weakened'],
    ],
    [
      'something that is not there any more',
      'tests/ATest.php',
      php(
        '        $list = Lists::of($c);\n        $this->assertNotNull($list);\n        $this->assertSame([1], f($list));\n',
      ),
      php('        $policy = Policy::of($c);\n        $this->assertSame([1], f($policy));\n'),
      ['warn tests/weakened'],
    ],
    [
      'an assertion that ran on a condition',
      'a.test.ts',
      js(
        '  if (OLD) {\n    expect(f(old)).toEqual([1]);\n  } else {\n    expect(f(now)).toEqual([1]);\n  }\n  expect(g()).toBe(2);\n',
      ),
      js('  expect(f(now)).toEqual([1]);\n  expect(g()).toBe(2);\n'),
      ['warn tests/weakened'],
    ],
    ['an inline snapshot beside code that changed', 'a.test.ts', inline('1'), inline('2'), ['block tests/snapshot']],
    [
      'an inline snapshot further in',
      'a.test.ts',
      inline('\n    {\n      a: 1\n    }\n  '),
      inline('\n      {\n        a: 1\n      }\n    '),
      [],
    ],
    [
      'a message that the exception must match',
      'test_a.py',
      python('with pytest.raises(ValueError) as caught:\n    f(".")\nassert "must be absolute" in str(caught.value)'),
      python('with pytest.raises(ValueError, match=".*must be absolute"):\n    f(".")'),
      [],
    ],
    [
      'one case that became two',
      'test_a.py',
      'def test_options_attribute():\n    assert open(False).status == 405\n    rv = open(True)\n    assert sorted(rv.allow) == ["OPTIONS"]\n',
      'def test_options_attribute_off():\n    assert open(False).status == 405\n\n\ndef test_options_attribute_on():\n    rv = open(True)\n    assert rv.allow == {"GET", "OPTIONS"}\n',
      ['warn tests/weakened'],
    ],
    [
      'a group in a function that returns at its end',
      'a.test.js',
      `describe('x', () => {\n  ${js('    expect(f()).toBe(1);\n')}});\n`,
      `function both() {\n  describe('x', () => {\n    ${js('      expect(f()).toBe(1);\n')}  });\n  return 1;\n}\nboth();\n`,
      [],
    ],
    [
      'a case that could not fail',
      'a.test.js',
      `${js('  expect(f()).toBe(1);\n')}it('dummy', () => {\n  expect(1).toBe(1);\n});\n`,
      js('  expect(f()).toBe(1);\n'),
      ['warn tests/deleted'],
    ],
    [
      'a case that became a function of several',
      'src/test/kotlin/ATest.kt',
      'class ATest {\n  @ParameterizedTest\n  fun connects(mode: Mode) {\n    val x = open(mode)\n    assertEquals(1, x.count)\n  }\n}\n',
      'class ATest {\n  @Test\n  fun overHttp() {\n    connects(Mode.A)\n  }\n\n  private fun connects(mode: Mode) {\n    val x = open(mode)\n    assertEquals(1, x.count)\n  }\n}\n',
      ['warn tests/deleted'],
    ],
    [
      'an empty value by another name',
      'a_test.go',
      go('\tassert.NotEqual(t, "", x.Name)\n'),
      go('\tassert.NotEmpty(t, x.Name)\n'),
      [],
    ],
    [
      'one of two assertions that say the same',
      'src/test/java/ATest.java',
      java('    assertThat(f()).isEqualTo(1);\n    assertThat(f()).isEqualTo(1);\n'),
      java('    assertThat(f()).isEqualTo(1);\n'),
      [],
    ],
    ['a test that need not panic any more', 'src/a.rs', rust('    #[should_panic]\n'), rust(''), []],
    [
      'another of several assertions, and fewer of them',
      'a_test.go',
      go('\tassert.Equal(t, 1, x.One)\n\tassert.Equal(t, 2, x.Two)\n\tassert.Equal(t, 3, x.Three)\n'),
      go('\tassert.Equal(t, data, decoded(x))\n'),
      ['warn tests/weakened'],
    ],
    [
      'a function beside code that fails no more',
      'src/a.rs',
      beside('assert!(x > 1);\n    quote(x)'),
      beside('quote(x)'),
      [],
    ],
    [
      'a case that became a row of a new one',
      'test_a.py',
      'def test_flag():\n    result = run("--sentinel-value")\n    assert result.code == 0\n    assert result.output == "None"\n',
      'def test_every_value():\n    for flag, expected in [("--sentinel-value", "None"), ("--other-value", "x")]:\n        assert invoke([flag], catch=False) == expected\n',
      ['warn tests/deleted'],
    ],
  ] as const) {
    it(title, async () => assert.deepEqual(await edited(path, before, after, true), expected));
  }

  it('many tables that lost one row, in other words', async () => {
    const cases = (rows: string) =>
      Array.from(
        { length: 6 },
        (_, index) => `it.each([${rows}])('${index} of %s', (x) => { expect(f${index}(x)).toBe(1); });\n`,
      ).join('');
    const shown = { base: { 'a.test.ts': cases("'erb', 'slim'") }, head: { 'a.test.ts': cases("'erb'") } };
    const [found, ...more] = await findingsOf(shown);
    assert.deepEqual([found?.severity, more], ['block', []]);
    assert.equal(found?.message, '6 cases run with fewer rows of data than before.');
  });

  it('a file of the name of a test that others import', async () => {
    const runner = 'export default async function run(cases) {\n  for (const each of cases) await each();\n}\n';
    assert.deepEqual(await judged({ base: { 'test/esm/test-runner.js': runner }, head: {} }), ['warn tests/deleted']);
  });
});

describe('what a reader wants to be stopped for all the same', () => {
  for (const [title, path, before, after] of [
    [
      'a value that no row has',
      'test_a.py',
      python('x = f()\nassert x != 5\nfor value in [1, "a"]:\n    assert x != value'),
      python('x = f()\nfor value in [1, "a"]:\n    assert x != value'),
    ],
    [
      'a value of a variable that is set',
      'test_a.py',
      python('for x in [1, 2]:\n    g(x)\nassert f(1) == 2\ny = 3\nassert f(y) == 2'),
      python('for x in [1, 2]:\n    g(x)\ny = 3\nassert f(y) == 2'),
    ],
    [
      'a value that is only named in a comment',
      'a.test.ts',
      js("  expect(f('x')).toEqual('hello there');\n  expect(g()).toBe(1);\n"),
      `// hello there\n${js("  f('x');\n  expect(g()).toBe(1);\n")}`,
    ],
    [
      'something that is still there',
      'tests/ATest.php',
      php('        $x = f();\n        $this->assertNotNull($x);\n        $this->assertSame(1, g());\n'),
      php('        $x = f();\n        $this->assertSame(1, g());\n'),
    ],
    [
      'the only assertion, of something that is not there any more',
      'tests/ATest.php',
      php('        $x = f();\n        $this->assertNotNull($x);\n'),
      php('        f();\n'),
    ],
    [
      'what must not be reached',
      'a.test.ts',
      js('  try {\n    f();\n    expect(true).toBe(false);\n  } catch (e) {\n    expect(e.code).toBe(1);\n  }\n'),
      js('  try {\n    f();\n  } catch (e) {\n    expect(e.code).toBe(1);\n  }\n'),
    ],
    [
      'a message that nothing matches any more',
      'test_a.py',
      python('with pytest.raises(ValueError) as caught:\n    f(".")\nassert "must be absolute" in str(caught.value)'),
      python('with pytest.raises(ValueError):\n    f(".")'),
    ],
    [
      'an assertion beside a new case of something else',
      'test_a.py',
      'def test_a():\n    assert f(1) == "one"\n    assert f(2) == "two"\n',
      'def test_a():\n    assert f(1) == "one"\n\n\ndef test_b():\n    assert g(2) == "three"\n',
    ],
  ] as const) {
    it(title, async () => assert.deepEqual(await edited(path, before, after, true), ['block tests/weakened']));
  }

  it('an inline snapshot where no code changed', async () => {
    assert.deepEqual(await edited('a.test.ts', inline('1'), inline('2')), ['block tests/snapshot']);
  });

  it('an inline snapshot that differs in white space', async () => {
    const [before, after] = [inline('\n    {\n      a: 1\n    }\n  '), inline('\n    {\n        a: 1\n    }\n  ')];
    assert.deepEqual(await edited('a.test.ts', before, after), ['block tests/snapshot']);
  });

  it('a group behind a return', async () => {
    const before = `describe('x', () => {\n  ${js('    expect(f()).toBe(1);\n')}});\n`;
    const after = before.replace('() => {\n', '() => {\n  return;\n');
    assert.deepEqual(await edited('a.test.js', before, after, true), ['block tests/skipped']);
  });

  it('a case that went to a class of another name, and asserts less', async () => {
    const base =
      'class ATest {\n  @Test\n  void addsTwo() {\n    int x = f();\n    assertEquals(2, x);\n    assertEquals(3, g());\n  }\n}\n';
    const head = base.replace('ATest', 'BTest').replace('    assertEquals(3, g());\n', '').replace('int x', 'var x');
    const shown = { base: { 'src/test/java/ATest.java': base }, head: { 'src/test/java/BTest.java': head } };
    assert.deepEqual(await judged(shown), ['block tests/weakened']);
  });
});

describe('the opposite of what a case claimed', () => {
  for (const [title, path, before, after] of [
    [
      'not in JavaScript',
      'a.test.ts',
      js("  expect(f()).toContain('a');\n"),
      js("  expect(f()).not.toContain('a');\n"),
    ],
    ['toBeDefined', 'a.test.ts', js('  expect(f()).toBeDefined();\n'), js('  expect(f()).toBeUndefined();\n')],
    ['toThrow', 'a.test.ts', js('  expect(() => f()).toThrow();\n'), js('  expect(() => f()).not.toThrow();\n')],
    ['not in Python', 'test_a.py', python('assert f()'), python('assert not f()')],
    [
      'assertIn',
      'test_a.py',
      'class T(TestCase):\n    def test_a(self):\n        self.assertIn("a", f())\n',
      'class T(TestCase):\n    def test_a(self):\n        self.assertNotIn("a", f())\n',
    ],
    ['Contains', 'a_test.go', go('\tassert.Contains(t, x, "a")\n'), go('\tassert.NotContains(t, x, "a")\n')],
    ['True', 'a_test.go', go('\tassert.True(t, x.IsOn())\n'), go('\tassert.False(t, x.IsOn())\n')],
    [
      'contains of AssertJ',
      'src/test/java/ATest.java',
      java('    assertThat(f()).contains("a");\n'),
      java('    assertThat(f()).doesNotContain("a");\n'),
    ],
    ['refute', 'test/a_test.rb', ruby("    assert_includes(f, 'a')\n"), ruby("    refute_includes(f, 'a')\n")],
    [
      'assertContains of PHPUnit',
      'tests/ATest.php',
      php("        $this->assertContains('a', f());\n"),
      php("        $this->assertNotContains('a', f());\n"),
    ],
  ] as const) {
    it(`block where no code changed, warn where some did: ${title}`, async () => {
      assert.deepEqual(await edited(path, before, after), ['block tests/weakened']);
      assert.deepEqual(await edited(path, before, after, true), ['warn tests/weakened']);
    });
  }

  it('warn where more of the case changed', async () => {
    const [before, after] = [
      js("  expect(f()).toContain('a');\n"),
      js("  remove('a');\n  expect(f()).not.toContain('a');\n"),
    ];
    assert.deepEqual(await edited('a.test.ts', before, after), ['warn tests/weakened']);
  });

  it('silent where it is said in other words', async () => {
    const [before, after] = [js('  expect(f()).not.toBeTruthy();\n'), js('  expect(f()).toBeFalsy();\n')];
    assert.deepEqual(await edited('a.test.ts', before, after), []);
  });
});
