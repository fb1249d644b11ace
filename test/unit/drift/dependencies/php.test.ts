/** `deps/*` of composer.json and composer.lock. */
import assert from 'node:assert/strict';
import { driftOf, said } from '../memoryTree';
import { askLockfile, type Judged, judged, judgeEach, type Locked } from './judged';

const ADDED = 'block deps/added';
const REMOVED = 'block deps/removed';
const CHANGED = 'block deps/changed';
const SOURCE = 'block deps/source';
const HOOK = 'block deps/install-script';
const UNPARSED = 'warn deps/unparsed';

const json = (value: object) => `${JSON.stringify(value, null, 4)}\n`;
const REQUIRE = { php: '>=8.1', 'ext-json': '*', 'acme/alpha': '^1.0', 'acme/beta': '~2.0' };
const BASE = json({ name: 'acme/app', require: REQUIRE, 'require-dev': { 'acme/gamma': '^3.0' } });
const both = (more: object) => json({ ...JSON.parse(BASE), ...more });

describe('a composer.json', () => {
  const cases: readonly Judged[] = [
    ['adds', BASE, both({ require: { ...REQUIRE, 'acme/omicron': '*' } }), [ADDED]],
    ['removes', BASE, both({ 'require-dev': {} }), [REMOVED]],
    ['changes', BASE, both({ require: { ...REQUIRE, 'acme/alpha': '^1.1' } }), [CHANGED]],
    ['asks for another PHP', BASE, both({ require: { ...REQUIRE, php: '>=8.2' } }), [CHANGED]],
    ['asks for an extension', BASE, both({ require: { ...REQUIRE, 'ext-mbstring': '*' } }), [ADDED]],
    ['moves', BASE, both({ require: { ...REQUIRE, 'acme/gamma': '^3.0' }, 'require-dev': {} }), [CHANGED]],
    ['replaces', BASE, both({ replace: { 'acme/omicron': '*' } }), [ADDED]],
    ['conflicts with one', BASE, both({ conflict: { 'acme/omicron': '<2' } }), [ADDED]],
    ['reorders', BASE, both({ require: Object.fromEntries(Object.entries(REQUIRE).reverse()) }), []],
    ['is formatted', BASE, JSON.stringify(JSON.parse(BASE)), []],
    ['writes names in other letters', BASE, BASE.replace('acme/alpha', 'Acme/Alpha'), []],
    ['has other line ends', BASE, `\uFEFF${BASE.replaceAll('\n', '\r\n')}`, []],
    ['writes an empty list for no table', BASE, both({ conflict: [] }), []],
    [
      'changes something else',
      BASE,
      both({ description: 'x', autoload: { 'psr-4': { 'A\\': 'src/' } }, 'minimum-stability': 'dev' }),
      [],
    ],
    ['adds a script', BASE, both({ scripts: { test: 'phpunit', 'post-install-cmd': ['A\\B::c'] } }), [HOOK]],
    ['adds a script of the autoloader', BASE, both({ scripts: { 'post-autoload-dump': 'x' } }), [HOOK]],
    ['adds scripts that no install runs', BASE, both({ scripts: { test: 'phpunit', lint: ['@php x.php'] } }), []],
    [
      'changes a script that another one names',
      both({ scripts: { 'post-update-cmd': '@build', build: 'a' } }),
      both({ scripts: { 'post-update-cmd': '@build', build: 'b' } }),
      [HOOK],
    ],
    [
      'allows a plug-in',
      BASE,
      both({ config: { 'allow-plugins': { 'acme/plug': true, 'acme/other': false } } }),
      [HOOK],
    ],
    ['allows every plug-in', BASE, both({ config: { 'allow-plugins': true } }), [HOOK]],
    ['configures something else', BASE, both({ config: { 'sort-packages': true, 'secure-http': true } }), []],
    ['takes plain addresses', BASE, both({ config: { 'secure-http': false } }), [SOURCE]],
    ['adds a repository', BASE, both({ repositories: [{ type: 'vcs', url: 'https://git.example/x' }] }), [SOURCE]],
    ['adds a repository by name', BASE, both({ repositories: { own: { type: 'path', url: '../x' } } }), [SOURCE]],
    ['turns Packagist off', BASE, both({ repositories: [{ 'packagist.org': false }] }), [SOURCE]],
    ['names Packagist', BASE, both({ repositories: [{ type: 'composer', url: 'https://repo.packagist.org' }] }), []],
    ['imitates', BASE, both({ require: { ...REQUIRE, 'guzzelhttp/guzzle': '^7' } }), [ADDED, 'warn deps/lookalike']],
    ['comes', null, BASE, [ADDED, ADDED, ADDED, ADDED, ADDED]],
    ['goes', BASE, null, [REMOVED, REMOVED, REMOVED, REMOVED, REMOVED]],
    ['breaks', BASE, BASE.slice(0, -4), [UNPARSED]],
    ['loses a section’s shape', BASE, both({ 'require-dev': 'x' }), [REMOVED, UNPARSED]],
  ];
  judgeEach('composer.json', cases);

  it('gives package URLs with a namespace', async () => {
    const head = { 'composer.json': json({ require: { 'acme/alpha': '^1.0', 'ext-json': '*' } }) };
    const { dependencies } = await driftOf({ change: ['**/*'], base: {}, head });
    assert.deepEqual(
      dependencies.map(({ purl }) => purl),
      ['pkg:composer/acme/alpha', 'pkg:composer/ext-json'],
    );
  });
});

