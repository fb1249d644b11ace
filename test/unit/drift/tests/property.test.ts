/** Any text is judged without an exception; and what means nothing in a text changes nothing in the judgement. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { edited, judged } from './judged';

const JAVASCRIPT = `import { f, g } from '../src/a';
const ROWS = [[1, 2], [3, 4]];
const check = (x) => { expect(x.a).toBe(1); };
describe('group', () => {
  beforeEach(() => { reset(); });
  it.each(ROWS)('row %i', (a, b) => { expect(f(a)).toBe(b); });
  it('plain', async () => {
    const x = await g(1);
    try { assert.equal(x, 1, 'why'); } finally { x.close(); }
    if (x) { check(x); }
    await expect(g(2)).rejects.toThrow(/no/);
    expect(x).toMatchInlineSnapshot(\`"y"\`);
  });
  it.skip('later', () => {});
});
`;
const PYTHON = `import pytest
from shop import cart

@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])
def test_rows(a, b):
    assert cart.f(a) == b, "why"

class TestCart(TestCase):
    @pytest.mark.skip
    def test_a(self):
        self.assertEqual(cart.g(), {"a": 1})
        with pytest.raises(ValueError, match="no"):
            cart.h()
        try:
            assert cart.k()
        finally:
            cart.close()
`;
const SAMPLES = { 'test/a.test.ts': JAVASCRIPT, 'test/a.test.jsx': JAVASCRIPT, 'tests/test_a.py': PYTHON } as const;
const path = fc.constantFrom(...(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]));

/** A sample with a stretch cut out, doubled or replaced. */
const mutated = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 12 }))
    .map(([at, length, insert]) => text.slice(0, at) + insert + text.slice(at + length));
const anyText = (name: keyof typeof SAMPLES) =>
  fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), mutated(SAMPLES[name]), mutated(SAMPLES[name]));

describe('tests of any text', () => {
  it('are judged without an exception', async () => {
    const pair = path.chain((name) => fc.tuple(fc.constant(name), anyText(name), anyText(name)));
    await fc.assert(
      fc.asyncProperty(pair, async ([name, before, after]) => {
        for (const said of await edited(name, before, after)) assert.match(said, /^(?:block|warn|info) tests\/\w+$/);
        await judged({ base: { [name]: before }, head: {} });
        await judged({ base: {}, head: { [name]: after } });
      }),
      { numRuns: 80 },
    );
  });

  it('are the same with blank lines, comments and trailing blanks', async () => {
    const pair = path.chain((name) =>
      fc.tuple(
        fc.constant(name),
        fc.array(fc.constantFrom('same', 'blank', 'comment', 'trailing'), { minLength: 1, maxLength: 40 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(pair, async ([name, choices]) => {
        const comment = name.endsWith('.py') ? '# skip, only, return' : '// it.skip, only; return';
        const lines = SAMPLES[name].split('\n').map((line, index) => {
          switch (choices[index % choices.length]) {
            case 'blank':
              return `\n${line}`;
            case 'comment':
              return `${comment}\n${line}`;
            case 'trailing':
              return `${line} ${comment}`;
            default:
              return line;
          }
        });
        assert.deepEqual(await edited(name, SAMPLES[name], lines.join('\n')), []);
      }),
      { numRuns: 80 },
    );
  });

  it('say nothing of a text that gained a comment, whatever it is', async () => {
    const pair = path.chain((name) => fc.tuple(fc.constant(name), mutated(SAMPLES[name])));
    await fc.assert(
      fc.asyncProperty(pair, async ([name, text]) => {
        assert.deepEqual(
          await edited(name, `\n${text}`, `${name.endsWith('.py') ? '#' : '//'} A comment.\n\n${text}`),
          [],
        );
      }),
      { numRuns: 80 },
    );
  });

  const bombs: readonly [string, keyof typeof SAMPLES, string][] = [
    ['nested groups', 'test/a.test.ts', `${"describe('a', () => { ".repeat(2_000)}${'});'.repeat(2_000)}`],
    [
      'nested cases',
      'test/a.test.ts',
      `${"it('a', () => { expect(1).toBe(f()); ".repeat(1_000)}${'});'.repeat(1_000)}`,
    ],
    ['a chain of members', 'test/a.test.ts', `a${'.a'.repeat(20_000)}`],
    ['a chain of calls', 'test/a.test.ts', `expect(a)${'.to()'.repeat(5_000)}`],
    ['nested calls', 'test/a.test.ts', `${'expect('.repeat(3_000)}${')'.repeat(3_000)}`],
    ['brackets', 'test/a.test.ts', '('.repeat(20_000)],
    ['conditions', 'test/a.test.ts', `it('a', () => { ${'if (a) '.repeat(2_000)} expect(f()).toBe(1); });`],
    ['tries', 'test/a.test.ts', `${'try {} catch { '.repeat(1_000)}${'}'.repeat(1_000)}`],
    ['conjunctions', 'test/a.test.ts', `it('a', () => { assert(${'f() && '.repeat(3_000)}g()); });`],
    [
      'cases that are alike',
      'test/a.test.ts',
      Array.from({ length: 1_000 }, (_, index) => `it('a ${index}', () => { expect(f()).toBe(1); });`).join('\n'),
    ],
    [
      'nested blocks',
      'tests/test_a.py',
      Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}if a:`).join('\n'),
    ],
    ['brackets of Python', 'tests/test_a.py', `assert ${'('.repeat(5_000)}`],
    [
      'with blocks',
      'tests/test_a.py',
      `def test_a():\n${Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth + 1)}with pytest.raises(A):`).join('\n')}\n`,
    ],
    ['a chain of comparisons', 'tests/test_a.py', `def test_a():\n    assert ${'a == '.repeat(3_000)}b\n`],
  ];
  for (const [title, name, text] of bombs) {
    it(`ends for ${title}`, async () => {
      await edited(name, text, text.slice(0, text.length >> 1));
      await edited(name, SAMPLES[name], text);
    });
  }
});
