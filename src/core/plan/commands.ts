/**
 * Which commands a project knows: what its manifests name, and the usual runners of its languages. A check that a planner
 * proposes is taken only when it is one of these; any other command is a person's to take.
 */

/** The files at the top of a repository whose texts name commands. */
export interface CommandSources {
  readonly paths: readonly string[];
  readonly packageJson: string | null;
  readonly makefile: string | null;
  /** Commands that are known as they are: those found for tests and linting, and the policy's. */
  readonly exact: readonly string[];
}

export interface KnownCommands {
  readonly exact: ReadonlySet<string>;
  /** Scripts of package.json. */
  readonly scripts: ReadonlySet<string>;
  /** Packages that package.json names. */
  readonly packages: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  /** Names of files that say which runners are at home. */
  readonly markers: ReadonlySet<string>;
}

const MARKERS: ReadonlySet<string> = new Set(
  'package.json deno.json deno.jsonc pyproject.toml setup.py setup.cfg requirements.txt tox.ini noxfile.py pytest.ini go.mod Cargo.toml pom.xml mvnw build.gradle build.gradle.kts gradlew Gemfile Rakefile composer.json mix.exs Package.swift CMakeLists.txt build.sbt pubspec.yaml build.zig'.split(
    ' ',
  ),
);
const MOST_NAMES = 500;

/** Reads what there is; a manifest that does not parse names nothing. Never throws. */
export function knownCommands({ paths, packageJson, makefile, exact }: CommandSources): KnownCommands {
  const manifest = recordOf(parsed(packageJson));
  const names = (key: string) => Object.keys(recordOf(manifest[key])).slice(0, MOST_NAMES);
  const baseNames = paths.map((path) => path.slice(path.lastIndexOf('/') + 1));
  return {
    exact: new Set(exact.map((command) => command.trim())),
    scripts: new Set(names('scripts')),
    packages: new Set([...names('dependencies'), ...names('devDependencies')]),
    targets: new Set(targetsOf(makefile ?? '')),
    markers: new Set(baseNames.filter((name) => MARKERS.has(name) || /\.(?:csproj|fsproj|sln)$/.test(name))),
  };
}

/** Targets at the beginning of a line (GNU make manual, "Rule Syntax"), without patterns and special ones. */
function targetsOf(makefile: string): readonly string[] {
  return makefile
    .slice(0, 256 * 1024)
    .split('\n')
    .flatMap((line) => /^([A-Za-z0-9][\w./-]{0,99})[ \t]*:(?![:=])/.exec(line)?.[1] ?? [])
    .slice(0, MOST_NAMES);
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/**
 * Whether a project knows a command: it is one that was found as it stands, or several of its scripts, targets and runners
 * joined by `&&`, with words and common flags as arguments. Anything else that a shell would read makes it unknown.
 */
export function isKnownCommand(run: string, known: KnownCommands): boolean {
  const line = run.trim();
  if (known.exact.has(line)) return true;
  if (line === '' || line.length > 1_000) return false;
  return line.split('&&').every((part) => {
    const words = wordsOf(part.trim());
    return words !== null && isKnown(words, known);
  });
}

/** The words of one simple command; null when a shell would read more into it. */
function wordsOf(part: string): readonly string[] | null {
  const words = part.split(/ +/).map(
    (word) =>
      /^(?:"([^"]*)"|'([^']*)'|(.+))$/s
        .exec(word)
        ?.slice(1)
        .find((text) => text !== undefined) ?? '',
  );
  return words.every((word) => /^[\w./:@*,^+=-]+$/.test(word)) ? words : null;
}

/** Flags that change how a runner tells of its results, or how strict it is, and name no program and no file. */
const FLAGS: ReadonlySet<string> = new Set(
  '-- -q -v -vv -x -s -k -race -short -count=1 --all --all-features --all-targets --bail --check --ci --coverage --exitfirst --fail-fast --frozen --lib --locked --max-warnings=0 --no-fail-fast --no-incremental --noEmit --passWithNoTests --quiet --release --run --runInBand --silent --strict --test --test-only --verbose --workspace --workspaces --write=false'.split(
    ' ',
  ),
);

/** Arguments that a check may have: names, paths below the project, and those flags. */
const isArgument = (word: string): boolean =>
  word.startsWith('-') ? FLAGS.has(word) : !/^\/|(?:^|\/)\.\.(?:\/|$)|=|^[A-Za-z]:/.test(word);

function isKnown(words: readonly string[], known: KnownCommands): boolean {
  const [program = '', ...rest] = words;
  if (program === 'CI=1' || program === 'CI=true') return isKnown(rest, known);
  const own = PROGRAMS[program];
  return own?.(rest, known) === true;
}

type Judge = (rest: readonly string[], known: KnownCommands) => boolean;

const fine = (rest: readonly string[]): boolean => rest.every(isArgument);

/** A runner that is at home beside one of these files, with one of these words first. */
const beside =
  (markers: readonly string[], words: readonly string[] | null = null): Judge =>
  (rest, known) =>
    markers.some((marker) => known.markers.has(marker)) &&
    (words === null || words.includes(rest[0] ?? '')) &&
    fine(rest);

