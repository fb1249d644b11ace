/** What is a weakening of tests in Kotlin, and what is ordinary work on them. */
import assert from 'node:assert/strict';
import { edited, findingsOf, judged } from './judged';

const PATH = 'src/test/kotlin/shop/CartTest.kt';

type Row = readonly [title: string, before: string, after: string];

const file = (members: string, head = 'class CartTest') =>
  `package shop\n\nimport kotlin.test.*\nimport org.junit.jupiter.api.*\n\n${head} {\n${members}\n}\n`;
const method = (body: string, { name = '`adds two`', marks = '@Test' } = {}) =>
  `  ${marks}\n  fun ${name}() {\n    ${body.replaceAll('\n', '\n    ')}\n  }\n`;
const bodies = (before: string, after: string): [string, string] => [file(method(before)), file(method(after))];
const marked = (marks: string, body = 'assertEquals(2, f(1))') => file(method(body, { marks }));
const plain = file(method('assertEquals(2, f(1))'));
const other = method('assertEquals(1, g())', { name: 'other' });
const two = file(method('assertEquals(2, f(1))') + other);
const spec = (style: string, body: string) => `class CartTest : ${style}({\n${body}\n})\n`;
const FUN = spec('FunSpec', '  test("adds") {\n    f(1) shouldBe 2\n  }\n  test("other") {\n    g() shouldBe 1\n  }');

const BLOCKED: Record<string, readonly Row[]> = {
  'tests/deleted': [
    ['a function is gone', two, plain],
    ['a function is no test any more', plain, plain.replace('  @Test\n', '')],
    ['a test of Kotest is gone', FUN, spec('FunSpec', '  test("adds") {\n    f(1) shouldBe 2\n  }')],
    [
      'a string of a StringSpec is gone',
      spec('StringSpec', '  "adds" {\n    f(1) shouldBe 2\n  }\n  "other" { g() shouldBe 1 }'),
      spec('StringSpec', '  "adds" {\n    f(1) shouldBe 2\n  }'),
    ],
    [
      'a leaf of a WordSpec is gone',
      spec('WordSpec', '  "a cart" should {\n    "add" { f(1) shouldBe 2 }\n    "sum" { g() shouldBe 1 }\n  }'),
      spec('WordSpec', '  "a cart" should {\n    "add" { f(1) shouldBe 2 }\n  }'),
    ],
  ],
  'tests/skipped': [
    ['@Disabled', plain, marked('@Disabled("later")\n  @Test')],
    ['@Ignore', plain, marked('@Ignore @Test')],
    ['a disabled class', plain, plain.replace('class CartTest', '@Disabled\nclass CartTest')],
    ['@Test(enabled = false)', plain, marked('@Test(enabled = false)')],
    ['assumeTrue(false)', ...bodies('assertEquals(2, f(1))', 'assumeTrue(false)\nassertEquals(2, f(1))')],
    ['xtest', FUN, FUN.replace('test("adds")', 'xtest("adds")')],
    ['a bang', FUN, FUN.replace('"adds"', '"!adds"')],
    ['enabled = false of Kotest', FUN, FUN.replace('test("adds")', 'test("adds").config(enabled = false)')],
    [
      'a string with a bang',
      spec('StringSpec', '  "adds" { f(1) shouldBe 2 }'),
      spec('StringSpec', '  "!adds" { f(1) shouldBe 2 }'),
    ],
    ['@Ignored spec', FUN, `@Ignored\n${FUN}`],
  ],
  'tests/focused': [['f: of Kotest', FUN, FUN.replace('"adds"', '"f:adds"')]],
  'tests/weakened': [
    ['an assertion is gone', ...bodies('assertEquals(2, f(1))\nassertEquals(3, f(2))', 'assertEquals(2, f(1))')],
    ['all assertions are gone', ...bodies('assertEquals(2, f(1))', 'f(1)')],
    ['assertTrue(true)', ...bodies('assertEquals(2, f(1))', 'f(1)\nassertTrue(true)')],
    ['equality becomes not null', ...bodies('assertEquals(2, f(1))', 'assertNotNull(f(1))')],
    ['shouldBe becomes shouldNotBe null', ...bodies('f(1) shouldBe 2', 'f(1) shouldNotBe null')],
    ['shouldBe is gone', ...bodies('f(1) shouldBe 2\ng() shouldBe 1', 'f(1) shouldBe 2\ng()')],
    [
      'any exception',
      ...bodies('assertFailsWith<IllegalStateException> { f(1) }', 'assertFailsWith<Throwable> { f(1) }'),
    ],
    ['an early return', ...bodies('val x = f(1)\nassertEquals(2, x)', 'val x = f(1)\nreturn\nassertEquals(2, x)')],
    [
      'a catch that swallows',
      ...bodies('assertEquals(2, f(1))', 'try {\n  assertEquals(2, f(1))\n} catch (e: Throwable) {\n  println(e)\n}'),
    ],
    ['runCatching', ...bodies('assertEquals(2, f(1))', 'runCatching { assertEquals(2, f(1)) }')],
    ['if (false)', ...bodies('assertEquals(2, f(1))', 'if (false) {\n  assertEquals(2, f(1))\n}')],
    [
      'a call is verified with anything',
      ...bodies('f(m)\nverify { m.send("a") }', 'f(m)\nverify(atLeast = 1) { m.send(any()) }'),
    ],
    [
      'a row is gone',
      marked('@ParameterizedTest @CsvSource("1,2", "3,4")'),
      marked('@ParameterizedTest @CsvSource("1,2")'),
    ],
    [
      'a helper asserts less',
      file(`${method('check(f())')}  private fun check(x: X) { assertEquals(1, x.a); assertEquals(2, x.b) }`),
      file(`${method('check(f())')}  private fun check(x: X) { assertEquals(1, x.a) }`),
    ],
    ['a double of the class under test', plain, plain.replace('{\n', '{\n  @MockK lateinit var cart: Cart\n')],
    [
      'mockkStatic of the class under test',
      ...bodies('assertEquals(2, f(1))', 'mockkStatic(Cart::class)\nassertEquals(2, f(1))'),
    ],
  ],
};

