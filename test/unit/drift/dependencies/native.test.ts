/** `deps/*` read from the files of CMake, vcpkg and Conan. */
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

const CMAKE = `cmake_minimum_required(VERSION 3.20)
project(app VERSION 1.0.0)
include(FetchContent)
set(BETA_VERSION "2.0.0")

FetchContent_Declare(
  alpha
  GIT_REPOSITORY https://github.com/example/alpha.git
  GIT_TAG        v1.0.0 # the last
)
FetchContent_Declare(beta
  URL https://example.com/beta-\${BETA_VERSION}.tar.gz
  URL_HASH SHA256=01)
FetchContent_MakeAvailable(alpha beta)
add_executable(app main.cpp)
`;
const plus = (more: string) => `${CMAKE}${more}\n`;
const template = (word: string) => CMAKE.replace('SHA256=01', `SHA256=${word}`);

describe('a changed CMake file', () => {
  testFileCases('CMakeLists.txt', [
    [
      'declares',
      CMAKE,
      plus('FetchContent_Declare(delta GIT_REPOSITORY https://git.example.com/delta.git GIT_TAG 1)'),
      [ADDED],
    ],
    ['declares in capitals', CMAKE, plus('FETCHCONTENT_DECLARE(delta URL https://example.com/delta.zip)'), [ADDED]],
    ['adds a project', CMAKE, plus('ExternalProject_Add(delta URL https://example.com/delta.zip)'), [ADDED]],
    ['adds by CPM', CMAKE, plus('CPMAddPackage("gh:example/delta@1.0.0")'), [ADDED]],
    [
      'adds by CPM, with keywords',
      CMAKE,
      plus('CPMAddPackage(NAME delta GITHUB_REPOSITORY example/delta VERSION 1.0)'),
      [ADDED],
    ],
    [
      'downloads',
      CMAKE,
      plus(`file(DOWNLOAD https://example.com/x.cmake \${CMAKE_BINARY_DIR}/x.cmake EXPECTED_HASH SHA256=1)`),
      [ADDED],
    ],
    ['removes', CMAKE, CMAKE.replace(/FetchContent_Declare\(\n[\s\S]*?\n\)/, ''), [REMOVED]],
    ['changes a tag', CMAKE, CMAKE.replace('v1.0.0', 'v1.1.0'), [CHANGED]],
    ['changes a variable', CMAKE, CMAKE.replace('2.0.0', '2.1.0'), [CHANGED]],
    ['takes from another owner', CMAKE, CMAKE.replace('example/alpha', 'elsewhere/alpha'), [ADDED, REMOVED]],
    ['takes from another host', CMAKE, CMAKE.replace('example.com/beta', 'example.org/beta'), [ADDED, REMOVED]],
    [
      'takes from an unencrypted address',
      CMAKE,
      plus('FetchContent_Declare(d URL http://example.com/d.zip)'),
      [ADDED, SOURCE],
    ],
    [
      'takes from a folder outside',
      CMAKE,
      plus(`FetchContent_Declare(d URL \${CMAKE_SOURCE_DIR}/../d.zip)`),
      [ADDED, SOURCE],
    ],
    [
      'takes from a folder inside',
      CMAKE,
      plus(`FetchContent_Declare(d URL "\${CMAKE_CURRENT_SOURCE_DIR}/third_party/d.zip")`),
      [ADDED],
    ],
    ['has another hash', CMAKE, CMAKE.replace('SHA256=01', 'SHA256=02'), [HASH]],
    ['loses its hash', CMAKE, CMAKE.replace('\n  URL_HASH SHA256=01', ''), [HASH]],
    ['has other words where its user puts a hash', template('FIRST_HASH'), template('SECOND_HASH'), []],
    ['loses its hash to a word', CMAKE, template('SOME_HASH'), [HASH]],
    ['gains a hash', CMAKE.replace('\n  URL_HASH SHA256=01', ''), CMAKE, []],
    ['runs a patch', CMAKE, CMAKE.replace('URL_HASH', 'PATCH_COMMAND sh patch.sh\n  URL_HASH'), [HOOK]],
    [
      'moves to another command',
      CMAKE,
      CMAKE.replace('FetchContent_Declare(beta', 'ExternalProject_Add(beta'),
      [CHANGED],
    ],
    [
      'changes a target',
      CMAKE,
      CMAKE.replace('main.cpp', 'main.cpp more.cpp').replace('app VERSION 1.0.0', 'app VERSION 1.1.0'),
      [],
    ],
    ['only configures', null, 'project(x)\nif(NOT (A OR B))\n  message("(")\nendif()\n', []],
    ['fetches nothing, and is broken', null, 'project(x\n"', []],
    ['names a folder of its own', CMAKE, plus(`FetchContent_Declare(d SOURCE_DIR \${CMAKE_SOURCE_DIR}/d)`), []],
    ['is reordered', CMAKE, CMAKE.replace(/(FetchContent_Declare\(\n[\s\S]*?\n\))\n([\s\S]*?=01\))/, '$2\n$1'), []],
    ['is formatted', CMAKE, CMAKE.replace(/\n {2}/g, ' ').replace('FetchContent_Declare', 'fetchcontent_declare '), []],
    [
      'is written on one line',
      CMAKE,
      CMAKE.replace(' # the last\n', ' ').replace('GIT_TAG        v1', 'GIT_TAG v1'),
      [],
    ],
    ['is commented', CMAKE, CMAKE.replace('# the last', '#[[ CPMAddPackage("gh:a/b@1") ]] # (last'), []],
    ['is written on Windows', CMAKE, windows(CMAKE), []],
    ['goes', CMAKE, null, [REMOVED, REMOVED]],
    [
      'computes an address',
      CMAKE,
      plus(`FetchContent_Declare(d URL https://example.com/\${D}.zip)`),
      [ADDED, UNPARSED],
    ],
    ['computes a tag', CMAKE, CMAKE.replace('v1.0.0', `\${TAG}`), [CHANGED, UNPARSED]],
    ['computes all', CMAKE, plus(`foreach(each \${all})\n  CPMAddPackage(\${each})\nendforeach()`), [UNPARSED]],
    ['gives a variable twice', CMAKE, plus('set(BETA_VERSION 3)'), [CHANGED, UNPARSED]],
    ['breaks', CMAKE, CMAKE.replace('=01)', '=01'), [UNPARSED]],
    ['imitates', CMAKE, plus('CPMAddPackage("gh:exmaple/alpha#v1")'), [ADDED, LOOKALIKE]],
  ]);

  it('is known by its ending, too', async () => {
    const text = 'CPMAddPackage("gh:example/alpha#v1")\n';
    assert.deepEqual(await judgedFile('cmake/deps.cmake', text, text.replace('v1', 'v2')), [CHANGED]);
    assert.deepEqual(await judgedFile('cmake/deps.txt', text, text.replace('v1', 'v2')), []);
  });

  it('is listed by what is fetched', async () => {
    const head = CMAKE.replace('v1.0.0', 'v1.1.0').replace('2.0.0', '2.1.0');
    assert.deepEqual(await listedOf({ 'CMakeLists.txt': CMAKE }, { 'CMakeLists.txt': head }), [
      ['example/alpha', 'v1.0.0', 'v1.1.0', true, 'FetchContent', 'pkg:github/example/alpha'],
      [
        ...['example.com/beta', 'https://example.com/beta-2.0.0.tar.gz', 'https://example.com/beta-2.1.0.tar.gz'],
        ...[true, 'FetchContent', 'pkg:generic/example.com%2Fbeta'],
      ],
    ]);
  });
});

