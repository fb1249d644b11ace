/** What is a weakening of tests in Go, and what is ordinary work on them. */
import assert from 'node:assert/strict';
import { edited, judged } from './judged';

const PATH = 'cart/cart_test.go';

type Row = readonly [title: string, before: string, after: string];

const file = (declarations: string, imports = '"testing"') =>
  `package cart\n\nimport (\n\t${imports}\n)\n\n${declarations}`;
const func = (body: string, name = 'TestAdds') =>
  `func ${name}(t *testing.T) {\n\t${body.replaceAll('\n', '\n\t')}\n}\n\n`;
const bodies = (before: string, after: string): [string, string] => [file(func(before)), file(func(after))];
const CHECK = 'if got := f(1); got != 2 {\n\tt.Errorf("f(1) = %d, want 2", got)\n}';
const plain = file(func(CHECK));
const other = func('if g() != 1 {\n\tt.Error("g")\n}', 'TestOther');
const TABLE = (rows: string) =>
  file(
    func(
      `tests := []struct{ in, want int }{\n${rows}}\nfor _, tt := range tests {\n\tif got := f(tt.in); got != tt.want {\n\t\tt.Errorf("got %d", got)\n\t}\n}`,
    ),
  );
const SUB = (names: readonly string[]) =>
  file(
    func(
      names
        .map(
          (name) => `t.Run("${name}", func(t *testing.T) {\n\tif f("${name}") != 1 {\n\t\tt.Fatal("${name}")\n\t}\n})`,
        )
        .join('\n'),
    ),
  );

const BLOCKED: Record<string, readonly Row[]> = {
  'tests/deleted': [
    ['a function is gone', file(func(CHECK) + other), plain],
    ['a function has a name that the tool does not take', plain, plain.replace('TestAdds', 'testAdds')],
    ['a name goes on with a small letter', plain, plain.replace('TestAdds', 'Testadds')],
    ['a subtest is gone', SUB(['a', 'b']), SUB(['a'])],
  ],
  'tests/skipped': [
    ['t.Skip', ...bodies(CHECK, `t.Skip("later")\n${CHECK}`)],
    ['t.SkipNow', ...bodies(CHECK, `t.SkipNow()\n${CHECK}`)],
    [
      't.Skip in a subtest',
      SUB(['a', 'b']),
      SUB(['a', 'b']).replace('{\n\t\tif f("a")', '{\n\t\tt.Skip("later")\n\t\tif f("a")'),
    ],
    ['//go:build ignore', plain, `//go:build ignore\n\n${plain}`],
  ],
  'tests/weakened': [
    ['a check is gone', ...bodies(`${CHECK}\nif g() != 1 {\n\tt.Error("g")\n}`, CHECK)],
    ['all checks are gone', ...bodies(CHECK, 'f(1)')],
    ['a check that logs', ...bodies(CHECK, CHECK.replace('Errorf', 'Logf'))],
    [
      'a comparison with itself',
      ...bodies('got := f(1)\nif got != 2 {\n\tt.Error("f")\n}', 'got := f(1)\nif got != got {\n\tt.Error("f")\n}'),
    ],
    [
      'an assertion of testify is gone',
      ...bodies('assert.Equal(t, 2, f(1))\nassert.Equal(t, 3, f(2))', 'assert.Equal(t, 2, f(1))'),
    ],
    ['Equal becomes NotNil', ...bodies('assert.Equal(t, 2, f(1))', 'assert.NotNil(t, f(1))')],
    ['assert.True(t, true)', ...bodies('assert.Equal(t, 2, f(1))', 'f(1)\nassert.True(t, true)')],
    [
      'a suite asserts less',
      file('func (s *CartSuite) TestAdds() {\n\ts.Equal(2, f(1))\n\ts.NoError(g())\n}\n'),
      file('func (s *CartSuite) TestAdds() {\n\ts.NoError(g())\n}\n'),
    ],
    ['an early return', ...bodies(`x := f(1)\nassert.Equal(t, 2, x)`, `x := f(1)\nreturn\nassert.Equal(t, 2, x)`)],
    ['if false', ...bodies('assert.Equal(t, 2, f(1))', 'if false {\n\tassert.Equal(t, 2, f(1))\n}')],
    ['a row is gone', TABLE('\t{1, 2},\n\t{3, 4},\n'), TABLE('\t{1, 2},\n')],
    [
      'a helper checks less',
      file(
        `${func('check(t, f())')}func check(t *testing.T, x X) {\n\tassert.Equal(t, 1, x.A)\n\tassert.Equal(t, 2, x.B)\n}\n`,
      ),
      file(`${func('check(t, f())')}func check(t *testing.T, x X) {\n\tassert.Equal(t, 1, x.A)\n}\n`),
    ],
    [
      'a matcher of Gomega is gone',
      ...bodies('g.Expect(f(1)).To(Equal(2))\ng.Expect(f(2)).To(Equal(3))', 'g.Expect(f(1)).To(Equal(2))'),
    ],
  ],
};

