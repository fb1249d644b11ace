/** `deps/*` of Deno, Bower and Bun's configuration. */
import assert from 'node:assert/strict';
import { driftOf, said } from '../memoryTree';
import { askLockfile, type Judged, judged, judgeEach, type Locked } from './judged';

const ADDED = 'block deps/added';
const REMOVED = 'block deps/removed';
const CHANGED = 'block deps/changed';
const SOURCE = 'block deps/source';
const HOOK = 'block deps/install-script';
const UNPARSED = 'warn deps/unparsed';

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const IMPORTS = {
  alpha: 'npm:alpha@^1.0.0',
  '@acme/beta': 'jsr:@acme/beta@^2.0.0',
  'gamma/': 'https://deno.example/gamma@1.0.0/',
  '@/': './src/',
  path: 'node:path',
};
const BASE = json({ name: '@acme/app', tasks: { dev: 'deno run main.ts' }, imports: IMPORTS });
const both = (more: object) => json({ ...JSON.parse(BASE), ...more });
const withImport = (name: string, spec: string) => both({ imports: { ...IMPORTS, [name]: spec } });

describe('a deno.json', () => {
  const cases: readonly Judged[] = [
    ['adds from npm', BASE, withImport('omicron', 'npm:omicron@1'), [ADDED]],
    ['adds from JSR', BASE, withImport('@acme/omicron', 'jsr:@acme/omicron@1'), [ADDED]],
    ['adds from an address', BASE, withImport('omicron', 'https://deno.example/omicron@1.0.0/mod.ts'), [ADDED, SOURCE]],
    ['adds from data', BASE, withImport('omicron', 'data:text/javascript,x'), [ADDED, SOURCE]],
    ['removes', BASE, both({ imports: { alpha: IMPORTS.alpha, '@acme/beta': IMPORTS['@acme/beta'] } }), [REMOVED]],
    ['changes', BASE, withImport('alpha', 'npm:alpha@^1.1.0'), [CHANGED]],
    ['changes an address', BASE, withImport('gamma/', 'https://deno.example/gamma@1.1.0/'), [CHANGED, SOURCE]],
    ['takes one from JSR instead', BASE, withImport('alpha', 'jsr:@acme/alpha@^1.0.0'), [CHANGED]],
    ['takes it from its own folder instead', BASE, withImport('alpha', './alpha.ts'), [REMOVED]],
    ['maps a folder', BASE, withImport('~/', './lib/'), []],
    ['maps in a scope', BASE, both({ scopes: { 'https://deno.example/': { omicron: 'npm:omicron@1' } } }), [ADDED]],
    [
      'moves into a scope',
      BASE,
      both({ imports: { ...IMPORTS, alpha: undefined }, scopes: { './x/': { alpha: IMPORTS.alpha } } }),
      [CHANGED],
    ],
    ['reorders', BASE, both({ imports: Object.fromEntries(Object.entries(IMPORTS).reverse()) }), []],
    [
      'is formatted and commented',
      BASE,
      `// a comment\n${BASE.replace('"alpha"', '/* why */ "alpha"').replaceAll('\n', '\r\n')}`,
      [],
    ],
    ['has a byte order mark', BASE, `\uFEFF${BASE}`, []],
    ['changes a task', BASE, both({ tasks: { dev: 'deno run -A main.ts' } }), []],
    ['links a folder', BASE, both({ links: ['../lib'] }), [ADDED, SOURCE]],
    ['lets a package run scripts', BASE, both({ allowScripts: ['npm:sharp'] }), [HOOK]],
    ['lets every package run scripts', BASE, both({ allowScripts: true }), [HOOK]],
    ['takes its map from the web', BASE, both({ importMap: 'https://maps.example/x.json' }), [SOURCE]],
    ['takes its map from a file that is read for itself', BASE, both({ importMap: './import_map.json' }), []],
    ['takes its map from a file that nobody reads', BASE, both({ importMap: './map.json' }), [UNPARSED]],
    ['imitates', BASE, withImport('loadsh', 'npm:loadsh@1'), [ADDED, 'warn deps/lookalike']],
    ['breaks', BASE, BASE.slice(0, -4), [UNPARSED]],
    ['loses a section’s shape', BASE, both({ scopes: [] }), [UNPARSED]],
    ['comes', null, BASE, [ADDED, ADDED, ADDED, SOURCE]],
  ];
  for (const path of ['deno.json', 'deno.jsonc', 'import_map.json'])
    judgeEach(path, path === 'deno.json' ? cases : cases.slice(0, 6));

  it('gives package URLs of each registry', async () => {
    const report = await driftOf({ change: ['**/*'], base: {}, head: { 'deno.json': BASE } });
    assert.deepEqual(
      report.dependencies.slice(0, 2).map(({ name, purl }) => [name, purl]),
      [
        ['alpha', 'pkg:npm/alpha'],
        ['@acme/beta', 'pkg:jsr/%40acme/beta'],
      ],
    );
  });
});