const VCPKG = {
  name: 'app',
  version: '1.0.0',
  dependencies: ['alpha', { name: 'beta', 'version>=': '2.0', features: ['x', 'y'] }],
  'builtin-baseline': '01',
};
const vcpkg = (change: object) => `${JSON.stringify({ ...VCPKG, ...change }, null, 2)}\n`;
const beta = (change: object) =>
  vcpkg({ dependencies: ['alpha', { ...(VCPKG.dependencies[1] as object), ...change }] });

describe('a changed vcpkg.json', () => {
  const base = vcpkg({});
  testFileCases('vcpkg.json', [
    ['adds', base, vcpkg({ dependencies: [...VCPKG.dependencies, 'delta'] }), [ADDED]],
    ['adds by a feature', base, vcpkg({ features: { tls: { description: 'x', dependencies: ['delta'] } } }), [ADDED]],
    ['removes', base, vcpkg({ dependencies: VCPKG.dependencies.slice(1) }), [REMOVED]],
    ['changes', base, beta({ 'version>=': '2.1' }), [CHANGED]],
    ['takes a feature', base, beta({ features: ['x', 'y', 'z'] }), [CHANGED]],
    ['is for a platform', base, beta({ platform: '!windows' }), [CHANGED]],
    [
      'moves to a feature',
      base,
      vcpkg({ dependencies: VCPKG.dependencies.slice(1), features: { f: { dependencies: ['alpha'] } } }),
      [CHANGED],
    ],
    ['overrides', base, vcpkg({ overrides: [{ name: 'alpha', version: '1.0' }] }), [ADDED]],
    ['moves its baseline', base, vcpkg({ 'builtin-baseline': '02' }), [CHANGED]],
    [
      'names a registry',
      base,
      vcpkg({
        'vcpkg-configuration': {
          registries: [{ kind: 'git', repository: 'https://git.example.com/r', baseline: '1', packages: ['x'] }],
        },
      }),
      [ADDED, SOURCE],
    ],
    ['changes its own version', base, vcpkg({ version: '1.1.0' }), []],
    [
      'is reordered',
      base,
      vcpkg({ dependencies: [{ name: 'beta', features: ['y', 'x'], 'version>=': '2.0' }, 'alpha'] }),
      [],
    ],
    ['is formatted', base, JSON.stringify(VCPKG), []],
    ['is commented', base, vcpkg({ $comment: 'why' }), []],
    ['is written in tables', base, vcpkg({ dependencies: [{ name: 'alpha' }, VCPKG.dependencies[1]] }), []],
    ['is written on Windows', base, windows(base), []],
    ['goes', base, null, [REMOVED, REMOVED, REMOVED]],
    ['adds one of a like name', base, vcpkg({ dependencies: [...VCPKG.dependencies, 'alpah'] }), [ADDED]],
    ['breaks', base, base.slice(1), [UNPARSED]],
    ['has dependencies without shape', base, vcpkg({ dependencies: { alpha: '1' } }), [UNPARSED]],
  ]);
});

