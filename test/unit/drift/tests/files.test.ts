/** Whole files: deleted, moved, renamed, unreadable; snapshots; what is read at all. */
import assert from 'node:assert/strict';
import type { RuleContext } from '../../../../src/core/drift/input';
import { findingIn } from '../../../../src/core/drift/tests/finding';
import { testPathOf } from '../../../../src/core/drift/tests/testPaths';
import { judgeTests } from '../../../../src/core/drift/tests/tests';
import { MemoryTrees } from '../memoryTree';
import { findingsOf, judged } from './judged';

const CART = `import { add, total } from '../src/cart';
describe('cart', () => {
  it('adds', () => { expect(add([], 1)).toHaveLength(1); expect(total([1])).toBe(1); });
  it('is empty', () => { expect(total([])).toBe(0); });
});
`;
const MAIL = `import { send } from '../src/mail';
it('sends', () => { expect(send('a')).toBe(true); });
`;
const PYTHON = 'from shop.cart import total\n\ndef test_total():\n    assert total([]) == 0\n';
const keep = { 'src/keep.ts': 'export {};\n' };

describe('test files', () => {
  it('block when one is deleted, with the names of its cases', async () => {
    const [found, ...more] = await findingsOf({ base: { ...keep, 'test/cart.test.ts': CART }, head: keep });
    assert.deepEqual(more, []);
    assert.equal(found?.severity, 'block');
    assert.equal(found?.rule, 'tests/deleted');
    assert.equal(found?.line, null);
    assert.match(found?.message ?? '', /deleted.*2 cases/);
    assert.equal(found?.evidence, 'cart › adds; cart › is empty');
  });

  const away: readonly [string, string][] = [
    ['test/cart.test.ts', 'old/cart.ts'],
    ['test/cart.test.ts', 'test/cart.test.ts.bak'],
    ['tests/test_cart.py', 'src/cart_checks.py'],
    ['src/cart.spec.js', 'src/cart.disabled.js'],
  ];
  for (const [from, to] of away) {
    it(`block when one is renamed from ${from} to ${to}`, async () => {
      const text = from.endsWith('.py') ? PYTHON : CART;
      const [found, ...more] = await findingsOf({
        base: { [from]: text },
        head: { [to]: text },
        renames: { [to]: from },
      });
      assert.deepEqual([found?.severity, found?.rule, more.length], ['block', 'tests/deleted', 0]);
      assert.match(found?.message ?? '', /no runner takes/);
      const apart = await judged({ base: { [from]: text }, head: { [to]: text } });
      assert.deepEqual(apart, ['block tests/deleted']);
    });
  }

  it('warn when one has a name that only some runners take', async () => {
    const shown = {
      base: { 'test/cart.test.ts': CART },
      head: { 'test/cart.ts': CART },
      renames: { 'test/cart.ts': 'test/cart.test.ts' },
    };
    assert.deepEqual(await judged(shown), ['warn tests/deleted']);
  });

  it('block when one becomes a link', async () => {
    const link = { mode: '120000', content: 'other' };
    assert.deepEqual(await judged({ base: { 'test/cart.test.ts': CART }, head: { 'test/cart.test.ts': link } }), [
      'block tests/deleted',
    ]);
  });

  it('block when one is emptied', async () => {
    assert.deepEqual(await judged({ base: { 'test/cart.test.ts': CART }, head: { 'test/cart.test.ts': '' } }), [
      'block tests/deleted',
    ]);
  });

  it('block when one without any known case is deleted', async () => {
    const text = "import '../src/a';\nrunAll('a');\n";
    assert.deepEqual(await judged({ base: { 'test/a.test.ts': text }, head: {} }), ['block tests/deleted']);
  });

  const moves: readonly [string, Record<string, string>, Record<string, string>, Record<string, string>][] = [
    [
      'it moves',
      { 'test/cart.test.ts': CART },
      { 'test/unit/cart.test.ts': CART },
      { 'test/unit/cart.test.ts': 'test/cart.test.ts' },
    ],
    ['it moves and git saw no rename', { 'test/cart.test.ts': CART }, { 'test/unit/cart.spec.tsx': CART }, {}],
    [
      'its cases move to two files',
      { 'test/cart.test.ts': CART },
      {
        'test/a.test.ts': CART.replace(/ {2}it\('adds.*\n/, ''),
        'test/b.test.ts': CART.replace(/ {2}it\('is empty.*\n/, ''),
      },
      {},
    ],
    [
      'its cases move to an older file',
      { 'test/cart.test.ts': CART, 'test/mail.test.ts': MAIL },
      { 'test/mail.test.ts': MAIL + CART },
      {},
    ],
    [
      'it moves and its group has another name',
      { 'test/cart.test.ts': CART },
      { 'test/basket.test.ts': CART.replace("describe('cart'", "describe('basket'") },
      {},
    ],
    [
      'JavaScript becomes TypeScript',
      { 'test/cart.test.js': CART },
      { 'test/cart.test.ts': CART.replace("it('adds', () =>", "it('adds', (): void =>") },
      {},
    ],
    ['a function of Python moves', { 'tests/test_cart.py': PYTHON }, { 'tests/unit/test_total.py': PYTHON }, {}],
    ['an empty one is deleted', { 'test/cart.test.ts': '\n', 'tests/__init__.py': '' }, {}, {}],
    ['fixtures that look like tests are deleted', { 'test/fixtures/cart.test.ts': CART }, {}, {}],
    ['what others wrote is deleted', { 'node_modules/x/cart.test.ts': CART, 'vendor/x/test_a.py': PYTHON }, {}, {}],
    [
      'what tests share is deleted',
      { 'test/helpers/cart.ts': 'export const cart = () => [];\n', 'tests/conftest.py': 'x = 1\n' },
      {},
      {},
    ],
    ['source is deleted', { 'src/cart.ts': 'export const add = 1;\n', 'src/cart.py': 'x = 1\n' }, {}, {}],
  ];
  for (const [title, base, head, renames] of moves) {
    it(`silent when ${title}`, async () => {
      assert.deepEqual(await judged({ base: { ...keep, ...base }, head: { ...keep, ...head }, renames }), []);
    });
  }

  it('compares a case that moved', async () => {
    const shown = {
      base: { 'test/cart.test.ts': CART },
      head: { 'test/unit/cart.test.ts': CART.replace('expect(total([1])).toBe(1); ', '') },
    };
    const [found, ...more] = await findingsOf(shown);
    assert.deepEqual(
      [found?.severity, found?.rule, found?.path, more.length],
      ['block', 'tests/weakened', 'test/unit/cart.test.ts', 0],
    );
  });

  it('sees a skip on a case that moved', async () => {
    const shown = {
      base: { 'test/cart.test.ts': CART },
      head: { 'test/unit/cart.test.ts': CART.replace("it('adds'", "it.skip('adds'") },
    };
    assert.deepEqual(await judged(shown), ['block tests/skipped']);
  });

  it('warn when a new file is skipped', async () => {
    assert.deepEqual(await judged({ head: { 'test/cart.test.ts': CART.replace('describe(', 'describe.skip(') } }), [
      'warn tests/skipped',
    ]);
    assert.deepEqual(await judged({ head: { 'tests/test_a.py': `pytestmark = pytest.mark.skip\n${PYTHON}` } }), [
      'warn tests/skipped',
    ]);
  });

  it('block when a new file runs alone', async () => {
    assert.deepEqual(await judged({ head: { 'test/cart.test.ts': CART.replace('describe(', 'describe.only(') } }), [
      'block tests/focused',
    ]);
  });

  it('warn when the tests go with the code that they tested', async () => {
    const base = { ...keep, 'src/cart.ts': 'export const add = 1;\n', 'test/cart.test.ts': CART };
    assert.deepEqual(await judged({ base, head: keep }), ['warn tests/deleted']);
    const python = { ...keep, 'shop/cart.py': 'def total(x): ...\n', 'tests/test_cart.py': PYTHON };
    assert.deepEqual(await judged({ base: python, head: keep }), ['warn tests/deleted']);
  });

  it('block when other code is deleted', async () => {
    const base = { ...keep, 'src/mail.ts': 'export const send = 1;\n', 'test/cart.test.ts': CART };
    assert.deepEqual(await judged({ base, head: keep }), ['block tests/deleted']);
  });

  it('warn for the one case whose code is gone, block for another', async () => {
    const both = `import { add, total } from '../src/cart';\n${MAIL}it('adds', () => { expect(add([], 1)).toHaveLength(1); });\n`;
    const base = {
      'src/mail.ts': 'export const send = 1;\n',
      'src/cart.ts': 'export const add = 1;\n',
      'test/shop.test.ts': both,
    };
    const head = { 'src/cart.ts': 'export const add = 1;\n' };
    assert.deepEqual(
      await judged({ base, head: { ...head, 'test/shop.test.ts': both.replace(/it\('sends.*\n/, '') } }),
      ['warn tests/deleted'],
    );
    assert.deepEqual(
      await judged({ base, head: { ...head, 'test/shop.test.ts': both.replace(/it\('adds.*\n/, '') } }),
      ['block tests/deleted'],
    );
  });

  it('a helper of another changed file asserts for a case', async () => {
    const one = "it('a', () => { expect(f().a).toBe(1); expect(f().b).toBe(2); });\n";
    const head = {
      'test/helpers/both.ts': 'export function both(x) { expect(x.a).toBe(1); expect(x.b).toBe(2); }\n',
      'test/a.test.ts': "import { both } from './helpers/both';\nit('a', () => { both(f()); });\n",
    };
    assert.deepEqual(await judged({ base: { 'test/a.test.ts': one }, head }), []);
  });

  it('block when a helper that tests share asserts less', async () => {
    const path = 'test/helpers/both.ts';
    const text = 'export function both(x) { expect(x.a).toBe(1); expect(x.b).toBe(2); }\n';
    assert.deepEqual(
      await judged({ base: { [path]: text }, head: { [path]: text.replace('expect(x.b).toBe(2); ', '') } }),
      ['block tests/weakened'],
    );
  });

  it('warn about what could not be read', async () => {
    const large = (text: string) => `${CART}// ${text.repeat(1_000_001)}\n`;
    const [found, ...more] = await findingsOf({
      base: { 'test/cart.test.ts': large('a') },
      head: { 'test/cart.test.ts': large('b') },
    });
    assert.deepEqual([found?.severity, found?.rule, more.length], ['warn', 'tests/weakened', 0]);
    assert.match(found?.message ?? '', /could not be read: /);
    assert.deepEqual(await judged({ base: { 'test/cart.test.ts': large('a') }, head: {} }), ['block tests/deleted']);
    assert.deepEqual(await judged({ head: { 'test/cart.test.ts': large('b') } }), ['warn tests/weakened']);
  });

  it('are read where they changed, and nothing else is', async () => {
    const others = { 'src/a.ts': 'a\n', 'docs/a.md': 'a\n', 'test/data.json': '{}\n', 'test/same.test.ts': MAIL };
    const trees = new MemoryTrees(
      { ...others, 'test/cart.test.ts': CART },
      { ...others, 'src/a.ts': 'b\n', 'docs/a.md': 'b\n', 'test/data.json': '[]\n', 'test/cart.test.ts': `${CART}\n` },
    );
    // Only these two are asked for by the rules of tests.
    await judgeTests({ changes: trees.changes, reader: trees } as unknown as RuleContext);
    const cart = trees.changes.find(({ path }) => path === 'test/cart.test.ts');
    assert.deepEqual(trees.reads, [cart?.oldOid, cart?.newOid]);
  });

  it('say so where no parser judged', () => {
    const file = { cases: [], skip: null, mocks: new Map(), patience: new Map(), readBy: 'lines' } as const;
    const said = { rule: 'tests/focused', line: 1, message: 'It runs alone.', evidence: 'fit' } as const;
    const { message } = findingIn({ path: 'spec/a_spec.rb', file }, said);
    assert.equal(message, 'It runs alone (judged by lines, not by a parser).');
  });

  it('are the same for whoever ends lines with carriage returns', async () => {
    const crlf = CART.replaceAll('\n', '\r\n');
    assert.deepEqual(await judged({ base: { 'test/cart.test.ts': CART }, head: { 'test/cart.test.ts': crlf } }), []);
  });
});

describe('snapshots', () => {
  const jest = (entries: Record<string, string>) =>
    `// Jest Snapshot v1\n${Object.entries(entries)
      .map(([name, value]) => `\nexports[\`${name}\`] = \`${value}\`;\n`)
      .join('')}`;
  const SNAP = 'test/__snapshots__/cart.test.ts.snap';
  const ONE = jest({ 'cart adds 1': 'a', 'cart is empty 1': 'b' });

  const rewritten: readonly [string, string, string, string][] = [
    ['an entry of Jest', SNAP, ONE, jest({ 'cart adds 1': 'c', 'cart is empty 1': 'b' })],
    ['an entry that is gone', SNAP, ONE, jest({ 'cart adds 1': 'a' })],
    [
      'an entry of syrupy',
      'tests/__snapshots__/test_a.ambr',
      "# name: test_a\n  'x'\n# ---\n",
      "# name: test_a\n  'y'\n# ---\n",
    ],
    ['a snapshot of insta', 'src/snapshots/a.snap', '---\nsource: a.rs\n---\nx\n', '---\nsource: a.rs\n---\ny\n'],
    ['an approved file', 'test/a.approved.txt', 'x\n', 'y\n'],
    ['a golden file', 'pkg/testdata/a.golden', 'x\n', 'y\n'],
    ['a file in a golden folder', 'test/golden/a.json', '{}\n', '[]\n'],
    ['a snapshot of node:test', 'test/a.test.js.snapshot', jest({ 'a 1': 'x' }), jest({ 'a 1': 'y' })],
  ];
  for (const [title, path, before, after] of rewritten) {
    it(`block when rewritten: ${title}`, async () => {
      assert.deepEqual(await judged({ base: { [path]: before }, head: { [path]: after } }), ['block tests/snapshot']);
    });
  }

  const silent: readonly [string, Record<string, string>, Record<string, string>][] = [
    [
      'a new entry',
      { [SNAP]: ONE },
      { [SNAP]: jest({ 'cart adds 1': 'a', 'cart is empty 1': 'b', 'cart new 1': 'c' }) },
    ],
    ['an entry with another name', { [SNAP]: ONE }, { [SNAP]: jest({ 'basket adds 1': 'a', 'cart is empty 1': 'b' }) }],
    ['a new file', {}, { [SNAP]: ONE }],
    ['a file that moves', { [SNAP]: ONE }, { 'test/unit/__snapshots__/cart.test.ts.snap': ONE }],
    ['entries in another order', { [SNAP]: ONE }, { [SNAP]: jest({ 'cart is empty 1': 'b', 'cart adds 1': 'a' }) }],
    [
      'source in a folder that is called golden',
      { 'src/golden/retriever.ts': 'a' },
      { 'src/golden/retriever.ts': 'b' },
    ],
  ];
  for (const [title, base, head] of silent) {
    it(`silent: ${title}`, async () => assert.deepEqual(await judged({ base, head }), []));
  }

  it('block once when one goes without its test', async () => {
    assert.deepEqual(await judged({ base: { ...keep, [SNAP]: ONE }, head: keep }), ['block tests/snapshot']);
  });

  it('say nothing more when one goes with its test', async () => {
    assert.deepEqual(await judged({ base: { ...keep, [SNAP]: ONE, 'test/cart.test.ts': CART }, head: keep }), [
      'block tests/deleted',
    ]);
  });

  it('are one finding when there are many', async () => {
    const all = (text: string) =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`test/__snapshots__/${index}.test.ts.snap`, jest({ a: text })]),
      );
    const found = await findingsOf({ base: all('x'), head: all('y') });
    assert.equal(found.length, 1);
    assert.match(found[0]?.message ?? '', /^40 snapshot files/);
    assert.match(found[0]?.evidence ?? '', /0\.test\.ts\.snap; /);
  });

  it('are an info where the brief allows it', async () => {
    const after = jest({ 'cart adds 1': 'c', 'cart is empty 1': 'b' });
    assert.deepEqual(await judged({ base: { [SNAP]: ONE }, head: { [SNAP]: after }, allow: ['tests'] }), [
      'info tests/snapshot',
    ]);
  });
});

describe('paths of tests', () => {
  const kinds: Record<string, readonly string[]> = {
    test: [
      ...[
        'a.test.ts',
        'src/a.spec.tsx',
        'a.test.mjs',
        'src/a-test.js',
        'a_test.js',
        'e2e/login.cy.ts',
        'a.e2e-spec.ts',
        'test.js',
        'app/test-a.js',
        'types.test-d.ts',
      ],
      ...[
        'test_a.py',
        'pkg/a_test.py',
        'app/tests.py',
        'pkg/a_test.go',
        'src/main/java/ATest.java',
        'src/test/kotlin/ATest.kt',
        'ACase/ATests.cs',
      ],
      ...[
        'spec/a_spec.rb',
        'test/test_a.rb',
        'tests/ATest.php',
        'Tests/ATests.swift',
        'src/a_unittest.cc',
        'tests/test_a.cpp',
      ],
    ],
    folder: [
      'test/a.ts',
      'src/__tests__/a.js',
      'tests/checks.py',
      'tests/smoke.rs',
      'src/test/java/Things.java',
      'App.Tests/Things.cs',
    ],
    inline: ['src/lib.rs'],
    support: ['tests/conftest.py', 'test/helpers/a.ts', 'spec/spec_helper.rb', 'test/data.json', 'conftest.py'],
    snapshot: [
      `src/__snapshots__/a.test.ts.snap`,
      'a.test.ts-snapshots/home.png',
      'tests/a.ambr',
      'testdata/a.golden',
      'A.approved.txt',
      'A.verified.json',
    ],
    fixture: ['test/fixtures/a.test.ts', 'testdata/a_test.go', '__mocks__/fs.js'],
    none: [
      'src/a.ts',
      'src/latest.ts',
      'contest.py',
      'attest.go',
      'src/testimony.ts',
      'docs/a.md',
      'node_modules/a/a.test.js',
      'src/greatest.js',
      'src/protest.rb',
      'a.d.ts',
    ],
  };
  for (const [kind, paths] of Object.entries(kinds)) {
    for (const path of paths) {
      it(`${path} is ${kind}`, () => assert.equal(testPathOf(path)?.kind ?? 'none', kind));
    }
  }
});
