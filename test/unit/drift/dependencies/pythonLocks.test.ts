/** `deps/*` of the lockfiles of Python. */
import assert from 'node:assert/strict';
import { driftOf, said, type Tree } from '../memoryTree';
import { askLockfile, type Locked, type LockSuite } from './judged';

const packagesOf = ({ alpha, beta, extra, hash, place }: Locked) => [
  { name: 'alpha', version: alpha, needs: ['beta'], hash: `${alpha.replaceAll('.', '')}a`, place: undefined },
  { name: 'beta', version: beta, needs: [], hash: hash ?? `${beta.replaceAll('.', '')}b`, place },
  ...(extra === undefined ? [] : [{ name: 'extra', version: extra, needs: [], hash: 'e1', place: undefined }]),
];
/** Puts the blocks of packages in the other order. */
const reversed = (text: string, marker: string) => {
  const [head = '', ...blocks] = text.split(marker);
  return [head, ...blocks.reverse()].join(marker);
};
const HOST = 'https://files.pythonhosted.org/packages';
const ELSEWHERE = 'https://packages.example/simple';
const project = (list: readonly string[]) =>
  `[project]\nname = "app"\nversion = "1"\ndependencies = ${JSON.stringify(list)}\n`;
const shared = {
  elsewhere: ELSEWHERE,
  otherHash: 'ffff',
  hasEdges: true,
  manifestPath: 'pyproject.toml',
  manifest: (alpha: string) => project([`alpha>=${alpha}`]),
};

const poetry = (locked: Locked) =>
  `# made by Poetry\n${packagesOf(locked)
    .map(
      ({ name, version, needs, hash, place }) =>
        `\n[[package]]\nname = "${name}"\nversion = "${version}"\noptional = false\nfiles = [\n    {file = "${name}-${version}-py3-none-any.whl", hash = "sha256:${hash}"},\n]\n` +
        (needs.length === 0 ? '' : `\n[package.dependencies]\n${needs.map((need) => `${need} = ">=1"`).join('\n')}\n`) +
        (place === undefined ? '' : `\n[package.source]\ntype = "legacy"\nurl = "${place}"\nreference = "other"\n`),
    )
    .join('')}\n[metadata]\nlock-version = "2.0"\npython-versions = "^3.9"\ncontent-hash = "11"\n`;

const poetryWanted = (entries: string) =>
  `[tool.poetry]\nname = "app"\n\n[tool.poetry.dependencies]\npython = "^3.9"\n${entries}`;

askLockfile('poetry.lock', {
  ...shared,
  path: 'poetry.lock',
  manifest: (alpha) => poetryWanted(`Alpha = "^${alpha}"\n`),
  empty: {
    manifest: poetryWanted(''),
    lock: 'package = []\n\n[metadata]\nlock-version = "2.0"\ncontent-hash = "12"\n',
  },
  lock: poetry,
  regenerated: (text) =>
    reversed(text.replace('\n[metadata]', '\n[[package]]\n[metadata]'), '[[package]]')
      .replace('[[package]]\n[metadata]', '[metadata]')
      .replace('"11"', '"13"')
      .replace('made by', 'made again by'),
  broken: ['[[package]]\nname = 1\n', 'package = [', '[[package]]\nversion = "1"\n'],
} satisfies LockSuite);

const uv = (locked: Locked) =>
  `version = 1\nrevision = 2\nrequires-python = ">=3.9"\n\n[[package]]\nname = "app"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [\n    { name = "alpha" },\n]\n${packagesOf(
    locked,
  )
    .map(
      ({ name, version, needs, hash, place }) =>
        `\n[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "${place ?? 'https://pypi.org/simple'}" }\n` +
        (needs.length === 0
          ? ''
          : `dependencies = [\n${needs.map((need) => `    { name = "${need}" },\n`).join('')}]\n`) +
        `wheels = [\n    { url = "${place ?? HOST}/aa/${name}-${version}-py3-none-any.whl", hash = "sha256:${hash}", size = 10 },\n]\n`,
    )
    .join('')}`;