describe('a changed vcpkg-configuration.json', () => {
  const json = (value: object) => JSON.stringify(value);
  const usual = { kind: 'git', repository: 'https://github.com/microsoft/vcpkg', baseline: '01' };
  testFileCases('vcpkg-configuration.json', [
    [
      'names another registry',
      json({ 'default-registry': usual }),
      json({ 'default-registry': { ...usual, repository: 'https://git.example.com/r' } }),
      [SOURCE],
    ],
    [
      'moves its baseline',
      json({ 'default-registry': usual }),
      json({ 'default-registry': { ...usual, baseline: '02' } }),
      [CHANGED],
    ],
    ['names the usual one', json({}), json({ 'default-registry': { kind: 'builtin', baseline: '01' } }), [ADDED]],
    ['lays ports over', json({}), json({ 'overlay-ports': ['../ports'] }), [SOURCE]],
    ['lays its own ports over', json({}), json({ 'overlay-ports': ['./ports'] }), []],
    ['breaks', json({}), json({ registries: 1 }), [UNPARSED]],
  ]);
});

const CONAN = `# ours
[requires]
alpha/1.0.0
beta/2.0@example/stable#0123

[tool_requires]
gamma/[>=3.0 <4]

[options]
alpha/*:shared=True
`;

describe('a changed conanfile.txt', () => {
  testFileCases('conanfile.txt', [
    ['adds', CONAN, CONAN.replace('beta', 'delta/1.0\nbeta'), [ADDED]],
    ['removes', CONAN, CONAN.replace('alpha/1.0.0\n', ''), [REMOVED]],
    ['changes', CONAN, CONAN.replace('1.0.0', '1.1.0'), [CHANGED]],
    ['takes another revision', CONAN, CONAN.replace('#0123', '#4567'), [CHANGED]],
    [
      'moves to another section',
      CONAN,
      CONAN.replace('alpha/1.0.0\n', '').replace('gamma', 'alpha/1.0.0\ngamma'),
      [CHANGED],
    ],
    ['changes options', CONAN, CONAN.replace('True', 'False'), []],
    ['is reordered', CONAN, CONAN.replace(/(alpha\/1.*\n)(beta.*\n)/, '$2$1'), []],
    ['is commented and formatted', CONAN, CONAN.replace('alpha/1.0.0', '  alpha/1.0.0  # why\n\n'), []],
    ['is written on Windows', CONAN, windows(CONAN), []],
    ['has a line that is none', CONAN, CONAN.replace('alpha/1.0.0', 'alpha/1.0.0\nwhat'), [UNPARSED]],
    ['has lines before any section', CONAN, `what\n${CONAN}`, [UNPARSED]],
    ['goes', CONAN, null, [REMOVED, REMOVED, REMOVED]],
  ]);
});

