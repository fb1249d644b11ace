/** `deps/*` read from Cargo's files. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  HASH,
  HOOK,
  judgedFile,
  judgedTrees,
  LOCK_ONLY,
  LOOKALIKE,
  listedOf,
  REMOVED,
  SOURCE,
  testFileCases,
  UNPARSED,
  windows,
} from './changedFiles';

const BASE = `[package]
name = "app"
version = "0.1.0"

[dependencies]
alpha = "1.0"
beta = { version = "0.4", features = ["net", "fs"] }

[dev-dependencies]
gamma = "2"
`;
const plus = (more: string) => `${BASE}\n${more}\n`;
const beta = (value: string) => BASE.replace(/^beta = .*$/m, `beta = ${value}`);

describe('a changed Cargo.toml', () => {
  testFileCases('Cargo.toml', [
    ['adds', BASE, BASE.replace('alpha', 'delta = "3"\nalpha'), [ADDED]],
    ['adds by a table of its own', BASE, plus('[dependencies.delta]\nversion = "3"'), [ADDED]],
    ['removes', BASE, BASE.replace('gamma = "2"\n', ''), [REMOVED]],
    ['changes', BASE, BASE.replace('"1.0"', '"1.1"'), [CHANGED]],
    [
      'moves to another group',
      BASE,
      BASE.replace('gamma = "2"\n', '').replace('alpha', 'gamma = "2"\nalpha'),
      [CHANGED],
    ],
    ['adds for building', BASE, plus('[build-dependencies]\ncc = "1"'), [ADDED]],
    ['adds for building, in the old spelling', BASE, plus('[build_dependencies]\ncc = "1"'), [ADDED]],
    ['adds for a target', BASE, plus('[target.\'cfg(unix)\'.dependencies]\nlibc = "0.2"'), [ADDED]],
    ['adds to the workspace', BASE, plus('[workspace.dependencies]\nserde = "1"'), [ADDED]],
    ['takes from the workspace', BASE, BASE.replace('"1.0"', '{ workspace = true }'), [CHANGED]],
    ['takes a feature', BASE, beta('{ version = "0.4", features = ["net", "fs", "tls"] }'), [CHANGED]],
    [
      'drops the default features',
      BASE,
      beta('{ version = "0.4", features = ["net", "fs"], default-features = false }'),
      [CHANGED],
    ],
    [
      'says the default features',
      BASE,
      beta('{ version = "0.4", features = ["net", "fs"], default-features = true }'),
      [],
    ],
    ['renames a package', BASE, plus('[dependencies.rand_old]\npackage = "rand"\nversion = "0.7"'), [ADDED]],
    ['takes from git', BASE, beta('{ git = "https://git.example.com/beta", branch = "main" }'), [CHANGED, SOURCE]],
    ['takes from another registry', BASE, beta('{ version = "0.4", registry = "company" }'), [CHANGED, SOURCE]],
    [
      'takes from an index',
      BASE,
      beta('{ version = "0.4", registry-index = "https://crates.example.com" }'),
      [CHANGED, SOURCE],
    ],
    ['takes from a path outside', BASE, beta('{ path = "../beta" }'), [CHANGED, SOURCE]],
    ['takes from an absolute path', BASE, beta('{ path = "/opt/beta" }'), [CHANGED, SOURCE]],
    ['takes from a path inside', BASE, beta('{ path = "crates/../crates/beta" }'), [CHANGED]],
    [
      'patches with git',
      BASE,
      plus('[patch.crates-io]\nalpha = { git = "https://git.example.com/alpha" }'),
      [ADDED, SOURCE],
    ],
    ['patches with a folder of its own', BASE, plus('[patch.crates-io]\nalpha = { path = "vendor/alpha" }'), [ADDED]],
    ['replaces', BASE, plus('[replace]\n"alpha:1.0.0" = { git = "https://git.example.com/alpha" }'), [ADDED, SOURCE]],
    ['names a build script', BASE, BASE.replace('[dep', 'build = "make.rs"\n\n[dep'), [HOOK]],
    ['links a native library', BASE, BASE.replace('[dep', 'links = "zip"\n\n[dep'), [HOOK]],
    ['forbids build scripts', BASE, BASE.replace('[dep', 'build = false\n\n[dep'), []],
    ['changes its own version', BASE, BASE.replace('0.1.0', '0.2.0'), []],
    ['changes a profile, features and metadata', BASE, plus('[profile.release]\nlto = true\n[features]\nx = []'), []],
    ['is reordered', BASE, BASE.replace('["net", "fs"]', '["fs", "net"]').replace(/(alpha.*\n)(beta.*\n)/, '$2$1'), []],
    ['is written in tables', BASE, BASE.replace('"1.0"', '{ version = "1.0" }'), []],
    ['is commented', BASE, `# why\n${BASE.replace('"1.0"', '"1.0" # as others do')}`, []],
    ['is written on Windows', BASE, windows(BASE), []],
    ['goes', BASE, null, [REMOVED, REMOVED, REMOVED]],
    ['comes', null, BASE, [ADDED, ADDED, ADDED]],
    ['imitates', BASE, BASE.replace('alpha', 'serd = "1"\nalpha'), [ADDED, LOOKALIKE]],
    [
      'imitates by another name',
      BASE,
      BASE.replace('alpha', 'x = { package = "tokoi", version = "1" }\nalpha'),
      [ADDED, LOOKALIKE],
    ],
    ['breaks', BASE, BASE.replace('[package]', '[package'), [UNPARSED]],
    ['says a thing twice', BASE, BASE.replace('alpha', 'alpha = "2"\nalpha'), [UNPARSED]],
    ['has an entry without shape', BASE, BASE.replace('alpha', 'delta = 3\nalpha'), [UNPARSED]],
    ['has a section without shape', BASE, `target = 1\n${BASE}`, [UNPARSED]],
  ]);

  it('reads the path of a member from its own folder', async () => {
    const member = (path: string) => `[package]\nname = "m"\n[dependencies]\nx = { path = "${path}" }\n`;
    assert.deepEqual(await judgedFile('crates/m/Cargo.toml', member('../x'), member('../../y/x')), [CHANGED]);
    assert.deepEqual(await judgedFile('crates/m/Cargo.toml', member('../x'), member('../../../x')), [CHANGED, SOURCE]);
  });

  it('is listed verbatim, by the package that is meant', async () => {
    const head = BASE.replace('alpha = "1.0"', 'alpha = { package = "real", version = "1.0", optional = true }');
    assert.deepEqual(await listedOf({ 'Cargo.toml': BASE }, { 'Cargo.toml': head }), [
      [
        'alpha',
        '1.0',
        '{ version = "1.0", package = "real", optional = true }',
        true,
        'dependencies',
        'pkg:cargo/real',
      ],
    ]);
  });
});

describe('a configuration of Cargo', () => {
  testFileCases('.cargo/config.toml', [
    ['names a registry', '', '[registries.company]\nindex = "sparse+https://crates.example.com/"\n', [SOURCE]],
    ['replaces the usual one', '', '[source.crates-io]\nreplace-with = "mirror"\n', [SOURCE]],
    ['vendors', '[source.v]\n', '[source.v]\ndirectory = "vendor"\n', [SOURCE]],
    ['lists paths', '', 'paths = ["../alpha"]\n', [SOURCE]],
    ['patches with a folder of the repository', '', '[patch.crates-io]\nalpha = { path = "alpha" }\n', [ADDED]],
    ['patches with a folder outside', '', '[patch.crates-io]\nalpha = { path = "../alpha" }\n', [ADDED, SOURCE]],
    ['puts a program around the compiler', '', '[build]\nrustc-wrapper = "./wrap.sh"\n', [HOOK]],
    ['sets flags and aliases', '', '[alias]\nx = "run"\n[build]\nrustflags = ["-g"]\n', []],
    ['breaks', '', '[build\n', [UNPARSED]],
    ['has sources without shape', '', 'source = 1\n', [UNPARSED]],
  ]);

  it('is known by its old name', async () => {
    const after = '[source.crates-io]\nreplace-with = "mirror"\n';
    assert.deepEqual(await judgedFile('sub/.cargo/config', null, after), [SOURCE]);
    assert.deepEqual(await judgedFile('config.toml', null, after), []);
  });
});

interface Locked {
  readonly alpha: string;
  readonly omega: string;
  readonly extra?: string;
  readonly source?: string;
  readonly hash?: string;
}

const INDEX = 'registry+https://github.com/rust-lang/crates.io-index';
const block = (
  name: string,
  version: string,
  hash: string,
  needs: readonly string[] = [],
  source = INDEX,
) => `[[package]]
name = "${name}"
version = "${version}"
source = "${source}"
checksum = "${hash}"
${needs.length > 0 ? `dependencies = [\n${needs.map((each) => ` "${each}",\n`).join('')}]\n` : ''}`;
const own = (needs: readonly string[]) =>
  `[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = [${needs.map((each) => `"${each}"`)}]\n`;

/** `app` wants alpha, and alpha needs omega. */
const lock = ({ alpha, omega, extra, source, hash }: Locked, version = 4) =>
  [
    `# This file is automatically @generated by Cargo.\nversion = ${version}\n`,
    block('alpha', alpha, `a${alpha}`, ['omega']),
    own(['alpha']),
    ...(extra === undefined ? [] : [block('extra', extra, 'e')]),
    block('omega', omega, hash ?? `o${omega}`, [], source),
  ].join('\n');
