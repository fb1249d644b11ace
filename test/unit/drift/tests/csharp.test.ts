/** What is a weakening of tests in C#, and what is ordinary work on them. */
import assert from 'node:assert/strict';
import { edited, findingsOf } from './judged';

const PATH = 'test/Shop.Tests/CartTests.cs';

type Row = readonly [title: string, before: string, after: string];

const file = (members: string, head = 'public class CartTests') =>
  `using System;\nusing Xunit;\n\nnamespace Shop.Tests;\n\n${head}\n{\n${members}\n}\n`;
const method = (body: string, { name = 'Adds', marks = '[Fact]' } = {}) =>
  `    ${marks}\n    public void ${name}()\n    {\n        ${body.replaceAll('\n', '\n        ')}\n    }\n`;
const bodies = (before: string, after: string): [string, string] => [file(method(before)), file(method(after))];
const marked = (marks: string, body = 'Assert.Equal(2, F(1));') => file(method(body, { marks }));
const plain = file(method('Assert.Equal(2, F(1));'));
const other = method('Assert.Equal(1, G());', { name: 'Other' });
const two = file(method('Assert.Equal(2, F(1));') + other);

const BLOCKED: Record<string, readonly Row[]> = {
  'tests/deleted': [
    ['a method is gone', two, plain],
    ['a method is no test any more', plain, plain.replace('    [Fact]\n', '')],
    [
      'a nested class is gone',
      file(`${method('Assert.Equal(2, F(1));')}    public class Empty\n    {\n${other}    }`),
      plain,
    ],
  ],
  'tests/skipped': [
    ['Skip of xUnit', plain, marked('[Fact(Skip = "later")]')],
    ['[Ignore]', marked('[Test]'), marked('[Test, Ignore("later")]')],
    ['[Ignore] of a class', plain, plain.replace('public class', '[Ignore("later")]\npublic class')],
    ['[Explicit]', marked('[Test]'), marked('[Test]\n    [Explicit]')],
    ['Ignore of [Test]', marked('[Test]'), marked('[Test(Ignore = "later")]')],
    ['Assert.Ignore()', ...bodies('Assert.Equal(2, F(1));', 'Assert.Ignore("later");\nAssert.Equal(2, F(1));')],
    ['Assert.Inconclusive()', ...bodies('Assert.Equal(2, F(1));', 'Assert.Inconclusive();')],
    ['Skip.If(true)', ...bodies('Assert.Equal(2, F(1));', 'Skip.If(true);\nAssert.Equal(2, F(1));')],
    ['#if false', plain, file(`#if false\n${method('Assert.Equal(2, F(1));')}#endif`)],
  ],
  'tests/weakened': [
    ['an assertion is gone', ...bodies('Assert.Equal(2, F(1));\nAssert.Equal(3, F(2));', 'Assert.Equal(2, F(1));')],
    ['all assertions are gone', ...bodies('Assert.Equal(2, F(1));', 'F(1);')],
    ['Assert.True(true)', ...bodies('Assert.Equal(2, F(1));', 'F(1);\nAssert.True(true);')],
    ['compared with itself', ...bodies('var x = F(1);\nAssert.Equal(2, x);', 'var x = F(1);\nAssert.Equal(x, x);')],
    ['Equal becomes NotNull', ...bodies('Assert.Equal(2, F(1));', 'Assert.NotNull(F(1));')],
    ['AreEqual becomes IsNotNull', ...bodies('Assert.AreEqual(2, F(1));', 'Assert.IsNotNull(F(1));')],
    ['a constraint says less', ...bodies('Assert.That(F(1), Is.EqualTo(2));', 'Assert.That(F(1), Is.Not.Null);')],
    ['FluentAssertions say less', ...bodies('F(1).Should().Be(2);', 'F(1).Should().NotBeNull();')],
    [
      'a matcher of a chain is gone',
      ...bodies('F(1).Should().HaveCount(2).And.Contain("a");', 'F(1).Should().HaveCount(2);'),
    ],
    ['Should() without matcher', ...bodies('F(1).Should().Be(2);', 'F(1).Should();')],
    ['Shouldly says less', ...bodies('F(1).ShouldBe(2);', 'F(1).ShouldNotBeNull();')],
    [
      'any exception',
      ...bodies('Assert.Throws<InvalidOperationException>(() => F(1));', 'Assert.ThrowsAny<Exception>(() => F(1));'),
    ],
    [
      'no exception is expected',
      marked('[TestMethod, ExpectedException(typeof(InvalidOperationException))]', 'F(1);'),
      marked('[TestMethod]', 'F(1);'),
    ],
    ['Assert.Pass()', ...bodies('Assert.Equal(2, F(1));', 'Assert.Pass();\nAssert.Equal(2, F(1));')],
    ['an early return', ...bodies('var x = F(1);\nAssert.Equal(2, x);', 'var x = F(1);\nreturn;\nAssert.Equal(2, x);')],
    [
      'a catch that swallows',
      ...bodies(
        'Assert.Equal(2, F(1));',
        'try\n{\n    Assert.Equal(2, F(1));\n}\ncatch (Exception e)\n{\n    Console.WriteLine(e);\n}',
      ),
    ],
    ['a bare catch', ...bodies('Assert.Equal(2, F(1));', 'try { Assert.Equal(2, F(1)); } catch { }')],
    ['if (false)', ...bodies('Assert.Equal(2, F(1));', 'if (false)\n{\n    Assert.Equal(2, F(1));\n}')],
    [
      'a call is verified with anything',
      ...bodies(
        'F(m);\nm.Verify(x => x.Send("a"), Times.Once);',
        'F(m);\nm.Verify(x => x.Send(It.IsAny<string>()), Times.AtLeastOnce);',
      ),
    ],
    ['a call is not verified any more', ...bodies('F(m);\nm.Received().Send("a");', 'F(m);')],
    [
      'a row is gone',
      marked('[Theory]\n    [InlineData(1, 2)]\n    [InlineData(3, 4)]'),
      marked('[Theory]\n    [InlineData(1, 2)]'),
    ],
    [
      'a row is skipped',
      marked('[TestCase(1, 2)]\n    [TestCase(3, 4)]'),
      marked('[TestCase(1, 2)]\n    [TestCase(3, 4, Ignore = "later")]'),
    ],
    [
      'a helper asserts less',
      file(
        `${method('Check(F());')}    private static void Check(X x) { Assert.Equal(1, x.A); Assert.Equal(2, x.B); }`,
      ),
      file(`${method('Check(F());')}    private static void Check(X x) { Assert.Equal(1, x.A); }`),
    ],
    [
      'a double of the class under test',
      ...bodies('Assert.Equal(2, new Cart().F(1));', 'var cart = new Mock<Cart>();\nAssert.Equal(2, new Cart().F(1));'),
    ],
  ],
};