const RECIPE = `from conan import ConanFile


class App(ConanFile):
    name = "app"
    version = "1.0.0"
    requires = "alpha/1.0.0", "beta/2.0"
    settings = "os", "arch"

    def requirements(self):
        self.requires("gamma/3.0")

    def build_requirements(self):
        self.tool_requires("cmake/[>=3.20]")
`;
const require_ = (call: string) =>
  RECIPE.replace('self.requires("gamma/3.0")', `self.requires("gamma/3.0")\n        ${call}`);

describe('a changed conanfile.py', () => {
  testFileCases('conanfile.py', [
    ['adds', RECIPE, require_('self.requires("delta/1.0")'), [ADDED]],
    ['adds to a list', RECIPE, RECIPE.replace('"alpha', '"delta/1.0", "alpha'), [ADDED]],
    [
      'adds a tool',
      RECIPE,
      RECIPE.replace('    settings', '    tool_requires = ["ninja/1.11"]\n    settings'),
      [ADDED],
    ],
    ['removes', RECIPE, RECIPE.replace('"alpha/1.0.0", ', ''), [REMOVED]],
    ['changes', RECIPE, RECIPE.replace('alpha/1.0.0', 'alpha/1.1.0'), [CHANGED]],
    ['changes on a condition', RECIPE, RECIPE.replace('gamma/3.0', 'gamma/3.1'), [CHANGED]],
    [
      'moves to another group',
      RECIPE,
      RECIPE.replace(', "beta/2.0"', '').replace('self.tool_', 'self.tool_requires("beta/2.0")\n        self.tool_'),
      [CHANGED],
    ],
    ['adds with options', RECIPE, require_('self.requires("delta/1.0", force=True, options={"x": 1})'), [ADDED]],
    ['is a list', RECIPE, RECIPE.replace('"alpha/1.0.0", "beta/2.0"', '["alpha/1.0.0", ("beta/2.0", "private")]'), []],
    ['changes its own version', RECIPE, RECIPE.replace('version = "1.0.0"', 'version = "1.1.0"'), []],
    [
      'is formatted and commented',
      RECIPE,
      RECIPE.replace('"alpha/1.0.0", "beta/2.0"', "(\n        'beta/2.0',  # why\n        'alpha/1.0.0',\n    )"),
      [],
    ],
    ['is written on Windows', RECIPE, windows(RECIPE), []],
    ['calls something else', RECIPE, require_('other.requires("delta/1.0")'), []],
    ['computes by a format', RECIPE, require_('self.requires(f"delta/{self.version}")'), [UNPARSED]],
    ['computes by an operator', RECIPE, require_('self.requires("delta/%s" % x)'), [UNPARSED]],
    ['computes by a variable', RECIPE, require_('self.requires(name)'), [UNPARSED]],
    ['computes its list', RECIPE, RECIPE.replace('"alpha/1.0.0", "beta/2.0"', 'read()'), [REMOVED, REMOVED, UNPARSED]],
    ['breaks', RECIPE, RECIPE.replace('(ConanFile)', '(ConanFile'), [UNPARSED]],
    ['goes', RECIPE, null, [REMOVED, REMOVED, REMOVED, REMOVED]],
  ]);
});