const WARNED: Record<string, readonly Row[]> = {
  'tests/skipped': [
    ['@EnabledOnOs', plain, marked('@EnabledOnOs(OS.LINUX)\n  @Test')],
    ['assumeTrue(x)', ...bodies('assertEquals(2, f(1))', 'assumeTrue(hasDb())\nassertEquals(2, f(1))')],
    ['enabledIf of Kotest', FUN, FUN.replace('test("adds")', 'test("adds").config(enabledIf = { hasDb() })')],
    [
      'a return by the environment',
      ...bodies('assertEquals(2, f(1))', 'if (System.getenv("CI") != null) return\nassertEquals(2, f(1))'),
    ],
  ],
  'tests/weakened': [
    ['another value is expected', ...bodies('assertEquals(2, f(1))', 'assertEquals(3, f(1))')],
    ['another value for shouldBe', ...bodies('f(1) shouldBe 2', 'f(1) shouldBe 3')],
    ['on a condition', ...bodies('val x = f(1)\nassertEquals(2, x)', 'val x = f(1)\nif (x > 0) assertEquals(2, x)')],
    ['more time', marked('@Timeout(5) @Test'), marked('@Timeout(60) @Test')],
  ],
};

const SILENT: readonly Row[] = [
  [
    'comments',
    plain,
    plain.replace('    assertEquals', '    /* @Disabled /* nested */ return */ // xtest("a")\n    assertEquals'),
  ],
  ['another format', plain, plain.replace('assertEquals(2, f(1))', 'assertEquals(\n      2,\n      f( 1 ),\n    )')],
  ['another order', two, file(other + method('assertEquals(2, f(1))'))],
  ['another name', plain, plain.replace('adds two', 'adds two numbers')],
  ['another class name', plain, plain.replace('CartTest', 'ShoppingCartTest')],
  ['a nested class around', plain, file(`  @Nested inner class Adding {\n${method('assertEquals(2, f(1))')}  }`)],
  ['an expression body', plain, file('  @Test\n  fun `adds two`() = assertEquals(2, f(1))\n')],
  ['a coroutine', plain, file('  @Test\n  fun `adds two`() = runTest {\n    assertEquals(2, f(1))\n  }\n')],
  ['Assert is imported', ...bodies('Assertions.assertEquals(2, f(1))', 'assertEquals(2, f(1))')],
  ['a message', ...bodies('assertEquals(2, f(1))', 'assertEquals(2, f(1), "adds")')],
  ['named arguments', ...bodies('assertEquals(2, f(1))', 'assertEquals(expected = 2, actual = f(1))')],
  [
    'kotlin.test becomes Kotest',
    ...bodies(
      'assertEquals(2, f(1))\nassertTrue(g())\nassertNull(h())\nassertFailsWith<IllegalStateException> { f(0) }',
      'f(1) shouldBe 2\ng().shouldBeTrue()\nh().shouldBeNull()\nshouldThrow<IllegalStateException> { f(0) }',
    ),
  ],
  [
    'kotlin.test becomes AssertJ',
    ...bodies(
      'assertEquals(2, f(1))\nassertEquals(3, names.size)',
      'assertThat(f(1)).isEqualTo(2)\nassertThat(names).hasSize(3)',
    ),
  ],
  ['infix becomes a call', ...bodies('f(1) shouldBe 2', 'f(1).shouldBe(2)')],
  ['assertTrue of a comparison', ...bodies('assertTrue(f(1) == 2)', 'assertEquals(2, f(1))')],
  [
    'a test of Kotest has another format',
    FUN,
    FUN.replace('test("adds") {\n    f(1) shouldBe 2', 'test("adds") {\n\n    f( 1 )  shouldBe  2'),
  ],
  [
    'an object in a lambda',
    ...bodies(
      'val x = object : Foo { override fun a() = 1 }\nassertEquals(2, f(x))',
      'val y = object : Foo {\n  override fun a() = 1\n}\nassertEquals(2, f(y))',
    ),
  ],
  [
    'a helper is extracted',
    file(method('assertEquals(1, f().a)\nassertEquals(2, f().b)')),
    file(`${method('check(f())')}  private fun check(x: X) {\n    assertEquals(1, x.a)\n    assertEquals(2, x.b)\n  }`),
  ],
  [
    'functions become a table',
    file(method('assertEquals(2, f(1))', { name: 'one' }) + method('assertEquals(4, f(3))', { name: 'three' })),
    file('  @ParameterizedTest\n  @CsvSource("1,2", "3,4")\n  fun f(a: Int, b: Int) { assertEquals(b, f(a)) }'),
  ],
  [
    'tests become withData',
    spec('FunSpec', '  test("one") { f(1) shouldBe 2 }\n  test("three") { f(3) shouldBe 4 }'),
    spec('FunSpec', '  withData(1 to 2, 3 to 4) { (a, b) -> f(a) shouldBe b }'),
  ],
  [
    'a helper takes a block alone',
    file(`${method('check(1) {\n  f()\n}')}  private fun check(n: Int = 1, g: () -> Int) { assertEquals(n, g()) }`),
    file(`${method('check {\n  f()\n}')}  private fun check(n: Int = 1, g: () -> Int) { assertEquals(n, g()) }`),
  ],
  [
    'a helper is called with a type',
    file(`${method('check(f())')}  private fun <T> check(x: T) { assertEquals(1, x) }`),
    file(`${method('check<Int>(f())')}  private fun <T> check(x: T) { assertEquals(1, x) }`),
  ],
  ['a skip goes', marked('@Disabled @Test'), plain],
  [
    'a return of a lambda',
    ...bodies(
      'val x = list.map { it + 1 }\nassertEquals(2, x)',
      'val x = list.map {\n  if (it == 0) return@map 0\n  it + 1\n}\nassertEquals(2, x)',
    ),
  ],
  [
    'a return in a function of its own',
    ...bodies('assertEquals(2, f(1))', 'fun one(): Int {\n  return 1\n}\nassertEquals(2, f(1))'),
  ],
  [
    'a catch of another exception',
    ...bodies('assertEquals(2, f(1))', 'try {\n  assertEquals(2, f(1))\n} catch (e: IOException) {\n  println(e)\n}'),
  ],
  ['strings with braces and marks', ...bodies('assertEquals("}", f(1))', 'assertEquals("}", f(1)) // "@Disabled {"')],
  ['a mock of something else', plain, plain.replace('{\n', '{\n  @MockK lateinit var mailer: Mailer\n')],
  [
    'a test that is named after skips',
    plain,
    file(
      method('assertEquals(2, f(1))') + method('assertTrue(parse("xtest(").ignore(3))', { name: '`xtest and !bang`' }),
    ),
  ],
];

