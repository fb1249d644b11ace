/** `deps/*` read from lockfiles: the same questions asked of every format. */
import assert from 'node:assert/strict';
import type { DriftReport } from '../../../src/core/drift/report';
import { LOCKFILES, type LockedVersions, type LockfileFormat } from './lockfileFormats';
import { driftOf, said, type Tree } from './memoryTree';

const manifest = (alpha: string) =>
  `${JSON.stringify({ name: 'app', dependencies: { alpha: `^${alpha}` } }, null, 2)}\n`;
const BEFORE: LockedVersions = { alpha: '1.2.3', beta: '1.0.0' };

const project = ({ path, write }: LockfileFormat, versions: LockedVersions, wanted = versions.alpha): Tree => ({
  'package.json': manifest(wanted),
  [path]: write(versions),
});

const judge = (base: Tree, head: Tree, allow: readonly string[] = []): Promise<DriftReport> =>
  driftOf({ change: ['**/*'], base, head, allow });

for (const format of LOCKFILES) {
  const { title, path } = format;
  const base = project(format, BEFORE);
  /** The findings of a lockfile that changed alone. */
  const alone = async (versions: Partial<LockedVersions>) =>
    said(await judge(base, project(format, { ...BEFORE, ...versions }, BEFORE.alpha)));

  describe(title, () => {
    it('a bump with its lockfile is one change, and clean when it is granted', async () => {
      const head = project(format, { alpha: '1.2.4', beta: '1.1.0' });
      assert.deepEqual(said(await judge(base, head)), ['block deps/changed package.json']);
      const granted = await judge(base, head, ['dependencies']);
      assert.deepEqual(said(granted), ['info deps/changed package.json']);
      assert.equal(granted.verdict, 'clean');
      const locked = granted.dependencies.filter(({ manifest }) => manifest === path);
      assert.deepEqual(
        locked.map(({ name, from, to, direct }) => ({ name, from, to, direct })),
        [
          { name: 'alpha', from: '1.2.3', to: '1.2.4', direct: true },
          { name: 'beta', from: '1.0.0', to: '1.1.0', direct: false },
        ],
      );
    });

    it('a removal takes along what only it needed', async () => {
      const empty = { 'package.json': '{ "name": "app" }\n', [path]: emptied(format) };
      assert.deepEqual(said(await judge(base, empty)), ['block deps/removed package.json']);
    });

    it('a version that moves alone is a warning', async () => {
      assert.deepEqual(await alone({ beta: '1.0.1' }), [`warn deps/lockfile-only ${path}`]);
    });

    it('a package that nobody asked for is a warning, beside an explained change too', async () => {
      assert.deepEqual(await alone({ extra: '1.0.0' }), [`warn deps/lockfile-only ${path}`]);
      const head = project(format, { ...BEFORE, alpha: '1.2.4', extra: '1.0.0' });
      assert.deepEqual(said(await judge(base, head)), [
        'block deps/changed package.json',
        `warn deps/lockfile-only ${path}`,
      ]);
    });

    it('another hash of the same version blocks', async () => {
      assert.deepEqual(await alone({ hash: 'sha512-evil==' }), [`block deps/lockfile-only ${path}`]);
    });

    it('another host of the same version blocks, and both hosts and hashes are named', async () => {
      const versions = { ...BEFORE, host: 'https://evil.example', hash: 'sha512-evil==' };
      const report = await judge(base, project(format, versions, BEFORE.alpha), ['dependencies']);
      assert.deepEqual(said(report), [`block deps/source ${path}`]);
      const evidence = report.findings[0]?.evidence ?? '';
      for (const part of ['evil.example', 'sha512-beta100==', 'sha512-evil=='])
        assert.ok(evidence.includes(part), part);
      if (format.namesHosts) assert.ok(evidence.includes('registry.npmjs.org'));
    });

    it('a new version from a new host blocks, even when it is explained', async () => {
      const head = project(format, { alpha: '1.2.4', beta: '1.1.0', host: 'https://evil.example' });
      assert.deepEqual(said(await judge(base, head, ['dependencies'])), [
        `block deps/source ${path}`,
        'info deps/changed package.json',
      ]);
    });

    it('what says the same is no finding', async () => {
      const { [path]: text } = base;
      assert.deepEqual(said(await judge(base, { ...base, [path]: reformatted(format, String(text)) })), []);
    });

    it('a lockfile that comes late pins what nobody explained; one that goes leaves nothing pinned', async () => {
      const { [path]: _, ...without } = base;
      assert.deepEqual(said(await judge(without, base)), [`warn deps/lockfile-only ${path}`]);
      assert.deepEqual(said(await judge(base, without)), [`block deps/lockfile-only ${path}`]);
    });

    it('what cannot be read is said', async () => {
      const broken = ['\0', '{ "a": [', `<<<<<<< a\n${base[path]}=======\n>>>>>>> b\n`];
      for (const text of broken) {
        const lines = said(await judge(base, { ...base, [path]: text }));
        assert.ok(lines.includes(`warn deps/unparsed ${path}`), text.slice(0, 10));
      }
    });
  });
}

