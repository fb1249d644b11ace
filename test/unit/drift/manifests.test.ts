/** `deps/*` read from manifests: every kind of change of a package.json and its siblings. */
import assert from 'node:assert/strict';
import { type Case, driftOf, said, type Tree } from './memoryTree';

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const BASE = json({ name: 'app', version: '1.0.0', dependencies: { alpha: '^1.0.0', beta: '2.0.0' } });

/** The findings of a change of one file at `path`, scope aside. */
const judged = async (path: string, before: string | null, after: string | null, more: Partial<Case> = {}) => {
  const tree = (content: string | null): Tree => (content === null ? {} : { [path]: content });
  const report = await driftOf({ change: ['**/*'], base: tree(before), head: tree(after), ...more });
  return said(report).map((line) => line.replace(` ${path}`, ''));
};

const withDependencies = (dependencies: object) => json({ name: 'app', version: '1.0.0', dependencies });
const both = (more: object) => json({ ...JSON.parse(BASE), ...more });
const keep = { alpha: '^1.0.0', beta: '2.0.0' };

describe('a changed package.json', () => {
  const cases: readonly [string, string | null, string | null, readonly string[]][] = [
    ['adds', BASE, withDependencies({ ...keep, gamma: '3.0.0' }), ['block deps/added']],
    ['removes', BASE, withDependencies({ alpha: '^1.0.0' }), ['block deps/removed']],
    ['changes', BASE, withDependencies({ ...keep, alpha: '^1.1.0' }), ['block deps/changed']],
    [
      'moves to another group',
      BASE,
      json({ name: 'app', dependencies: { alpha: '^1.0.0' }, devDependencies: { beta: '2.0.0' } }),
      ['block deps/changed'],
    ],
    ['reorders', BASE, json({ dependencies: { beta: '2.0.0', alpha: '^1.0.0' }, version: '1.0.0', name: 'app' }), []],
    ['is formatted', BASE, JSON.stringify(JSON.parse(BASE), null, '\t'), []],
    ['changes something else', BASE, both({ description: 'an app', version: '1.1.0' }), []],
    ['adds a script that no install runs', BASE, both({ scripts: { test: 'mocha', lint: 'biome' } }), []],
    ['adds a script that runs when it is published', BASE, both({ scripts: { prepublishOnly: 'node x.js' } }), []],
    ['removes a lifecycle script', both({ scripts: { postinstall: 'node x.js' } }), BASE, []],
    ['adds postinstall', BASE, both({ scripts: { postinstall: 'node x.js' } }), ['block deps/install-script']],
    ['adds prepare', BASE, both({ scripts: { prepare: 'node x.js' } }), ['block deps/install-script']],
    [
      'changes a lifecycle script',
      both({ scripts: { install: 'a' } }),
      both({ scripts: { install: 'b' } }),
      ['block deps/install-script'],
    ],
    ['adds git hooks', BASE, both({ husky: { hooks: { 'pre-commit': 'x' } } }), ['block deps/install-script']],
    ['trusts a package', BASE, both({ trustedDependencies: ['alpha'] }), ['block deps/install-script']],
    ['adds a peer', BASE, both({ peerDependencies: { gamma: '*' } }), ['block deps/added']],
    ['adds an optional one', BASE, both({ optionalDependencies: { gamma: '*' } }), ['block deps/added']],
    ['bundles one', BASE, both({ bundledDependencies: ['alpha'] }), ['block deps/added']],
    ['overrides', BASE, both({ overrides: { 'gamma-dep': { delta: '1.0.0' } } }), ['block deps/added']],
    ['resolves otherwise', BASE, both({ resolutions: { 'x/**/delta': '1.0.0' } }), ['block deps/added']],
    ['adds to a catalog', BASE, both({ workspaces: { catalog: { delta: '1.0.0' } } }), ['block deps/added']],
    ['changes its package manager', BASE, both({ packageManager: 'yarn@4.0.0' }), ['block deps/added']],
    [
      'patches',
      BASE,
      both({ patchedDependencies: { 'alpha@1': 'p/a.patch' } }),
      ['block deps/added', 'block deps/source'],
    ],
    ['goes', BASE, null, ['block deps/removed', 'block deps/removed']],
    ['comes', null, BASE, ['block deps/added', 'block deps/added']],
    ['breaks', BASE, BASE.slice(0, -4), ['warn deps/unparsed']],
    ['conflicts', BASE, `<<<<<<< ours\n${BASE}>>>>>>> theirs\n`, ['warn deps/unparsed']],
    ['loses a section’s shape', BASE, both({ peerDependencies: ['x'] }), ['warn deps/unparsed']],
    ['is no object', BASE, '[]\n', ['warn deps/unparsed']],
    ['is not UTF-8, nor JSON', BASE, '', ['warn deps/unparsed']],
  ];
  for (const [what, before, after, expected] of cases) {
    it(what, async () => assert.deepEqual(await judged('package.json', before, after), expected));
  }

  it('still sees the other sections when one has a wrong shape', async () => {
    const after = json({ peerDependencies: [], dependencies: { ...keep, gamma: '3.0.0' } });
    assert.deepEqual(await judged('package.json', BASE, after), ['block deps/added', 'warn deps/unparsed']);
  });

  it('reports each change verbatim, with a package URL', async () => {
    const head = withDependencies({ alpha: ' ^1.0.0 || 2', '@scope/gamma': '~3' });
    const report = await driftOf({ change: ['**/*'], base: { 'package.json': BASE }, head: { 'package.json': head } });
    const shared = { ecosystem: 'npm', manifest: 'package.json', direct: true, group: 'dependencies' };
    assert.deepEqual(report.dependencies, [
      { ...shared, name: 'alpha', from: '^1.0.0', to: ' ^1.0.0 || 2', purl: 'pkg:npm/alpha' },
      { ...shared, name: '@scope/gamma', from: null, to: '~3', purl: 'pkg:npm/%40scope/gamma' },
      { ...shared, name: 'beta', from: '2.0.0', to: null, purl: 'pkg:npm/beta' },
    ]);
  });

  it('only warns below fixtures and testdata', async () => {
    const after = withDependencies({ ...keep, gamma: '3.0.0' });
    assert.deepEqual(await judged('test/fixtures/app/package.json', BASE, after), ['warn deps/added']);
    assert.deepEqual(await judged('testdata/package.json', BASE, after), ['warn deps/added']);
    for (const folder of ['core/src/test/resources', 'src/it/app', 'tests/Fixtures', 'a/test-data'])
      assert.deepEqual(await judged(`${folder}/package.json`, BASE, after), ['warn deps/added'], folder);
    assert.deepEqual(await judged('src/fixtures-app/package.json', BASE, after), ['block deps/added']);
  });

  it('is judged in scope and out of it', async () => {
    const head = { 'package.json': withDependencies({ ...keep, gamma: '3.0.0' }) };
    const report = await driftOf({ change: ['src/**'], base: { 'package.json': BASE }, head });
    assert.deepEqual(said(report), ['block scope/outside package.json', 'block deps/added package.json']);
  });

  it('is followed through a rename, and not to another name', async () => {
    const base = { 'a/package.json': BASE };
    const moved = { 'b/package.json': withDependencies({ ...keep, gamma: '3.0.0' }) };
    const renames = { 'b/package.json': 'a/package.json' };
    const report = await driftOf({ change: ['**/*'], base, head: moved, renames });
    assert.deepEqual(said(report), ['block deps/added b/package.json']);
    const away = { change: ['**/*'], base, head: { 'a/old.json': BASE }, renames: { 'a/old.json': 'a/package.json' } };
    assert.deepEqual(said(await driftOf(away)), [
      'block deps/removed a/package.json',
      'block deps/removed a/package.json',
    ]);
  });

  it('too large to be read is said, never passed over', async () => {
    const after = BASE.replace('{', `{ "x": "${'y'.repeat(6 * 1024 * 1024)}",`);
    assert.deepEqual(await judged('package.json', BASE, after), ['block hidden/oversize', 'warn deps/unparsed']);
  });
});

