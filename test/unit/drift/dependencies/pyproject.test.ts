/** `deps/*` of pyproject.toml, Pipfile, setup.cfg and setup.py. */
import assert from 'node:assert/strict';
import { driftOf, said } from '../memoryTree';
import { evidenceOf, type Judged, judgeEach } from './judged';

const ADDED = 'block deps/added';
const REMOVED = 'block deps/removed';
const CHANGED = 'block deps/changed';
const SOURCE = 'block deps/source';
const HOOK = 'block deps/install-script';
const UNPARSED = 'warn deps/unparsed';

const BASE = `[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "app"
version = "1.0"
requires-python = ">=3.9"
dependencies = [
  "alpha>=1",
  'beta[x] < 3; python_version < "3.11"',
]

[project.optional-dependencies]
docs = ["gamma"]

[dependency-groups]
test = ["delta==1.0"]
dev = [{ include-group = "test" }, "epsilon"]
`;

describe('a pyproject.toml of the standards', () => {
  const cases: readonly Judged[] = [
    ['adds', BASE, BASE.replace('"alpha>=1",', '"alpha>=1",\n  "omicron",'), [ADDED]],
    ['removes', BASE, BASE.replace('  "alpha>=1",\n', ''), [REMOVED]],
    ['changes', BASE, BASE.replace('alpha>=1', 'alpha>=2'), [CHANGED]],
    [
      'moves to another group',
      BASE,
      BASE.replace('"gamma"', '').replace('["delta==1.0"', '["delta==1.0", "gamma"'),
      [CHANGED],
    ],
    ['adds to an extra', BASE, BASE.replace('"gamma"', '"gamma", "omicron"'), [ADDED]],
    ['adds to a group', BASE, BASE.replace('"epsilon"', '"epsilon", "omicron"'), [ADDED]],
    ['changes what builds it', BASE, BASE.replace('setuptools>=61', 'setuptools>=70'), [CHANGED]],
    ['includes a group', BASE, BASE.replace('test = [', 'more = [{ include-group = "test" }]\ntest = ['), []],
    ['reorders', BASE, BASE.replace('  "alpha>=1",\n', '').replace('"3.11"\',\n', '"3.11"\',\n  "alpha>=1",\n'), []],
    [
      'is formatted',
      BASE,
      BASE.replace('"alpha>=1"', '"Alpha >= 1"').replace(
        '\'beta[x] < 3; python_version < "3.11"\'',
        `"beta[X]<3;python_version<'3.11'"`,
      ),
      [],
    ],
    ['is commented', BASE, BASE.replace('"alpha>=1",', '"alpha>=1", # the first\n  # "omicron",'), []],
    ['has other line ends', BASE, `\uFEFF${BASE.replaceAll('\n', '\r\n')}`, []],
    ['changes something else', BASE, BASE.replace('version = "1.0"', 'version = "1.1"\ndescription = "x"'), []],
    ['supports another Python', BASE, BASE.replace('>=3.9', '>=3.10'), []],
    [
      'takes one from an address',
      BASE,
      BASE.replace('"alpha>=1"', '"alpha @ git+https://git.example/a"'),
      [CHANGED, SOURCE],
    ],
    [
      'builds with a folder of its own',
      BASE,
      BASE.replace('build-backend', 'backend-path = ["."]\nbuild-backend'),
      [HOOK],
    ],
    ['has a line that is none', BASE, BASE.replace('"alpha>=1"', '"alpha>=1", "omicron eta"'), [UNPARSED]],
    ['loses a section’s shape', BASE, BASE.replace('docs = ["gamma"]', 'docs = "gamma"'), [REMOVED, UNPARSED]],
    ['breaks', BASE, BASE.replace('[project]', '[project'), [UNPARSED]],
    ['conflicts', BASE, `<<<<<<< ours\n${BASE}>>>>>>> theirs\n`, [UNPARSED]],
    ['comes with the usual backend', null, '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\n', []],
    ['goes', '[project]\ndependencies = ["alpha"]\n', null, [REMOVED]],
    ['imitates', BASE, BASE.replace('"alpha>=1"', '"alpha>=1", "numppy"'), [ADDED, 'warn deps/lookalike']],
  ];
  judgeEach('pyproject.toml', cases);

  it('names groups and normal names', async () => {
    const after = BASE.replace('"epsilon"', '"epsilon", "Omicron_Eta>1"');
    assert.deepEqual(await evidenceOf('pyproject.toml', BASE, after), ['dependency-groups.dev: omicron-eta >1']);
  });

  it('says nothing of a version that nobody asks for', async () => {
    const after = BASE.replace('"epsilon"', '"epsilon", "omicron"');
    const { findings } = await driftOf({
      change: ['**/*'],
      base: { 'pyproject.toml': BASE },
      head: { 'pyproject.toml': after },
    });
    const [added] = findings.filter(({ rule }) => rule === 'deps/added');
    assert.equal(added?.message, 'omicron was added to dependency-groups.dev.');
    assert.equal(added.evidence, 'dependency-groups.dev: omicron');
  });
});

