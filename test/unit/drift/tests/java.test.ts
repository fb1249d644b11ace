/** What is a weakening of tests in Java, and what is ordinary work on them. */
import assert from 'node:assert/strict';
import { edited, judged } from './judged';

const PATH = 'src/test/java/shop/CartTest.java';

type Row = readonly [title: string, before: string, after: string];

const NEW = 'import org.junit.jupiter.api.*;\nimport static org.junit.jupiter.api.Assertions.*;\n';
const OLD = 'import org.junit.*;\nimport static org.junit.Assert.*;\n';
const file = (members: string, head = 'class CartTest', imports = NEW) =>
  `package shop;\n\n${imports}\n${head} {\n${members}\n}\n`;
const method = (body: string, { name = 'adds', marks = '@Test' } = {}) =>
  `  ${marks}\n  void ${name}() {\n    ${body}\n  }\n`;
const bodies = (before: string, after: string): [string, string] => [file(method(before)), file(method(after))];
const marked = (marks: string, body = 'assertEquals(2, f(1));') => file(method(body, { marks }));
const plain = file(method('assertEquals(2, f(1));'));
const two = file(method('assertEquals(2, f(1));') + method('assertEquals(1, g());', { name: 'other' }));

const BLOCKED: Record<string, readonly Row[]> = {
  'tests/deleted': [
    ['a method is gone', two, plain],
    ['a method is no test any more', plain, plain.replace('  @Test\n', '')],
    [
      'a nested class is gone',
      file(
        `${method('assertEquals(2, f(1));')}@Nested class Empty {${method('assertEquals(0, cart.size());', { name: 'isEmpty' })}}`,
      ),
      plain,
    ],
    [
      'a method of JUnit 3 has another name',
      file('  public void testAdds() { assertEquals(2, f(1)); }', 'public class CartTest extends TestCase', ''),
      file('  public void checkAdds() { assertEquals(2, f(1)); }', 'public class CartTest extends TestCase', ''),
    ],
  ],
  'tests/skipped': [
    ['@Disabled', plain, marked('@Disabled("later")\n  @Test')],
    ['@Ignore', marked('@Test').replace(NEW, OLD), marked('@Ignore @Test').replace(NEW, OLD)],
    ['a disabled class', plain, plain.replace('class CartTest', '@Disabled\nclass CartTest')],
    ['enabled = false', plain, marked('@Test(enabled = false)')],
    [
      'assumeTrue(false)',
      ...bodies('assertEquals(2, f(1));', 'Assumptions.assumeTrue(false);\n    assertEquals(2, f(1));'),
    ],
    [
      'assumeTrue(false) before each',
      plain,
      plain.replace('{\n', '{\n  @BeforeEach void init() { assumeTrue(false, "later"); }\n'),
    ],
    ['SkipException', ...bodies('assertEquals(2, f(1));', 'throw new SkipException("later");')],
    [
      'a disabled group',
      file(`@Nested class Empty {${method('assertEquals(2, f(1));')}}`),
      file(`@Nested @Disabled class Empty {${method('assertEquals(2, f(1));')}}`),
    ],
  ],
  'tests/weakened': [
    ['equal becomes not equal', ...bodies('assertThat(a.equals(b)).isTrue();', 'assertThat(a.equals(b)).isFalse();')],
    ['an assertion is gone', ...bodies('assertEquals(2, f(1));\nassertEquals(3, f(2));', 'assertEquals(2, f(1));')],
    ['all assertions are gone', ...bodies('assertEquals(2, f(1));', 'f(1);')],
    ['assertTrue(true)', ...bodies('assertEquals(2, f(1));', 'f(1);\nassertTrue(true);')],
    ['compared with itself', ...bodies('int x = f(1);\nassertEquals(2, x);', 'int x = f(1);\nassertEquals(x, x);')],
    ['equality becomes not null', ...bodies('assertEquals(2, f(1));', 'assertNotNull(f(1));')],
    [
      'equality becomes not null in AssertJ',
      ...bodies('assertThat(f(1)).isEqualTo(2);', 'assertThat(f(1)).isNotNull();'),
    ],
    [
      'a matcher of a chain is gone',
      ...bodies('assertThat(f(1)).hasSize(2).contains("a");', 'assertThat(f(1)).hasSize(2);'),
    ],
    ['assertThat without matcher', ...bodies('assertThat(f(1)).isTrue();', 'assertThat(f(1));')],
    ['Hamcrest says less', ...bodies('assertThat(f(1), is(2));', 'assertThat(f(1), notNullValue());')],
    [
      'any exception',
      ...bodies('assertThrows(IllegalStateException.class, () -> f(1));', 'assertThrows(Exception.class, () -> f(1));'),
    ],
    ['no exception', ...bodies('assertThrows(IllegalStateException.class, () -> f(1));', 'f(1);')],
    [
      'no exception of JUnit 4',
      marked('@Test(expected = IllegalStateException.class)', 'f(1);').replace(NEW, OLD),
      marked('@Test', 'f(1);').replace(NEW, OLD),
    ],
    [
      'an early return',
      ...bodies('int x = f(1);\nassertEquals(2, x);', 'int x = f(1);\nif (true) return;\nassertEquals(2, x);'),
    ],
    [
      'a catch that swallows',
      ...bodies('assertEquals(2, f(1));', 'try {\nassertEquals(2, f(1));\n} catch (Throwable t) {\nlog(t);\n}'),
    ],
    ['if (false)', ...bodies('assertEquals(2, f(1));', 'if (false) {\nassertEquals(2, f(1));\n}')],
    [
      'a mock is called with anything',
      ...bodies('f(m);\nverify(m).send("a");', 'f(m);\nverify(m, atLeastOnce()).send(any());'),
    ],
    [
      'a call is not verified any more',
      ...bodies('f(m);\nverify(m).send("a");\nverify(m).close();', 'f(m);\nverify(m).close();'),
    ],
    [
      'a helper asserts less',
      file(`${method('check(f());')}  void check(X x) { assertEquals(1, x.a); assertEquals(2, x.b); }`),
      file(`${method('check(f());')}  void check(X x) { assertEquals(1, x.a); }`),
    ],
    [
      'a row is gone',
      marked('@ParameterizedTest @CsvSource({"1,2", "3,4"})'),
      marked('@ParameterizedTest @CsvSource({"1,2"})'),
    ],
    [
      'a row of a method is gone',
      file(
        `${method('assertEquals(a, f(b));', { marks: '@ParameterizedTest @MethodSource("rows")' })}  static Stream<Arguments> rows() { return Stream.of(arguments(1, 2), arguments(3, 4)); }`,
      ),
      file(
        `${method('assertEquals(a, f(b));', { marks: '@ParameterizedTest @MethodSource("rows")' })}  static Stream<Arguments> rows() { return Stream.of(arguments(1, 2)); }`,
      ),
    ],
    ['a double of the class under test', plain, plain.replace('{\n', '{\n  @MockBean Cart cart;\n')],
  ],
};

