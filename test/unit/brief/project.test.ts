import assert from 'node:assert/strict';
import { detectProject, MANIFESTS, type ProjectFile } from '../../../src/core/brief/project';

const files = (...entries: (string | [string, string])[]): ProjectFile[] =>
  entries.map((entry) => (typeof entry === 'string' ? { path: entry } : { path: entry[0], text: entry[1] }));

function commands(...entries: (string | [string, string])[]): (string | null)[] {
  const { testCommand, lintCommand, setup } = detectProject(files(...entries));
  return [testCommand, lintCommand, setup];
}

const packageJson = (more: object = {}): [string, string] => [
  'package.json',
  JSON.stringify({ scripts: { test: 'mocha', lint: 'eslint .' }, ...more }),
];

describe('detectProject', () => {
  it('Node, by the lockfile', () => {
    assert.deepEqual(commands(packageJson(), 'package-lock.json'), ['npm test', 'npm run lint', 'npm ci']);
    assert.deepEqual(commands(packageJson(), 'pnpm-lock.yaml'), [
      'pnpm test',
      'pnpm run lint',
      'pnpm install --frozen-lockfile',
    ]);
    assert.deepEqual(commands(packageJson(), 'yarn.lock'), [
      'yarn test',
      'yarn run lint',
      'yarn install --frozen-lockfile',
    ]);
    assert.deepEqual(commands(packageJson(), 'yarn.lock', '.yarnrc.yml'), [
      'yarn test',
      'yarn run lint',
      'yarn install --immutable',
    ]);
    assert.deepEqual(commands(packageJson(), 'bun.lock'), [
      'bun run test',
      'bun run lint',
      'bun install --frozen-lockfile',
    ]);
    assert.deepEqual(commands(packageJson()), ['npm test', 'npm run lint', null]);
    assert.deepEqual(
      commands(packageJson({ packageManager: 'pnpm@9.1.0' }), 'package-lock.json', 'pnpm-lock.yaml')[0],
      'pnpm test',
    );
  });

  it('Node, with a test script that only fails, or a manifest that does not parse', () => {
    const never = packageJson({ scripts: { test: 'echo "Error: no test specified" && exit 1' } });
    assert.deepEqual(commands(never), [null, null, null]);
    for (const text of ['{', '[]', 'null', '{"scripts":[]}', '{"scripts":{"test":1}}']) {
      assert.deepEqual(commands(['package.json', text]), [null, null, null], text);
    }
  });

  it('Python', () => {
    assert.deepEqual(commands(['pyproject.toml', '[tool.pytest.ini_options]\n[tool.ruff]\n'], 'uv.lock'), [
      'uv run python -m pytest',
      'uv run ruff check .',
      'uv sync --frozen',
    ]);
    assert.deepEqual(commands(['pyproject.toml', ''], 'poetry.lock', 'tests/conftest.py'), [
      'poetry run python -m pytest',
      null,
      'poetry install',
    ]);
    assert.deepEqual(commands('requirements.txt', 'tests/test_a.py'), ['python3 -m unittest', null, null]);
    assert.deepEqual(commands('setup.py', 'a.py'), [null, null, null]);
    assert.deepEqual(commands('tests/test_a.py'), [null, null, null]);
  });

  it('Rust, Go, Java, Make', () => {
    assert.deepEqual(commands('Cargo.toml', 'Cargo.lock'), ['cargo test', null, 'cargo fetch --locked']);
    assert.deepEqual(commands('go.mod', 'go.sum'), ['go test ./...', 'go vet ./...', 'go mod download']);
    assert.deepEqual(commands('pom.xml', 'mvnw'), ['./mvnw -q test', null, null]);
    assert.deepEqual(commands('build.gradle.kts'), ['gradle test', null, null]);
    assert.deepEqual(commands(['Makefile', 'all: test\ntest: build\n\tgo\nlint := x\n']), ['make test', null, null]);
    assert.deepEqual(commands('go.mod', ['Makefile', 'test:\nlint:\n'])[0], 'go test ./...');
  });

  it('languages and folders, from files of code only', () => {
    const { languages, sourceFolders, testFolders } = detectProject(
      files(
        'src/a.ts',
        'src/b.tsx',
        'lib/c.py',
        'test/d.ts',
        'docs/e.js',
        '.github/f.js',
        'data/x.csv',
        'g.go',
        'node_modules/h/i.js',
      ),
    );
    assert.deepEqual(languages, ['TypeScript', 'Go', 'Python']);
    assert.deepEqual([sourceFolders, testFolders], [['lib', 'src'], ['test']]);
  });

  it('reads no text beyond the named manifests', () => {
    assert.deepEqual(MANIFESTS, ['package.json', 'pyproject.toml', 'Makefile']);
  });
});