describe('a changed conan.lock', () => {
  const lock = (alpha: string, more: readonly string[] = []) =>
    JSON.stringify({
      version: '0.5',
      requires: [`alpha/${alpha}%1700000000.1`, 'beta/2.0#b', ...more],
      build_requires: [],
    });
  const old = (alpha: string) =>
    JSON.stringify({
      version: '0.4',
      graph_lock: {
        nodes: { 0: { path: 'conanfile.txt', ref: 'app/1.0' }, 1: { ref: `alpha/${alpha}` }, 2: { ref: 'beta/2.0#b' } },
      },
    });
  const tree = (text: string, version = '1.0.0') => ({
    'conanfile.txt': CONAN.replace('alpha/1.0.0', `alpha/${version}`),
    'conan.lock': text,
  });
  const base = tree(lock('1.0.0#a'));
  const alone = (text: string) => judgedTrees(base, tree(text));

  it('is explained by its manifest, and else a warning', async () => {
    assert.deepEqual(await judgedTrees(base, tree(lock('1.1.0#a2'), '1.1.0')), [`${CHANGED} conanfile.txt`]);
    assert.deepEqual(await alone(lock('1.1.0#a2')), [`${LOCK_ONLY} conan.lock`]);
    assert.deepEqual(await alone(lock('1.0.0#a', ['extra/1.0#e'])), [`${LOCK_ONLY} conan.lock`]);
    assert.deepEqual(await listedOf(base, tree(lock('1.1.0#a2'))), [
      ['alpha', '1.0.0', '1.1.0', true, null, 'pkg:conan/alpha'],
    ]);
  });

  it('blocks another revision of the same version', async () => {
    assert.deepEqual(await alone(lock('1.0.0#evil')), [`${HASH} conan.lock`]);
    assert.deepEqual(await judgedTrees(tree(old('1.0.0#a')), tree(old('1.0.0#evil'))), [`${HASH} conan.lock`]);
  });

  it('may be written anew, by a newer version too', async () => {
    assert.deepEqual(await alone(JSON.stringify(JSON.parse(lock('1.0.0#a')), null, 4)), []);
    assert.deepEqual(await alone(lock('1.0.0#a').replace('1700000000.1', '1800000000.1')), []);
    assert.deepEqual(await alone(windows(old('1.0.0#a'))), []);
  });

  it('is refused when it is none, and missed when it goes', async () => {
    for (const text of ['{', '{}', lock('1.0.0#a', ['what'])])
      assert.deepEqual(await alone(text), [`${UNPARSED} conan.lock`]);
    assert.deepEqual(await judgedTrees(base, { 'conanfile.txt': CONAN }), [`${HASH} conan.lock`]);
  });
});