const WARNED: Record<string, readonly Row[]> = {
  'tests/skipped': [
    ['@EnabledOnOs', plain, marked('@EnabledOnOs(OS.LINUX)\n  @Test')],
    ['assumeTrue(x)', ...bodies('assertEquals(2, f(1));', 'assumeTrue(hasDb());\n    assertEquals(2, f(1));')],
    [
      'a return by the environment',
      ...bodies('assertEquals(2, f(1));', 'if (System.getenv("CI") != null) return;\nassertEquals(2, f(1));'),
    ],
    [
      'a new one that is born skipped',
      plain,
      file(
        method('assertEquals(2, f(1));') + method('assertEquals(1, g());', { name: 'later', marks: '@Disabled @Test' }),
      ),
    ],
  ],
  'tests/weakened': [
    ['another value is expected', ...bodies('assertEquals(2, f(1));', 'assertEquals(3, f(1));')],
    ['another value in AssertJ', ...bodies('assertThat(f(1)).isEqualTo(2);', 'assertThat(f(1)).isEqualTo(3);')],
    ['retries', plain, marked('@RetryingTest(3)')],
    ['more time', marked('@Timeout(5) @Test'), marked('@Timeout(60) @Test')],
    [
      'on a condition',
      ...bodies('int x = f(1);\nassertEquals(2, x);', 'int x = f(1);\nif (x > 0) {\nassertEquals(2, x);\n}'),
    ],
  ],
};

