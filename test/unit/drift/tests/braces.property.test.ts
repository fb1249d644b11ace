/** Any text of Java, Kotlin, C# and Swift is read; and what means nothing in a text changes nothing in the judgement. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { edited, judged } from './judged';

const JAVA = `package shop;
import static org.junit.jupiter.api.Assertions.*;
@Tag("x") class CartTest {
  @MockBean Mailer mailer;
  @BeforeEach void init() { assumeTrue(hasDb()); }
  @ParameterizedTest @CsvSource({"1,2", "3,4"}) void rows(int a, int b) { assertEquals(b, f(a), "why"); }
  @Nested class Empty {
    @Test void adds() throws Exception {
      try { assertThat(f(1)).isNotNull().isEqualTo(2); } catch (IOException e) { log(e); }
      if (x > 0) { check(x); }
      assertThrows(NoSuch.class, () -> f(0));
      verify(mailer, times(2)).send(any(), eq("a"));
    }
  }
  static void check(int x) { assertTrue(x == 1 && x != 2); }
}
`;
const KOTLIN = `package shop
import kotlin.test.*
class CartTest {
  @Test
  fun \`adds two\`() = runTest {
    val x = f("\${m["a"]}")
    x shouldBe 2
    assertFailsWith<NoSuch> { f(0) }
    when (x) {
      1 -> assertEquals(2, x)
      else -> fail("no")
    }
  }
  private fun check(x: Int) { assertNotNull(x) }
}
class CartSpec : DescribeSpec({
  describe("a cart") {
    xit("adds") { f(1) shouldBe 2 }
    it("!sums").config(enabled = false) { verify { m.send(any()) } }
  }
})
`;
const CSHARP = `using Xunit;
namespace Shop.Tests;
public class CartTests {
  private readonly Cart _cart = new(1);
  public CartTests() { Skip.If(NoDb); }
  [Theory]
  [InlineData(1, 2)]
  [InlineData(3, 4)]
  public async Task Rows(int a, int b) => Assert.Equal(b, await F(a));
#if NET8_0
  [Fact(Skip = "later")]
  public void Adds() {
    try { F(1).Should().HaveCount(2).And.Contain("a"); } catch (IOException e) { Log($"x {e.Message("a")}"); }
    if (x) Assert.Throws<NoSuch>(() => F(0)); else mailer.Verify(m => m.Send(It.IsAny<string>()), Times.Once);
    return;
  }
#endif
}
`;
const SWIFT = `import XCTest
final class CartTests: XCTestCase {
  func testAdds() throws {
    guard let x = f(1) else { return XCTFail("none") }
    XCTAssertEqual(x, 2, "adds \\(x.name("a"))")
    try XCTSkipIf(isCI)
    for y in list { if y > 1 { XCTAssertNil(y) } }
  }
}
@Suite struct MoreTests {
  @Test("rows", .enabled(if: hasDb), arguments: [(1, 2), (3, 4)])
  func rows(a: Int, b: Int) { #expect(f(a) == b); withKnownIssue { #expect(throws: NoSuch.self) { try g() } } }
}
class CartSpec: QuickSpec {
  override class func spec() { describe("a") { fit("b") { expect(f(1)).to(equal(2)); expect(g()) == 1 } } }
}
`;
const SAMPLES = {
  'src/test/java/shop/CartTest.java': JAVA,
  'src/test/kotlin/shop/CartTest.kt': KOTLIN,
  'test/CartTests.cs': CSHARP,
  'Tests/ShopTests/CartTests.swift': SWIFT,
} as const;
type Name = keyof typeof SAMPLES;
const NAMES = Object.keys(SAMPLES) as Name[];

/** Deep enough for a reader that recurses to run out of stack. */
const DEEP = 10_000;
/** Long enough to be felt where a reader looks back at all that was before. */
const MANY = 20_000;

/** A sample with a stretch cut out, doubled or replaced, also by what begins a string, a comment or a block. */
const mutated = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.nat(40),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom('"', '"""', '/*', '//', '{', '}', '(', '<', '@', '[', '#if a\n', '\\', "'", '`', '=>', '$"{'),
      ),
    )
    .map(([at, length, insert]) => text.slice(0, at) + insert + text.slice(at + length));
const anyText = (name: Name) => fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), mutated(SAMPLES[name]));

describe('tests of Java, Kotlin, C# and Swift', () => {
  for (const name of NAMES) {
    const language = name.slice(name.lastIndexOf('.') + 1);

    it(`${language}: any text is judged without an exception, and an equal one is silent`, async () => {
      await fc.assert(
        fc.asyncProperty(anyText(name), anyText(name), async (before, after) => {
          for (const said of await edited(name, before, after)) assert.match(said, /^(?:block|warn|info) tests\/\w+$/);
          await judged({ base: { [name]: before }, head: {} });
          assert.deepEqual(await edited(name, `${before}\n`, `\n${before}\n`), []);
        }),
        { numRuns: 60 },
      );
    });

    it(`${language}: blank lines, comments, indentation and trailing blanks mean nothing`, async () => {
      const choices = fc.array(fc.constantFrom('same', 'blank', 'comment', 'block', 'trailing', 'indented'), {
        minLength: 1,
        maxLength: 40,
      });
      await fc.assert(
        fc.asyncProperty(choices, async (chosen) => {
          const lines = SAMPLES[name].split('\n').map((line, index) => {
            switch (chosen[index % chosen.length]) {
              case 'blank':
                return `\n${line}`;
              case 'comment':
                return `// @Disabled "return; {\n${line}`;
              case 'block':
                return line.startsWith('#') ? line : `/* [Ignore] } " */ ${line}`;
              case 'trailing':
                return line.startsWith('#') ? line : `${line} // XCTSkip() {`;
              case 'indented':
                return line.startsWith('#') ? line : `\t  ${line}`;
              default:
                return line;
            }
          });
          assert.deepEqual(await edited(name, SAMPLES[name], lines.join('\n')), []);
        }),
        { numRuns: 60 },
      );
    });

    const bombs: readonly (readonly [string, string])[] = [
      ['braces', '{'.repeat(DEEP)],
      ['closing braces', `${'('.repeat(DEEP)}${'}'.repeat(DEEP)}`],
      ['nested types', `${'class A { '.repeat(DEEP)}${'}'.repeat(DEEP)}`],
      ['nested calls', `${'assertTrue('.repeat(DEEP)}${')'.repeat(DEEP)}`],
      ['a chain of calls', `class A { @Test void a() { assertThat(a)${'.b()'.repeat(MANY)}; } }`],
      ['conditions', 'if (a) '.repeat(DEEP)],
      ['tries', 'try { } catch (A a) { '.repeat(DEEP)],
      ['functions in functions', 'fun a() { func b() { return '.repeat(DEEP)],
      ['annotations', '@A([B('.repeat(DEEP)],
      ['types of types', 'a<'.repeat(MANY)],
      ['directives', '#if a\n'.repeat(MANY)],
      ['strings with holes', '"${ \\( {'.repeat(MANY)],
      ['infix functions', 'x shouldBe '.repeat(MANY)],
      [
        'cases that are alike',
        Array.from({ length: 500 }, (_, index) => `@Test fun a${index}() { assertEquals(1, f()) }`).join('\n'),
      ],
    ];
    for (const [title, text] of bombs) {
      it(`${language}: ends for ${title}`, async () => {
        await edited(name, text, text.slice(0, text.length >> 1));
        await edited(name, SAMPLES[name], text);
      });
    }
  }
});
