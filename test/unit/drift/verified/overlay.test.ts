/** What of the base is laid over a result. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { planOverlay } from '../../../../src/core/drift/verified/overlay';
import { briefWith, MemoryTrees, type Tree } from '../memoryTree';

interface Case {
  readonly base: Tree;
  readonly head: Tree;
  readonly run?: string;
  readonly change?: readonly string[];
  readonly renames?: Readonly<Record<string, string>>;
}

const blob = (text: string) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');

/** `path` of the base that comes back, `- path` that goes, `? path` that is left, `path = text` that is taken apart. */
async function planned({ base, head, run = 'npm test', change = ['src/**'], renames }: Case): Promise<string[]> {
  const reader = new MemoryTrees(base, head, renames);
  const plain = briefWith();
  const scope = { change: [...change], avoid: [] };
  const brief = { ...plain, front: { ...plain.front, scope, checks: [{ name: 'tests', run, timeout: 60 }] } };
  const { laid, left } = await planOverlay({ brief, changes: reader.changes, reader });
  return [
    ...laid.map(({ path, entry }) => {
      if (entry === null) return `- ${path}`;
      if ('text' in entry) return `${path} = ${entry.text.replace(/\s+/g, ' ').trim()}`;
      assert.equal(entry.oid, blob(String(base[path])), `${path} is the base's`);
      return path;
    }),
    ...left.map((path) => `? ${path}`),
  ].sort();
}

const edited = (path: string, before = 'a\n', after = 'b\n'): Case => ({
  base: { [path]: before },
  head: { [path]: after },
});
const pack = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

describe('the overlay', () => {
  const cases: readonly [string, Case, readonly string[]][] = [
    ['is nothing where nothing changed', { base: { a: 'a' }, head: { a: 'a' } }, []],
    ['leaves the work alone', edited('src/a.ts'), []],
    ['takes a test that changed', edited('test/a.test.ts'), ['test/a.test.ts']],
    ['takes what tests share', edited('test/helpers/assert.ts'), ['test/helpers/assert.ts']],
    ['takes a snapshot', edited('src/__snapshots__/a.test.ts.snap'), ['src/__snapshots__/a.test.ts.snap']],
    ['takes the data of a test', edited('test/fixtures/a.json'), ['test/fixtures/a.json']],
    ['leaves resources that a program ships', edited('src/main/resources/app.yml'), []],
    ['leaves a source whose tests stand in it', edited('src/lib.rs'), []],
    [
      'brings back a test that is gone',
      { base: { 'test/a.test.ts': 'a' }, head: {}, change: ['**'] },
      ['test/a.test.ts'],
    ],
    ['lets a test go whose subject is gone', { base: { 'src/cart.ts': 'a', 'test/cart.test.ts': 'b' }, head: {} }, []],
    ['leaves a new test', { base: {}, head: { 'test/new.test.ts': 'a' } }, []],
    [
      'puts a renamed test in its old place',
      {
        base: { 'test/a.test.ts': 'a' },
        head: { 'test/b.test.ts': 'a' },
        renames: { 'test/b.test.ts': 'test/a.test.ts' },
      },
      ['- test/b.test.ts', 'test/a.test.ts'],
    ],
    [
      'keeps what a test was renamed to, if it is none any more',
      {
        base: { 'test/a.test.ts': 'a' },
        head: { 'src/a.ts': 'a' },
        renames: { 'src/a.ts': 'test/a.test.ts' },
      },
      ['test/a.test.ts'],
    ],
    ['takes the configuration of a runner', edited('vitest.config.ts'), ['vitest.config.ts']],
    ['removes a new configuration', { base: { a: 'a' }, head: { a: 'a', '.mocharc.json': '{}' } }, ['- .mocharc.json']],
    [
      'leaves the configuration of a new package',
      { base: { 'packages/a/x': 'a' }, head: { 'packages/a/x': 'a', 'packages/b/tsconfig.json': '{}' } },
      [],
    ],
    [
      'removes a new .npmrc',
      { base: { a: 'a' }, head: { a: 'a', '.npmrc': 'script-shell=/bin/true\n' } },
      ['- .npmrc'],
    ],
    [
      'removes a new conftest.py',
      { base: { 'tests/a.py': 'a' }, head: { 'tests/a.py': 'a', 'tests/conftest.py': 'a' } },
      ['- tests/conftest.py'],
    ],
    [
      'removes a new mock of a module',
      { base: { a: 'a' }, head: { a: 'a', '__mocks__/assert.js': 'a' } },
      ['- __mocks__/assert.js'],
    ],
    [
      'takes a Makefile that the check runs',
      { ...edited('Makefile', 'test:\n\tgo test\n', 'test:\n\ttrue\n'), run: 'make test' },
      ['Makefile'],
    ],
    ['leaves a Makefile that no check runs', edited('Makefile', 'x:\n\ta\n', 'x:\n\tb\n'), []],
    [
      'takes a script of a shell, in scope or not',
      { ...edited('scripts/check.sh', 'npm test\n', 'exit 0\n'), run: 'sh scripts/check.sh', change: ['scripts/**'] },
      ['scripts/check.sh'],
    ],
    [
      'takes a program that the check runs and the brief does not want changed',
      { ...edited('tools/check.js'), run: 'node tools/check.js' },
      ['tools/check.js'],
    ],
    [
      'leaves a program that the check runs and the brief wants changed',
      { ...edited('src/cli.js'), run: 'node src/cli.js --check' },
      [],
    ],
    [
      'takes of package.json what checks run, and leaves the dependencies',
      edited(
        'package.json',
        pack({ scripts: { test: 'mocha' }, dependencies: { a: '1' } }),
        pack({ scripts: { test: 'true', pretest: 'sh swap' }, jest: {}, dependencies: { a: '1', b: '2' } }),
      ),
      ['package.json = { "scripts": { "test": "mocha" }, "dependencies": { "a": "1", "b": "2" } }'],
    ],
    [
      'leaves a package.json with other dependencies alone',
      edited('package.json', pack({ dependencies: { a: '1' } }), pack({ dependencies: { a: '2' } })),
      [],
    ],
    ['says that a broken package.json is left', edited('package.json', '{}', '{'), ['? package.json']],
    [
      'takes of pyproject.toml what checks read',
      edited(
        'pyproject.toml',
        '[project]\ndependencies = ["a"]\n[tool.pytest.ini_options]\naddopts = "-x"\n',
        '[project]\ndependencies = ["a", "b"]\n[tool.pytest.ini_options]\naddopts = "-k none"\n',
      ),
      ['pyproject.toml = [project] dependencies = ["a", "b"] [tool.pytest.ini_options] addopts = "-x"'],
    ],
    [
      'says that a manifest of another kind is left',
      edited('Cargo.toml', '[lints]\na = "deny"\n', '[lints]\n'),
      ['? Cargo.toml'],
    ],
  ];
  for (const [name, given, expected] of cases) {
    it(name, async () => assert.deepEqual(await planned(given), expected));
  }
});