const WARNED: Record<string, readonly Row[]> = {
  'tests/skipped': [
    ['t.Skip on a condition', ...bodies(CHECK, `if testing.Short() {\n\tt.Skip("slow")\n}\n${CHECK}`)],
    ['a build tag', plain, `//go:build integration\n\n${plain}`],
    ['a new one that is born skipped', plain, file(func(CHECK) + func('t.Skip("later")', 'TestLater'))],
  ],
  'tests/weakened': [
    ['a tolerance', ...bodies('assert.Equal(t, 0.5, f(1))', 'assert.InDelta(t, 0.5, f(1), 0.01)')],
    ['another value is wanted', ...bodies('assert.Equal(t, 2, f(1))', 'assert.Equal(t, 3, f(1))')],
    ['another value in an if', ...bodies(CHECK, CHECK.replace('got != 2', 'got != 3'))],
    ['a row wants another value', TABLE('\t{1, 2},\n\t{3, 4},\n'), TABLE('\t{1, 2},\n\t{3, 5},\n')],
  ],
};

const SILENT: readonly Row[] = [
  ['comments', plain, plain.replace('\tif', '\t// t.Skip("no"); return\n\t/* return */\n\tif')],
  ['another message', plain, plain.replace('"f(1) = %d, want 2", got', '"got %d", got')],
  ['Errorf becomes Fatalf', plain, plain.replace('Errorf', 'Fatalf')],
  ['another format', ...bodies('assert.Equal(t, 2, f(1))', 'assert.Equal(\n\tt,\n\t2,\n\tf(1),\n)')],
  ['another order', file(func(CHECK) + other), file(other + func(CHECK))],
  ['another name', plain, plain.replace('TestAdds', 'TestAddsTwo')],
  ['t.Parallel', ...bodies(CHECK, `t.Parallel()\n${CHECK}`)],
  ['require for assert', ...bodies('assert.Equal(t, 2, f(1))', 'require.Equal(t, 2, f(1))')],
  ['assert.New', ...bodies('assert.Equal(t, 2, f(1))', 'assert := assert.New(t)\nassert.Equal(2, f(1))')],
  ['a message of testify', ...bodies('assert.Equal(t, 2, f(1))', 'assert.Equal(t, 2, f(1), "adds")')],
  ['an if becomes testify', ...bodies(CHECK, 'assert.Equal(t, 2, f(1))')],
  [
    'testify becomes an if',
    ...bodies('assert.Equal(t, 2, f(1))\nassert.NoError(t, err)', `${CHECK}\nif err != nil {\n\tt.Fatal(err)\n}`),
  ],
  [
    'a helper is extracted',
    file(func('assert.Equal(t, 1, f().A)\nassert.Equal(t, 2, f().B)')),
    file(
      `${func('check(t, f())')}func check(t *testing.T, x X) {\n\tt.Helper()\n\tassert.Equal(t, 1, x.A)\n\tassert.Equal(t, 2, x.B)\n}\n`,
    ),
  ],
  [
    'a table gets a name for each row',
    TABLE('\t{1, 2},\n\t{3, 4},\n'),
    TABLE('\t{1, 2},\n\t{3, 4},\n')
      .replace('if got', 't.Run(fmt.Sprint(tt.in), func(t *testing.T) {\n\t\tif got')
      .replace('\t\t}\n\t}\n', '\t\t}\n\t})\n\t}\n'),
  ],
  ['a row more', TABLE('\t{1, 2},\n\t{3, 4},\n'), TABLE('\t{1, 2},\n\t{3, 4},\n\t{5, 6},\n')],
  [
    'a build constraint gets its new form',
    `// +build linux\n\n${plain}`,
    `//go:build linux\n// +build linux\n\n${plain}`,
  ],
  [
    'a variable has another name',
    ...bodies('r := f(1)\nassert.Equal(t, 2, r)', 'result := f(1)\nassert.Equal(t, 2, result)'),
  ],
  ['not the empty string', ...bodies('assert.NotEqual(t, "", f(1))', 'assert.NotEmpty(t, f(1))')],
  ['an error is expected now', ...bodies('assert.NoError(t, f(1))', 'assert.ErrorIs(t, f(1), ErrNo)')],
  ['a skip goes', ...bodies(`t.Skip("later")\n${CHECK}`, CHECK)],
  ['a function that is called skip', ...bodies(CHECK, `skip("x")\n${CHECK}`)],
  [
    'a return of a closure',
    ...bodies('x := f(1)\nassert.Equal(t, 2, x)', 'x := g(func() int { return 1 })\nassert.Equal(t, 2, x)'),
  ],
  [
    'a return on an error',
    ...bodies(
      `x, err := f(1)\nassert.NoError(t, err)\nassert.Equal(t, 2, x)`,
      'x, err := f(1)\nif !assert.NoError(t, err) {\n\treturn\n}\nassert.Equal(t, 2, x)',
    ),
  ],
];

describe('tests of Go', () => {
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

  it('says nothing of a function that went to another file', async () => {
    const base = { [PATH]: file(func(CHECK) + other) };
    assert.deepEqual(await judged({ base, head: { [PATH]: plain, 'cart/sum_test.go': file(other) } }), []);
  });

  it('says that a file which no tool takes any more is gone', async () => {
    const head = { 'cart/cart_check.go': plain };
    assert.deepEqual(await judged({ base: { [PATH]: plain }, head, renames: { 'cart/cart_check.go': PATH } }), [
      'block tests/deleted',
    ]);
  });
});