describe('a grant of dependencies', () => {
  const allow = ['dependencies'];
  const cases: readonly [string, string, readonly string[]][] = [
    [
      'covers direct changes',
      withDependencies({ alpha: '^1.1.0', gamma: '3.0.0' }),
      ['info deps/added', 'info deps/removed', 'info deps/changed'],
    ],
    [
      'never covers a source',
      withDependencies({ ...keep, beta: 'git+https://git.example/b.git' }),
      ['block deps/source', 'info deps/changed'],
    ],
    ['never covers an install script', both({ scripts: { preinstall: 'x' } }), ['block deps/install-script']],
  ];
  for (const [what, after, expected] of cases) {
    it(what, async () => assert.deepEqual(await judged('package.json', BASE, after, { allow }), expected));
  }
});

describe('a dependency’s source', () => {
  const elsewhere = [
    'git+ssh://git@git.example/x/y.git',
    'git://git.example/x.git',
    'git@git.example:x/y.git',
    'github:user/repo',
    'user/repo#main',
    'https://example.com/x.tgz',
    'https://example.com/x.git',
    'file:../x',
    'link:../x',
    'portal:../x',
    './x',
    '../x.tgz',
    '/opt/x',
    'x-1.0.0.tgz',
    'npm:other@^1.0.0',
    'npm:@scope/other',
    'jsr:@scope/other@1',
    'patch:beta@npm%3A2.0.0#p.patch',
    'exec:./make.js',
    'strange:thing',
  ];
  for (const spec of elsewhere) {
    it(`is reported for ${spec}`, async () => {
      const after = withDependencies({ ...keep, beta: spec });
      assert.deepEqual(await judged('package.json', BASE, after), ['block deps/changed', 'block deps/source']);
    });
  }
  for (const spec of [
    '^2.1.0',
    '>=1 <3',
    '1.x || 2.x',
    'latest',
    '*',
    '',
    'workspace:*',
    'catalog:',
    'npm:beta@^2',
    'npm:^2',
  ]) {
    it(`is the registry for ${JSON.stringify(spec)}`, async () => {
      const after = withDependencies({ ...keep, beta: spec });
      assert.deepEqual(await judged('package.json', BASE, after), ['block deps/changed']);
    });
  }

  it('does not count when it was so before', async () => {
    const before = withDependencies({ ...keep, beta: 'github:user/repo' });
    assert.deepEqual(await judged('package.json', before, withDependencies({ ...keep, beta: '2.0.0' })), [
      'block deps/changed',
    ]);
    assert.deepEqual(await judged('package.json', before, `${before}\n`), []);
  });

  it('is shown without its password', async () => {
    const head = { 'package.json': withDependencies({ ...keep, beta: 'git+https://user:hunter2@git.example/b.git' }) };
    const report = await driftOf({ change: ['**/*'], base: { 'package.json': BASE }, head });
    assert.ok(report.findings.every(({ message, evidence }) => !`${message}${evidence}`.includes('hunter2')));
  });
});

