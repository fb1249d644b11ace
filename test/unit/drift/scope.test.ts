/** `scope/*`: where, how much, and what is gone. */
import assert from 'node:assert/strict';
import { type Case, driftOf, said, type Tree } from './memoryTree';

const files = (folder: string, count: number): Tree =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${folder}/f${index}.ts`, `export const n = ${index};\n`]),
  );
const base: Tree = { 'src/a.ts': 'a\n', 'src/deep/b.ts': 'b\n', 'server/x.ts': 'x\n', 'README.md': '# x\n' };
const scopeOf = async (given: Case) => said(await driftOf(given)).filter((line) => line.includes(' scope/'));

describe('scope', () => {
  const cases: readonly [string, Case, readonly string[]][] = [
    ['an edit inside', { base, head: { ...base, 'src/a.ts': 'a2\n' } }, []],
    ['an edit outside', { base, head: { ...base, 'server/x.ts': 'x2\n' } }, ['block scope/outside server/x.ts']],
    ['a new file outside', { base, head: { ...base, 'y.ts': '' } }, ['block scope/outside y.ts']],
    [
      'an avoided path, though `change` matches it',
      { base, avoid: ['src/deep/**'], head: { ...base, 'src/deep/b.ts': 'b2\n' } },
      ['block scope/avoided src/deep/b.ts'],
    ],
    [
      'a rename inside',
      { base: { 'src/a.ts': 'a\n' }, head: { 'src/b.ts': 'a\n' }, renames: { 'src/b.ts': 'src/a.ts' } },
      [],
    ],
    [
      'a rename out of scope',
      { base: { 'src/a.ts': 'a\n' }, head: { 'lib/a.ts': 'a\n' }, renames: { 'lib/a.ts': 'src/a.ts' } },
      ['block scope/outside lib/a.ts'],
    ],
    [
      'a rename into scope',
      { base: { 'lib/a.ts': 'a\n' }, head: { 'src/a.ts': 'a\n' }, renames: { 'src/a.ts': 'lib/a.ts' } },
      ['block scope/outside lib/a.ts'],
    ],
    ['nothing at all', { base, head: base }, ['warn scope/empty -']],
    ['names with spaces, quotes and umlauts', { base, head: { ...base, "src/naïve file's.ts": 'x\n' } }, []],
  ];
  for (const [what, given, expected] of cases) {
    it(what, async () => assert.deepEqual(await scopeOf(given), expected));
  }

  it('is not widened by a grant', async () => {
    const given = { base, allow: ['ci'], head: { ...base, '.github/workflows/ci.yml': 'on: push\n' } };
    assert.deepEqual(said(await driftOf(given)), [
      'block scope/outside .github/workflows/ci.yml',
      'info boundary/ci .github/workflows/ci.yml',
    ]);
  });
});

describe('the budget', () => {
  const many = files('src', 6);
  const changed = Object.fromEntries(Object.keys(many).map((path) => [path, 'export const n = -1;\n']));

  it('counts files, and insertions with deletions', async () => {
    const given = { base: many, head: changed };
    assert.deepEqual(await scopeOf({ ...given, budget: { files: 6, lines: 12 } }), []);
    assert.deepEqual(await scopeOf({ ...given, budget: { files: 5, lines: 12 } }), ['warn scope/budget -']);
    assert.deepEqual(await scopeOf({ ...given, budget: { files: 5, lines: 11 } }), [
      'warn scope/budget -',
      'warn scope/budget -',
    ]);
  });

  it('counts a rename as one file', async () => {
    const renames = { 'src/b.ts': 'src/a.ts' };
    const given = { base: { 'src/a.ts': 'a\n' }, head: { 'src/b.ts': 'a\n' }, renames, budget: { files: 1 } };
    assert.deepEqual(await scopeOf(given), []);
  });

  it('tells a reformat from a rewrite', async () => {
    const head = Object.fromEntries(Object.entries(many).map(([path, text]) => [path, `  ${text}`]));
    const { findings } = await driftOf({ base: many, head, budget: { lines: 1 } });
    assert.match(findings[0]?.message ?? '', /100 % .* white space only/);
    const rewrite = await driftOf({ base: many, head: changed, budget: { lines: 1 } });
    assert.doesNotMatch(rewrite.findings[0]?.message ?? '', /white space/);
  });
});

describe('destruction', () => {
  const cases: readonly [string, Case, readonly string[]][] = [
    ['twenty of a hundred files', { base: files('src', 100), head: files('src', 80) }, []],
    [
      'over twenty of a hundred files',
      {
        base: files('src', 100),
        head: Object.fromEntries(Object.entries(files('src', 100)).slice(21)),
      },
      ['block scope/destructive -'],
    ],
    [
      'half of a folder of some size',
      { base: { ...files('src/a', 6), ...files('src/b', 30) }, head: { ...files('src/a', 3), ...files('src/b', 30) } },
      ['block scope/destructive src/a'],
    ],
    [
      'less than half of it',
      { base: { ...files('src/a', 7), ...files('src/b', 30) }, head: { ...files('src/a', 4), ...files('src/b', 30) } },
      [],
    ],
    ['all of a tiny folder', { base: { ...files('src/a', 4), ...files('src/b', 30) }, head: files('src/b', 30) }, []],
    [
      'a folder inside a lost folder is told once',
      { base: { ...files('src/a/b', 10), ...files('src/c', 30) }, head: files('src/c', 30) },
      ['block scope/destructive src/a'],
    ],
    [
      'a data file',
      { base: { 'src/users.csv': 'a\n', 'src/a.ts': '' }, head: { 'src/a.ts': '' } },
      ['block scope/destructive src/users.csv'],
    ],
    [
      'a migration',
      { base: { 'src/migrations/1.ts': 'a\n', 'src/a.ts': '' }, head: { 'src/a.ts': '' } },
      ['block scope/destructive src/migrations/1.ts'],
    ],
    [
      'a data file that is emptied',
      { base: { 'src/users.csv': 'a\n' }, head: { 'src/users.csv': '' } },
      ['block scope/destructive src/users.csv'],
    ],
    ['one source file', { base: { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n' }, head: { 'src/b.ts': 'b\n' } }, []],
    [
      'more than a policy allows',
      {
        base: files('src', 100),
        head: files('src', 97),
        policy: { boundaries: [], limits: { deletedFiles: 2 } },
      },
      ['block scope/destructive -'],
    ],
  ];
  for (const [what, given, expected] of cases) {
    it(what, async () => assert.deepEqual(await scopeOf(given), expected));
  }
});
