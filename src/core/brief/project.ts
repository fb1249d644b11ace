/** What a project is, told from the names of its files and a few manifests: enough to draft a brief and a policy. */

/** A file of the repository; `text` only for those of `MANIFESTS`. */
export interface ProjectFile {
  readonly path: string;
  readonly text?: string;
}

export interface ProjectFacts {
  readonly testCommand: string | null;
  readonly lintCommand: string | null;
  /** What a fresh checkout needs first. */
  readonly setup: string | null;
  /** Most files first, at most three. */
  readonly languages: readonly string[];
  /** Folders at the top of the repository. */
  readonly sourceFolders: readonly string[];
  readonly testFolders: readonly string[];
}

/** The files at the top of a repository whose text tells something; the caller reads these and no others. */
export const MANIFESTS: readonly string[] = ['package.json', 'pyproject.toml', 'Makefile'];

type Commands = Pick<ProjectFacts, 'testCommand' | 'lintCommand' | 'setup'>;
type Files = ReadonlyMap<string, string>;

/** Told from paths (with `/`) and the texts of `MANIFESTS`. A manifest that does not parse tells nothing. */
export function detectProject(files: readonly ProjectFile[]): ProjectFacts {
  const byPath: Files = new Map(files.map(({ path, text }) => [path, text ?? '']));
  const found = [ofNode, ofPython, ofRust, ofGo, ofJava, ofMake].flatMap((detect) => detect(byPath) ?? []);
  const first = (key: keyof Commands): string | null => found.find((commands) => commands[key] !== null)?.[key] ?? null;
  return {
    testCommand: first('testCommand'),
    lintCommand: first('lintCommand'),
    setup: first('setup'),
    ...readLayout([...byPath.keys()]),
  };
}

const PACKAGE_MANAGERS = [
  { name: 'pnpm', lock: 'pnpm-lock.yaml', setup: 'pnpm install --frozen-lockfile' },
  { name: 'yarn', lock: 'yarn.lock', setup: 'yarn install --immutable' },
  { name: 'bun', lock: 'bun.lock', setup: 'bun install --frozen-lockfile' },
  { name: 'bun', lock: 'bun.lockb', setup: 'bun install --frozen-lockfile' },
  { name: 'npm', lock: 'package-lock.json', setup: 'npm ci' },
  { name: 'npm', lock: 'npm-shrinkwrap.json', setup: 'npm ci' },
] as const;

function ofNode(files: Files): Commands | null {
  const manifest = readJson(files.get('package.json'));
  if (manifest === null) return null;
  const declared = typeof manifest.packageManager === 'string' ? manifest.packageManager.split('@')[0] : undefined;
  const locked = PACKAGE_MANAGERS.filter(({ lock }) => files.has(lock));
  const manager = locked.find(({ name }) => name === declared) ?? locked[0];
  const name = manager?.name ?? PACKAGE_MANAGERS.find((known) => known.name === declared)?.name ?? 'npm';
  const isClassicYarn = name === 'yarn' && !files.has('.yarnrc.yml');
  const scripts = isRecord(manifest.scripts) ? manifest.scripts : {};
  const script = (key: string): string | null => {
    const line = scripts[key];
    // npm init writes a test script that only fails.
    if (typeof line !== 'string' || line.includes('no test specified')) return null;
    return key === 'test' && name !== 'bun' ? `${name} test` : `${name} run ${key}`;
  };
  const setup = isClassicYarn && manager !== undefined ? 'yarn install --frozen-lockfile' : (manager?.setup ?? null);
  return { testCommand: script('test'), lintCommand: script('lint'), setup };
}

