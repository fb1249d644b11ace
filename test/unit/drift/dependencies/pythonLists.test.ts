/** `deps/*` of what pip reads: requirements, constraints and its configuration. */
import assert from 'node:assert/strict';
import { driftOf, said } from '../memoryTree';
import { evidenceOf, type Judged, judged, judgeEach } from './judged';

const ADDED = 'block deps/added';
const REMOVED = 'block deps/removed';
const CHANGED = 'block deps/changed';
const SOURCE = 'block deps/source';
const LOCK = 'block deps/lockfile-only';
const UNPARSED = 'warn deps/unparsed';

const BASE = '# what the app needs\nalpha>=1.0,<2\nbeta[x]==2.0 ; python_version < "3.11"\n';
const HASHED = 'alpha==1.0 \\\n    --hash=sha256:11 \\\n    --hash=sha256:22\nbeta==2.0\n';

describe('requirements of pip', () => {
  const cases: readonly Judged[] = [
    ['adds', BASE, `${BASE}gamma~=3.1\n`, [ADDED]],
    ['adds without a version', BASE, `${BASE}gamma\n`, [ADDED]],
    ['removes', BASE, BASE.replace(/^beta.*\n/m, ''), [REMOVED]],
    ['changes', BASE, BASE.replace('<2', '<3'), [CHANGED]],
    ['changes extras', BASE, BASE.replace('[x]', '[x,y]'), [CHANGED]],
    ['changes a marker', BASE, BASE.replace('3.11', '3.12'), [CHANGED]],
    [
      'changes one of two for different platforms',
      'a==1; os_name=="x"\na==2; os_name=="y"\n',
      'a==9; os_name=="x"\na==2; os_name=="y"\n',
      [CHANGED],
    ],
    ['reorders', BASE, 'beta[x]==2.0; python_version < "3.11"\nalpha>=1.0,<2\n', []],
    ['is formatted', BASE, `Alpha >= 1.0 , < 2\nbeta [x] == 2.0;python_version<'3.11'\n`, []],
    ['is commented', BASE, `${BASE.replace('<2', '<2  # why')}\n# gamma==1\n  # delta\n`, []],
    ['has other line ends', BASE, `\uFEFF${BASE.replaceAll('\n', '\r\n')}`, []],
    ['has other line continuations', HASHED, HASHED.replaceAll(' \\\n    ', ' '), []],
    ['comes', null, BASE, [ADDED, ADDED]],
    ['goes', BASE, null, [REMOVED, REMOVED]],
    ['swaps a hash', HASHED, HASHED.replace('sha256:22', 'sha256:33'), [LOCK]],
    ['loses its hashes', HASHED, 'alpha==1.0\nbeta==2.0\n', [LOCK]],
    ['gains hashes', 'alpha==1.0\nbeta==2.0\n', HASHED, []],
    ['changes with its hashes', HASHED, HASHED.replace('1.0', '1.1').replace('sha256:11', 'sha256:44'), [CHANGED]],
    ['takes one from git', BASE, `${BASE}git+https://git.example/x.git@main#egg=gamma\n`, [SOURCE, ADDED]],
    [
      'takes one from an address',
      BASE,
      BASE.replace('alpha>=1.0,<2', 'alpha @ https://files.example/alpha-1.zip'),
      [CHANGED, SOURCE],
    ],
    ['takes one from a path', BASE, `${BASE}./vendor/gamma-1.0-py3-none-any.whl\n`, [SOURCE, ADDED]],
    [
      'takes one from an editable repository',
      BASE,
      `${BASE}-e git+ssh://git@git.example/x#egg=gamma\n`,
      [SOURCE, ADDED],
    ],
    ['takes one from an editable path', BASE, `${BASE}--editable=../lib\n`, [SOURCE, ADDED]],
    ['installs itself', BASE, `${BASE}-e .\n-e ".[dev]"\n.\n`, []],
    ['uses another index', BASE, `--index-url https://pypi.example/simple\n${BASE}`, [SOURCE]],
    ['uses a further index', BASE, `${BASE}--extra-index-url=https://pypi.example/simple\n`, [SOURCE]],
    ['looks for links', BASE, `-f https://files.example/\n${BASE}`, [SOURCE]],
    ['trusts a host without certificates', BASE, `--trusted-host pypi.example\n${BASE}`, [SOURCE]],
    ['names the usual index', BASE, `-i https://pypi.org/simple/\n${BASE}`, []],
    ['forgets another index', `-i https://pypi.example/simple\n${BASE}`, BASE, [SOURCE]],
    ['allows pre-releases', BASE, `--pre\n--no-binary :all:\n--require-hashes\n${BASE}`, []],
    ['includes a list that is read for itself', BASE, `-r requirements-dev.txt\n-c ../constraints.txt\n${BASE}`, []],
    ['includes a list that nobody reads', BASE, `${BASE}-r lists/more.lst\n`, [SOURCE, ADDED]],
    ['includes a list from the web', BASE, `${BASE}-r https://lists.example/requirements.txt\n`, [SOURCE, ADDED]],
    ['builds with an option', BASE, BASE.replace('<2\n', '<2 --config-settings=x=y\n'), [CHANGED]],
    ['breaks', BASE, `${BASE}gamma=1.0\n`, [UNPARSED]],
    ['holds prose', BASE, `${BASE}install the other things too\n`, [UNPARSED]],
    ['imitates', BASE, `${BASE}reqeusts==2.0\n`, [ADDED, 'warn deps/lookalike']],
    ['imitates one of its own', BASE, `${BASE}alpho==2.0\n`, [ADDED, 'warn deps/lookalike']],
    ['names a popular one', BASE, `${BASE}PyYAML==6.0\n`, [ADDED]],
  ];
  judgeEach('requirements.txt', cases);

  it('are read by every usual name, and no other file is', async () => {
    const names = [
      ...[
        'requirements-dev.txt',
        'dev-requirements.txt',
        'requirements.in',
        'requirements_test.txt',
        'test_requirements.txt',
      ],
      ...['requirements/base.txt', 'app/requirements/prod.in'],
    ];
    for (const name of names) assert.deepEqual(await judged(name, null, 'alpha\n'), [ADDED], name);
    for (const name of ['MANIFEST.in', 'notes.txt', 'config.h.in']) {
      assert.deepEqual(await judged(name, null, 'alpha\n'), [], name);
    }
  });

  it('know the other lists of their folder', async () => {
    assert.deepEqual(await judged('requirements/dev.in', null, '-r tests.txt\n-r ./docs.in\nalpha\n'), [ADDED]);
    assert.deepEqual(await judged('requirements.in', null, '-r tests.txt\n'), [ADDED, SOURCE]);
  });

  it('are told verbatim, by their normal names', async () => {
    const head = { 'requirements.txt': 'Zope.Interface[Extra] >= 5 ,<6 ; os_name == "posix"\n' };
    const { dependencies } = await driftOf({ change: ['**/*'], base: {}, head });
    assert.deepEqual(dependencies, [
      {
        ecosystem: 'pypi',
        manifest: 'requirements.txt',
        name: 'zope-interface',
        from: null,
        to: '[extra]>=5,<6; os_name == "posix"',
        direct: true,
        group: 'requirements',
        purl: 'pkg:pypi/zope-interface',
      },
    ]);
  });

  it('name the line that is not understood', async () => {
    assert.deepEqual(await evidenceOf('requirements.txt', BASE, `${BASE}gamma=1.0\n`), ['gamma=1.0']);
  });

  const compiled = (alpha: string, beta: string, more = '') =>
    `#\n# This file is autogenerated by pip-compile with Python 3.11\n#\nalpha==${alpha} \\\n    --hash=sha256:1${alpha}\n    # via -r requirements.in\nbeta==${beta} \\\n    --hash=sha256:2${beta}\n    # via\n    #   alpha\n    #   gamma\n${more}\n# The following packages are considered to be unsafe in a requirements file:\n# setuptools\n`;
  const compiledCases: readonly Judged[] = [
    ['a bump with what it needs is one change', compiled('1.0', '1.0'), compiled('1.1', '1.1'), [CHANGED]],
    ['what others need moved alone', compiled('1.0', '1.0'), compiled('1.0', '1.1'), ['warn deps/lockfile-only']],
    [
      'another hash of what others need',
      compiled('1.0', '1.0'),
      compiled('1.0', '1.0').replace('sha256:21.0', 'sha256:9'),
      [LOCK],
    ],
    [
      'another hash beside a bump',
      compiled('1.0', '1.0'),
      compiled('1.1', '1.0').replace('sha256:21.0', 'sha256:9'),
      [LOCK, CHANGED],
    ],
    [
      'a new one that nobody else asks for',
      compiled('1.0', '1.0'),
      compiled('1.0', '1.0', 'delta==1\n    # via app (pyproject.toml)\n'),
      [ADDED],
    ],
    ['a word of one’s own means nothing', 'alpha==1\n', 'alpha==1\ndelta==1  # via alpha\n', [ADDED]],
  ];
  describe('when they are compiled', () => judgeEach('requirements.txt', compiledCases));
});

