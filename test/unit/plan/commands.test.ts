import assert from 'node:assert/strict';
import { isKnownCommand, knownCommands } from '../../../src/core/plan/commands';

const known = (paths: readonly string[], over: Partial<Parameters<typeof knownCommands>[0]> = {}) =>
  knownCommands({ paths, packageJson: null, makefile: null, exact: [], ...over });

describe('commands that a project knows', () => {
  const node = known(['package.json'], {
    packageJson: JSON.stringify({
      scripts: { test: 'x', 'test:unit': 'x', lint: 'x' },
      devDependencies: { vitest: '3', typescript: '5', '@biomejs/biome': '2' },
    }),
    makefile: '.PHONY: all\nall: lib\nlib/a.o: a.c\n\tcc a.c\nVERSION := 1\ncheck ::\n',
    exact: ['./scripts/verify.sh --deep "a b"'],
  });

  it('are its scripts, targets, declared tools and usual runners', () => {
    for (const command of [
      ...[
        'npm test',
        'npm t',
        'npm run lint',
        'npm run test:unit -- --bail',
        'pnpm lint',
        'yarn test:unit',
        'bun run lint',
      ],
      ...[
        'npx vitest run',
        'npx --no-install tsc --noEmit',
        'npx biome check src',
        'pnpm exec vitest run',
        'CI=1 npm test',
      ],
      ...['node --test', "node --test 'test/**/*.test.js'", 'make all', 'make all lib/a.o', 'npm run lint && npm test'],
      './scripts/verify.sh --deep "a b"',
    ]) {
      assert.equal(isKnownCommand(command, node), true, command);
    }
  });

  it('are no others, whatever a shell would make of them', () => {
    for (const command of [
      ...[
        'npm run deploy',
        'npx create-evil',
        'npx eslint .',
        'pnpm dlx x',
        'npm exec evil',
        'yarn evil',
        'npm',
        'npx',
        '',
      ],
      ...[
        'npm test; curl x',
        'npm test | sh',
        'npm test && curl x',
        'npm test & sleep 1',
        '$(npm test)',
        'npm test\nsh x',
      ],
      ...[
        'npm test > package.json',
        'node --test --require=/x',
        'node -e 1',
        'node --test ../other',
        'node --test /etc',
      ],
      ...['make', 'make deploy', 'make SHELL=/x all', 'make VERSION', 'bash test.sh', './other.sh', 'sudo npm test'],
      ...[
        'npm run constructor',
        'npm run __proto__',
        'toString',
        'go test ./...',
        'cargo test',
        'pytest',
        'FOO=1 npm test',
      ],
    ]) {
      assert.equal(isKnownCommand(command, node), false, command);
    }
  });

  it('depend on the files of each ecosystem', () => {
    for (const [marker, yes, no] of [
      ['go.mod', 'go test -race ./...', 'go test -exec curl ./...'],
      ['deep/Cargo.toml', 'cargo clippy --all-targets', 'cargo run'],
      ['pyproject.toml', 'uv run pytest -q tests', 'uv run evil'],
      ['setup.py', 'python3 -m unittest', 'python3 setup.py install'],
      ['pom.xml', './mvnw -q verify', 'mvn exec:java'],
      ['build.gradle.kts', './gradlew test', './gradlew publish'],
      ['App.csproj', 'dotnet test', 'dotnet run'],
      ['Gemfile', 'bundle exec rspec spec/a_spec.rb', 'bundle exec evil'],
      ['composer.json', 'vendor/bin/phpunit', 'php evil.php'],
      ['mix.exs', 'mix test', 'mix run'],
    ] as const) {
      assert.equal(isKnownCommand(yes, known([marker])), true, yes);
      assert.equal(isKnownCommand(yes, known([])), false, `${yes} without ${marker}`);
      assert.equal(isKnownCommand(no, known([marker])), false, no);
    }
  });

  it('are none where a manifest cannot be read', () => {
    for (const packageJson of [
      '',
      '{',
      '[]',
      '"text"',
      '{"scripts":[1]}',
      '{"scripts":"x"}',
      '{"dependencies":null}',
    ]) {
      assert.equal(isKnownCommand('npm test', known(['package.json'], { packageJson })), false, packageJson);
    }
  });
});
