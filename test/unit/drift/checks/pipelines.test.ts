/** Pipelines: what they no longer run, and what no longer counts. */
import assert from 'node:assert/strict';
import { type CheckCase, change, kinds, told } from './harness';

const WORKFLOW = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v3
      - run: npm ci
      - name: unit
        run: npm test
      - run: npm run lint
`;
const path = '.github/workflows/ci.yml';
const releasing = (command: string) =>
  `on: push\njobs:\n  a:\n    steps:\n      - run: ${command}\n      - run: npm publish\n`;
const edited = (from: string, to: string) => {
  assert.ok(WORKFLOW.includes(from));
  return change(path, WORKFLOW, WORKFLOW.replace(from, to));
};

describe('a pipeline', () => {
  const cases: readonly [string, CheckCase, readonly string[]][] = [
    ['without a step that tested', edited('      - name: unit\n        run: npm test\n', ''), ['block checks/config']],
    [
      'without a job',
      change(path, `${WORKFLOW}  types:\n    steps:\n      - run: npx tsc --noEmit\n`, WORKFLOW),
      ['block checks/config'],
    ],
    ['deleted', { base: { [path]: WORKFLOW, a: '' }, head: { a: '' } }, ['block checks/config']],
    [
      'without an action that says where a build came from',
      change(path, `${WORKFLOW}      - uses: actions/attest-build-provenance@v2\n`, WORKFLOW),
      [],
    ],
    [
      'moved to another service',
      {
        base: { [path]: WORKFLOW, a: '' },
        head: { '.gitlab-ci.yml': 'test:\n  script: [npm test, npm run lint]\n', a: '' },
      },
      [],
    ],
    [
      'with one command in place of two',
      edited('      - name: unit\n        run: npm test\n      - run: npm run lint\n', '      - run: npm run verify\n'),
      ['warn checks/config'],
    ],
    [
      'without an action whose name alone says that it checked',
      change(path, `${WORKFLOW}      - uses: owner/surface-check/preflight@v1\n`, WORKFLOW),
      ['warn checks/config'],
    ],
    [
      'that published what it built, deleted',
      { base: { [path]: releasing('npm run build'), a: '' }, head: { a: '' } },
      ['warn checks/config'],
    ],
    [
      'that published what it tested, deleted',
      { base: { [path]: releasing('npm test'), a: '' }, head: { a: '' } },
      ['block checks/config'],
    ],
    ['without a build', change(path, `${WORKFLOW}      - run: npm run build\n`, WORKFLOW), ['block checks/config']],
    ['with another command in its place', edited('npm test', 'npm run coverage'), []],
    ['without a step that only fetched', edited('      - run: npm ci\n', ''), []],
    [
      'with an action of its own that is named in another way',
      change(
        path,
        `${WORKFLOW}      - uses: ./.github/actions/test\n`,
        `${WORKFLOW}      - uses: $/.github/actions/test\n`,
      ),
      [],
    ],
    ['with another version of an action', edited('@v3', '@v4'), []],
    [
      'with a job more',
      edited('jobs:\n', 'jobs:\n  more:\n    continue-on-error: true\n    steps:\n      - run: npm run bench\n'),
      [],
    ],
    ['with a step renamed', edited('name: unit', 'name: units'), []],
    ['split into lines', edited('run: npm run lint', 'run: |\n          npm run lint\n          npm run types'), []],
    [
      'in another layout',
      change(
        path,
        'jobs: { a: { steps: [{ run: npm test }] } }\n',
        '# c\njobs:\n  a:\n    steps:\n      - run: npm   test\n',
      ),
      [],
    ],
    [
      'whose step may fail',
      edited('run: npm test', 'continue-on-error: true\n        run: npm test'),
      ['block checks/config'],
    ],
    ['whose job may fail', edited('runs-on:', 'continue-on-error: true\n    runs-on:'), ['block checks/config']],
    [
      'whose job may fail in some cases',
      edited('runs-on:', ['continue-on-error: $', '{{ matrix.next }}\n    runs-on:'].join('')),
      ['warn checks/config'],
    ],
    ['whose step never runs', edited('run: npm test', 'if: false\n        run: npm test'), ['block checks/config']],
    [
      'whose step runs on a condition',
      edited('run: npm test', "if: github.event_name == 'push'\n        run: npm test"),
      [],
    ],
    [
      'whose step says that it must not fail',
      edited('run: npm test', 'continue-on-error: false\n        run: npm test'),
      [],
    ],
    [
      'whose upload may fail',
      edited(
        '      - run: npm ci\n',
        '      - run: npm ci\n      - uses: actions/upload-artifact@v4\n        continue-on-error: true\n',
      ),
      [],
    ],
    ['with `|| true`', edited('run: npm test', 'run: npm test || true'), ['block checks/config']],
    [
      'with `|| true` behind a clean-up',
      edited('run: npm ci', 'run: |\n          rm -rf x || true\n          npm ci'),
      [],
    ],
    [
      'that bears warnings',
      change(
        path,
        WORKFLOW.replace('npm run lint', 'npx eslint --max-warnings 0 .'),
        WORKFLOW.replace('npm run lint', 'npx eslint --max-warnings 99 .'),
      ),
      ['block checks/threshold'],
    ],
    [
      'of GitLab whose job may fail',
      change(
        '.gitlab-ci.yml',
        'test:\n  script:\n    - pytest\n',
        'test:\n  script:\n    - pytest\n  allow_failure: true\n',
      ),
      ['block checks/config'],
    ],
    [
      'of GitLab that waits for a hand',
      change('.gitlab-ci.yml', 'test:\n  script: [pytest]\n', 'test:\n  script: [pytest]\n  when: manual\n'),
      ['block checks/config'],
    ],
    [
      'of GitLab with tags of its own',
      change(
        '.gitlab-ci.yml',
        'spec:\n  inputs: {}\n---\ntest:\n  script:\n    - !reference [.a, script]\n    - pytest\n',
        'spec:\n  inputs: {}\n---\ntest:\n  script:\n    - !reference [.a, script]\n',
      ),
      ['block checks/config'],
    ],
    [
      'of Azure',
      change(
        'azure-pipelines.yml',
        'steps:\n- script: dotnet test\n',
        'steps:\n- script: dotnet test\n  continueOnError: true\n',
      ),
      ['block checks/config'],
    ],
    [
      'of CircleCI',
      change(
        '.circleci/config.yml',
        'jobs:\n  a:\n    steps:\n      - checkout\n      - run: go test ./...\n',
        'jobs:\n  a:\n    steps:\n      - checkout\n',
      ),
      ['block checks/config'],
    ],
    ['of Travis', change('.travis.yml', 'script:\n  - make check\n', 'script:\n  - true\n'), ['block checks/config']],
    [
      'of Jenkins',
      change('Jenkinsfile', "stage('t') { steps { sh 'mvn verify' } }\n", "stage('t') { steps { echo 'x' } }\n"),
      ['block checks/config'],
    ],
    [
      'of Jenkins that catches',
      change('Jenkinsfile', "steps { sh 'mvn verify' }\n", "steps { catchError { sh 'mvn verify' } }\n"),
      ['warn checks/config'],
    ],
    ['that cannot be read', change(path, WORKFLOW, 'a: [\n'), ['warn checks/config']],
    [
      'with conflict markers',
      change(path, WORKFLOW, `<<<<<<< a\n${WORKFLOW}=======\n>>>>>>> b\n`),
      ['warn checks/config'],
    ],
  ];
  for (const [what, given, expected] of cases) {
    it(what, async () => {
      const found = await kinds(given);
      assert.deepEqual(
        found.map((line) => line.split(' ').slice(0, 2).join(' ')),
        expected,
        found.join('\n'),
      );
    });
  }

  it('says what went', async () => {
    assert.deepEqual(await told(edited('      - run: npm run lint\n', '')), [
      `block checks/config ${path}: removed: npm run lint`,
    ]);
  });
});