askLockfile('uv.lock', {
  ...shared,
  path: 'uv.lock',
  empty: {
    manifest: project([]),
    lock: 'version = 1\n\n[[package]]\nname = "app"\nversion = "1"\nsource = { virtual = "." }\n',
  },
  lock: uv,
  regenerated: (text) => `# again\n${reversed(`${text}\n`, '[[package]]').replace('revision = 2', 'revision = 3')}`,
  broken: ['version = 9\n', '[[package]]\n', 'package = 3\n'],
});

const pdm = (locked: Locked) =>
  `[metadata]\ngroups = ["default"]\nlock_version = "4.5.0"\ncontent_hash = "sha256:11"\n${packagesOf(locked)
    .map(
      ({ name, version, needs, hash, place }) =>
        `\n[[package]]\nname = "${name}"\nversion = "${version}"\n` +
        (needs.length === 0
          ? ''
          : `dependencies = [\n${needs.map((need) => `    "${need}>=1; os_name == 'x'",\n`).join('')}]\n`) +
        `files = [\n    {${place === undefined ? `file = "${name}-${version}.tar.gz"` : `url = "${place}/${name}-${version}.tar.gz"`}, hash = "sha256:${hash}"},\n]\n`,
    )
    .join('')}`;

askLockfile('pdm.lock', {
  ...shared,
  path: 'pdm.lock',
  empty: { manifest: project([]), lock: '[metadata]\nlock_version = "4.5.0"\n' },
  lock: pdm,
  regenerated: (text) => reversed(`${text}\n`, '[[package]]').replace('sha256:11', 'sha256:12'),
  broken: ['[[package]]\nname = []\n', 'x'],
});

const pylock = (locked: Locked) =>
  `lock-version = "1.0"\ncreated-by = "a tool"\n${packagesOf(locked)
    .map(
      ({ name, version, needs, hash, place }) =>
        `\n[[packages]]\nname = "${name}"\nversion = "${version}"\nindex = "${place ?? 'https://pypi.org/simple'}"\ndependencies = [${needs.map((need) => `{name = "${need}"}`).join(', ')}]\n[[packages.wheels]]\nname = "${name}-${version}-py3-none-any.whl"\nurl = "${place ?? HOST}/aa/${name}-${version}-py3-none-any.whl"\nupload-time = 2025-01-01T00:00:00Z\nhashes = {sha256 = "${hash}"}\n`,
    )
    .join('')}`;

askLockfile('pylock.toml', {
  ...shared,
  path: 'pylock.toml',
  empty: { manifest: project([]), lock: 'lock-version = "1.0"\ncreated-by = "a tool"\npackages = []\n' },
  lock: pylock,
  regenerated: (text) => text.replace('a tool', 'another tool').replaceAll('2025-01-01', '2025-02-01'),
  broken: ['lock-version = "9"\n', 'created-by = "x"\n'],
});

const pipfileLock = (locked: Locked) =>
  `${JSON.stringify(
    {
      _meta: {
        hash: { sha256: '11' },
        sources: [
          { name: 'pypi', url: 'https://pypi.org/simple', verify_ssl: true },
          { name: 'other', url: ELSEWHERE, verify_ssl: true },
        ],
      },
      default: Object.fromEntries(
        packagesOf(locked).map(({ name, version, hash, place }) => [
          name,
          { hashes: [`sha256:${hash}`, 'sha256:00'], index: place ?? 'pypi', version: `==${version}` },
        ]),
      ),
      develop: {},
    },
    null,
    4,
  )}\n`;

askLockfile('Pipfile.lock', {
  ...shared,
  path: 'Pipfile.lock',
  manifestPath: 'Pipfile',
  manifest: (alpha) => `[packages]\nalpha = ">=${alpha}"\n`,
  hasEdges: false,
  elsewhere: 'other',
  empty: { manifest: '[packages]\n', lock: '{ "_meta": {}, "default": {}, "develop": {} }\n' },
  lock: pipfileLock,
  regenerated: (text) => `${JSON.stringify(JSON.parse(text.replace('"11"', '"12"')))}\n`,
  broken: ['{ "default": [] }', '[', '{ "default": { "a": "1" } }'],
});