/** What a package runs under another name than its own. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  tsc: 'typescript',
  biome: '@biomejs/biome',
  playwright: '@playwright/test',
};
const TOOLS = new Set(
  'ava biome cypress eslint jest mocha playwright prettier standard stylelint svelte-check tap tsc tsd vitest vue-tsc xo'.split(
    ' ',
  ),
);

/** A tool of package.json: what it does not name would be fetched from a registry. */
const tool: Judge = ([name = '', ...rest], known) =>
  TOOLS.has(name) && (known.packages.has(PACKAGE_OF[name] ?? name) || known.packages.has(name)) && fine(rest);

const script: Judge = ([name = '', ...rest], known) => known.scripts.has(name) && fine(rest);

const manager =
  (short: boolean): Judge =>
  ([first = '', ...rest], known) => {
    if (first === 'run' || first === 'run-script') return script(rest, known);
    if (first === 'exec') return tool(rest[0] === '--' ? rest.slice(1) : rest, known);
    if (first === 'test' || first === 't') return script(['test', ...rest], known);
    return short && (script([first, ...rest], known) || tool([first, ...rest], known));
  };

const PYTHON = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'tox.ini', 'pytest.ini', 'noxfile.py'];
const PYTHON_TOOLS: Readonly<Record<string, readonly string[] | null>> = {
  pytest: null,
  tox: null,
  nox: null,
  mypy: null,
  pyright: null,
  flake8: null,
  ruff: ['check', 'format'],
  black: ['--check'],
};

const python: Judge = ([flag, module = '', ...rest], known) =>
  flag === '-m' && (module === 'unittest' || Object.hasOwn(PYTHON_TOOLS, module)) && beside(PYTHON)(rest, known);

const pythonTool: Judge = ([name = '', ...rest], known) => {
  if (name === 'python' || name === 'python3') return python(rest, known);
  return Object.hasOwn(PYTHON_TOOLS, name) && beside(PYTHON, PYTHON_TOOLS[name] ?? null)(rest, known);
};

const through: Judge = ([first, ...rest], known) => first === 'run' && pythonTool(rest, known);

const RUBY: Judge = beside(['Gemfile', 'Rakefile']);
const GRADLE: Judge = beside(['build.gradle', 'build.gradle.kts'], ['test', 'check', 'build', 'lint']);
const PHASES = ['clean', 'compile', 'test', 'verify', 'package'];
const MAVEN: Judge = (rest, known) =>
  known.markers.has('pom.xml') &&
  rest.some((word) => PHASES.includes(word)) &&
  rest.every((word) => PHASES.includes(word) || FLAGS.has(word));
const DOTNET: Judge = (rest, known) =>
  [...known.markers].some((name) => /\.(?:csproj|fsproj|sln)$/.test(name)) &&
  ['test', 'build', 'format'].includes(rest[0] ?? '') &&
  fine(rest);
const PHP: Judge = beside(['composer.json']);

/** By the first word; written anew from what each tool's manual calls its way to test, lint or type-check. */
const PROGRAMS: Readonly<Record<string, Judge>> = Object.assign(Object.create(null), {
  npm: manager(false),
  pnpm: manager(true),
  yarn: manager(true),
  bun: ((rest, known) =>
    rest[0] === 'test' ? known.markers.has('package.json') && fine(rest) : manager(false)(rest, known)) satisfies Judge,
  npx: ((rest, known) =>
    tool(rest[0] === '--no-install' || rest[0] === '--no' ? rest.slice(1) : rest, known)) satisfies Judge,
  node: ((rest, known) => rest[0] === '--test' && known.markers.has('package.json') && fine(rest)) satisfies Judge,
  deno: beside(['deno.json', 'deno.jsonc'], ['test', 'check', 'lint', 'fmt']),
  make: ((rest, known) => rest.length > 0 && rest.every((word) => known.targets.has(word))) satisfies Judge,
  python,
  python3: python,
  ...Object.fromEntries(
    Object.keys(PYTHON_TOOLS).map((name) => [
      name,
      ((rest, known) => pythonTool([name, ...rest], known)) satisfies Judge,
    ]),
  ),
  uv: through,
  poetry: through,
  pipenv: through,
  hatch: through,
  go: beside(['go.mod'], ['test', 'vet', 'build']),
  cargo: beside(['Cargo.toml'], ['test', 'check', 'clippy', 'build', 'nextest', 'fmt']),
  mvn: MAVEN,
  './mvnw': MAVEN,
  gradle: GRADLE,
  './gradlew': GRADLE,
  dotnet: DOTNET,
  bundle: (([first, second = '', ...rest], known) =>
    first === 'exec' && ['rspec', 'rake', 'rubocop', 'minitest'].includes(second) && RUBY(rest, known)) satisfies Judge,
  rspec: RUBY,
  rake: beside(['Rakefile'], ['test', 'spec']),
  rubocop: RUBY,
  phpunit: PHP,
  'vendor/bin/phpunit': PHP,
  './vendor/bin/phpunit': PHP,
  'vendor/bin/pest': PHP,
  'vendor/bin/phpstan': PHP,
  composer: beside(['composer.json'], ['test', 'validate']),
  mix: beside(['mix.exs'], ['test', 'format']),
  swift: beside(['Package.swift'], ['test', 'build']),
  ctest: beside(['CMakeLists.txt']),
  sbt: beside(['build.sbt'], ['test', 'compile']),
  dart: beside(['pubspec.yaml'], ['test', 'analyze']),
  flutter: beside(['pubspec.yaml'], ['test', 'analyze']),
  zig: beside(['build.zig'], ['build', 'test']),
});
