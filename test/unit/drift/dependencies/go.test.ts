/** `deps/*` read from the files of Go modules. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  HASH,
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

const BASE = `module example.com/app

go 1.22

require (
	example.com/alpha v1.2.3
	example.com/beta/v2 v2.0.0 // kept for its parser
)

require example.com/gamma v0.1.0 // indirect
`;
const plus = (more: string) => `${BASE}\n${more}\n`;

describe('a changed go.mod', () => {
  testFileCases('go.mod', [
    ['adds', BASE, plus('require example.com/delta v1.0.0'), [ADDED]],
    ['adds in a block', BASE, BASE.replace('(\n', '(\n\texample.com/delta v1.0.0\n'), [ADDED]],
    ['removes', BASE, BASE.replace('\texample.com/alpha v1.2.3\n', ''), [REMOVED]],
    ['changes', BASE, BASE.replace('v1.2.3', 'v1.2.4'), [CHANGED]],
    ['takes a commit', BASE, BASE.replace('v1.2.3', 'v1.2.4-0.20240102030405-0123456789ab'), [CHANGED]],
    ['takes the next major version', BASE, BASE.replace('beta/v2 v2.0.0', 'beta/v3 v3.0.0'), [ADDED, REMOVED]],
    ['needs one directly', BASE, BASE.replace(' // indirect', ''), [CHANGED]],
    ['needs one no more directly', BASE, BASE.replace('v1.2.3', 'v1.2.3 // indirect'), [CHANGED]],
    ['moves an indirect one alone', BASE, BASE.replace('v0.1.0', 'v0.1.1'), [LOCK_ONLY]],
    [
      'moves an indirect one with a direct one',
      BASE,
      BASE.replace('v0.1.0', 'v0.1.1').replace('v1.2.3', 'v1.3.0'),
      [CHANGED],
    ],
    [
      'replaces with another module',
      BASE,
      plus('replace example.com/alpha => example.com/fork v1.2.3'),
      [ADDED, SOURCE],
    ],
    [
      'replaces a version with a fork',
      BASE,
      plus('replace example.com/alpha v1.2.3 => example.com/fork v1.2.3'),
      [ADDED, SOURCE],
    ],
    ['replaces with another version', BASE, plus('replace example.com/alpha => example.com/alpha v1.2.2'), [ADDED]],
    ['replaces with a folder of its own', BASE, plus('replace example.com/alpha => ./third_party/alpha'), [ADDED]],
    ['replaces with a folder outside', BASE, plus('replace (\n\texample.com/alpha => ../alpha\n)'), [ADDED, SOURCE]],
    ['excludes', BASE, plus('exclude example.com/alpha v1.2.2'), [ADDED]],
    ['adds a tool', BASE, plus('tool example.com/alpha/cmd/stringer'), [ADDED]],
    ['adds a toolchain', BASE, BASE.replace('go 1.22\n', 'go 1.22\ntoolchain go1.22.4\n'), [ADDED]],
    ['changes the toolchain', plus('toolchain go1.22.4'), plus('toolchain go1.23.0'), [CHANGED]],
    ['changes its language version', BASE, BASE.replace('go 1.22', 'go 1.23'), []],
    [
      'retracts, and ignores',
      BASE,
      plus('retract [v1.0.0, v1.0.5] // broken\nignore ./node_modules\ngodebug default=go1.21'),
      [],
    ],
    ['is reordered', BASE, BASE.replace(/(\texample.com\/alpha.*\n)(.*\n)/, '$2$1'), []],
    [
      'is written line by line',
      BASE,
      BASE.replace('require (\n\t', 'require ').replace('\n\t', '\nrequire ').replace('\n)', ''),
      [],
    ],
    ['is quoted', BASE, BASE.replace('example.com/alpha v', '"example.com/alpha" v'), []],
    ['is commented', BASE, BASE.replace('kept', 'still kept').replace('go 1.22', '// the oldest\ngo 1.22'), []],
    ['is written on Windows', BASE, windows(BASE), []],
    ['goes', BASE, null, [REMOVED, REMOVED]],
    ['comes', null, BASE, [ADDED, ADDED]],
    ['imitates a module that is there', BASE, plus('require exampel.com/alpha v1.2.3'), [ADDED, LOOKALIKE]],
    ['comes from the same owner', BASE, plus('require example.com/alhpa v1.2.3'), [ADDED]],
    ['imitates a popular one', BASE, plus('require github.com/sirupsem/logrus v1.9.0'), [ADDED, LOOKALIKE]],
    ['has a block without end', BASE, BASE.replace('\n)', ''), [UNPARSED]],
    ['lacks a version', BASE, plus('require example.com/delta'), [UNPARSED]],
    ['replaces nothing', BASE, plus('replace example.com/alpha =>'), [UNPARSED]],
    ['says what nobody knows', BASE, plus('mystery example.com/x v1.0.0'), [UNPARSED]],
  ]);

  it('is listed with direct and indirect told apart', async () => {
    const head = BASE.replace('v0.1.0', 'v0.1.1').replace(
      'example.com/alpha v1.2.3',
      'github.com/Example/Delta v1.0.0',
    );
    assert.deepEqual(await listedOf({ 'go.mod': BASE }, { 'go.mod': head }), [
      ['example.com/gamma', 'v0.1.0', 'v0.1.1', false, 'indirect', 'pkg:golang/example.com/gamma'],
      ['github.com/Example/Delta', null, 'v1.0.0', true, 'require', 'pkg:golang/github.com/example/delta'],
      ['example.com/alpha', 'v1.2.3', null, true, 'require', 'pkg:golang/example.com/alpha'],
    ]);
  });

  it('reads folders from where the file is', async () => {
    const after = plus('replace example.com/alpha => ../alpha');
    assert.deepEqual(await judgedFile('tools/go.mod', BASE, after), [ADDED]);
  });
});

describe('a changed go.work', () => {
  const work = 'go 1.22\n\nuse (\n\t./app\n\t./lib\n)\n';
  testFileCases('go.work', [
    ['uses another folder', work, work.replace('./lib', './other'), []],
    ['replaces', work, `${work}\nreplace example.com/alpha => example.com/fork v1.0.0\n`, [ADDED, SOURCE]],
    ['changes the toolchain', `${work}toolchain go1.22.1\n`, `${work}toolchain go1.22.2\n`, [CHANGED]],
    ['breaks', work, work.replace(')', ''), [UNPARSED]],
  ]);
});

const sums = (
  versions: Readonly<Record<string, string>>,
  hash = (name: string, version: string) => `${name}${version}`,
) =>
  Object.entries(versions)
    .map(([name, version]) => {
      const at = `example.com/${name} ${version}`;
      return `${at} h1:${hash(name, version)}=\n${at}/go.mod h1:${hash(name, `${version}/m`)}=\n`;
    })
    .join('');
const before = { alpha: 'v1.2.3', gamma: 'v0.1.0' };
const project = (sum: string, mod = BASE) => ({ 'go.mod': mod, 'go.sum': sum });
const alone = (sum: string) => judgedTrees(project(sums(before)), project(sum));

describe('a changed go.sum', () => {
  it('is explained by its go.mod', async () => {
    const after = project(sums({ alpha: 'v1.2.4', gamma: 'v0.1.1' }), BASE.replace('v1.2.3', 'v1.2.4'));
    assert.deepEqual(await judgedTrees(project(sums(before)), after), [`${CHANGED} go.mod`]);
  });

  it('lists modules, and hashes of their go.mod apart', async () => {
    const listed = await listedOf(project(sums(before)), project(sums({ ...before, alpha: 'v1.2.4' })));
    assert.deepEqual(listed, [
      ['example.com/alpha', 'v1.2.3', 'v1.2.4', true, null, 'pkg:golang/example.com/alpha'],
      ['example.com/alpha', 'v1.2.3/go.mod', 'v1.2.4/go.mod', true, null, 'pkg:golang/example.com/alpha'],
    ]);
  });

  it('warns when it moves alone', async () => {
    assert.deepEqual(await alone(sums({ ...before, gamma: 'v0.1.1' })), [`${LOCK_ONLY} go.sum`]);
    assert.deepEqual(await alone(sums({ ...before, extra: 'v1.0.0' })), [`${LOCK_ONLY} go.sum`]);
    assert.deepEqual(await alone(sums({ alpha: 'v1.2.3' })), [`${LOCK_ONLY} go.sum`]);
  });

  it('blocks another hash of the same version, of the module or of its go.mod', async () => {
    const other = (file: string) =>
      sums(before, (name, version) => (name === 'gamma' && version.endsWith(file) ? 'evil' : `${name}${version}`));
    assert.deepEqual(await alone(other('v0.1.0')), [`${HASH} go.sum`]);
    assert.deepEqual(await alone(other('/m')), [`${HASH} go.sum`]);
    assert.equal((await alone(other(''))).length, 2);
  });

  it('blocks it beside an explained change, too', async () => {
    const evil = sums({ ...before, alpha: 'v1.2.4' }, (name, version) =>
      name === 'gamma' ? 'evil' : `${name}${version}`,
    );
    const lines = await judgedTrees(project(sums(before)), project(evil, BASE.replace('v1.2.3', 'v1.2.4')));
    assert.deepEqual([...new Set(lines)], [`${CHANGED} go.mod`, `${HASH} go.sum`]);
  });

  it('may be sorted, spaced and written on Windows', async () => {
    const text = sums(before);
    const turned = `${text.trim().split('\n').reverse().join('\n')}\n\n`;
    for (const same of [turned, windows(text), text.replaceAll(' h1', '  h1')]) assert.deepEqual(await alone(same), []);
  });

  it('is refused when a line is none', async () => {
    for (const text of ['example.com/alpha v1.2.3\n', 'x\n', `${sums(before)}<html>\n`])
      assert.deepEqual(await alone(text), [`${UNPARSED} go.sum`]);
  });

  it('is missed when it goes', async () => {
    assert.deepEqual(await judgedTrees(project(sums(before)), { 'go.mod': BASE }), [`${HASH} go.sum`]);
  });

  it('of a workspace is explained by the modules of it', async () => {
    const tree = (sum: string, mod: string) => ({
      'go.work': 'go 1.22\nuse ./app\n',
      'go.work.sum': sum,
      'app/go.mod': mod,
    });
    const now = tree(sums({ ...before, alpha: 'v1.2.4' }), BASE.replace('v1.2.3', 'v1.2.4'));
    assert.deepEqual(await judgedTrees(tree(sums(before), BASE), now), [`${CHANGED} app/go.mod`]);
  });
});