/** The lockfile of a project without dependencies. */
function emptied({ title, write }: LockfileFormat): string {
  if (title === 'yarn 1') return '# yarn lockfile v1\n\n\n';
  if (title === 'yarn berry') return '__metadata:\n  version: 8\n  cacheKey: 10c0\n';
  if (title === 'pnpm 6') return "lockfileVersion: '6.0'\n";
  if (title === 'pnpm 9') return "lockfileVersion: '9.0'\n\nimporters:\n  .: {}\n";
  if (title === 'bun') return '{ "lockfileVersion": 1, "workspaces": { "": { "name": "app", }, }, "packages": {}, }\n';
  const { packages, dependencies, ...rest } = JSON.parse(write(BEFORE));
  return JSON.stringify({ ...rest, ...(packages && { packages: { '': { name: 'app' } } }), dependencies: {} });
}

/** The same content in another form. */
function reformatted({ title }: LockfileFormat, text: string): string {
  if (title.startsWith('yarn 1')) return text.replace('alpha@^1.2.3:', '"alpha@^1.2.3":').replaceAll('\n', '\r\n');
  if (title.startsWith('yarn') || title.startsWith('pnpm')) return `# a comment\n${text}`;
  if (title === 'bun') return text.replaceAll('  ', '\t').replace('// a comment', '/* another */');
  return JSON.stringify(JSON.parse(text), null, '\t');
}