const POETRY = `[tool.poetry]
name = "app"

[tool.poetry.dependencies]
python = "^3.9"
alpha = "^1.2"
beta = { version = "~2.0", extras = ["x"], optional = true }

[tool.poetry.group.test.dependencies]
gamma = "*"

[tool.poetry.extras]
more = ["beta"]
`;

describe('a pyproject.toml of Poetry', () => {
  judgeEach('pyproject.toml', [
    ['adds', POETRY, POETRY.replace('alpha =', 'omicron = "1"\nalpha ='), [ADDED]],
    ['changes', POETRY, POETRY.replace('^1.2', '^1.3'), [CHANGED]],
    ['changes a table', POETRY, POETRY.replace('["x"]', '["x", "y"]'), [CHANGED]],
    ['writes a table for a version', POETRY, POETRY.replace('"^1.2"', '{ version = "^1.2" }'), []],
    [
      'orders a table anew',
      POETRY,
      POETRY.replace('version = "~2.0", extras = ["x"]', 'extras = ["x"], version = "~2.0"'),
      [],
    ],
    [
      'moves to a group',
      POETRY,
      POETRY.replace('alpha = "^1.2"\n', '').replace('gamma = "*"', 'gamma = "*"\nalpha = "^1.2"'),
      [CHANGED],
    ],
    ['changes its Python', POETRY, POETRY.replace('^3.9', '^3.10'), []],
    [
      'takes one from git',
      POETRY,
      POETRY.replace('"^1.2"', '{ git = "https://git.example/a.git", branch = "main" }'),
      [CHANGED, SOURCE],
    ],
    [
      'takes another branch',
      POETRY.replace('"^1.2"', '{ git = "https://git.example/a.git" }'),
      POETRY.replace('"^1.2"', '{ git = "https://git.example/a.git", rev = "b" }'),
      [CHANGED],
    ],
    ['takes one from a path', POETRY, POETRY.replace('"^1.2"', '{ path = "../a", develop = true }'), [CHANGED, SOURCE]],
    [
      'takes one from a named source',
      POETRY,
      POETRY.replace('"^1.2"', '{ version = "^1.2", source = "other" }'),
      [CHANGED, SOURCE],
    ],
    [
      'asks for several',
      POETRY,
      POETRY.replace('"^1.2"', '[{ version = "^1.2", python = "<3.10" }, { version = "^2", python = ">=3.10" }]'),
      [CHANGED],
    ],
    [
      'adds a source',
      POETRY,
      `${POETRY}\n[[tool.poetry.source]]\nname = "other"\nurl = "https://pypi.example/simple"\n`,
      [SOURCE],
    ],
    ['names PyPI', POETRY, `${POETRY}\n[[tool.poetry.source]]\nname = "PyPI"\npriority = "primary"\n`, []],
    ['builds with a script', POETRY, POETRY.replace('name = "app"', 'name = "app"\nbuild = "build.py"'), [HOOK]],
    ['adds to the old group', POETRY, `${POETRY}\n[tool.poetry.dev-dependencies]\nomicron = "1"\n`, [ADDED]],
    ['has a shape that is none', POETRY, `${POETRY}\n[tool.poetry.dev-dependencies]\nomicron = 1\n`, [UNPARSED]],
  ]);
});