const packagesOf = ({ alpha, beta, extra, hash, place }: Locked, asNames: boolean) => ({
  [`alpha@${alpha}`]: {
    integrity: `sha512-1${alpha}`,
    dependencies: asNames ? [`beta@${beta}`] : { beta: `beta@${beta}` },
  },
  [`beta@${beta}`]: {
    integrity: `sha512-${hash ?? `2${beta}`}`,
    ...(asNames ? {} : { dependencies: {} }),
    ...(place === undefined ? {} : { tarball: `${place}/beta.tgz` }),
  },
  ...(extra === undefined ? {} : { [`extra@${extra}`]: { integrity: 'sha512-e' } }),
});
const lockOf = (version: string) => (locked: Locked) => {
  const specifiers = { [`npm:alpha@^${locked.alpha}`]: version === '3' ? `npm:alpha@${locked.alpha}` : locked.alpha };
  const npm = packagesOf(locked, version !== '3');
  const workspace = { dependencies: [`npm:alpha@^${locked.alpha}`] };
  return json(
    version === '3'
      ? { version, packages: { specifiers, npm }, remote: {}, workspace }
      : { version, specifiers, npm, workspace },
  );
};

for (const version of ['3', '4', '5']) {
  askLockfile(`deno.lock ${version}`, {
    path: 'deno.lock',
    manifestPath: 'deno.json',
    manifest: (alpha) => json({ imports: { 'the-alpha': `npm:alpha@^${alpha}` } }),
    empty: { manifest: json({}), lock: json({ version }) },
    lock: lockOf(version),
    elsewhere: 'https://npm.example',
    otherHash: 'ffff',
    regenerated: (text) => JSON.stringify(JSON.parse(text)),
    broken: ['{ "version": "9" }', '{ "version": "5", "npm": [] }', '{}'],
    hasEdges: true,
  });
}

describe('a lockfile of Deno', () => {
  const lines = (before: object, after: object) =>
    judged('deno.lock', json({ version: '5', ...before }), json({ version: '5', ...after }));
  const files = (version: string, hash: string, host = 'deno.example') => ({
    [`https://${host}/gamma@${version}/mod.ts`]: hash,
    [`https://${host}/gamma@${version}/lib.ts`]: `${hash}b`,
  });

  it('tells of packages of JSR by their own name, and follows what they need', async () => {
    const at = (version: string) => ({
      'deno.json': json({ imports: { '@acme/beta': `jsr:@acme/beta@^${version}` } }),
      'deno.lock': json({
        version: '4',
        jsr: {
          [`@acme/beta@${version}`]: { integrity: `b${version}`, dependencies: ['jsr:@acme/inner@1', 'npm:leaf@^1'] },
          [`@acme/inner@${version}`]: { integrity: `i${version}` },
        },
        npm: { [`leaf@${version}_peer@1.0.0`]: { integrity: `l${version}` } },
      }),
    });
    const report = await driftOf({ change: ['**/*'], base: at('1.0.0'), head: at('1.1.0') });
    assert.deepEqual(said(report), ['block deps/changed deno.json']);
    const locked = report.dependencies.filter(({ manifest }) => manifest === 'deno.lock');
    assert.deepEqual(locked.map(({ purl }) => purl).sort(), [
      'pkg:jsr/%40acme/beta',
      'pkg:jsr/%40acme/inner',
      'pkg:npm/leaf',
    ]);
  });

  it('takes the files of a module at one version for one package', async () => {
    const before = { remote: files('1.0.0', 'a') };
    assert.deepEqual(await lines(before, { remote: files('1.1.0', 'c') }), ['warn deps/lockfile-only']);
    const more = { remote: { ...files('1.0.0', 'a'), 'https://deno.example/gamma@1.0.0/more.ts': 'd' } };
    assert.deepEqual(await lines(before, more), []);
  });

  it('may not change the content of an address', async () => {
    const blocked = ['block deps/lockfile-only'];
    assert.deepEqual(await lines({ remote: files('1.0.0', 'a') }, { remote: files('1.0.0', 'c') }), blocked);
    const plain = (hash: string) => ({ remote: { 'https://deno.example/x.ts': hash } });
    assert.deepEqual(await lines(plain('a'), plain('b')), blocked);
  });

  it('tells of a host that is new, and of an address that leads elsewhere', async () => {
    const expected = ['block deps/source', 'warn deps/lockfile-only'];
    assert.deepEqual(
      await lines({ remote: files('1.0.0', 'a') }, { remote: files('1.1.0', 'a', 'evil.example') }),
      expected,
    );
    const redirects = { 'https://deno.example/x': 'https://evil.example/x@1/mod.ts' };
    assert.deepEqual(await lines({}, { redirects }), expected);
  });

  it('tells of a package that runs a script', async () => {
    const npm = { 'sharp@1.0.0': { integrity: 'x', scripts: true } };
    assert.deepEqual(await lines({}, { npm }), ['block deps/install-script', 'warn deps/lockfile-only']);
  });
});