const WARNED: Record<string, readonly Row[]> = {
  'tests/skipped': [
    ['[Platform]', marked('[Test]'), marked('[Test, Platform("Linux")]')],
    ['Assume.That(x)', ...bodies('Assert.Equal(2, F(1));', 'Assume.That(HasDb());\nAssert.Equal(2, F(1));')],
    [
      'Assert.Ignore() on a condition',
      ...bodies('Assert.Equal(2, F(1));', 'if (!HasDb()) Assert.Ignore("no db");\nAssert.Equal(2, F(1));'),
    ],
    ['#if of a symbol', plain, file(`#if NET8_0\n${method('Assert.Equal(2, F(1));')}#endif`)],
    [
      'a return by the environment',
      ...bodies(
        'Assert.Equal(2, F(1));',
        'if (Environment.GetEnvironmentVariable("CI") != null) return;\nAssert.Equal(2, F(1));',
      ),
    ],
  ],
  'tests/weakened': [
    ['another value is expected', ...bodies('Assert.Equal(2, F(1));', 'Assert.Equal(3, F(1));')],
    ['another value in FluentAssertions', ...bodies('F(1).Should().Be(2);', 'F(1).Should().Be(3);')],
    ['retries', marked('[Test]'), marked('[Test, Retry(3)]')],
    ['more time', marked('[Fact(Timeout = 1000)]'), marked('[Fact(Timeout = 60000)]')],
    [
      'on a condition',
      ...bodies('var x = F(1);\nAssert.Equal(2, x);', 'var x = F(1);\nif (x > 0)\n{\n    Assert.Equal(2, x);\n}'),
    ],
  ],
};

