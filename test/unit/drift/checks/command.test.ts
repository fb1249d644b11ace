/** `checks/command`: what stands behind the commands of the checks. */
import assert from 'node:assert/strict';
import { type CheckCase, json, kinds, told } from './harness';

const scripts = (table: Record<string, string>, more: object = {}) => json({ name: 'x', scripts: table, ...more });
const npm = (before: Record<string, string>, after: Record<string, string>, run = ['npm test']): CheckCase => ({
  base: { 'package.json': scripts(before) },
  head: { 'package.json': scripts(after) },
  run,
});
const file = (path: string, before: string, after: string, run: string): CheckCase => ({
  base: { [path]: before },
  head: { [path]: after },
  run: [run],
});

describe('a command that a check reaches', () => {
  const cases: readonly [string, CheckCase, readonly string[]][] = [
    [
      'an npm script with another text',
      npm({ test: 'jest' }, { test: 'jest src' }),
      ['block checks/command package.json: test: jest → jest src'],
    ],
    ['another script', npm({ test: 'jest', start: 'node a' }, { test: 'jest', start: 'node b' }), []],
    ['a script added', npm({ test: 'jest' }, { test: 'jest', bench: 'node bench' }), []],
    [
      'a pretest that comes in',
      npm({ test: 'jest' }, { test: 'jest', pretest: 'node swap.js' }),
      ['block checks/command package.json: pretest: (none) → node swap.js'],
    ],
    [
      'a script that the script runs',
      npm(
        { test: 'npm run lint && npm run unit', lint: 'eslint .', unit: 'jest' },
        { test: 'npm run lint && npm run unit', lint: 'eslint src', unit: 'jest' },
      ),
      ['block checks/command package.json: lint: eslint . → eslint src'],
    ],
    [
      'scripts by a pattern',
      npm({ test: 'run-s lint:*', 'lint:js': 'eslint .' }, { test: 'run-s lint:*', 'lint:js': 'true' }),
      ['block checks/command package.json: lint:js: eslint . → true'],
    ],
    [
      'a script behind wrappers',
      npm({ unit: 'jest' }, { unit: 'jest a' }, ['CI=1 npx cross-env NODE_ENV=test yarn run unit']),
      ['block checks/command package.json: unit: jest → jest a'],
    ],
    [
      'yarn and pnpm by the name alone',
      npm({ verify: 'jest' }, { verify: 'jest a' }, ['pnpm verify']),
      ['block checks/command package.json: verify: jest → jest a'],
    ],
    ['bun’s own runner is no script', npm({ test: 'jest' }, { test: 'vitest' }, ['bun test']), []],
    [
      'a script that came for a check which had none',
      npm({}, { lint: 'eslint .' }, ['npm run lint']),
      ['warn checks/command package.json: lint: (none) → eslint .'],
    ],
    [
      'a script that came, and finds nothing',
      npm({}, { lint: 'eslint . || true' }, ['npm run lint']),
      ['block checks/command package.json: lint: (none) → eslint . || true'],
    ],
    [
      'a script that came in the place of a program',
      npm({}, { jest: 'node fake.js' }, ['yarn jest']),
      ['block checks/command package.json: jest: (none) → node fake.js'],
    ],
    [
      'a script with a command behind it',
      npm({ test: 'jest' }, { test: 'jest && eslint .' }),
      ['warn checks/command package.json: test: jest → jest && eslint .'],
    ],
    [
      'an environment of tox with a command more',
      file('tox.ini', '[testenv]\ncommands =\n    mypy\n', '[testenv]\ncommands =\n    mypy\n    pyright\n', 'tox'),
      ['warn checks/command tox.ini: testenv: (nothing) → pyright'],
    ],
    [
      'an environment of tox with a command more, before the others',
      file(
        'tox.ini',
        '[testenv]\ncommands =\n    mypy\n',
        '[testenv]\ncommands =\n    python swap.py\n    mypy\n',
        'tox',
      ),
      ['block checks/command tox.ini: testenv: commands = mypy → commands = python swap.py ⏎ mypy'],
    ],
    [
      'an environment of tox with a command more, and errors ignored',
      file(
        'tox.ini',
        '[testenv]\ncommands =\n    mypy\n',
        '[testenv]\nignore_outcome = true\ncommands =\n    mypy\n    pyright\n',
        'tox',
      ),
      ['block checks/command tox.ini: testenv: (nothing) → pyright ⏎ ignore_outcome = true'],
    ],
    [
      'an environment of pyproject.toml with a command more',
      file(
        'pyproject.toml',
        '[tool.tox.env.types]\ncommands = [["mypy"]]\n',
        '[tool.tox.env.types]\ncommands = [["mypy"], ["pyright", "src"]]\n',
        'tox -e types',
      ),
      ['warn checks/command pyproject.toml: testenv:types: commands = [[mypy]] → commands = [[mypy], [pyright, src]]'],
    ],
    [
      'a script of Composer with a command more',
      file(
        'composer.json',
        json({ scripts: { test: ['phpunit'] } }),
        json({ scripts: { test: ['phpunit', 'phpstan'] } }),
        'composer test',
      ),
      ['warn checks/command composer.json: test: (nothing) → phpstan'],
    ],
    [
      'a script with a command behind it whatever happens',
      npm({ test: 'jest' }, { test: 'jest && eslint . || true' }),
      ['block checks/command package.json: test: jest → jest && eslint . || true'],
    ],
    [
      'a script with a command before it',
      npm({ test: 'jest' }, { test: 'node swap.js && jest' }),
      ['block checks/command package.json: test: jest → node swap.js && jest'],
    ],
    [
      'a script with another name',
      npm({ test: 'npm run unit', unit: 'jest' }, { test: 'npm run test:unit', 'test:unit': 'jest' }),
      [],
    ],
    [
      'a script with another name, and another text',
      npm({ test: 'npm run unit', unit: 'jest' }, { test: 'npm run test:unit', 'test:unit': 'jest a' }),
      [
        'block checks/command package.json: test: npm run unit → npm run test:unit',
        'warn checks/command package.json: unit: jest → (none)',
      ],
    ],
    [
      'a script with another name, and what runs before it',
      npm(
        { test: 'npm run unit', unit: 'jest' },
        { test: 'npm run test:unit', 'test:unit': 'jest', 'pretest:unit': 'node a' },
      ),
      [
        'block checks/command package.json: test: npm run unit → npm run test:unit',
        'warn checks/command package.json: unit: jest → (none)',
      ],
    ],
    [
      'scripts put into the one that ran them',
      npm({ test: 'npm run lint && npm run unit', lint: 'eslint .', unit: 'jest' }, { test: '(eslint .) && (jest)' }),
      [],
    ],
    [
      'scripts that went to the packages',
      {
        base: { 'package.json': scripts({ test: 'yarn unit', unit: 'jest --coverage' }) },
        head: {
          'package.json': scripts({ test: 'lerna run test' }),
          'core/package.json': scripts({ test: 'jest --coverage' }),
        },
        run: ['npm test'],
      },
      [
        'block checks/command package.json: test: yarn unit → lerna run test',
        'warn checks/command package.json: unit: jest --coverage → (none)',
      ],
    ],
    [
      'a script that is gone, and is still called',
      npm({ test: 'npm run unit && eslint .', unit: 'jest' }, { test: 'npm run unit && eslint a' }),
      [
        'block checks/command package.json: unit: jest → (none)',
        'block checks/command package.json: test: npm run unit && eslint . → npm run unit && eslint a',
      ],
    ],
    [
      'npm that runs nothing around scripts, where there is nothing',
      {
        base: { 'package.json': scripts({ test: 'jest' }) },
        head: { 'package.json': scripts({ test: 'jest' }), '.npmrc': 'ignore-scripts=true\n' },
        run: ['npm test'],
      },
      [],
    ],
    [
      'npm that runs nothing around scripts',
      {
        base: { 'package.json': scripts({ pretest: 'eslint .', test: 'jest' }) },
        head: { 'package.json': scripts({ pretest: 'eslint .', test: 'jest' }), '.npmrc': 'ignore-scripts=true\n' },
        run: ['npm test'],
      },
      ['block checks/command .npmrc: ignore-scripts: (none) → true'],
    ],
    [
      'a script that is gone',
      npm({ unit: 'jest' }, {}, ['npm run unit']),
      ['block checks/command package.json: unit: jest → (none)'],
    ],
    [
      'spaces and order of keys say nothing',
      {
        base: { 'package.json': '{"scripts":{"test":"jest","a":"b"}}' },
        head: { 'package.json': '{ "scripts": { "a": "b", "test": "jest " } }' },
        run: ['npm test'],
      },
      [],
    ],
    [
      'a script in the folder of `cd`',
      file('web/package.json', scripts({ test: 'jest' }), scripts({ test: 'true' }), 'cd web && npm test'),
      ['block checks/command web/package.json: test: jest → true'],
    ],
    [
      'a workspace by its name',
      {
        base: { 'packages/a/package.json': json({ name: '@x/a', scripts: { test: 'jest' } }) },
        head: { 'packages/a/package.json': json({ name: '@x/a', scripts: { test: 'jest b' } }) },
        run: ['npm test -w @x/a'],
      },
      ['block checks/command packages/a/package.json: test: jest → jest b'],
    ],
    [
      'every workspace',
      file(
        'packages/a/package.json',
        scripts({ build: 'tsc' }),
        scripts({ build: 'tsc --noCheck' }),
        'npx turbo run build',
      ),
      ['block checks/command packages/a/package.json: build: tsc → tsc --noCheck'],
    ],
    [
      'a script file',
      file('scripts/test.sh', '#!/bin/sh\n# runs\npytest\n', '#!/bin/sh\npytest || true\n', './scripts/test.sh'),
      ['block checks/command scripts/test.sh: pytest → pytest || true'],
    ],
    ['a comment in a script file', file('t.sh', 'a\n', '# why\n\na\n', 'bash t.sh'), []],
    [
      'a file that a script file runs',
      {
        base: { 't.sh': 'node tools/check.mjs\n', 'tools/check.mjs': 'go(1);\n' },
        head: { 't.sh': 'node tools/check.mjs\n', 'tools/check.mjs': 'go(2);\n' },
        run: ['sh t.sh'],
      },
      ['block checks/command tools/check.mjs: go(1); → go(2);'],
    ],
    [
      'a reformatted program',
      file('tools/a.mjs', "go('a',{b:1});\n", 'go("a", {\n  b: 1,\n}); // c\n', 'node tools/a.mjs'),
      [],
    ],
    [
      'a block of Python that moved out of its condition',
      file('t.py', 'if a:\n  b()\n  c()\n', 'if a:\n  b()\nc()\n', 'python t.py'),
      ['block checks/command t.py: lines in another order'],
    ],
    [
      'tests that a runner is given are no scripts',
      file('test/a.test.mjs', 'a();\n', 'b();\n', 'node --test test/a.test.mjs'),
      [],
    ],
    [
      'a file of tests that is run as a program',
      file('test/index.js', 'a();\n', 'b();\n', 'node test/index.js'),
      ['warn checks/command test/index.js: a(); → b();'],
    ],
    [
      'a file of tests that ends with success',
      file('test/index.js', 'a();\n', 'a();\nprocess.exit(0);\n', 'node test/index.js'),
      ['block checks/command test/index.js: (nothing) → process.exit(0);'],
    ],
    [
      'a module of Python',
      file('tools/check.py', 'a()\n', 'b()\n', 'python -m tools.check'),
      ['block checks/command tools/check.py: a() → b()'],
    ],
    [
      'a target',
      file('Makefile', 'test:\n\tpytest\n', 'test:\n\tpytest -x\n', 'make test'),
      ['block checks/command Makefile: test: pytest → pytest -x'],
    ],
    [
      'another target',
      file('Makefile', 'test:\n\tpytest\nrun:\n\t./a\n', 'test:\n\tpytest\nrun:\n\t./b\n', 'make test'),
      [],
    ],
    [
      'a prerequisite',
      file('Makefile', 'all: check\ncheck:\n\tgo vet ./...\n', 'all: check\ncheck:\n\ttrue\n', 'make'),
      ['block checks/command Makefile: check: go vet ./... → true'],
    ],
    [
      'a variable of a recipe',
      file('Makefile', 'RUN = pytest\ntest:\n\t$(RUN)\n', 'RUN = true\ntest:\n\t$(RUN)\n', 'make test'),
      ['block checks/command Makefile: test: RUN = pytest → RUN = true'],
    ],
    [
      'a makefile that goes before the other',
      {
        base: { Makefile: 'test:\n\tpytest\n' },
        head: { Makefile: 'test:\n\tpytest\n', GNUmakefile: 'test:\n\ttrue\n' },
        run: ['make test'],
      },
      ['block checks/command GNUmakefile: test: pytest → true'],
    ],
    [
      'an included makefile',
      {
        base: { Makefile: 'include mk/test.mk\n', 'mk/test.mk': 'test:\n\tpytest\n' },
        head: { Makefile: 'include mk/test.mk\n', 'mk/test.mk': 'test:\n\t@echo\n' },
        run: ['make test'],
      },
      ['block checks/command mk/test.mk: test: pytest → @echo'],
    ],
    [
      'a recipe of just',
      file(
        'justfile',
        'test: build\n  cargo test\nbuild:\n  cargo build\n',
        'test: build\n  cargo test\nbuild:\n  true\n',
        'just test',
      ),
      ['block checks/command justfile: build: cargo build → true'],
    ],
    [
      'a task',
      file(
        'Taskfile.yml',
        'version: 3\ntasks:\n  test:\n    cmds: [go test ./...]\n',
        'version: 3\ntasks:\n  test:\n    cmds: [go test ./a]\n',
        'task test',
      ),
      ['block checks/command Taskfile.yml: test: {cmds: [go test ./...]} → {cmds: [go test ./a]}'],
    ],
    [
      'an environment of tox',
      file(
        'tox.ini',
        '[tox]\n[testenv]\ndeps = pytest\ncommands = pytest\n',
        '[tox]\n[testenv]\ndeps = pytest\ncommands = true\n',
        'tox -e py312',
      ),
      ['block checks/command tox.ini: testenv: commands = pytest → commands = true'],
    ],
    [
      'what tox installs is no command',
      file('tox.ini', '[testenv]\ndeps = a\ncommands = pytest\n', '[testenv]\ndeps = b\ncommands = pytest\n', 'tox'),
      [],
    ],
    [
      'a session of nox',
      file(
        'noxfile.py',
        '@nox.session\ndef tests(session):\n    session.run("pytest")\n',
        '@nox.session\ndef tests(session):\n    session.run("true")\n',
        'nox -s tests',
      ),
      ['block checks/command noxfile.py: tests: session.run("pytest") → session.run("true")'],
    ],
    [
      'a task of poe',
      file(
        'pyproject.toml',
        '[tool.poe.tasks]\ntest = "pytest"\n',
        '[tool.poe.tasks]\ntest = "true"\n',
        'poetry run poe test',
      ),
      ['block checks/command pyproject.toml: test: pytest → true'],
    ],
    [
      'a script of hatch',
      file(
        'pyproject.toml',
        '[tool.hatch.envs.qa.scripts]\ncheck = "mypy ."\n',
        '[tool.hatch.envs.qa.scripts]\ncheck = "mypy a"\n',
        'hatch run qa:check',
      ),
      ['block checks/command pyproject.toml: qa:check: mypy . → mypy a'],
    ],
    [
      'a script of composer',
      file(
        'composer.json',
        json({ scripts: { test: ['@unit'], unit: 'phpunit' } }),
        json({ scripts: { test: ['@unit'], unit: 'true' } }),
        'composer test',
      ),
      ['block checks/command composer.json: unit: phpunit → true'],
    ],
    [
      'an alias of cargo',
      file('.cargo/config.toml', '[alias]\nci = "test --all"\n', '[alias]\nci = "test -p a"\n', 'cargo ci'),
      ['block checks/command .cargo/config.toml: ci: test --all → test -p a'],
    ],
    [
      'a task of deno',
      file('deno.json', json({ tasks: { test: 'deno test' } }), json({ tasks: { test: 'true' } }), 'deno task test'),
      ['block checks/command deno.json: test: deno test → true'],
    ],
    [
      'the shell that runs scripts',
      {
        base: { 'package.json': scripts({ test: 'jest' }) },
        head: { 'package.json': scripts({ test: 'jest' }), '.npmrc': 'script-shell=./sh\n' },
        run: ['npm test'],
      },
      ['block checks/command .npmrc: script-shell: (none) → ./sh'],
    ],
    [
      'a module that is loaded first',
      file('tools/hook.mjs', 'a();\n', 'b();\n', 'mocha -r ./tools/hook.mjs'),
      ['block checks/command tools/hook.mjs: a(); → b();'],
    ],
    [
      'a script of the setup',
      { base: { 'setup.sh': 'a\n' }, head: { 'setup.sh': 'b\n' }, setup: './setup.sh' },
      ['block checks/command setup.sh: a → b'],
    ],
    [
      'a lifecycle script is another rule’s',
      { base: { 'package.json': scripts({}) }, head: { 'package.json': scripts({ prepare: 'x' }) }, setup: 'npm ci' },
      [],
    ],
    [
      'scripts that run each other for ever',
      npm({ test: 'npm run a', a: 'npm test' }, { test: 'npm run a', a: 'npm test', b: '' }),
      [],
    ],
    [
      'a file that cannot be read any more',
      file('package.json', scripts({ test: 'jest' }), '{ broken', 'npm test'),
      ['warn checks/config package.json: it is not JSON'],
    ],
    [
      'what was broken before and did not change',
      { base: { 'package.json': '{', 'a.txt': '' }, head: { 'package.json': '{', 'a.txt': 'b' }, run: ['npm test'] },
      [],
    ],
    [
      'a script that became bytes',
      { base: { 't.sh': 'a\n' }, head: { 't.sh': new Uint8Array([0xff, 0xfe, 0x61, 0]) }, run: ['./t.sh'] },
      ['block checks/command t.sh: it is not UTF-8'],
    ],
    [
      'more scripts than can be followed',
      npm(
        { test: Array.from({ length: 900 }, (_, index) => `npm run s${index}`).join(' && ') },
        { test: Array.from({ length: 900 }, (_, index) => `npm run s${index}`).join(' && '), other: 'a' },
      ),
      ['warn checks/command null: too many to follow'],
    ],
    ['CRLF for LF', file('t.sh', 'a\nb\n', 'a\r\nb\r\n', 'sh t.sh'), []],
    [
      'nothing that can be followed',
      { base: { a: '' }, head: { a: 'b' }, run: ['$CMD', '"', '/bin/true', '../x.sh', 'eval "$(x)"'] },
      [],
    ],
  ];
  for (const [what, given, expected] of cases) {
    it(what, async () => {
      const found = await told(given);
      assert.deepEqual(
        found.filter((line) => line.includes('checks/command') || line.startsWith('warn checks/config')),
        expected,
      );
    });
  }
});