describe('a pyproject.toml of other tools', () => {
  const PROJECT = '[project]\nname = "app"\ndependencies = ["alpha"]\n\n';
  judgeEach('pyproject.toml', [
    [
      'uv: a source from git',
      PROJECT,
      `${PROJECT}[tool.uv.sources]\nalpha = { git = "https://git.example/a" }\n`,
      [SOURCE, ADDED],
    ],
    ['uv: a member of the workspace', PROJECT, `${PROJECT}[tool.uv.sources]\nalpha = { workspace = true }\n`, [ADDED]],
    [
      'uv: an index',
      PROJECT,
      `${PROJECT}[[tool.uv.index]]\nname = "other"\nurl = "https://pypi.example/simple"\n`,
      [SOURCE],
    ],
    [
      'uv: the usual index',
      PROJECT,
      `${PROJECT}[[tool.uv.index]]\nurl = "https://pypi.org/simple"\ndefault = true\n`,
      [],
    ],
    [
      'uv: an index of old',
      PROJECT,
      `${PROJECT}[tool.uv]\nextra-index-url = ["https://pypi.example/simple"]\n`,
      [SOURCE],
    ],
    ['uv: an override', PROJECT, `${PROJECT}[tool.uv]\noverride-dependencies = ["beta==1"]\n`, [ADDED]],
    ['uv: a constraint', PROJECT, `${PROJECT}[tool.uv]\nconstraint-dependencies = ["beta<2"]\n`, [ADDED]],
    ['uv: a group of old', PROJECT, `${PROJECT}[tool.uv]\ndev-dependencies = ["beta<2"]\n`, [ADDED]],
    [
      'pdm: a group',
      PROJECT,
      `${PROJECT}[tool.pdm.dev-dependencies]\ntest = ["beta", "-e git+https://git.example/c#egg=gamma"]\n`,
      [SOURCE, ADDED, ADDED],
    ],
    [
      'pdm: a source',
      PROJECT,
      `${PROJECT}[[tool.pdm.source]]\nname = "other"\nurl = "https://pypi.example/simple"\n`,
      [SOURCE],
    ],
    ['pdm: an override', PROJECT, `${PROJECT}[tool.pdm.resolution.overrides]\nbeta = "1.0"\n`, [ADDED]],
    [
      'pdm: a script around the install',
      PROJECT,
      `${PROJECT}[tool.pdm.scripts]\npost_install = "python x.py"\ntest = "pytest"\n`,
      [HOOK],
    ],
    [
      'hatch: an environment',
      PROJECT,
      `${PROJECT}[tool.hatch.envs.test]\ndependencies = ["beta"]\nextra-dependencies = ["gamma"]\n`,
      [ADDED, ADDED],
    ],
    ['hatch: a hook of its own', PROJECT, `${PROJECT}[tool.hatch.build.hooks.custom]\npath = "x.py"\n`, [HOOK]],
    [
      'hatch: a hook that is a package',
      PROJECT,
      `${PROJECT}[tool.hatch.build.targets.wheel.hooks.vcs]\ndependencies = ["beta"]\n`,
      [ADDED],
    ],
    ['flit: requirements', PROJECT, `${PROJECT}[tool.flit.metadata]\nrequires = ["beta"]\n`, [ADDED]],
    [
      'setuptools: a command of its own',
      PROJECT,
      `${PROJECT}[tool.setuptools.cmdclass]\ninstall = "x.Install"\n`,
      [HOOK],
    ],
    [
      'setuptools: a list that is read for itself',
      PROJECT,
      `${PROJECT}[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n`,
      [],
    ],
    [
      'setuptools: a list that nobody reads',
      PROJECT,
      `${PROJECT}[tool.setuptools.dynamic]\ndependencies = { file = ["needs.lst"] }\n`,
      [UNPARSED],
    ],
    ['others: lint', PROJECT, `${PROJECT}[tool.ruff]\nselect = ["E"]\n`, []],
  ]);

  it('an override explains a move wherever the package is', async () => {
    const at = (version: string) => ({
      'pyproject.toml': `${PROJECT}[tool.uv]\noverride-dependencies = ["beta==${version}"]\n`,
      'uv.lock': `version = 1\n[[package]]\nname = "beta"\nversion = "${version}"\nsource = { registry = "https://pypi.org/simple" }\n`,
    });
    const report = await driftOf({ change: ['**/*'], base: at('1.0'), head: at('1.1') });
    assert.deepEqual(said(report), ['block deps/changed pyproject.toml']);
  });
});

describe('uv.toml', () => {
  judgeEach('uv.toml', [
    ['names an index', '', '[[index]]\nurl = "https://pypi.example/simple"\n', [SOURCE]],
    ['names an index for pip', '', '[pip]\nindex-url = "https://pypi.example/simple"\n', [SOURCE]],
    ['sets something else', '', 'offline = true\n', []],
  ]);
});

