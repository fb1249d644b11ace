import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chainOf } from '../../../src/core/shell/chain';
import { askedCommand, askingOf, describeAsking } from '../../../src/core/verify/runners/asking';
import { readScriptTexts } from '../../../src/core/verify/runners/script';

/** Asks of a command, in a checkout with these scripts of its package.json, by folder. */
async function asking(run: string, scripts: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) {
  return askingOf(run, async (folder) => {
    const found = scripts[folder];
    return found === undefined ? null : readScriptTexts(JSON.stringify({ scripts: found }));
  });
}

async function asked(run: string, test?: string): Promise<string | null> {
  const found = await asking(run, test === undefined ? {} : { '': { test } });
  return found === null ? null : (describeAsking(found) ?? '(nothing)');
}

const NODE =
  '--test-reporter=spec --test-reporter-destination=stdout --test-reporter=<report>/reporter.mjs --test-reporter-destination=<report>/results.json';
const VITEST = '--reporter=default --reporter=json --outputFile.json=<report>/results.json';
const PYTEST = '-o junit_family=xunit1 --junitxml=<report>/junit.xml';

describe('what a runner is asked for', () => {
  const commands: [run: string, expected: string][] = [
    ['node --test', NODE],
    ['node --import tsx --test --test-concurrency 2', NODE],
    ['node --test test/*.mjs', `NODE_OPTIONS=${NODE}`],
    ['tsx --test a.test.ts', `NODE_OPTIONS=${NODE}`],
    ['npx mocha --parallel', '--require <report>/listen.cjs'],
    ['NODE_ENV=test ./node_modules/.bin/mocha "test/**/*.js"', '--require <report>/listen.cjs'],
    ['node --import tsx node_modules/mocha/bin/mocha.js', '--require <report>/listen.cjs'],
    ['c8 -r lcov mocha', '--require <report>/listen.cjs'],
    ["npx jest --testPathPattern '(a|b)'", '--json --outputFile=<report>/results.json'],
    ['yarn jest', '--json --outputFile=<report>/results.json'],
    ['pnpm exec vitest run', VITEST],
    ['vitest run --reporter=dot', '--reporter=json --outputFile.json=<report>/results.json'],
    ['pytest -q tests', PYTEST],
    ['cd api && uv run pytest', PYTEST],
    ['python3 -m pytest', PYTEST],
    ['coverage run --branch -m pytest -x', PYTEST],
    ['.venv/bin/pytest', PYTEST],
    ['go test ./...', '-v 2>&1'],
    ['go test -v -race ./...', '2>&1'],
    ['cargo build && cargo test --workspace', '2>&1'],
    ['cargo +nightly test', '2>&1'],
    ['cargo nextest run', '--tool-config-file=countersign:<report>/nextest.toml'],
    ['mvn -B verify', '(nothing)'],
    ['./mvnw -q test', '(nothing)'],
    ['./gradlew :app:test', '(nothing)'],
    ['dotnet test --no-build', '--logger trx --results-directory <report>'],
    ['bundle exec rspec', '--format progress --format json --out <report>/results.json'],
    ['rspec -fd', '--format json --out <report>/results.json'],
    ['vendor/bin/phpunit', '--log-junit <report>/junit.xml'],
    ['php vendor/bin/phpunit --testdox', '--log-junit <report>/junit.xml'],
  ];
  for (const [run, expected] of commands) {
    it(`${run}: ${expected}`, async () => assert.equal(await asked(run), expected));
  }

  const nothing = [
    ...['make test', 'npm test', 'tox', './run-tests.sh', 'echo pytest', 'sh -c "pytest"', 'node run.js --test', ''],
    ...[
      'pytest || true',
      'pytest; echo',
      'pytest | tee log',
      'pytest > log',
      '! pytest',
      'pytest &',
      '(pytest)',
      'pytest # x',
    ],
    ...[
      'pytest "$(cat list)"',
      "pytest 'a",
      'pytest && echo done',
      'if true; then pytest; fi',
      'pytest \\',
      'pytest\necho',
    ],
    ...['pytest --junitxml=own.xml', 'pytest --collect-only', 'pytest -p no:junitxml', 'pytest -- a', './pytest'],
    ...['NODE_OPTIONS=--x node --test', 'node --test --test-reporter=dot', 'node --test --watch', 'node -e "x" --test'],
    ...['mocha --watch', 'jest --json', 'jest --listTests', 'vitest bench', 'vitest --watch', 'vitest --reporter=json'],
    ...['go vet ./...', 'go test -c', 'go test ./... -args -v', 'cargo test -q', 'cargo test --no-run', 'cargo clippy'],
    ...[
      'mvn compile',
      'gradle assemble',
      'dotnet build',
      'dotnet test --logger "trx;LogFileName=a.trx"',
      'rspec --dry-run',
    ],
    ...['npm ci', 'yarn', 'pnpm install', 'npm --prefix x test', 'pushd x && pytest', 'cd / && npm test'],
  ];
  for (const run of nothing) it(`nothing of ${JSON.stringify(run)}`, async () => assert.equal(await asked(run), null));

  const scripts: [run: string, test: string, expected: string | null][] = [
    ['npm test', 'mocha', '-- --require <report>/listen.cjs'],
    ['npm test -- --grep x', 'mocha', '--require <report>/listen.cjs'],
    ['npm run --silent test', 'tsc && node --test', `-- ${NODE}`],
    ['npm test', 'node --test a.mjs', `NODE_OPTIONS=${NODE}`],
    ['npm test a.mjs', 'node --test', `NODE_OPTIONS=${NODE}`],
    ['pnpm test', 'vitest run', VITEST],
    ['yarn test', 'jest', '--json --outputFile=<report>/results.json'],
    ['npm test', 'cargo test', '2>&1'],
    ['npm run build && npm t', 'pytest', `-- ${PYTEST}`],
    ['npm test', 'mocha || true', null],
    ['npm test', 'npm test', null],
    ['npm run other', 'mocha', null],
    ['npm test --workspaces', 'mocha', null],
    ['pnpm -r test', 'mocha', null],
    ['npm test -- --watch', 'mocha', null],
  ];
  for (const [run, test, expected] of scripts) {
    it(`${run}, which is ${test}: ${expected}`, async () => assert.equal(await asked(run, test), expected));
  }

  it('goes through scripts of scripts, and of other folders', async () => {
    const found = await asking('cd packages/a && npm test', {
      '': { test: 'jest' },
      'packages/a/': { test: 'npm run unit', unit: 'mocha' },
    });
    assert.equal(describeAsking(found!), '-- -- --require <report>/listen.cjs');
  });

  it('a package.json that is none has no scripts', () => {
    for (const text of ['', '[', '1', 'null', '{"scripts":[]}', '{"scripts":{"test":1}}']) {
      assert.equal(readScriptTexts(text)?.get('test'), undefined, text);
    }
  });
});