const SILENT: readonly Row[] = [
  [
    'comments',
    plain,
    plain.replace('        Assert', '        /* [Ignore] return; */ // Assert.Ignore();\n        Assert'),
  ],
  [
    'another format',
    plain,
    plain.replace('Assert.Equal(2, F(1))', 'Assert.Equal(\n            2,\n            F( 1 ))'),
  ],
  ['braces on the line', plain, plain.replace(/\n\s*\{/g, ' {')],
  ['another order', two, file(other + method('Assert.Equal(2, F(1));'))],
  ['another name', plain, plain.replace('Adds', 'AddsTwoNumbers')],
  ['another class name', plain, plain.replace('CartTests', 'ShoppingCartTests')],
  [
    'a namespace with braces',
    plain,
    `using Xunit;\nnamespace Shop.Tests\n{\n    public class CartTests\n    {\n${method('Assert.Equal(2, F(1));')}    }\n}\n`,
  ],
  ['an expression body', plain, file('    [Fact]\n    public void Adds() => Assert.Equal(2, F(1));\n')],
  [
    'a method that waits',
    ...(bodies('Assert.Equal(2, F(1));', 'Assert.Equal(2, F(1));').map((text, at) =>
      at === 0 ? text : text.replace('void', 'async Task'),
    ) as [string, string]),
  ],
  [
    'xUnit becomes NUnit',
    ...([
      file(
        method(
          'Assert.Equal(2, F(1));\nAssert.True(G());\nAssert.Null(H());\nAssert.Throws<InvalidOperationException>(() => F(0));',
        ),
      ),
      file(
        method(
          'Assert.That(F(1), Is.EqualTo(2));\nAssert.That(G(), Is.True);\nAssert.That(H(), Is.Null);\nAssert.Throws<InvalidOperationException>(() => F(0));',
          { marks: '[Test]' },
        ),
      ),
    ] as [string, string]),
  ],
  [
    'MSTest becomes xUnit',
    ...([
      file(
        method('Assert.AreEqual(2, F(1), "two");\nAssert.IsTrue(G(), "g");\nAssert.IsNotNull(H());', {
          marks: '[TestMethod]',
        }),
      ),
      file(method('Assert.Equal(2, F(1));\nAssert.True(G());\nAssert.NotNull(H());')),
    ] as [string, string]),
  ],
  [
    'ExpectedException becomes Throws',
    marked('[TestMethod, ExpectedException(typeof(InvalidOperationException))]', 'F(0);'),
    marked('[TestMethod]', 'Assert.ThrowsException<InvalidOperationException>(() => F(0));'),
  ],
  [
    'Assert becomes FluentAssertions',
    ...bodies(
      'Assert.Equal(2, F(1));\nAssert.True(G());\nAssert.Equal(3, names.Count);\nAssert.NotNull(H());',
      'F(1).Should().Be(2);\nG().Should().BeTrue();\nnames.Should().HaveCount(3);\nH().Should().NotBeNull();',
    ),
  ],
  [
    'FluentAssertions become Shouldly',
    ...bodies(
      'F(1).Should().Be(2, "because");\nG().Should().BeTrue();\nH().Should().BeNull();',
      'F(1).ShouldBe(2);\nG().ShouldBeTrue();\nH().ShouldBeNull();',
    ),
  ],
  ['Assert.True of a comparison', ...bodies('Assert.True(F(1) == 2);', 'Assert.Equal(2, F(1));')],
  [
    'assertions are grouped',
    ...bodies(
      'Assert.That(F(1), Is.EqualTo(2));\nAssert.That(G(), Is.EqualTo(3));',
      'Assert.Multiple(() =>\n{\n    Assert.That(F(1), Is.EqualTo(2));\n    Assert.That(G(), Is.EqualTo(3));\n});',
    ),
  ],
  [
    'a helper is extracted',
    file(method('Assert.Equal(1, F().A);\nAssert.Equal(2, F().B);')),
    file(
      `${method('Check(F());')}    private static void Check(X x)\n    {\n        Assert.Equal(1, x.A);\n        Assert.Equal(2, x.B);\n    }`,
    ),
  ],
  [
    'a variable has another name',
    ...bodies('var r = F(1);\nAssert.Equal(2, r);', 'var result = F(1);\nAssert.Equal(2, result);'),
  ],
  [
    'methods become a theory',
    file(method('Assert.Equal(2, F(1));', { name: 'One' }) + method('Assert.Equal(4, F(3));', { name: 'Three' })),
    file(
      '    [Theory]\n    [InlineData(1, 2)]\n    [InlineData(3, 4)]\n    public void Rows(int a, int b) => Assert.Equal(b, F(a));',
    ),
  ],
  [
    'a count by its own assertion',
    ...bodies('Assert.AreEqual(names.Count, expectedCount);', 'Assert.HasCount(expectedCount, names);'),
  ],
  ['a skip goes', marked('[Fact(Skip = "later")]'), plain],
  [
    'strings with braces and quotes',
    ...bodies('Assert.Equal(@"c:\\", F("}"));', 'Assert.Equal(@"c:\\", F("}")); // @" {'),
  ],
  [
    'a catch of another exception',
    ...bodies('Assert.Equal(2, F(1));', 'try { Assert.Equal(2, F(1)); } catch (IOException e) { Log(e); }'),
  ],
  [
    'a catch that throws',
    ...bodies('Assert.Equal(2, F(1));', 'try { Assert.Equal(2, F(1)); } catch (Exception e) { Dump(e); throw; }'),
  ],
  [
    'a property and a field',
    plain,
    file(
      `    private readonly Cart _cart = new(1);\n    private int Size => _cart.Count();\n${method('Assert.Equal(2, F(1));')}`,
    ),
  ],
  ['regions', plain, file(`#region adding\n${method('Assert.Equal(2, F(1));')}#endregion`)],
  ['another attribute', plain, marked('[Fact]\n    [Trait("Category", "Skip")]')],
  [
    'a mock of something else',
    ...bodies('Assert.Equal(2, F(1));', 'var mailer = new Mock<IMailer>();\nAssert.Equal(2, F(1));'),
  ],
  [
    'a test that is named after skips',
    plain,
    file(
      method('Assert.Equal(2, F(1));') + method('Assert.True(Parse("[Ignore]").Skip(3));', { name: 'SkipAndIgnore' }),
    ),
  ],
];

describe('tests of C#', () => {
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

  it('names the class of a case, and says that no parser read it', async () => {
    const [found] = await findingsOf({ base: { [PATH]: two }, head: { [PATH]: plain } });
    assert.equal(found?.evidence, 'CartTests › Other');
    assert.match(found?.message ?? '', /by lines/);
  });
});