const SILENT: readonly Row[] = [
  [
    'comments',
    plain,
    plain.replace(
      '    assertEquals',
      '    // @Disabled assertEquals(3, f(2)); return;\n    /* if (false) */ assertEquals',
    ),
  ],
  ['another format', plain, plain.replace('assertEquals(2, f(1))', 'assertEquals(\n        2,\n        f( 1 )\n    )')],
  [
    'another order of methods',
    two,
    file(method('assertEquals(1, g());', { name: 'other' }) + method('assertEquals(2, f(1));')),
  ],
  ['another name', plain, plain.replace('adds', 'addsTwoNumbers')],
  ['the class has another name', plain, plain.replace('CartTest', 'ShoppingCartTest')],
  ['a nested class around', plain, file(`@Nested class Adding {${method('assertEquals(2, f(1));')}}`)],
  [
    'JUnit 4 becomes JUnit 5',
    file(
      `${method('Assert.assertEquals("two", 2, f(1));\nassertNull("none", g());\nassertTrue("is empty", cart.isEmpty());')}${method('assertEquals(1, h());', { name: 'later', marks: '@Ignore @Test' })}${method('f(0);', { name: 'fails', marks: '@Test(expected = IllegalStateException.class)' })}`,
      'public class CartTest',
      OLD,
    ),
    file(
      `${method('assertEquals(2, f(1), "two");\nassertNull(g(), "none");\nassertTrue(cart.isEmpty(), "is empty");')}${method('assertEquals(1, h());', { name: 'later', marks: '@Disabled @Test' })}${method('assertThrows(IllegalStateException.class, () -> f(0));', { name: 'fails' })}`,
    ),
  ],
  [
    'JUnit 3 becomes JUnit 4',
    file('  public void testAdds() { assertEquals(2, f(1)); }', 'public class CartTest extends TestCase', ''),
    file('  @Test public void adds() { assertEquals(2, f(1)); }', 'public class CartTest', OLD),
  ],
  [
    'JUnit becomes AssertJ',
    ...bodies(
      'assertEquals(2, f(1));\nassertTrue(g(1));\nassertNull(h());\nassertTrue(list.isEmpty());\nassertEquals(3, names.size());\nassertThrows(IllegalStateException.class, () -> f(0));',
      'assertThat(f(1)).isEqualTo(2);\nassertThat(g(1)).isTrue();\nassertThat(h()).isNull();\nassertThat(list).isEmpty();\nassertThat(names).hasSize(3);\nassertThatThrownBy(() -> f(0)).isInstanceOf(IllegalStateException.class);',
    ),
  ],
  [
    'Hamcrest becomes AssertJ',
    ...bodies(
      'assertThat(f(1), is(equalTo(2)));\nassertThat(g(), hasItem("a"));',
      'assertThat(f(1)).isEqualTo(2);\nassertThat(g()).contains("a");',
    ),
  ],
  [
    'TestNG becomes JUnit',
    ...([
      marked('@Test', 'assertEquals(f(1), 2);').replace(
        NEW,
        'import org.testng.annotations.Test;\nimport static org.testng.Assert.*;\n',
      ),
      plain,
    ] as [string, string]),
  ],
  [
    'try and fail become assertThrows',
    ...bodies(
      'try {\nf(0);\nfail("no");\n} catch (IllegalStateException e) {\n}',
      'assertThrows(IllegalStateException.class, () -> f(0));',
    ),
  ],
  [
    'assertTrue of a comparison becomes assertEquals',
    ...bodies(
      'assertTrue(f(1) == 2);\nassertTrue(g().equals("a"));',
      'assertEquals(2, f(1));\nassertEquals("a", g());',
    ),
  ],
  [
    'chains are joined',
    ...bodies('assertThat(x).isNotNull();\nassertThat(x).hasSize(2);', 'assertThat(x).isNotNull().hasSize(2);'),
  ],
  [
    'a message',
    ...bodies(
      'assertThat(x).isEqualTo(2);\nassertEquals(3, g());',
      'assertThat(x).as("two").isEqualTo(2);\nassertEquals(3, g(), () -> "three");',
    ),
  ],
  [
    'a helper is extracted',
    file(method('assertEquals(1, f().a);\nassertEquals(2, f().b);')),
    file(`${method('check(f());')}  private void check(X x) { assertEquals(1, x.a); assertEquals(2, x.b); }`),
  ],
  [
    'a helper has another name',
    file(`${method('check(f());')}  void check(X x) { assertEquals(1, x.a); }`),
    file(`${method('assertOne(f());')}  void assertOne(X x) { assertEquals(1, x.a); }`),
  ],
  [
    'a variable has another name',
    ...bodies('int r = f(1);\nassertEquals(2, r);', 'int result = f(1);\nassertEquals(2, result);'),
  ],
  [
    'methods become a table',
    file(method('assertEquals(2, f(1));', { name: 'one' }) + method('assertEquals(4, f(3));', { name: 'three' })),
    file('  @ParameterizedTest @CsvSource({"1,2", "3,4"})\n  void f(int a, int b) { assertEquals(b, f(a)); }'),
  ],
  [
    'assertions are grouped',
    ...bodies(
      'assertEquals(2, f(1));\nassertEquals(3, g());',
      'assertAll(() -> assertEquals(2, f(1)), () -> assertEquals(3, g()));',
    ),
  ],
  [
    'a catch of another exception',
    ...bodies('assertEquals(2, f(1));', 'try {\nassertEquals(2, f(1));\n} catch (IOException e) {\nlog(e);\n}'),
  ],
  [
    'a catch that throws',
    ...bodies(
      'assertEquals(2, f(1));',
      'try {\nassertEquals(2, f(1));\n} catch (Throwable t) {\nthrow new RuntimeException(t);\n}',
    ),
  ],
  ['a stronger assertion', ...bodies('assertNotNull(f(1));', 'assertEquals(2, f(1));')],
  [
    'a message before Truth',
    ...bodies('assertThat(f(1)).isEqualTo(2);', 'assertWithMessage("two").that(f(1)).isEqualTo(2);'),
  ],
  [
    'fail becomes a throw',
    ...bodies(
      'for (int x : f()) if (x == 2) return;\nfail("none");',
      'for (int x : f()) if (x == 2) return;\nthrow new AssertionError("none");',
    ),
  ],
  [
    'a stub that must not be called goes',
    ...bodies(
      'assertEquals(2, f(new G() { public int g() { throw new AssertionError("called"); } }));\nassertEquals(1, h());',
      'assertEquals(2, f(NEVER));\nassertEquals(1, h());',
    ),
  ],
  ['assertFalse becomes assertEquals', ...bodies('assertFalse(f("a"));', 'assertEquals(false, f("a"));')],
  [
    'another constant for true',
    ...bodies('assertThat(f(1)).isEqualTo(Boolean.TRUE);', 'assertThat(f(1)).isEqualTo(true);'),
  ],
  [
    'overloads of a helper',
    file(
      `${method('check(f());\ncheck(1, g());')}  void check(X x) { assertEquals(1, x.a); assertEquals(2, x.b); }\n  void check(int n, X x) { assertEquals(n, x.a); }`,
    ),
    file(
      `${method('check(f());\ncheck(1, g());')}\n  void check(X x) { assertEquals(1, x.a); assertEquals(2, x.b); }\n  void check(int n, X x) { assertEquals(n, x.a); }`,
    ),
  ],
  [
    'elements become a list',
    ...bodies(
      'assertEquals("a", f()[0]);\nassertEquals("b", f()[1]);',
      'assertThat(f()).asList().containsExactly("a", "b");',
    ),
  ],
  ['a tolerance of Truth', ...bodies('assertEquals(0.5, f(1), 0.01);', 'assertThat(f(1)).isWithin(0.01).of(0.5);')],
  ['a conjunction becomes isTrue', ...bodies('assertTrue(a > 0 && b > a);', 'assertThat(a > 0 && b > a).isTrue();')],
  [
    'a method that a library calls',
    file(
      `${method('f(new G());\nassertEquals(1, h());')}  static class G implements Reader { @Override public int read() { assertNotNull(this.a); return 1; } }`,
    ),
    file(
      `${method('x.read();\nf(new G());\nassertEquals(1, h());')}  static class G implements Reader { @Override public int read() { assertNotNull(this.a); return 1; } }`,
    ).replace('x.read();', ''),
  ],
  ['a skip goes', marked('@Disabled @Test'), plain],
  [
    'a test that is named after skips',
    plain,
    file(
      method('assertEquals(2, f(1));') +
        method('assertTrue(parse("@Disabled").ignore(3));', { name: 'disabledIgnore' }),
    ),
  ],
  ['a mock of something else', plain, plain.replace('{\n', '{\n  @Mock Mailer mailer;\n')],
  ['repeated', plain, marked('@RepeatedTest(5)')],
  ['another mark', plain, marked('@Tag("slow") @DisplayName("adds") @Test')],
  ['verify says once', ...bodies('verify(m).send("a");', 'verify(m, times(1)).send("a");')],
];

describe('tests of Java', () => {
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

  it('says nothing of cases that went to another class', async () => {
    const other = 'src/test/java/shop/OtherTest.java';
    const moved = file(method('assertEquals(1, g());', { name: 'other' }), 'class OtherTest');
    assert.deepEqual(await judged({ base: { [PATH]: two }, head: { [PATH]: plain, [other]: moved } }), []);
  });

  it('takes a test that went with its class for explained', async () => {
    const source = { 'src/main/java/shop/Cart.java': 'class Cart {}\n' };
    assert.deepEqual(await judged({ base: { [PATH]: plain, ...source }, head: {} }), ['warn tests/deleted']);
  });
});