describe('scripts that call one another', () => {
  const chain = (last: string): Record<string, string> =>
    Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`s${at}`, at === 999 ? last : `npm run s${at + 1}`]));
  it('without an end are read to one', async () => {
    const found = await kinds(
      npm({ ...chain('npm run s0'), test: 'npm run s0' }, { ...chain('npm run s0'), test: 'npm run s1' }),
    );
    assert.deepEqual(
      found.filter((line) => line.startsWith('block')),
      ['block checks/command package.json'],
    );
  });
  it('and double each time are not put together without a limit', async () => {
    const double = (end: string) =>
      Object.fromEntries(
        Array.from({ length: 60 }, (_, at) => [`s${at}`, at === 59 ? end : `npm run s${at + 1} && npm run s${at + 1}`]),
      );
    const found = await kinds(
      npm({ ...double('jest'), test: 'npm run s0' }, { ...double('jest'), test: 'npm run s1' }),
    );
    assert.deepEqual(found, ['block checks/command package.json']);
  });
});

describe('a well known entry that no check reaches', () => {
  const cases: readonly [string, CheckCase, readonly string[]][] = [
    [
      'a test that always succeeds',
      npm({ test: 'jest' }, { test: 'jest || exit 0' }, []),
      ['block checks/command package.json'],
    ],
    ['`|| true`', npm({ lint: 'eslint .' }, { lint: 'eslint . || true' }, []), ['block checks/command package.json']],
    [
      'an option that forgives',
      npm({ 'test:unit': 'jest' }, { 'test:unit': 'jest --passWithNoTests' }, []),
      ['block checks/command package.json'],
    ],
    ['only echo', npm({ test: 'jest' }, { test: 'echo ok' }, []), ['block checks/command package.json']],
    ['emptied', npm({ typecheck: 'tsc' }, { typecheck: '' }, []), ['block checks/command package.json']],
    ['removed', npm({ test: 'jest', a: 'b' }, { a: 'b' }, []), ['block checks/command package.json']],
    [
      'moved to another package',
      {
        base: { 'package.json': scripts({ test: 'jest --coverage', a: 'b' }) },
        head: { 'package.json': scripts({ a: 'b' }), 'core/package.json': scripts({ test: 'jest --coverage' }) },
      },
      [],
    ],
    [
      'removed, and shown in a fixture',
      {
        base: { 'package.json': scripts({ test: 'jest --coverage', a: 'b' }) },
        head: {
          'package.json': scripts({ a: 'b' }),
          'test/fixtures/package.json': scripts({ test: 'jest --coverage' }),
        },
      },
      ['block checks/command package.json'],
    ],
    ['removed, and split', npm({ lint: 'eslint .' }, { 'lint:js': 'eslint src' }, []), []],
    ['renamed', npm({ check: 'tsc && eslint .' }, { verify: 'tsc && eslint .' }, []), []],
    ['a convenience removed', npm({ 'test:watch': 'jest --watch' }, {}, []), []],
    ['another runner', npm({ test: 'jest' }, { test: 'vitest run' }, []), []],
    ['a start script with `|| true`', npm({ clean: 'rm -rf a' }, { clean: 'rm -rf a || true' }, []), []],
    ['a new script that prints', npm({ a: 'b' }, { a: 'b', test: 'echo none' }, []), []],
    [
      'the placeholder that fails',
      npm({ test: 'echo "Error: no test specified" && exit 1' }, { test: 'jest' }, []),
      [],
    ],
    [
      'a recipe with `-`',
      file('Makefile', 'test:\n\tpytest\n', 'test:\n\t-pytest\n', 'true'),
      ['block checks/command Makefile'],
    ],
    [
      'a recipe with `|| true`',
      file('Makefile', 'all:\n\tgo test ./...\n', 'all:\n\tgo test ./... || true\n', 'true'),
      ['block checks/command Makefile'],
    ],
    [
      'a clean-up with `|| true`',
      file('Makefile', 'test:\n\tpytest\n', 'test:\n\trm -f x || true\n\tpytest\n', 'true'),
      [],
    ],
    [
      'warnings borne',
      npm({ lint: 'eslint --max-warnings 0 .' }, { lint: 'eslint --max-warnings 10 .' }, []),
      ['block checks/threshold package.json'],
    ],
    [
      'warnings borne without limit',
      npm({ lint: 'eslint --max-warnings=0 .' }, { lint: 'eslint .' }, []),
      ['block checks/threshold package.json'],
    ],
    ['another linter', npm({ lint: 'eslint --max-warnings=0 .' }, { lint: 'biome check .' }, []), []],
    [
      'coverage asked for',
      npm({ cover: 'pytest --cov-fail-under=90' }, { cover: 'pytest --cov-fail-under=50' }, []),
      ['block checks/threshold package.json'],
    ],
    ['more coverage asked for', npm({ cover: 'c8 --lines 80 x' }, { cover: 'c8 --lines 90 x' }, []), []],
    [
      'in a fixture',
      file('test/fixtures/a/package.json', scripts({ test: 'jest' }), scripts({ test: 'jest || true' }), 'true'),
      ['warn checks/command test/fixtures/a/package.json'],
    ],
    ['prose that says it', { base: { 'README.md': 'a\n' }, head: { 'README.md': 'Run `exit 0` or `|| true`.\n' } }, []],
  ];
  for (const [what, given, expected] of cases) it(what, async () => assert.deepEqual(await kinds(given), expected));
});