describe('the command that asks', () => {
  it('names the folder, in quotes where it must', async () => {
    const mocha = (await asking('mocha'))!;
    assert.equal(askedCommand('mocha', mocha, '/h/x')!.command, 'mocha --require /h/x/listen.cjs');
    assert.equal(askedCommand('mocha', mocha, '/h/a b')!.command, 'mocha --require "/h/a b/listen.cjs"');
    assert.equal(askedCommand('mocha', mocha, 'C:\\h\\x')!.command, 'mocha --require C:/h/x/listen.cjs');
    assert.match(
      askedCommand('node --test', (await asking('node --test'))!, '/h/a b')!.command,
      /=file:\/\/\/h\/a%20b\/rep/,
    );
    const files = (await asking('node --test x'))!;
    assert.match(askedCommand('node --test x', files, 'C:\\h')!.env.NODE_OPTIONS!, /=file:\/\/\/C:\/h\/reporter\.mjs /);
    assert.equal(askedCommand('node --test x', files, '/h')!.command, 'node --test x');
  });

  it('is not made of a folder that a shell would read otherwise', async () => {
    const mocha = (await asking('mocha'))!;
    for (const folder of ['/h/"x', "/h/'", '/h/$HOME', '/h/`a`', '/h/a\nb', '/h/a;b', '/h/%TEMP%']) {
      assert.equal(askedCommand('mocha', mocha, folder), null);
    }
  });

  it('begins with the command of the brief, whatever that is', async () => {
    const word = fc.constantFrom(
      'pytest',
      'npm',
      'test',
      'run',
      '--',
      '&&',
      'cd',
      'a',
      '"',
      "'",
      '$(',
      ';',
      '-v',
      '\\',
      '\n',
      '#',
      'go',
      '=',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
        const run = words.join(' ');
        const found = await asking(run, { '': { test: 'pytest -q', a: 'go test' } });
        if (found === null) return;
        assert.ok(chainOf(run) !== null);
        assert.ok(askedCommand(run, found, '/h')!.command.startsWith(run));
      }),
      { numRuns: 300 },
    );
  });
});
