/** `deps/*` of a Conda environment. */
import assert from 'node:assert/strict';
import { driftOf } from '../memoryTree';
import { judgeEach } from './judged';

const ADDED = 'block deps/added';
const CHANGED = 'block deps/changed';
const SOURCE = 'block deps/source';
const UNPARSED = 'warn deps/unparsed';

const BASE = `name: app
channels:
  - conda-forge
dependencies:
  - python=3.11
  - alpha>=1.0
  - pip
  - pip:
      - beta==2.0
`;

describe('an environment of Conda', () => {
  judgeEach('environment.yml', [
    ['adds', BASE, BASE.replace('  - pip\n', '  - gamma\n  - pip\n'), [ADDED]],
    ['removes', BASE, BASE.replace('  - alpha>=1.0\n', ''), ['block deps/removed']],
    ['changes', BASE, BASE.replace('python=3.11', 'python=3.12'), [CHANGED]],
    [
      'moves to pip',
      BASE,
      BASE.replace('  - alpha>=1.0\n', '').replace('beta==2.0', 'beta==2.0\n      - alpha>=1.0'),
      [CHANGED],
    ],
    ['adds for pip', BASE, BASE.replace('beta==2.0', 'beta==2.0\n      - gamma'), [ADDED]],
    [
      'takes one for pip from git',
      BASE,
      BASE.replace('beta==2.0', 'git+https://git.example/b#egg=beta'),
      [CHANGED, SOURCE],
    ],
    [
      'gives pip another index',
      BASE,
      BASE.replace('beta==2.0', 'beta==2.0\n      - --index-url https://pypi.example/simple'),
      [SOURCE],
    ],
    ['adds a channel', BASE, BASE.replace('- conda-forge', '- conda-forge\n  - other'), [SOURCE]],
    ['adds the default channel', BASE, BASE.replace('- conda-forge', '- conda-forge\n  - defaults'), []],
    ['takes one from a channel', BASE, BASE.replace('alpha>=1.0', 'other::alpha>=1.0'), [CHANGED, SOURCE]],
    ['takes one from the usual channel', BASE, BASE.replace('alpha>=1.0', 'conda-forge::alpha>=1.0'), [CHANGED]],
    [
      'takes one from an address',
      BASE,
      BASE.replace('alpha>=1.0', 'https://conda.example/noarch/alpha-1.0-py_0.conda'),
      [CHANGED, SOURCE],
    ],
    ['reorders', BASE, BASE.replace('  - python=3.11\n  - alpha>=1.0\n', '  - alpha>=1.0\n  - python=3.11\n'), []],
    ['is formatted', BASE, BASE.replace('alpha>=1.0', '"alpha >=1.0"').replaceAll('\n', '\r\n'), []],
    ['is commented', BASE, BASE.replace('  - pip\n', '  # - gamma\n  - pip  # for beta\n'), []],
    ['is named anew', BASE, BASE.replace('name: app', 'name: other'), []],
    ['breaks', BASE, BASE.replace('- conda-forge', '[ conda-forge'), [UNPARSED]],
    ['has a line that is none', BASE, BASE.replace('  - pip\n', '  - "$(x)"\n  - pip\n'), [UNPARSED]],
  ]);

  it('tells packages of Conda and of PyPI apart', async () => {
    const report = await driftOf({ change: ['**/*'], base: {}, head: { 'environment.yaml': BASE } });
    assert.deepEqual(
      report.dependencies.map(({ purl }) => purl),
      ['pkg:conda/python', 'pkg:conda/alpha', 'pkg:conda/pip', 'pkg:pypi/beta'],
    );
  });
});