const condaLock = (locked: Locked) =>
  `version: 1\nmetadata:\n  content_hash:\n    linux-64: "11"\npackage:\n${packagesOf(locked)
    .map(
      ({ name, version, needs, hash, place }) =>
        `- name: ${name}\n  version: ${version}\n  manager: conda\n  platform: linux-64\n  dependencies: {${needs.map((need) => `${need}: '>=1'`).join(', ')}}\n  url: ${place ?? 'https://conda.anaconda.org/conda-forge'}/noarch/${name}-${version}-pyhd_0.conda\n  hash:\n    sha256: ${hash}\n`,
    )
    .join('')}`;

askLockfile('conda-lock.yml', {
  ...shared,
  path: 'conda-lock.yml',
  manifestPath: 'environment.yml',
  manifest: (alpha) => `channels: [conda-forge]\ndependencies:\n  - alpha>=${alpha}\n`,
  elsewhere: 'https://conda.example/channel',
  empty: { manifest: 'channels: [conda-forge]\ndependencies: []\n', lock: 'version: 1\npackage: []\n' },
  lock: condaLock,
  regenerated: (text) => `# again\n${text.replace('"11"', '"12"')}`,
  broken: ['version: 7\n', '- a\n'],
});

describe('lockfiles of Python', () => {
  const tree = (path: string, text: string): Tree => ({ [path]: text });
  const lines = async (path: string, before: string, after: string) =>
    said(await driftOf({ change: ['**/*'], base: tree(path, before), head: tree(path, after) }));
  const wheels = (...files: readonly [string, string][]) =>
    `version = 1\n[[package]]\nname = "alpha"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [${files
      .map(([file, hash]) => `{ url = "${HOST}/${file}", hash = "sha256:${hash}" }`)
      .join(', ')}]\n`;
  const LINUX: [string, string] = ['alpha-1.0-cp39-linux.whl', '11'];
  const MAC: [string, string] = ['alpha-1.0-cp39-macos.whl', '22'];

  it('may list another file of the same version, or one less', async () => {
    assert.deepEqual(await lines('uv.lock', wheels(LINUX), wheels(LINUX, MAC)), []);
    assert.deepEqual(await lines('uv.lock', wheels(LINUX, MAC), wheels(MAC)), []);
  });

  it('may not list another hash for a file beside those that stay', async () => {
    const after = wheels(LINUX, [MAC[0], '33']);
    assert.deepEqual(await lines('uv.lock', wheels(LINUX, MAC), after), ['block deps/lockfile-only uv.lock']);
  });

  it('may not replace all files, nor lose the hashes', async () => {
    assert.deepEqual(await lines('uv.lock', wheels(LINUX), wheels(MAC)), ['block deps/lockfile-only uv.lock']);
    const without = wheels(LINUX).replace(', hash = "sha256:11"', '');
    assert.deepEqual(await lines('uv.lock', wheels(LINUX), without), ['block deps/lockfile-only uv.lock']);
  });

  it('may not fetch a package of PyPI from another host, nor the file of another package', async () => {
    const other = wheels(LINUX).replace(HOST, 'https://evil.example');
    assert.deepEqual(await lines('uv.lock', wheels(LINUX), other), ['block deps/source uv.lock']);
    const foreign = wheels(LINUX).replace('/alpha-1.0', '/evil-1.0');
    assert.deepEqual(await lines('uv.lock', wheels(LINUX), foreign), ['block deps/source uv.lock']);
  });

  it('may not add a hash where files have no names', async () => {
    const hashes = (...list: string[]) =>
      JSON.stringify({ default: { alpha: { version: '==1', hashes: list.map((hash) => `sha256:${hash}`) } } });
    const judge = (before: string, after: string) => lines('Pipfile.lock', before, after);
    assert.deepEqual(await judge(hashes('1', '2'), hashes('2', '1')), []);
    assert.deepEqual(await judge(hashes('1', '2'), hashes('2')), []);
    assert.deepEqual(await judge(hashes('1'), hashes('1', '2')), ['block deps/lockfile-only Pipfile.lock']);
  });

  it('leave members of the workspace alone, and report what is outside', async () => {
    const member = (path: string) =>
      `version = 1\n[[package]]\nname = "lib"\nversion = "1"\nsource = { editable = "${path}" }\n`;
    assert.deepEqual(await lines('uv.lock', 'version = 1\n', member('packages/lib')), []);
    const expected = ['block deps/source uv.lock', 'warn deps/lockfile-only uv.lock'];
    assert.deepEqual(await lines('uv.lock', 'version = 1\n', member('../lib')), expected);
  });

  const git: readonly [string, string][] = [
    [
      'uv.lock',
      'version = 1\n[[package]]\nname = "lib"\nversion = "1"\nsource = { git = "https://git.example/x#abc" }\n',
    ],
    [
      'poetry.lock',
      '[[package]]\nname = "lib"\nversion = "1"\n[package.source]\ntype = "git"\nurl = "https://git.example/x"\nreference = "main"\nresolved_reference = "abc"\n',
    ],
    ['pdm.lock', '[[package]]\nname = "lib"\nversion = "1"\ngit = "https://git.example/x"\nrevision = "abc"\n'],
    [
      'pylock.toml',
      'lock-version = "1.0"\n[[packages]]\nname = "lib"\n[packages.vcs]\ntype = "git"\nurl = "https://git.example/x"\ncommit-id = "abc"\n',
    ],
    ['Pipfile.lock', '{ "default": { "lib": { "git": "https://git.example/x", "ref": "abc" } } }'],
  ];
  for (const [path, text] of git) {
    it(`${path}: a package from git is another source, at every commit`, async () => {
      const empty = path === 'Pipfile.lock' ? '{}' : 'lock-version = "1.0"\n';
      const expected = [`block deps/source ${path}`, `warn deps/lockfile-only ${path}`];
      assert.deepEqual(await lines(path, empty, text), expected);
      const moved = await lines(path, text, text.replace('abc', 'def'));
      assert.ok(
        moved.some((line) => line.startsWith('block ')),
        moved.join(', '),
      );
    });
  }

  it('keep old hashes of Poetry apart from the packages, and read them', async () => {
    const old = (hash: string) =>
      `[[package]]\nname = "Alpha"\nversion = "1"\ncategory = "main"\n\n[metadata.files]\nalpha = [{file = "alpha-1.whl", hash = "sha256:${hash}"}]\n`;
    assert.deepEqual(await lines('poetry.lock', old('1'), old('2')), ['block deps/lockfile-only poetry.lock']);
  });

  it('explain a move by the manifest of a member below', async () => {
    const at = (version: string) => ({
      'pyproject.toml': project([]),
      'packages/lib/pyproject.toml': project([`alpha>=${version}`]),
      'uv.lock': uv({ alpha: version, beta: version }),
    });
    const report = await driftOf({ change: ['**/*'], base: at('1.0.0'), head: at('1.1.0') });
    assert.deepEqual(said(report), ['block deps/changed packages/lib/pyproject.toml']);
  });

  it('a pylock.toml that does not say what needs what is explained by any change of the manifest', async () => {
    const at = (version: string) => ({
      'pyproject.toml': project([`alpha>=${version}`]),
      'pylock.toml': pylock({ alpha: version, beta: version }).replaceAll(/^dependencies = .*\n/gm, ''),
    });
    const report = await driftOf({ change: ['**/*'], base: at('1.0.0'), head: at('1.1.0') });
    assert.deepEqual(said(report), ['block deps/changed pyproject.toml']);
  });
});