describe('other files of npm and its relatives', () => {
  const registry = 'block deps/source';
  const cases: readonly [string, string, string | null, string | null, readonly string[]][] = [
    ['.npmrc', 'a registry', 'save-exact=true\n', 'save-exact=true\nregistry = https://r.example/\n', [registry]],
    ['.npmrc', 'a scope’s registry', '', '@a:registry=https://r.example/\n', [registry]],
    ['.npmrc', 'a registry that goes', '@a:registry=https://r.example/\n', '', [registry]],
    ['.npmrc', 'the usual registry', '', 'registry=https://registry.npmjs.org/\n', []],
    ['.npmrc', 'the usual registry that goes', 'registry=https://registry.npmjs.org\n', '', []],
    ['.npmrc', 'the usual registry for a scope', '', '@a:registry=https://registry.npmjs.org/\n', [registry]],
    [
      '.npmrc',
      'a registry of ours that goes',
      'registry=https://r.example/\n',
      'registry=https://registry.npmjs.org/\n',
      [registry],
    ],
    ['.npmrc', 'the usual registry without encryption', '', 'registry=http://registry.npmjs.org/\n', [registry]],
    ['.npmrc', 'another setting', '', 'save-exact=true\n', []],
    ['.npmrc', 'a comment', '', '# registry=https://r.example/\n; registry=x\n', []],
    ['.yarnrc', 'a registry', '', 'registry "https://r.example/"\n', [registry]],
    ['.yarnrc.yml', 'a registry', '', 'npmRegistryServer: "https://r.example"\n', [registry]],
    [
      '.yarnrc.yml',
      'a scope’s registry',
      '',
      'npmScopes:\n  a:\n    npmRegistryServer: https://r.example\n',
      [registry],
    ],
    ['.yarnrc.yml', 'a plug-in', '', 'plugins:\n  - path: x.cjs\n', []],
    [
      'pnpm-workspace.yaml',
      'a catalog',
      'packages: [a]\n',
      'packages: [a]\ncatalog:\n  x: 1.10\n',
      ['block deps/added'],
    ],
    [
      'pnpm-workspace.yaml',
      'a named catalog',
      'catalogs: { r: { x: "1" } }\n',
      'catalogs: { r: { x: "2" } }\n',
      ['block deps/changed'],
    ],
    ['pnpm-workspace.yaml', 'a comment', 'catalog: { x: "1" }\n', '# why\ncatalog: { x: "1" }\n', []],
    ['pnpm-workspace.yaml', 'a grant to build', '', 'onlyBuiltDependencies: [x]\n', ['block deps/install-script']],
    ['pnpm-workspace.yaml', 'nonsense', '', 'a: [\n', ['warn deps/unparsed']],
    ['.pnpmfile.cjs', 'a hook', null, 'x\n', ['block deps/install-script']],
    ['native/binding.gyp', 'a native build', null, '{}\n', ['block deps/install-script']],
    ['bun.lockb', 'a binary lockfile', null, 'x\n', ['warn deps/unparsed']],
    ['Cargo.toml', 'another ecosystem', '', '[dependencies]\n', []],
    ['go.mod', 'another ecosystem', '', 'module x\n', []],
    ['requirements-dev.txt', 'a form of name', '', 'x==1\n', ['block deps/added']],
    ['pnpm-lock.ci.yaml', 'a form of name that nobody reads', '', 'x\n', ['warn deps/unparsed']],
    ['lib/App.csproj', 'an extension', '', '<Project/>\n', ['warn deps/unparsed']],
    ['pyproject.toml', 'a file that goes', 'x\n', null, ['warn deps/unparsed']],
  ];
  for (const [path, what, before, after, expected] of cases) {
    it(`${path}: ${what}`, async () => {
      const lines = (await judged(path, before, after)).filter((line) => line.includes('deps/'));
      assert.deepEqual(lines, expected);
    });
  }
});

