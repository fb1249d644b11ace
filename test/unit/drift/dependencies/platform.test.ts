/** `deps/*` read from what projects are built on: workflows, pipelines, images, hooks of git, toolchains. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  findingsOf,
  forWindows,
  itJudges,
  judged,
  LOOKALIKE,
  listed,
  REMOVED,
  SOURCE,
  UNPARSED,
} from './buildFiles';

describe('a changed workflow', () => {
  const workflow = (steps: string, more = '') => `name: ci
on: [push]
jobs:
  test:
    runs-on: ubuntu-24.04
${more}    steps:
${steps}`;
  const inMatrix = (images: string, more = '') =>
    `on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        image: ${images}${more}\n    container: \${{ matrix.image }}\n    steps:\n      - run: x\n`;
  const checkout = '      - uses: actions/checkout@v4\n';
  const run = '      - run: npm test\n';
  const base = workflow(checkout + run);
  const path = '.github/workflows/ci.yml';
  itJudges(path, [
    ['adds', base, workflow(`${checkout}${run}      - uses: example/tool@v1\n`), [ADDED]],
    ['removes', base, workflow(run), [REMOVED]],
    ['changes a tag', base, base.replace('@v4', '@v5'), [CHANGED]],
    ['pins a commit', base, base.replace('@v4', '@0123456789012345678901234567890123456789 # v4'), [CHANGED]],
    ['comes from another owner', base, base.replace('actions/', 'example/'), [ADDED, REMOVED]],
    [
      'uses another part of the same',
      base.replace('actions/checkout', 'example/tool/init'),
      base.replace('actions/checkout', 'example/tool/analyze'),
      [ADDED, REMOVED],
    ],
    ['runs something else', base, base.replace('npm test', 'npm run check'), []],
    ['runs elsewhere', base, base.replace('ubuntu-24.04', 'ubuntu-22.04'), []],
    ['has one more job that uses the same', base, `${base}  other:\n    runs-on: x\n    steps:\n${checkout}`, []],
    ['has one more step of its own', base, workflow(`${checkout}${run}      - uses: ./.github/actions/x\n`), []],
    [
      'is given inputs',
      base,
      base.replace('@v4\n', '@v4\n        with:\n          uses: evil/x@v1\n          image: evil\n'),
      [],
    ],
    ['is reordered', base, workflow(run + checkout), []],
    [
      'uses an action of its own repository',
      base,
      workflow(`${checkout}${run}      - uses: $/.github/actions/x\n`),
      [],
    ],
    ['is formatted', base, base.replace('uses: actions/checkout@v4', 'uses: "actions/checkout@v4"'), []],
    ['gets a comment', base, `# uses: evil/x@v1\n${base}`, []],
    ['is saved on Windows', base, forWindows(base), []],
    ['calls a workflow', base, `${base}  call:\n    uses: example/flows/.github/workflows/a.yml@main\n`, [ADDED]],
    ['calls a workflow of its own', base, `${base}  call:\n    uses: ./.github/workflows/a.yml\n`, []],
    ['runs in a container', base, workflow(checkout + run, '    container: node:22\n'), [ADDED]],
    [
      'runs in a container described at length',
      workflow(run, '    container:\n      image: node:20\n'),
      workflow(run, '    container:\n      image: node:22\n'),
      [CHANGED],
    ],
    ['runs in an image of its matrix', inMatrix('[alpine:3.20]'), inMatrix('[alpine:3.20, debian:12]'), [ADDED]],
    ['runs in another image of its matrix', inMatrix('[alpine:3.20]'), inMatrix('[alpine:3.21]'), [CHANGED]],
    [
      'includes an image into its matrix',
      inMatrix('[alpine:3.20]'),
      inMatrix('[alpine:3.20]', '\n        include:\n          - image: debian:12'),
      [ADDED],
    ],
    [
      'has a matrix of something else',
      inMatrix('[alpine:3.20]'),
      inMatrix('[alpine:3.20]', '\n        name: [debian:12]'),
      [],
    ],
    [
      'uses a service',
      base,
      workflow(checkout + run, '    services:\n      db:\n        image: postgres:16\n'),
      [ADDED],
    ],
    ['uses an image', base, workflow(`${checkout}${run}      - uses: docker://alpine:3.20\n`), [ADDED]],
    [
      'uses an image from elsewhere',
      base,
      workflow(`${checkout}${run}      - uses: docker://r.example.com/a:1\n`),
      [ADDED, SOURCE],
    ],
    ['imitates', base, workflow(`${checkout}${run}      - uses: action/checkout@v4\n`), [ADDED, LOOKALIKE]],
    [
      'spells a popular one otherwise',
      base,
      workflow(`${checkout}${run}      - uses: Swatinem/rust-cache@v2\n`),
      [ADDED],
    ],
    ['comes', null, base, [ADDED]],
    ['goes', base, null, [REMOVED]],
    ['is empty', base, '', [REMOVED]],
    ['is broken', base, `${base}  - [\n`, [UNPARSED]],
    ['has another shape', base, 'jobs: [a]\n', [UNPARSED]],
    ['nests without end', base, `a: ${'['.repeat(2000)}`, [UNPARSED]],
  ]);

  it('tells which of two versions changed', async () => {
    const two = (ref: string) => workflow(`      - uses: actions/checkout@${ref}\n${checkout}`);
    assert.deepEqual(await judged(path, two('v3'), two('evil')), [CHANGED]);
    assert.deepEqual(await listed(path, two('v3'), two('evil')), [
      'actions/checkout v3 | v4 → evil | v4 (uses) pkg:github/actions/checkout',
    ]);
  });

  it('is one only in its place', async () => {
    assert.deepEqual(await findingsOf({}, { 'template/.github/workflows/ci.yml': base, '.github/ci.yml': base }), []);
    assert.deepEqual(await findingsOf({}, { '.github/workflows/a.yaml': base }), [`${ADDED} .github/workflows/a.yaml`]);
  });
});

describe('a changed action', () => {
  const action = (steps: string) => `name: x\nruns:\n  using: composite\n  steps:\n${steps}`;
  const base = action('    - run: a\n      shell: bash\n');
  itJudges('tools/x/action.yml', [
    ['adds', base, action('    - uses: example/tool@v1\n'), [ADDED]],
    ['runs an image', base, 'name: x\nruns:\n  using: docker\n  image: docker://alpine:3\n', [ADDED]],
    ['runs its own image', base, 'name: x\nruns:\n  using: docker\n  image: Dockerfile\n', []],
    ['describes itself otherwise', base, `${base}description: y\n`, []],
    ['is broken', base, 'runs: [\n', [UNPARSED]],
  ]);
  itJudges('data/action.yaml', [['is something else', 'a: 1\n', 'a: 2\n', []]]);
});

describe('a changed pipeline of GitLab', () => {
  const base = 'image: node:20\n\nvariables:\n  V: "1"\n\ntest:\n  script:\n    - npm test\n';
  itJudges('.gitlab-ci.yml', [
    ['changes the image', base, base.replace('node:20', 'node:22'), [CHANGED]],
    ['changes the image of a job', `${base}  image: { name: "a:1" }\n`, `${base}  image: { name: "a:2" }\n`, [CHANGED]],
    [
      'changes a variable of an image',
      base.replace('node:20', 'node:$V'),
      base.replace('node:20', 'node:$V').replace('"1"', '"2"'),
      [CHANGED],
    ],
    ['uses a service', base, `${base}  services: [postgres:16]\n`, [ADDED]],
    ['includes an address', base, `include:\n  - remote: https://example.com/x.yml\n${base}`, [ADDED, SOURCE]],
    ['includes a project', base, `include:\n  - project: group/flows\n    ref: v1\n    file: /a.yml\n${base}`, [ADDED]],
    ['includes a component', base, `include:\n  - component: gitlab.com/a/b@1.0\n${base}`, [ADDED]],
    ['includes a file of its own', base, `include: ci/a.yml\n${base}`, []],
    ['runs something else', base, base.replace('npm test', 'npm run x'), []],
    ['gets a header', base, `spec:\n  inputs:\n    x:\n---\n${base}`, []],
    ['refers to another job', base, `${base}other:\n  script: !reference [test, script]\n`, []],
    ['is broken', base, 'a: [\n', [UNPARSED]],
  ]);
  itJudges('ci/x.gitlab-ci.yml', [['changes', base, base.replace('node:20', 'node:22'), [CHANGED]]]);
});

describe('a changed Dockerfile', () => {
  const base = 'FROM node:20 AS build\nRUN npm ci\n\nFROM gcr.io/distroless/nodejs:1\nCOPY --from=build /a /a\n';
  itJudges('Dockerfile', [
    ['changes a tag', base, base.replace('node:20', 'node:22'), [CHANGED]],
    ['pins a digest', base, base.replace('node:20', 'node:20@sha256:aa'), [CHANGED]],
    [
      'pins another digest',
      base.replace('node:20', 'node:20@sha256:aa'),
      base.replace('node:20', 'node:20@sha256:bb'),
      [CHANGED],
    ],
    ['uses another image', base, base.replace('node:20', 'alpine:3'), [ADDED, REMOVED]],
    [
      'uses an image of another host',
      base,
      base.replace('node:20', 'r.example.com:5000/node:20'),
      [ADDED, REMOVED, SOURCE],
    ],
    ['changes a tag at another host', 'FROM r.example.com/a:1\n', 'FROM r.example.com/a:2\n', [CHANGED]],
    [
      'uses one more of that host',
      'FROM r.example.com/a:1\n',
      'FROM r.example.com/a:1\nFROM r.example.com/other:2\n',
      [ADDED],
    ],
    ['names the default host', base, base.replace('node:20', 'docker.io/library/node:20'), []],
    ['names a platform', base, base.replace('FROM node', 'FROM --platform=$BUILDPLATFORM node'), []],
    ['renames a stage', base, base.replaceAll('build', 'made'), []],
    ['begins with a stage', base, `${base}FROM build\n`, []],
    ['copies from an image', base, `${base}COPY --from=alpine:3 /b /b\n`, [ADDED]],
    ['copies from a number', base, `${base}COPY --chown=a --from=0 /b /b\n`, []],
    ['mounts an image', base, `${base}RUN --mount=type=bind,from=alpine:3,target=/x ls\n`, [ADDED]],
    ['is read by an image', base, `# syntax=docker/dockerfile:1\n${base}`, [ADDED]],
    ['puts a tag into an argument', base, `ARG NODE=20\n${base.replace('20', `\${NODE}`)}`, []],
    ['changes an argument', `ARG A=1 B="x"\nFROM $B:\${A}\n`, `ARG A=2 B="x"\nFROM $B:\${A}\n`, [CHANGED]],
    ['changes a default', `FROM node:\${A:-1}\n`, `FROM node:\${A:-2}\n`, [CHANGED]],
    ['changes an argument of a stage', 'FROM a:1\nARG V=1\nRUN x $V\n', 'FROM a:1\nARG V=2\nRUN x $V\n', []],
    ['runs something else', base, base.replace('npm ci', 'npm ci --x \\\n  # FROM evil\n  FROM users'), []],
    ['writes a file', base, `${base}RUN <<EOF\nFROM evil:1\nCOPY --from=evil /a /a\nEOF\n`, []],
    ['shifts bits', base, `${base}RUN echo $((1<<2)) <<< x\nUSER a\n`, []],
    [
      'is formatted',
      base,
      base.replace('FROM node:20 AS build', 'from   node:20   as   build').replace('\n\n', '\n\n\n'),
      [],
    ],
    ['gets a comment', base, `# FROM evil\n${base}`, []],
    ['is saved on Windows', base, forWindows(base), []],
    ['begins with nothing', base, `${base}FROM scratch\nCOPY a b\n`, []],
    ['comes', null, base, [ADDED, ADDED]],
    ['goes', base, null, [REMOVED, REMOVED]],
    ['begins with what is no image', base, `${base}FROM a b c d\n`, [UNPARSED]],
    ['does not end', base, `${base}RUN <<EOF\n`, [UNPARSED]],
  ]);
  itJudges('docker/web.Dockerfile', [['changes', base, base.replace('node:20', 'node:22'), [CHANGED]]]);
  itJudges('Containerfile.dev', [['changes', base, base.replace('node:20', 'node:22'), [CHANGED]]]);
  itJudges('Dockerfile.dockerignore', [['is no Dockerfile', 'FROM a\n', 'FROM b\n', []]]);
  itJudges('Dockerfile.j2', [['is a template', 'FROM {{ image }}\n', 'FROM {{ image }}\nRUN x\n', []]]);

  it('names images without their host', async () => {
    const after = 'FROM ghcr.io/example/tool:1\n';
    assert.deepEqual(await listed('Dockerfile', 'FROM scratch\n', after), [
      'ghcr.io/example/tool - → 1 (FROM) pkg:docker/example/tool?repository_url=ghcr.io',
    ]);
  });
});

describe('a changed Compose file', () => {
  const base = 'services:\n  db:\n    image: postgres:16\n    ports: ["1:1"]\n  web:\n    build: .\n';
  itJudges('docker-compose.yml', [
    ['changes', base, base.replace(':16', ':17'), [CHANGED]],
    ['adds', base, `${base}  cache:\n    image: redis:7\n`, [ADDED]],
    ['adds from elsewhere', base, `${base}  cache:\n    image: r.example.com/redis:7\n`, [ADDED, SOURCE]],
    ['changes a default', base.replace(':16', `:\${V:-16}`), base.replace(':16', `:\${V:-17}`), [CHANGED]],
    ['changes ports', base, base.replace('1:1', '2:2'), []],
    [
      'builds from elsewhere',
      base,
      base.replace('build: .', 'build: https://git.example.com/x.git#main'),
      [ADDED, SOURCE],
    ],
    [
      'builds from GitHub',
      base,
      base.replace('build: .', 'build: { context: "https://github.com/example/x.git#v1" }'),
      [ADDED],
    ],
    [
      'builds from a file in it',
      base,
      base.replace('build: .', 'build:\n      dockerfile_inline: |\n        FROM node:20\n        RUN x'),
      [ADDED],
    ],
    [
      'inherits an image',
      'x-a: &a\n  image: a:1\nservices:\n  b:\n    <<: *a\n',
      'x-a: &a\n  image: a:2\nservices:\n  b:\n    <<: *a\n',
      [CHANGED],
    ],
    ['gets a comment', base, `# image: evil\n${base}`, []],
    ['is saved on Windows', base, forWindows(base), []],
    ['is broken', base, 'services: [', [UNPARSED]],
  ]);
  itJudges('compose.override.yaml', [['changes', base, base.replace(':16', ':17'), [CHANGED]]]);
  itJudges('composer.yml', [['is no Compose file', base, base.replace(':16', ':17'), []]]);

  it('refuses aliases of aliases', async () => {
    const lines = Array.from(
      { length: 20 },
      (_, index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *${index ? `b${index - 1}` : 'a'}]`,
    );
    assert.deepEqual(await judged('compose.yml', base, `a: &a [x, x]\n${lines.join('\n')}\n`), [UNPARSED]);
  });
});

describe('a changed .pre-commit-config.yaml', () => {
  const config = (rev: string, more = '') => `repos:
  - repo: https://github.com/example/hooks
    rev: ${rev}
    hooks:
      - id: lint
${more}`;
  const base = config('v1.0');
  const second = (address: string) => `  - repo: ${address}\n    rev: v1\n    hooks: [{ id: x }]\n`;
  itJudges('.pre-commit-config.yaml', [
    ['changes', base, config('v2.0'), [CHANGED]],
    ['adds', base, config('v1.0', second('https://github.com/example/other')), [ADDED]],
    ['adds from elsewhere', base, config('v1.0', second('https://git.example.com/other')), [ADDED, SOURCE]],
    [
      'changes what is elsewhere',
      config('v1.0', second('https://git.example.com/other')),
      config('v1.0', second('https://git.example.com/other').replace('v1', 'v2')),
      [CHANGED],
    ],
    [
      'adds a hook of its own',
      base,
      config('v1.0', '  - repo: local\n    hooks: [{ id: a, language: system, entry: make }]\n'),
      [],
    ],
    ['gives a hook a package', base, config('v1.0', '        additional_dependencies: ["types-x==1.0"]\n'), [ADDED]],
    [
      'gives a hook a repository',
      base,
      config('v1.0', '        additional_dependencies: ["git+https://example.com/x"]\n'),
      [ADDED, SOURCE],
    ],
    ['is written the old way', base, base.replace('repos:\n', '').replace(/^ {2}/gm, ''), []],
    ['names GitHub otherwise', base, base.replace('https:', 'git:').replace('hooks\n', 'hooks.git\n'), []],
    ['passes other arguments', base, config('v1.0', '        args: [--fix]\n'), []],
    ['is broken', base, 'repos: [', [UNPARSED]],
  ]);
  it('names packages by the language of the hook', async () => {
    const local = (list: string) =>
      `repos:\n  - repo: local\n    hooks:\n      - id: a\n        language: node\n        additional_dependencies: [${list}]\n`;
    assert.deepEqual(await listed('.pre-commit-config.yaml', local(''), local('"@example/tool@1.0.0", eslint@9')), [
      '@example/tool - → 1.0.0 (hooks.a) pkg:npm/%40example/tool',
      'eslint - → 9 (hooks.a) pkg:npm/eslint',
    ]);
  });
});

describe('a changed .tool-versions', () => {
  itJudges('.tool-versions', [
    ['changes', 'nodejs 20.1.0\n', 'nodejs 22.0.0\n', [CHANGED]],
    ['adds', 'nodejs 20\n', 'nodejs 20\npython 3.12 3.11\n', [ADDED]],
    ['takes a folder', 'nodejs 20\n', 'nodejs path:/opt/x\n', [CHANGED, SOURCE]],
    ['gets a comment', 'nodejs 20\n', '# why\nnodejs   20 # because\n\n', []],
  ]);
});