describe('a Pipfile', () => {
  const PIPFILE =
    '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true\nname = "pypi"\n\n[packages]\nalpha = "*"\nbeta = {version = "==1.0", extras = ["x"]}\n\n[dev-packages]\ngamma = ">=2"\n\n[requires]\npython_version = "3.11"\n';
  judgeEach('Pipfile', [
    ['adds', PIPFILE, PIPFILE.replace('alpha =', 'omicron = "*"\nalpha ='), [ADDED]],
    ['removes', PIPFILE, PIPFILE.replace('gamma = ">=2"\n', ''), [REMOVED]],
    ['changes', PIPFILE, PIPFILE.replace('>=2', '>=3'), [CHANGED]],
    ['moves', PIPFILE, PIPFILE.replace('alpha = "*"\n', '').replace('gamma', 'alpha = "*"\ngamma'), [CHANGED]],
    ['adds to a category of its own', PIPFILE, `${PIPFILE}\n[docs]\nomicron = "*"\n`, [ADDED]],
    [
      'takes one from git',
      PIPFILE,
      PIPFILE.replace('"*"', '{git = "https://git.example/a.git", ref = "main"}'),
      [CHANGED, SOURCE],
    ],
    ['installs itself', PIPFILE, PIPFILE.replace('alpha =', 'app = {path = ".", editable = true}\nalpha ='), [ADDED]],
    [
      'takes one from another index',
      PIPFILE,
      PIPFILE.replace('"*"', '{version = "*", index = "other"}'),
      [CHANGED, SOURCE],
    ],
    [
      'adds a source',
      PIPFILE,
      `${PIPFILE}\n[[source]]\nurl = "https://pypi.example/simple"\nverify_ssl = true\nname = "other"\n`,
      [SOURCE],
    ],
    ['stops checking certificates', PIPFILE, PIPFILE.replace('verify_ssl = true', 'verify_ssl = false'), [SOURCE]],
    ['changes its Python', PIPFILE, PIPFILE.replace('3.11', '3.12'), []],
    ['is formatted', PIPFILE, PIPFILE.replaceAll('"', "'").replaceAll('\n', '\r\n'), []],
    ['is commented', PIPFILE, `# why\n${PIPFILE}`, []],
    ['breaks', PIPFILE, `${PIPFILE}[`, [UNPARSED]],
    ['loses a section’s shape', PIPFILE, PIPFILE.replace('gamma = ">=2"', 'gamma = 2'), [REMOVED, UNPARSED]],
  ]);
});

describe('a setup.cfg', () => {
  const CFG =
    '[metadata]\nname = app\n\n[options]\npython_requires = >=3.9\ninstall_requires =\n    alpha>=1\n    beta; python_version < "3.11"\n\n[options.extras_require]\ntest =\n    gamma\n\n[flake8]\nmax-line-length = 100\n';
  judgeEach('setup.cfg', [
    ['adds', CFG, CFG.replace('    alpha>=1\n', '    alpha>=1\n    omicron\n'), [ADDED]],
    ['removes', CFG, CFG.replace('    alpha>=1\n', ''), [REMOVED]],
    ['changes', CFG, CFG.replace('alpha>=1', 'alpha>=2'), [CHANGED]],
    [
      'moves to an extra',
      CFG,
      CFG.replace('    alpha>=1\n', '').replace('    gamma\n', '    gamma\n    alpha>=1\n'),
      [CHANGED],
    ],
    [
      'reorders',
      CFG,
      CFG.replace(
        '    alpha>=1\n    beta; python_version < "3.11"\n',
        '    beta; python_version < "3.11"\n    alpha>=1\n',
      ),
      [],
    ],
    ['is formatted', CFG, CFG.replace('install_requires =\n    alpha>=1', 'install_requires = \n\talpha >= 1'), []],
    ['is commented', CFG, CFG.replace('    alpha>=1\n', '    # omicron\n    alpha>=1  # why\n'), []],
    ['has other line ends', CFG, `\uFEFF${CFG.replaceAll('\n', '\r\n')}`, []],
    ['changes something else', CFG, CFG.replace('100', '120'), []],
    [
      'lists in one line',
      CFG,
      CFG.replace(
        'install_requires =\n    alpha>=1\n    beta; python_version < "3.11"',
        'install_requires = alpha>=1; omicron',
      ),
      [ADDED, REMOVED],
    ],
    ['needs something to be set up', CFG, CFG.replace('[options]\n', '[options]\nsetup_requires = omicron\n'), [ADDED]],
    [
      'has a command of its own',
      CFG,
      CFG.replace('[options]\n', '[options]\ncmdclass =\n    install = x.Install\n'),
      [HOOK],
    ],
    [
      'links elsewhere',
      CFG,
      CFG.replace('[options]\n', '[options]\ndependency_links = https://files.example/a.zip\n'),
      [SOURCE],
    ],
    ['names an index', CFG, `${CFG}[easy_install]\nindex_url = https://pypi.example/simple\n`, [SOURCE]],
    [
      'takes one from an address',
      CFG,
      CFG.replace('    alpha>=1\n', '    alpha @ https://files.example/a.zip\n'),
      [CHANGED, SOURCE],
    ],
    [
      'reads a list that is read for itself',
      CFG,
      CFG.replace('    gamma\n', '    gamma\ndocs = file: requirements/docs.txt\n'),
      [],
    ],
    [
      'reads a list that nobody reads',
      CFG,
      CFG.replace('    gamma\n', '    gamma\ndocs = file: docs/needs.lst\n'),
      [UNPARSED],
    ],
    ['breaks', CFG, 'name = app\n', [UNPARSED]],
    ['has a line that is none', CFG, CFG.replace('alpha>=1', 'alpha>=1\n    omicron eta'), [UNPARSED]],
  ]);
});