describe('bunfig.toml', () => {
  judgeEach('bunfig.toml', [
    ['names a registry', '', '[install]\nregistry = "https://npm.example"\n', [SOURCE]],
    [
      'names a registry with a token',
      '',
      '[install]\nregistry = { url = "https://npm.example", token = "$T" }\n',
      [SOURCE],
    ],
    [
      'changes only a token',
      '[install]\nregistry = { url = "https://npm.example", token = "$T" }\n',
      '[install]\nregistry = { url = "https://npm.example", token = "$U" }\n',
      [],
    ],
    ['names the usual registry', '', '[install]\nregistry = "https://registry.npmjs.org/"\n', []],
    ['names a registry of a scope', '', '[install.scopes]\nacme = "https://npm.example"\n', [SOURCE]],
    ['forgets it', '[install.scopes]\nacme = "https://npm.example"\n', '', [SOURCE]],
    ['sets something else', '', 'telemetry = false\n[test]\ncoverage = true\n', []],
    ['breaks', '', '[install\n', [UNPARSED]],
    ['loses a section’s shape', '', '[install]\nregistry = 1\n', [UNPARSED]],
  ]);
});

describe('Bower', () => {
  const BOWER = json({ name: 'app', dependencies: { alpha: '^1.0', beta: '2.0' } });
  const withBower = (more: object) => json({ ...JSON.parse(BOWER), ...more });
  judgeEach('bower.json', [
    ['adds', BOWER, withBower({ devDependencies: { omicron: '1' } }), [ADDED]],
    ['removes', BOWER, withBower({ dependencies: { alpha: '^1.0' } }), [REMOVED]],
    ['changes', BOWER, withBower({ dependencies: { alpha: '^1.1', beta: '2.0' } }), [CHANGED]],
    [
      'takes one from GitHub',
      BOWER,
      withBower({ dependencies: { alpha: 'example/alpha#1.0', beta: '2.0' } }),
      [CHANGED, SOURCE],
    ],
    [
      'takes another package',
      BOWER,
      withBower({ dependencies: { alpha: 'other#1.0', beta: '2.0' } }),
      [CHANGED, SOURCE],
    ],
    ['resolves', BOWER, withBower({ resolutions: { omicron: '1' } }), [ADDED]],
    ['is formatted', BOWER, JSON.stringify(JSON.parse(BOWER)), []],
    ['changes something else', BOWER, withBower({ main: 'x.js' }), []],
    ['breaks', BOWER, '{', [UNPARSED]],
  ]);
  judgeEach('.bowerrc', [
    ['names a registry', '{}', json({ registry: 'https://bower.example' }), [SOURCE]],
    ['runs a script', '{}', json({ scripts: { postinstall: 'x' } }), [HOOK]],
    ['sets a folder', '{}', json({ directory: 'vendor' }), []],
  ]);
});