interface Parts {
  readonly repository?: string;
  readonly reference?: string;
  readonly host?: string;
  readonly more?: object;
}

const entry = (name: string, version: string, needs: object, parts: Parts = {}) => {
  const { repository = name, reference = `${name.length}${version.replaceAll('.', '')}`, host, more = {} } = parts;
  return {
    name,
    version,
    source: { type: 'git', url: `https://${host ?? 'github.com'}/${repository}.git`, reference },
    dist: {
      type: 'zip',
      url:
        host === undefined
          ? `https://api.github.com/repos/${repository}/zipball/${reference}`
          : `https://${host}/${repository}.zip`,
      reference,
      shasum: '',
    },
    require: { php: '>=8', ...needs },
    type: 'library',
    'notification-url': 'https://packagist.org/downloads/',
    ...more,
  };
};
const file = (...packages: readonly object[]) =>
  json({ _readme: ['This file locks'], 'content-hash': '11', packages, 'packages-dev': [], aliases: [] });

const lock = ({ alpha, beta, extra, hash, place }: Locked) =>
  file(
    entry('acme/alpha', alpha, { 'acme/beta': '^1.0' }),
    entry('acme/beta', beta, {}, { ...(hash ? { reference: hash } : {}), ...(place ? { host: place } : {}) }),
    ...(extra === undefined ? [] : [entry('acme/extra', extra, {})]),
  );

askLockfile('composer.lock', {
  path: 'composer.lock',
  manifestPath: 'composer.json',
  manifest: (alpha) => json({ require: { 'acme/alpha': `^${alpha}` } }),
  empty: { manifest: json({ require: {} }), lock: file() },
  lock,
  elsewhere: 'git.example',
  otherHash: 'ffff',
  regenerated: (text) => {
    const { packages, ...rest } = JSON.parse(text);
    return `${JSON.stringify({ ...rest, packages: packages.reverse(), 'content-hash': '12', 'plugin-api-version': '2.6.0' })}\n`;
  },
  broken: ['{ "packages": {} }', '{ "packages": [{ "version": "1" }] }', '['],
  hasEdges: true,
});

describe('a lockfile of Composer', () => {
  const lines = (before: string, after: string) => judged('composer.lock', before, after);
  const alpha = (version: string, parts: Parts = {}) => file(entry('acme/alpha', version, {}, parts));

  it('names no source for what Packagist points to, wherever the repository is', async () => {
    assert.deepEqual(await lines(file(), alpha('1.0', { repository: 'somebody/else' })), ['warn deps/lockfile-only']);
  });

  it('may not take another version from another repository', async () => {
    const after = alpha('1.1', { repository: 'evil/alpha' });
    assert.deepEqual(await lines(alpha('1.0'), after), ['block deps/source', 'warn deps/lockfile-only']);
  });

  it('may not take the same commit from another repository', async () => {
    const after = alpha('1.0', { repository: 'evil/alpha', reference: '1010' });
    assert.deepEqual(await lines(alpha('1.0', { reference: '1010' }), after), ['block deps/source']);
  });

  it('may not leave Packagist', async () => {
    const own = alpha('1.0', { more: { 'notification-url': undefined } });
    assert.deepEqual(await lines(alpha('1.0'), own), ['block deps/source']);
  });

  it('may follow a branch, which is a move', async () => {
    const after = alpha('dev-main', { reference: 'bbb' });
    assert.deepEqual(await lines(alpha('dev-main', { reference: 'aaa' }), after), ['warn deps/lockfile-only']);
  });

  it('tells of a new plug-in, which runs while Composer installs', async () => {
    const after = alpha('1.0', { more: { type: 'composer-plugin' } });
    assert.deepEqual(await lines(file(), after), ['block deps/install-script', 'warn deps/lockfile-only']);
  });

  it('leaves folders of the workspace alone, and reports those outside', async () => {
    const path = (url: string) => file({ name: 'acme/lib', version: 'dev-main', dist: { type: 'path', url } });
    assert.deepEqual(await lines(file(), path('packages/lib')), []);
    assert.deepEqual(await lines(file(), path('../lib')), ['block deps/source', 'warn deps/lockfile-only']);
  });

  it('reads GitLab and Bitbucket, and what is needed in development', async () => {
    const gitlab = {
      ...entry('acme/alpha', '1.0', {}),
      source: { type: 'git', url: 'https://gitlab.com/acme/alpha.git', reference: 'a' },
      dist: {
        type: 'zip',
        url: 'https://gitlab.com/api/v4/projects/acme%2Falpha/repository/archive.zip?sha=a',
        reference: 'a',
      },
    };
    const text = json({ packages: [], 'packages-dev': [gitlab] });
    assert.deepEqual(await lines(file(), text), ['warn deps/lockfile-only']);
  });

  it('is explained by what a requirement needs', async () => {
    const at = (version: string) => ({
      'composer.json': json({ require: { 'Acme/Alpha': `^${version}` } }),
      'composer.lock': lock({ alpha: version, beta: version }),
    });
    assert.deepEqual(said(await driftOf({ change: ['**/*'], base: at('1.0'), head: at('1.1') })), [
      'block deps/changed composer.json',
    ]);
  });
});