describe('tests of Kotlin', () => {
  for (const [severity, table] of [
    ['block', BLOCKED],
    ['warn', WARNED],
  ] as const) {
    for (const [rule, rows] of Object.entries(table)) {
      for (const [title, before, after] of rows) {
        it(`${severity} ${rule}: ${title}`, async () => {
          assert.deepEqual(await edited(PATH, before, after), [`${severity} ${rule}`]);
        });
      }
    }
  }

  for (const [title, before, after] of SILENT) {
    it(`silent: ${title}`, async () => assert.deepEqual(await edited(PATH, before, after), []));
  }

  it('names the groups around a case, and says that no parser read it', async () => {
    const before = spec(
      'DescribeSpec',
      '  describe("a cart") {\n    it("adds") { f(1) shouldBe 2 }\n    it("sums") { g() shouldBe 1 }\n  }',
    );
    const after = spec('DescribeSpec', '  describe("a cart") {\n    it("sums") { g() shouldBe 1 }\n  }');
    const [found] = await findingsOf({ base: { [PATH]: before }, head: { [PATH]: after } });
    assert.equal(found?.evidence, 'CartTest › a cart › adds');
    assert.match(found?.message ?? '', /by lines/);
  });

  it('says nothing of a test that is Java no more', async () => {
    const java = 'class CartTest {\n  @Test void adds() { assertEquals(2, f(1)); }\n}\n';
    const kotlin = file(method('assertEquals(2, f(1))', { name: 'adds' }));
    const base = { 'src/test/java/shop/CartTest.java': java };
    assert.deepEqual(await judged({ base, head: { [PATH]: kotlin } }), []);
  });
});