describe('a range that moves into a catalog', () => {
  const member = (spec: string) => JSON.stringify({ name: 'a', dependencies: { semver: spec } });
  const tree = (spec: string, file: string, catalog: string, folder = 'packages/a/'): Tree => ({
    [`${folder}package.json`]: member(spec),
    [file]: catalog,
  });
  const judge = async (base: Tree, head: Tree) => await driftOf({ change: ['**/*'], base, head });
  const dependencyLines = (report: Parameters<typeof said>[0]) =>
    said(report).filter((line) => line.includes(' deps/'));
  const entry = (range: string) => `catalog:\n  semver: ${range}\n`;

  for (const file of ['pnpm-workspace.yaml', '.yarnrc.yml']) {
    const [plain, moved] = [tree('^7.7.3', file, ''), tree('catalog:', file, entry('^7.7.3'))];

    it(`${file}: is told with its entry, and blocks nothing`, async () => {
      const report = await judge(plain, moved);
      assert.deepEqual(dependencyLines(report).sort(), [
        `info deps/added ${file}`,
        'info deps/changed packages/a/package.json',
      ]);
      const { message } = report.findings.find(({ rule }) => rule === 'deps/changed') ?? {};
      assert.equal(message, 'semver is named in the catalog now, with the same range.');
    });

    it(`${file}: may move out again`, async () => {
      assert.deepEqual(dependencyLines(await judge(moved, plain)).sort(), [
        'info deps/changed packages/a/package.json',
        `info deps/removed ${file}`,
      ]);
    });

    it(`${file}: blocks with another range, and names both`, async () => {
      const report = await judge(plain, tree('catalog:', file, entry('^8.0.0')));
      assert.deepEqual(dependencyLines(report).sort(), [
        `block deps/added ${file}`,
        'block deps/changed packages/a/package.json',
      ]);
      const { message } = report.findings.find(({ rule }) => rule === 'deps/changed') ?? {};
      assert.equal(message, 'semver changed from ^7.7.3 to catalog: (^8.0.0) in dependencies.');
    });
  }

  const yaml = 'pnpm-workspace.yaml';
  const named = 'catalogs:\n  old:\n    semver: ^7.7.3\n';
  const changed = ['info deps/changed packages/a/package.json'];
  const blocked = ['block deps/changed packages/a/package.json'];
  const cases: readonly [string, Tree, Tree, readonly string[]][] = [
    ['to a named one that was there', tree('^7.7.3', yaml, named), tree('catalog:old', yaml, named), changed],
    ['to the wrong one', tree('^7.7.3', yaml, named), tree('catalog:', yaml, named), blocked],
    [
      'to none',
      { 'packages/a/package.json': member('^7.7.3') },
      { 'packages/a/package.json': member('catalog:') },
      blocked,
    ],
    [
      'beside an entry of another package',
      tree('^7.7.3', yaml, ''),
      tree('catalog:', yaml, `${entry('^7.7.3')}  other: ^1.0.0\n`),
      [...changed, `info deps/added ${yaml}`, `block deps/added ${yaml}`],
    ],
    [
      'where two catalogs disagree',
      { ...tree('^7.7.3', yaml, entry('^7.7.3')), '.yarnrc.yml': entry('^6.0.0') },
      { ...tree('catalog:', yaml, entry('^7.7.3')), '.yarnrc.yml': entry('^6.0.0') },
      blocked,
    ],
  ];
  for (const [what, base, head, expected] of cases) {
    it(what, async () => assert.deepEqual(dependencyLines(await judge(base, head)).sort(), [...expected].sort()));
  }

  it('explains no package that moves in the lockfile', async () => {
    const lock = (version: string) =>
      JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/semver': { version, integrity: version } } });
    const base = { ...tree('^7.7.3', yaml, entry('^7.7.3'), ''), 'package-lock.json': lock('7.7.3') };
    const head = { ...tree('catalog:', yaml, entry('^7.7.3'), ''), 'package-lock.json': lock('7.9.0') };
    assert.deepEqual(dependencyLines(await judge(base, head)), [
      'warn deps/lockfile-only package-lock.json',
      'info deps/changed package.json',
    ]);
  });
});