describe('a setup.py', () => {
  const PY = `from setuptools import setup, find_packages

VERSION = "1.0"

setup(
    name="app",
    version=VERSION,
    packages=find_packages(),
    install_requires=[
        "alpha>=1",
        'beta; python_version < "3.11"',  # for old ones
    ],
    extras_require={"test": ["gamma"], 'docs': ("delta",)},
)
`;
  judgeEach('setup.py', [
    ['adds', PY, PY.replace('"alpha>=1",', '"alpha>=1",\n        "omicron",'), [ADDED]],
    ['removes', PY, PY.replace('        "alpha>=1",\n', ''), [REMOVED]],
    ['changes', PY, PY.replace('alpha>=1', 'alpha>=2'), [CHANGED]],
    [
      'moves to an extra',
      PY,
      PY.replace('        "alpha>=1",\n', '').replace('["gamma"]', '["gamma", "alpha>=1"]'),
      [CHANGED],
    ],
    ['adds to a tuple', PY, PY.replace('("delta",)', '("delta", "omicron")'), [ADDED]],
    ['needs something to be set up', PY, PY.replace('name="app",', 'name="app", setup_requires="omicron",'), [ADDED]],
    [
      'is formatted',
      PY,
      PY.replaceAll("'", '"')
        .replace('"beta; python_version < "3.11""', '\'beta ; python_version<"3.11"\'')
        .replace('setup(\n', 'setup(\n\n'),
      [],
    ],
    ['splits a string', PY, PY.replace('"alpha>=1"', '"alpha" ">=1"'), []],
    ['is commented', PY, `# what\n${PY.replace('"alpha>=1",', '"alpha>=1",\n        # "omicron",')}`, []],
    ['has other line ends', PY, PY.replaceAll('\n', '\r\n'), []],
    ['changes something else', PY, PY.replace('"1.0"', '"1.1"'), []],
    ['takes one from an address', PY, PY.replace('alpha>=1', 'alpha @ git+https://git.example/a'), [CHANGED, SOURCE]],
    ['computes one', PY, PY.replace('"alpha>=1",', '"alpha>=1",\n        f"omicron=={VERSION}",'), [UNPARSED]],
    [
      'computes all',
      PY,
      PY.replace(/install_requires=\[[^\]]*\]/, 'install_requires=read()'),
      [REMOVED, REMOVED, UNPARSED],
    ],
    ['computes an extra', PY, PY.replace('["gamma"]', 'TEST'), [REMOVED, UNPARSED]],
    ['computes its arguments', PY, PY.replace('name="app",', 'name="app", **more,'), [UNPARSED]],
    ['has commands of its own', PY, PY.replace('name="app",', 'name="app", cmdclass={"install": Install},'), [HOOK]],
    [
      'links elsewhere',
      PY,
      PY.replace('name="app",', 'name="app", dependency_links=["https://files.example"],'),
      [SOURCE],
    ],
    ['breaks', PY, PY.replace('install_requires=[', 'install_requires=[["a" ('), [UNPARSED]],
    [
      'has no call that can be found',
      PY,
      'import setuptools\nrun(setuptools)\n',
      [REMOVED, REMOVED, REMOVED, REMOVED, UNPARSED],
    ],
    ['only has this name', null, 'def go():\n    return 1\n', []],
  ]);
});