describe('constraints of pip', () => {
  judgeEach('constraints.txt', [
    ['add', 'alpha<2\n', 'alpha<2\nbeta<3\n', [ADDED]],
    ['change', 'alpha<2\n', 'alpha<3\n', [CHANGED]],
    ['are formatted', 'alpha<2\n', '# why\nAlpha < 2\n', []],
  ]);

  it('explain a move wherever the package is', async () => {
    const at = (version: string) => ({
      'constraints.txt': `beta==${version}\n`,
      'poetry.lock': `[[package]]\nname = "beta"\nversion = "${version}"\n`,
    });
    const report = await driftOf({ change: ['**/*'], base: at('1.0'), head: at('1.1') });
    assert.deepEqual(said(report), ['block deps/changed constraints.txt']);
  });
});

describe('pip.conf', () => {
  judgeEach('pip.conf', [
    ['names an index', '', '[global]\nindex-url = https://pypi.example/simple\n', [SOURCE]],
    [
      'names further indexes on lines',
      '',
      '[install]\nextra-index-url =\n    https://a.example\n    https://b.example\n',
      [SOURCE],
    ],
    ['names the usual index', '', '[global]\nindex_url: https://pypi.org/simple\n', []],
    ['trusts a host', '', '[global]\ntrusted-host = a.example\n', [SOURCE]],
    ['sets something else', '', '[global]\ntimeout = 60\n', []],
    ['comments', '[global]\n', '[global]\n# index-url = https://pypi.example/simple\n; index-url = x\n', []],
    ['changes its dashes', '[global]\nindex-url = https://a.example\n', '[global]\nindex_url=https://a.example\n', []],
    ['is nothing of the kind', '', 'index-url = https://pypi.example/simple\n', [UNPARSED]],
  ]);
});