describe('a section that cannot be read', () => {
  const file = (name: string, broken: unknown) => ({
    'src/package.json': JSON.stringify({ name, dependencies: broken, devDependencies: { x: '1' } }),
  });

  it('is a warning when it came with the change', async () => {
    const report = await driftOf({ base: file('a', {}), head: file('a', ['x']) });
    assert.deepEqual(said(report), ['warn deps/unparsed src/package.json']);
  });

  it('is told, and no more, when it was there before', async () => {
    const report = await driftOf({ base: file('a', ['x']), head: file('b', ['x']) });
    assert.deepEqual(said(report), ['info deps/unparsed src/package.json']);
  });
});

describe('names that imitate', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['lodahs', ['warn deps/lookalike']],
    ['expres', ['warn deps/lookalike']],
    ['expresss', ['warn deps/lookalike']],
    ['@type/node', ['warn deps/lookalike']],
    ['alpho', ['warn deps/lookalike']],
    ['lodash', []],
    ['preact', []],
    ['completely-other', []],
    ['qss', []],
  ];
  for (const [name, expected] of cases) {
    it(name, async () => {
      const after = withDependencies({ ...keep, [name]: '1.0.0' });
      assert.deepEqual(await judged('package.json', BASE, after), ['block deps/added', ...expected]);
    });
  }
});