describe('a lockfile of npm', () => {
  const lock = (packages: object, more: object = {}) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: { '': { dependencies: { alpha: '^1.0.0' } }, ...packages },
      ...more,
    });
  const alpha = (more: object = {}) => ({
    version: '1.0.0',
    resolved: 'https://registry.npmjs.org/alpha/-/alpha-1.0.0.tgz',
    integrity: 'sha512-a==',
    ...more,
  });
  const judgeLocks = async (before: string, after: string) =>
    said(
      await judge(
        { 'package.json': manifest('1.0.0'), 'package-lock.json': before },
        { 'package.json': manifest('1.0.0'), 'package-lock.json': after },
      ),
    );

  it('may hoist a package elsewhere', async () => {
    const nested = lock({ 'node_modules/x/node_modules/alpha': alpha() });
    assert.deepEqual(await judgeLocks(nested, lock({ 'node_modules/alpha': alpha() })), []);
  });

  it('may be rewritten in a newer version of the format', async () => {
    const old = JSON.stringify({ lockfileVersion: 1, dependencies: { alpha: alpha() } });
    assert.deepEqual(await judgeLocks(old, lock({ 'node_modules/alpha': alpha() })), []);
  });

  describe('with a part for old clients', () => {
    const both = (packages: object, dependencies: object) => lock(packages, { lockfileVersion: 2, dependencies });
    const blocked = ['block deps/lockfile-only package-lock.json'];

    it('is told of what that part alone says now, once', async () => {
      const now = { 'node_modules/alpha': alpha() };
      const before = both(now, { alpha: alpha() });
      const odd = [
        alpha({ integrity: 'sha512-evil==' }),
        alpha({ version: '9.0.0' }),
        alpha({ resolved: 'https://e.e/' }),
      ];
      for (const each of odd) {
        assert.deepEqual(await judgeLocks(before, both(now, { alpha: each })), blocked);
        assert.deepEqual(await judgeLocks(both(now, { alpha: each }), `${both(now, { alpha: each })}\n`), []);
      }
      assert.deepEqual(await judgeLocks(before, both(now, { alpha: alpha(), evil: alpha() })), blocked);
      assert.deepEqual(await judgeLocks(before, both(now, {})), []);
    });

    it('reports what both parts say once, as `packages` says it', async () => {
      const address = (commit: string) => `git+ssh://git@github.com/a/alpha.git#${commit}`;
      const at = (version: string, commit: string) =>
        both(
          { 'node_modules/alpha': { version, resolved: address(commit) } },
          { alpha: { version: address(commit), from: 'alpha@github:a/alpha' } },
        );
      const base = { 'package.json': manifest('1.0.0'), 'package-lock.json': at('1.0.0', 'aaaa') };
      const report = await judge(base, { ...base, 'package-lock.json': at('1.1.0', 'bbbb') });
      const moved = report.findings.filter(({ rule }) => rule === 'deps/lockfile-only');
      assert.deepEqual(
        moved.map(({ evidence }) => evidence),
        ['alpha 1.0.0 → 1.1.0'],
      );
      assert.equal(report.dependencies.length, 1);
    });

    it('may have folders of the workspace in it', async () => {
      const packages = {
        'libs/own': { version: '1.0.0' },
        'node_modules/own': { resolved: 'libs/own', link: true },
        'libs/own/node_modules/alpha': alpha(),
      };
      const old = { own: { version: 'file:libs/own', dependencies: { alpha: alpha() } } };
      assert.deepEqual(await judgeLocks(lock(packages), both(packages, old)), []);
    });

    it('is read where there is nothing else', async () => {
      const only = (version: string) =>
        JSON.stringify({ lockfileVersion: 1, dependencies: { alpha: alpha({ version, resolved: undefined }) } });
      const moved = ['warn deps/lockfile-only package-lock.json'];
      assert.deepEqual(await judgeLocks(only('1.0.0'), only('1.0.1')), moved);
    });
  });

  it('may not lose a hash', async () => {
    const { integrity: _, ...without } = alpha();
    const lines = await judgeLocks(lock({ 'node_modules/alpha': alpha() }), lock({ 'node_modules/alpha': without }));
    assert.deepEqual(lines, ['block deps/lockfile-only package-lock.json']);
  });

  it('may not fetch a package from the address of another', async () => {
    const evil = alpha({ version: '1.0.1', resolved: 'https://registry.npmjs.org/evil/-/evil-1.0.1.tgz' });
    const lines = await judgeLocks(lock({ 'node_modules/alpha': alpha() }), lock({ 'node_modules/alpha': evil }));
    assert.deepEqual(lines, ['block deps/source package-lock.json', 'warn deps/lockfile-only package-lock.json']);
  });

  it('may name a registry that it named before', async () => {
    const at = (version: string) =>
      alpha({ version, resolved: `https://mirror.example/npm/alpha-${version}.tgz`, integrity: `sha512-${version}` });
    const lines = await judgeLocks(
      lock({ 'node_modules/alpha': at('1.0.0') }),
      lock({ 'node_modules/alpha': at('1.0.1') }),
    );
    assert.deepEqual(lines, ['warn deps/lockfile-only package-lock.json']);
  });

  it('tells of a new package that runs a script, not of one that always did', async () => {
    const before = lock({ 'node_modules/old': alpha({ hasInstallScript: true, resolved: undefined }) });
    const after = lock({
      'node_modules/old': alpha({ version: '1.0.1', hasInstallScript: true, resolved: undefined }),
      'node_modules/new': alpha({ hasInstallScript: true, resolved: undefined }),
    });
    const lines = await judgeLocks(before, after);
    assert.deepEqual(lines, [
      'block deps/install-script package-lock.json',
      'warn deps/lockfile-only package-lock.json',
    ]);
  });

  it('leaves links into the workspace alone, and reports those that leave it', async () => {
    const inside = lock({ 'packages/a': {}, 'node_modules/a': { resolved: 'packages/a', link: true } });
    assert.deepEqual(await judgeLocks(lock({}), inside), []);
    const outside = lock({ '../a': {}, 'node_modules/a': { resolved: '../a', link: true } });
    const lines = await judgeLocks(lock({}), outside);
    assert.deepEqual(lines, ['block deps/source package-lock.json', 'warn deps/lockfile-only package-lock.json']);
  });

  it('is explained by the manifest of a workspace below it', async () => {
    const member = (version: string) => `{ "name": "a", "dependencies": { "alpha": "^${version}" } }\n`;
    const at = (version: string) =>
      lock({
        'packages/a': {},
        'packages/a/node_modules/alpha': alpha({
          version,
          resolved: `https://registry.npmjs.org/alpha/-/alpha-${version}.tgz`,
        }),
      });
    const tree = (version: string) => ({
      'package.json': '{ "workspaces": ["packages/*"] }\n',
      'packages/a/package.json': member(version),
      'package-lock.json': at(version),
    });
    const report = await judge(tree('1.0.0'), tree('1.1.0'));
    assert.deepEqual(said(report), ['block deps/changed packages/a/package.json']);
  });

  it('is explained by an override wherever the package is', async () => {
    const tree = (version: string) => ({
      'package.json': JSON.stringify({ dependencies: { x: '1' }, overrides: { alpha: version } }),
      'package-lock.json': lock({ 'node_modules/x/node_modules/alpha': alpha({ version, resolved: undefined }) }),
    });
    const report = await judge(tree('1.0.0'), tree('1.1.0'));
    assert.deepEqual(said(report), ['block deps/changed package.json']);
  });

  it('groups many changed hashes into one finding', async () => {
    const many = (hash: string) =>
      lock(
        Object.fromEntries(
          Array.from({ length: 50 }, (_, index) => [
            `node_modules/p${index}`,
            { version: '1.0.0', integrity: `${hash}${index}` },
          ]),
        ),
      );
    assert.deepEqual(await judgeLocks(many('sha512-a'), many('sha512-b')), [
      'block deps/lockfile-only package-lock.json',
    ]);
  });
});