function ofPython(files: Files): Commands | null {
  const isPython = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt'].some((path) => files.has(path));
  if (!isPython) return null;
  const manifest = files.get('pyproject.toml') ?? '';
  const paths = [...files.keys()];
  const usesPytest =
    manifest.includes('pytest') || paths.some((path) => /(?:^|\/)(?:conftest\.py|pytest\.ini)$/.test(path));
  const hasTests = usesPytest || paths.some((path) => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path));
  const [runner, setup] = files.has('uv.lock')
    ? ['uv run ', 'uv sync --frozen']
    : files.has('poetry.lock')
      ? ['poetry run ', 'poetry install']
      : ['', null];
  const test = usesPytest ? 'python -m pytest' : 'python -m unittest';
  return {
    testCommand: hasTests ? `${runner}${runner === '' ? test.replace('python', 'python3') : test}` : null,
    lintCommand: manifest.includes('[tool.ruff') ? `${runner}ruff check .` : null,
    setup,
  };
}

function ofRust(files: Files): Commands | null {
  if (!files.has('Cargo.toml')) return null;
  return {
    testCommand: 'cargo test',
    lintCommand: null,
    setup: files.has('Cargo.lock') ? 'cargo fetch --locked' : null,
  };
}

function ofGo(files: Files): Commands | null {
  if (!files.has('go.mod')) return null;
  const setup = files.has('go.sum') ? 'go mod download' : null;
  return { testCommand: 'go test ./...', lintCommand: 'go vet ./...', setup };
}

function ofJava(files: Files): Commands | null {
  const tool = (wrapper: string, program: string): string => (files.has(wrapper) ? `./${wrapper}` : program);
  if (files.has('pom.xml')) return { testCommand: `${tool('mvnw', 'mvn')} -q test`, lintCommand: null, setup: null };
  if (!files.has('build.gradle') && !files.has('build.gradle.kts')) return null;
  return { testCommand: `${tool('gradlew', 'gradle')} test`, lintCommand: null, setup: null };
}

function ofMake(files: Files): Commands | null {
  const text = files.get('Makefile');
  if (text === undefined) return null;
  const target = (name: string): string | null =>
    new RegExp(`^${name}:(?!=)`, 'm').test(text) ? `make ${name}` : null;
  return { testCommand: target('test'), lintCommand: target('lint'), setup: null };
}

function readJson(text: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Languages by the endings of their files. */
export const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  TypeScript: ['ts', 'tsx', 'mts', 'cts'],
  JavaScript: ['js', 'jsx', 'mjs', 'cjs'],
  Python: ['py'],
  Rust: ['rs'],
  Go: ['go'],
  Java: ['java'],
  Kotlin: ['kt', 'kts'],
  'C#': ['cs'],
  'C and C++': ['c', 'h', 'cc', 'cpp', 'hpp'],
  Ruby: ['rb'],
  PHP: ['php'],
  Swift: ['swift'],
};
const LANGUAGE_OF = new Map(Object.entries(LANGUAGES).flatMap(([name, endings]) => endings.map((end) => [end, name])));

const TEST_FOLDERS = new Set(['test', 'tests', 'spec', 'specs', '__tests__', 'e2e']);
const NO_SOURCE = new Set([
  'bin',
  'build',
  'coverage',
  'dist',
  'docs',
  'examples',
  'node_modules',
  'out',
  'scripts',
  'target',
  'tools',
  'vendor',
]);

function readLayout(paths: readonly string[]): Pick<ProjectFacts, 'languages' | 'sourceFolders' | 'testFolders'> {
  const languages = new Map<string, number>();
  const folders = new Set<string>();
  for (const path of paths) {
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : null;
    if (folder !== null && (folder.startsWith('.') || NO_SOURCE.has(folder))) continue;
    const language = LANGUAGE_OF.get(/\.([^./]+)$/.exec(path)?.[1] ?? '');
    if (language === undefined) continue;
    languages.set(language, (languages.get(language) ?? 0) + 1);
    if (folder !== null) folders.add(folder);
  }
  const sorted = [...folders].sort();
  return {
    languages: [...languages]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, 3)
      .map(([name]) => name),
    sourceFolders: sorted.filter((folder) => !TEST_FOLDERS.has(folder)),
    testFolders: sorted.filter((folder) => TEST_FOLDERS.has(folder)),
  };
}