const wanting = (alpha: string) => `[package]\nname = "app"\n[dependencies]\nalpha = "${alpha}"\n`;
const before: Locked = { alpha: '1.0.0', omega: '2.0.0' };
const project = (locked: Locked, alpha = '1.0') => ({ 'Cargo.toml': wanting(alpha), 'Cargo.lock': lock(locked) });
const alone = (change: Partial<Locked>) => judgedTrees(project(before), project({ ...before, ...change }));

describe('a changed Cargo.lock', () => {
  it('is explained by its manifest', async () => {
    const lines = await judgedTrees(project(before), project({ alpha: '1.1.0', omega: '2.1.0' }, '1.1'));
    assert.deepEqual(lines, [`${CHANGED} Cargo.toml`]);
  });

  it('lists what moved', async () => {
    const listed = await listedOf(project(before), project({ alpha: '1.1.0', omega: '2.1.0' }, '1.1'));
    assert.deepEqual(listed.slice(1), [
      ['alpha', '1.0.0', '1.1.0', true, null, 'pkg:cargo/alpha'],
      ['omega', '2.0.0', '2.1.0', false, null, 'pkg:cargo/omega'],
    ]);
  });

  it('warns of versions that move alone, or beside what is explained', async () => {
    assert.deepEqual(await alone({ omega: '2.0.1' }), [`${LOCK_ONLY} Cargo.lock`]);
    assert.deepEqual(await alone({ extra: '1.0.0' }), [`${LOCK_ONLY} Cargo.lock`]);
    const lines = await judgedTrees(project(before), project({ ...before, alpha: '1.1.0', extra: '1.0.0' }, '1.1'));
    assert.deepEqual(lines, [`${CHANGED} Cargo.toml`, `${LOCK_ONLY} Cargo.lock`]);
  });

  it('blocks another checksum or another place of the same version', async () => {
    assert.deepEqual(await alone({ hash: 'evil' }), [`${HASH} Cargo.lock`]);
    assert.deepEqual(await alone({ source: 'registry+https://crates.example.com/index' }), [`${SOURCE} Cargo.lock`]);
    assert.deepEqual(await alone({ source: 'git+https://git.example.com/omega#0123' }), [`${SOURCE} Cargo.lock`]);
  });

  it('blocks a new version from a new place, and knows a registry that was there', async () => {
    const elsewhere = 'sparse+https://crates.example.com/';
    const moved = await alone({ omega: '2.0.1', source: elsewhere });
    assert.deepEqual(moved, [`${SOURCE} Cargo.lock`, `${LOCK_ONLY} Cargo.lock`]);
    const there = project({ ...before, source: elsewhere });
    const lines = await judgedTrees(there, project({ ...before, omega: '2.0.1', source: elsewhere }));
    assert.deepEqual(lines, [`${LOCK_ONLY} Cargo.lock`]);
  });

  it('may be written anew: order, comments, the sparse index, a newer version', async () => {
    const text = lock(before);
    const [head = '', ...blocks] = text.split('[[package]]');
    const turned = `# generated\n${head}${blocks
      .reverse()
      .map((each) => `[[package]]${each}\n`)
      .join('')}`;
    const sparse = text.replaceAll(INDEX, 'sparse+https://index.crates.io/');
    for (const same of [turned, sparse, lock(before, 3), windows(text), text.replace('0.1.0', '0.2.0')])
      assert.deepEqual(await judgedTrees(project(before), { ...project(before), 'Cargo.lock': same }), []);
  });

  it('reads the checksums of version 1', async () => {
    const id = `omega 2.0.0 (${INDEX})`;
    const old = (hash: string) =>
      `${lock(before)
        .replace(/^version = 4$/m, '')
        .replace(/^checksum.*\n/gm, '')}\n[metadata]\n"checksum ${id}" = "${hash}"\n`;
    const withOld = (hash: string) => ({ ...project(before), 'Cargo.lock': old(hash) });
    assert.deepEqual(await judgedTrees(withOld('a'), withOld('b')), [`${HASH} Cargo.lock`]);
    assert.deepEqual(await judgedTrees(withOld('o2.0.0'), project(before)), []);
  });

  it('follows a renamed package, and members to what they need', async () => {
    const renamed = (version: string) => ({
      'Cargo.toml': `[dependencies]\nold = { package = "alpha", version = "${version}" }\n`,
      'Cargo.lock': lock({ ...before, alpha: `${version}.0` }),
    });
    assert.deepEqual(await judgedTrees(renamed('1.0'), renamed('1.1')), [`${CHANGED} Cargo.toml`]);
    const without = { 'Cargo.toml': '[package]\nname = "top"\n', 'Cargo.lock': 'version = 4\n' };
    const member = { 'Cargo.toml': '[dependencies]\napp = { path = "app" }\n', 'Cargo.lock': lock(before) };
    assert.deepEqual(await judgedTrees(without, member), [`${ADDED} Cargo.toml`]);
  });

  it('does not take one major version for another', async () => {
    const two = (old: string, now: string) =>
      [
        'version = 4',
        block('alpha', old, `a${old}`),
        own([`alpha ${old}`, `alpha ${now}`]),
        block('alpha', now, `a${now}`),
      ].join('\n');
    const tree = (wanted: string, old: string, now: string) => ({
      'Cargo.toml': wanting(wanted),
      'Cargo.lock': two(old, now),
    });
    const lines = await judgedTrees(tree('2.0', '1.0.0', '2.0.0'), tree('2.1', '1.0.0', '2.1.0'));
    assert.deepEqual(lines, [`${CHANGED} Cargo.toml`]);
    const both = await judgedTrees(tree('2.0', '1.0.0', '2.0.0'), tree('2.1', '1.0.9', '2.1.0'));
    assert.deepEqual(both, [`${CHANGED} Cargo.toml`, `${LOCK_ONLY} Cargo.lock`]);
  });

  it('is refused when it is broken, or of a version that nobody knows', async () => {
    for (const text of ['[[package]]\nname = "x"\n', '[[package]\n', lock(before, 9)])
      assert.deepEqual(await judgedTrees(project(before), { ...project(before), 'Cargo.lock': text }), [
        `${UNPARSED} Cargo.lock`,
      ]);
  });

  it('is missed when it goes', async () => {
    assert.deepEqual(await judgedTrees(project(before), { 'Cargo.toml': wanting('1.0') }), [`${HASH} Cargo.lock`]);
  });
});