describe('a lockfile that another version of its tool wrote', () => {
  const format = (title: string) => {
    const found = LOCKFILES.find((each) => each.title === title);
    assert.ok(found);
    return found;
  };

  it('is a warning for all of its hashes, and no other source', async () => {
    const base = project(format('yarn 1'), BEFORE);
    const head = project(format('yarn berry'), BEFORE);
    const report = await judge(base, head);
    assert.deepEqual(said(report), ['warn deps/lockfile-only yarn.lock']);
    assert.match(report.findings[0]?.message ?? '', /2 packages have their hashes in another form/);
  });

  describe('yarn, with a cache that keeps archives in another way', () => {
    const base = project(format('yarn berry'), BEFORE);
    const lock = String(base['yarn.lock']);
    const judged = async (text: string) => said(await judge(base, { ...base, 'yarn.lock': text }));
    const hashed = (text: string, key: string, from = 0) => {
      let count = 0;
      return text.replace(/checksum: 10c0\/(.)/g, (all) => (count++ < from ? all : `checksum: ${key}a`));
    };

    it('is a warning where all hashes are others', async () =>
      assert.deepEqual(await judged(hashed(lock, '8/')), ['warn deps/lockfile-only yarn.lock']));
    it('blocks where one hash alone is another', async () =>
      assert.deepEqual(await judged(hashed(lock, '8/', 1)), ['block deps/lockfile-only yarn.lock']));
    it('is nothing where the file says for all what each said before', async () =>
      assert.deepEqual(await judged(lock.replaceAll('checksum: 10c0/', 'checksum: ')), []));
    it('blocks where a hash is another, and the file says it for all', async () => {
      const bare = lock.replaceAll('checksum: 10c0/', 'checksum: ').replace(/checksum: ./, 'checksum: !');
      assert.deepEqual(await judged(bare), ['block deps/lockfile-only yarn.lock']);
    });
  });

  it('is no other source where yarn patches by itself', async () => {
    const base = project(format('yarn berry'), BEFORE);
    const own = (range: string) =>
      `"alpha@patch:alpha@npm%3A^1.2.3${range}":\n  version: 1.2.3\n  resolution: "alpha@patch:alpha@npm%3A1.2.3${range}::version=1.2.3&hash=1a2b3c"\n  checksum: 10c0/aa\n  languageName: node\n  linkType: hard\n`;
    const patchedBy = (range: string) => ({ ...base, 'yarn.lock': `${base['yarn.lock']}\n${own(range)}` });
    const sources = async (range: string) =>
      said(await judge(base, patchedBy(range))).filter((line) => line.includes('deps/source'));
    assert.deepEqual(await sources('#optional!builtin<compat/alpha>'), []);
    assert.deepEqual(await sources('#./own.patch'), ['block deps/source yarn.lock']);
    const all = said(await judge(base, patchedBy('#~builtin<compat/alpha>')));
    assert.deepEqual(all, [], 'what yarn makes of a package has a hash of its own');
  });
});
