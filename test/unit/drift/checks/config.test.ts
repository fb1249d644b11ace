/** `checks/config` and `checks/threshold` for configuration files of every format. */
import assert from 'node:assert/strict';
import { type CheckCase, change, findingsOf, json, kinds, told } from './harness';

type Row = readonly [what: string, path: string, before: string, after: string, expected: readonly string[]];

const loose = 'block checks/config';
const low = 'block checks/threshold';
const unclear = 'warn checks/config';
const strict = 'info checks/config';

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const [what, path, before, after, expected] of rows) {
      it(what, async () => {
        const found = await told(change(path, before, after));
        assert.deepEqual(
          found.map((line) => line.slice(0, line.indexOf(' ', line.indexOf(' ') + 1))),
          expected,
          found.join('\n'),
        );
      });
    }
  });
}

const tsconfig = (options: object, more: object = {}) => json({ compilerOptions: options, ...more });

table('the configuration of TypeScript', [
  ['strict switched off', 'tsconfig.json', tsconfig({ strict: true }), tsconfig({ strict: false }), [loose]],
  ['strict gone', 'tsconfig.json', tsconfig({ strict: true }), tsconfig({}), [loose]],
  [
    'strict gone below another file',
    'tsconfig.json',
    json({ extends: './a', compilerOptions: { strict: true } }),
    json({ extends: './a', compilerOptions: {} }),
    [unclear],
  ],
  ['strict switched on', 'tsconfig.json', tsconfig({ strict: false }), tsconfig({ strict: true }), [strict]],
  [
    'a flag that strict includes',
    'tsconfig.json',
    tsconfig({ strict: true, noImplicitAny: true }),
    tsconfig({ strict: true }),
    [],
  ],
  [
    'a flag of strict switched off',
    'tsconfig.json',
    tsconfig({ strict: true }),
    tsconfig({ strict: true, noImplicitAny: false }),
    [loose],
  ],
  ['libraries not checked', 'tsconfig.base.json', tsconfig({}), tsconfig({ skipLibCheck: true }), [loose]],
  [
    'a path added',
    'tsconfig.json',
    tsconfig({ paths: { a: ['./a'] } }),
    tsconfig({ paths: { a: ['./a'], b: ['./b'] } }),
    [],
  ],
  [
    'a path changed',
    'tsconfig.json',
    tsconfig({ paths: { a: ['./a'] } }),
    tsconfig({ paths: { a: ['./stub'] } }),
    [unclear],
  ],
  [
    'another target',
    'tsconfig.json',
    tsconfig({ target: 'es2020', lib: ['es2020'] }),
    tsconfig({ target: 'es2022', lib: ['es2022', 'dom'] }),
    [],
  ],
  ['sources left out', 'tsconfig.json', json({ exclude: ['dist'] }), json({ exclude: ['dist', 'src/old'] }), [loose]],
  [
    'output left out',
    'tsconfig.json',
    json({ exclude: ['dist'] }),
    json({ exclude: ['dist', 'coverage', '**/node_modules/**'] }),
    [],
  ],
  ['fewer sources', 'tsconfig.json', json({ include: ['src', 'test'] }), json({ include: ['src'] }), [loose]],
  ['more sources', 'tsconfig.json', json({ include: ['src'] }), json({ include: ['src', 'test'] }), [strict]],
  [
    'comments, commas and order',
    'tsconfig.json',
    '{"compilerOptions":{"strict":true,"target":"es5"}}',
    '// c\n{\n  "compilerOptions": { "target": "es5", /* d */ "strict": true, },\n}\n',
    [],
  ],
  ['a byte order mark and CRLF', 'tsconfig.json', '{\n"include": ["a"]\n}', '\uFEFF{\r\n"include": ["a"]\r\n}', []],
  ['JavaScript let in', 'tsconfig.json', tsconfig({}), tsconfig({ allowJs: true }), [unclear]],
]);

const jest = (options: object) => json(options);
table('the configuration of test runners', [
  [
    'a threshold lowered',
    'jest.config.json',
    jest({ coverageThreshold: { global: { branches: 90, lines: 90 } } }),
    jest({ coverageThreshold: { global: { branches: 10, lines: 90 } } }),
    [low],
  ],
  [
    'a threshold raised',
    'jest.config.json',
    jest({ coverageThreshold: { global: { branches: 80 } } }),
    jest({ coverageThreshold: { global: { branches: 85 } } }),
    [strict],
  ],
  [
    'a threshold removed',
    'jest.config.json',
    jest({ coverageThreshold: { global: { branches: 80 } } }),
    jest({ verbose: true }),
    [low],
  ],
  [
    'more lines left uncovered',
    'jest.config.json',
    jest({ coverageThreshold: { global: { lines: -10 } } }),
    jest({ coverageThreshold: { global: { lines: -50 } } }),
    [low],
  ],
  [
    'in package.json',
    'package.json',
    json({ jest: { testPathIgnorePatterns: [] } }),
    json({ jest: { testPathIgnorePatterns: ['/slow/'] } }),
    [loose],
  ],
  [
    'another part of package.json',
    'package.json',
    json({ version: '1.0.0', jest: { verbose: true }, scripts: { a: 'b' } }),
    json({ version: '1.0.1', jest: { verbose: false }, scripts: { a: 'c' } }),
    [],
  ],
  [
    'files taken out of coverage',
    'jest.config.json',
    jest({ collectCoverageFrom: ['src/**'] }),
    jest({ collectCoverageFrom: ['src/**', '!src/hard/**'] }),
    [loose],
  ],
  [
    'fewer files matched',
    'jest.config.json',
    jest({ testMatch: ['**/*.test.ts', '**/*.spec.ts'] }),
    jest({ testMatch: ['**/*.test.ts'] }),
    [loose],
  ],
  [
    'another setup file',
    'jest.config.json',
    jest({ setupFiles: ['./a.js'] }),
    jest({ setupFiles: ['./b.js'] }),
    [unclear],
  ],
  [
    'code: a threshold lowered',
    'jest.config.js',
    'module.exports = { coverageThreshold: { global: { lines: 90 } } };\n',
    '/** c */\nmodule.exports = {\n  coverageThreshold: { global: { lines: 60 } },\n};\n',
    [low],
  ],
  [
    'code: reformatted',
    'jest.config.ts',
    "import type { Config } from 'jest';\nexport default { verbose: true, roots: ['a'] } satisfies Config;\n",
    'import type { Config } from "jest";\n// roots\nexport default {\n  verbose: true,\n  roots: ["a"],\n} satisfies Config;\n',
    [],
  ],
  [
    'code: something computed',
    'jest.config.js',
    'module.exports = { roots: find() };\n',
    "module.exports = { roots: find('a') };\n",
    [unclear],
  ],
  [
    'code: a function beside it',
    'jest.config.js',
    "const find = () => ['a'];\nmodule.exports = { roots: find() };\n",
    "const find = () => ['b'];\nmodule.exports = { roots: find() };\n",
    [unclear],
  ],
  [
    'code: through a constant',
    'jest.config.js',
    'const config = { testTimeout: 5 };\nmodule.exports = config;\n',
    'const config = { testTimeout: 50 };\nmodule.exports = config;\n',
    [loose],
  ],
  [
    'Vitest’s thresholds',
    'vitest.config.ts',
    "import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { coverage: { thresholds: { lines: 90 } } } });\n",
    "import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { coverage: { thresholds: { lines: 20 } } } });\n",
    [low],
  ],
  [
    'Vitest’s exclusions, in a function',
    'vite.config.ts',
    'export default defineConfig(() => ({ plugins: [vue()], test: { exclude: [] } }));\n',
    "export default defineConfig(() => ({ plugins: [vue()], test: { exclude: ['src/a/**'] } }));\n",
    [loose],
  ],
  [
    'the build’s part of a vite.config',
    'vite.config.ts',
    'export default defineConfig({ plugins: [vue()], test: { globals: true } });\n',
    'export default defineConfig({ plugins: [react()], build: { minify: false }, test: { globals: true } });\n',
    [],
  ],
  ['Mocha’s retries', '.mocharc.json', json({ retries: 0 }), json({ retries: 3 }), [loose]],
  ['Mocha lets `.only` pass', '.mocharc.yml', 'forbid-only: true\nspec: [a]\n', 'spec: [a]\n', [loose]],
  ['Mocha’s specs, one as text', '.mocharc.yml', 'spec: a\n', 'spec:\n  - a\n', []],
  ['nyc’s lines', '.nycrc', 'check-coverage: true\nlines: 95\n', 'check-coverage: true\nlines: 90\n', [low]],
  ['nyc in JSON', '.nycrc.json', json({ exclude: [] }), json({ exclude: ['lib/hard.js'] }), [loose]],
  [
    'Playwright’s retries',
    'playwright.config.ts',
    'export default defineConfig({ retries: 0, workers: 2 });\n',
    'export default defineConfig({ retries: 5, workers: 4 });\n',
    [loose],
  ],
  [
    'Cypress’ specs',
    'cypress.config.js',
    "module.exports = defineConfig({ e2e: { specPattern: ['a', 'b'] } });\n",
    "module.exports = defineConfig({ e2e: { specPattern: ['a'] } });\n",
    [loose],
  ],
  [
    'Karma’s thresholds',
    'karma.conf.js',
    'module.exports = function (config) { config.set({ port: 1 }); };\n',
    'module.exports = function (config) { config.set({ port: 2 }); };\n',
    [unclear],
  ],
  [
    'pytest leaves tests out',
    'pytest.ini',
    '[pytest]\naddopts = -ra\n',
    '[pytest]\naddopts = -ra --ignore=tests/slow\n',
    [loose],
  ],
  [
    'pytest forgets strictness',
    'pyproject.toml',
    '[tool.pytest.ini_options]\naddopts = ["-ra", "--strict-markers"]\n',
    '[tool.pytest.ini_options]\naddopts = ["-ra"]\n',
    [loose],
  ],
  [
    'pytest asks for less coverage',
    'setup.cfg',
    '[tool:pytest]\naddopts = --cov=a --cov-fail-under=90\n',
    '[tool:pytest]\naddopts = --cov=a --cov-fail-under=10\n',
    [low],
  ],
  [
    'pytest gets a marker',
    'pyproject.toml',
    '[tool.pytest.ini_options]\nmarkers = ["slow"]\n',
    '[tool.pytest.ini_options]\nmarkers = ["slow", "fast"] # c\n',
    [],
  ],
  ['coverage.py asks for less', '.coveragerc', '[report]\nfail_under = 100\n', '[report]\nfail_under = 80\n', [low]],
  [
    'coverage.py omits',
    'pyproject.toml',
    '[tool.coverage.run]\nomit = []\n',
    '[tool.coverage.run]\nomit = ["a/hard.py"]\n',
    [loose],
  ],
  [
    'coverage.py excludes lines',
    'setup.cfg',
    '[coverage:report]\nexclude_lines =\n    pragma: no cover\n',
    '[coverage:report]\nexclude_lines =\n    pragma: no cover\n    raise\n',
    [loose],
  ],
  [
    'PHPUnit leaves a folder out',
    'phpunit.xml',
    '<phpunit><testsuites><testsuite name="a"><directory>tests</directory></testsuite></testsuites></phpunit>',
    '<phpunit><testsuites><testsuite name="a"><directory>tests</directory><exclude>tests/Slow</exclude></testsuite></testsuites></phpunit>',
    [loose],
  ],
  [
    'PHPUnit bears warnings',
    'phpunit.xml.dist',
    '<phpunit failOnWarning="true" colors="true"/>',
    '<phpunit\n  colors="false"\n  failOnWarning="false"/>',
    [loose],
  ],
  [
    'Maven skips tests',
    'pom.xml',
    '<project><properties><java.version>17</java.version></properties></project>',
    '<project><properties><java.version>21</java.version><skipTests>true</skipTests></properties></project>',
    [loose],
  ],
  [
    'Gradle ignores failures',
    'build.gradle',
    'test { useJUnitPlatform() }\n',
    'test { useJUnitPlatform(); ignoreFailures = true }\n',
    [loose],
  ],
  [
    'JaCoCo asks for less',
    'build.gradle.kts',
    'rule { limit { minimum = "0.8".toBigDecimal() } }\n',
    'rule { limit { minimum = "0.5".toBigDecimal() } }\n',
    [low],
  ],
  [
    'a dependency of Gradle',
    'build.gradle',
    'dependencies { implementation("a:b:1") }\n',
    'dependencies { implementation("a:b:2") { exclude("c") } }\n',
    [],
  ],
  [
    'SimpleCov asks for less',
    '.simplecov',
    'SimpleCov.start do\n  minimum_coverage 90\nend\n',
    'SimpleCov.start do\n  minimum_coverage 70 # for now\nend\n',
    [low],
  ],
  [
    'Codecov’s target',
    'codecov.yml',
    'coverage:\n  status:\n    project:\n      default:\n        target: 80%\n',
    'coverage:\n  status:\n    project:\n      default:\n        target: 60%\ncomment: false\n',
    [low],
  ],
  [
    'Sonar’s exclusions',
    'sonar-project.properties',
    'sonar.projectKey=a\nsonar.exclusions=dist/**\n',
    'sonar.projectKey=a\nsonar.exclusions=dist/**,src/hard/**\n',
    [loose],
  ],
]);

const rules = (table: object, more: object = {}) => json({ ...more, rules: table });
table('the configuration of linters and type checkers', [
  ['a rule switched off', '.eslintrc.json', rules({ eqeqeq: 'error' }), rules({ eqeqeq: 'off' }), [loose]],
  ['a rule that only warns', '.eslintrc.json', rules({ eqeqeq: 2 }), rules({ eqeqeq: 1 }), [loose]],
  ['the same level in other words', '.eslintrc.json', rules({ eqeqeq: 2 }), rules({ eqeqeq: ['error'] }), []],
  [
    'an inherited rule switched off',
    '.eslintrc.json',
    rules({}, { extends: 'a' }),
    rules({ eqeqeq: 'off' }, { extends: 'a' }),
    [loose],
  ],
  [
    'a rule gone that may be inherited',
    '.eslintrc.json',
    rules({ eqeqeq: 'error' }, { extends: 'a' }),
    rules({}, { extends: 'a' }),
    [unclear],
  ],
  [
    'a rule exchanged for a better one',
    '.eslintrc.json',
    rules({ 'no-shadow': 'error' }, { extends: 'a' }),
    rules({ 'no-shadow': 'off', 'ts/no-shadow': 'error' }, { extends: 'a' }),
    [strict],
  ],
  ['a rule switched on', '.eslintrc.json', rules({}), rules({ eqeqeq: 'error' }), [strict]],
  [
    'complexity raised',
    '.eslintrc.json',
    rules({ complexity: ['error', 10] }),
    rules({ complexity: ['error', 30] }),
    [low],
  ],
  [
    'other options of a rule',
    '.eslintrc.json',
    rules({ quotes: ['error', 'single'] }),
    rules({ quotes: ['error', 'double'] }),
    [unclear],
  ],
  ['files ignored', '.eslintignore', '# c\ndist\n', 'dist\nsrc/legacy\n', [loose]],
  [
    'an override inserted before another',
    '.eslintrc.json',
    json({ overrides: [{ files: ['a'], rules: { x: 2 } }] }),
    json({
      overrides: [
        { files: ['b'], rules: { x: 2 } },
        { files: ['a'], rules: { x: 2 } },
      ],
    }),
    [strict],
  ],
  [
    'flat: a rule switched off',
    'eslint.config.js',
    "import js from '@eslint/js';\nexport default [js.configs.recommended, { rules: { a: 'error' } }];\n",
    "import js from '@eslint/js';\nexport default [js.configs.recommended, { rules: { a: 'off' } }];\n",
    [loose],
  ],
  [
    'flat: code changed',
    'eslint.config.mjs',
    "import a from 'a';\nexport default [a.strict];\n",
    "import a from 'a';\nexport default [a.relaxed];\n",
    [unclear],
  ],
  [
    'flat: through a helper',
    'eslint.config.mjs',
    'export default tseslint.config(a, { rules: { b: 2 } });\n',
    'export default tseslint.config(a, { rules: { b: 0 } });\n',
    [loose],
  ],
  [
    'Biome’s linter off',
    'biome.json',
    json({ linter: { enabled: true } }),
    json({ linter: { enabled: false } }),
    [loose],
  ],
  [
    'Biome’s formatter',
    'biome.json',
    json({ formatter: { lineWidth: 80 } }),
    json({ formatter: { lineWidth: 120 } }),
    [],
  ],
  [
    'a rule of Biome’s off',
    'biome.jsonc',
    json({ linter: { rules: { style: { a: 'error' } } } }),
    json({ linter: { rules: { style: { a: 'off' } } } }),
    [loose],
  ],
  [
    'Ruff ignores',
    'ruff.toml',
    '[lint]\nselect = ["E"]\nignore = []\n',
    '[lint]\nselect = ["E"]\nignore = ["E501"]\n',
    [loose],
  ],
  [
    'Ruff selects less',
    'pyproject.toml',
    '[tool.ruff.lint]\nselect = ["E", "F", "B"]\n',
    '[tool.ruff.lint]\nselect = ["E", "F"]\n',
    [loose],
  ],
  [
    'Ruff selects more',
    'pyproject.toml',
    '[tool.ruff.lint]\nselect = ["E"]\n',
    '[tool.ruff.lint]\nselect = [\n  "F", # names\n  "E",\n]\n',
    [strict],
  ],
  [
    'Ruff’s per-file ignores',
    'ruff.toml',
    '[lint.per-file-ignores]\n"a.py" = ["E1"]\n',
    '[lint.per-file-ignores]\n"a.py" = ["E1", "F"]\n',
    [loose],
  ],
  ['Flake8 in INI', '.flake8', '[flake8]\nignore = E1,\n    W5\n', '[flake8]\nignore =\n    E1, W5, F\n', [loose]],
  ['Flake8’s complexity', 'setup.cfg', '[flake8]\nmax-complexity = 10\n', '[flake8]\nmax-complexity: 25\n', [low]],
  ['mypy’s strict', 'mypy.ini', '[mypy]\nstrict = True\n', '[mypy]\nstrict = False\n', [loose]],
  [
    'mypy ignores errors of a module',
    'mypy.ini',
    '[mypy]\nstrict = True\n',
    '[mypy]\nstrict = True\n[mypy-a.*]\nignore_errors = True\n',
    [loose],
  ],
  [
    'mypy, by an override in TOML',
    'pyproject.toml',
    '[tool.mypy]\nstrict = true\n',
    '[tool.mypy]\nstrict = true\n[[tool.mypy.overrides]]\nmodule = "a.*"\ndisallow_untyped_defs = false\n',
    [loose],
  ],
  ['mypy’s Python version', 'mypy.ini', '[mypy]\npython_version = 3.9\n', '[mypy]\npython_version = 3.12\n', []],
  [
    'Pylint disables',
    '.pylintrc',
    '[MESSAGES CONTROL]\ndisable=a\n',
    '[MESSAGES CONTROL]\ndisable=a,\n    b\n',
    [loose],
  ],
  [
    'Pyright reports less',
    'pyrightconfig.json',
    json({ reportMissingImports: 'error' }),
    json({ reportMissingImports: 'none' }),
    [loose],
  ],
  [
    'golangci disables',
    '.golangci.yml',
    'linters:\n  enable: [errcheck, gosec]\n',
    'linters:\n  enable: [errcheck]\n',
    [loose],
  ],
  [
    'golangci no longer lists what runs anyway',
    '.golangci.yml',
    'linters:\n  enable: [errcheck, gosec, govet]\n',
    'linters:\n  enable: [gosec]\n',
    [],
  ],
  [
    'golangci lists all that runs',
    '.golangci.yml',
    'linters:\n  enable: [gosec]\n',
    'linters:\n  disable-all: true\n  enable: [errcheck, gosec, gosimple, govet, ineffassign, staticcheck, typecheck, unused]\n',
    [],
  ],
  [
    'golangci runs what it lists alone',
    '.golangci.yml',
    'linters:\n  enable: [errcheck, gosec]\n',
    'linters:\n  disable-all: true\n  enable: [errcheck, gosec]\n',
    [loose],
  ],
  [
    'golangci runs all no more',
    '.golangci.yml',
    'version: "2"\nlinters:\n  default: all\n',
    'version: "2"\nlinters:\n  default: standard\n  enable: [gosec]\n',
    [loose],
  ],
  [
    'golangci runs all',
    '.golangci.yml',
    'version: "2"\nlinters:\n  enable: [gosec]\n',
    'version: "2"\nlinters:\n  default: all\n',
    [strict],
  ],
  [
    'golangci narrows no more what a linter looks for',
    '.golangci.yml',
    'linters-settings:\n  gosec:\n    includes: [G101]\n',
    'linters-settings:\n  gosec:\n    severity: low\n',
    [unclear],
  ],
  [
    'golangci names what a linter does not look for, in place of what it does',
    '.golangci.yml',
    'linters-settings:\n  gosec:\n    includes: [G101]\n',
    'linters-settings:\n  gosec:\n    excludes: [G115]\n',
    [unclear],
  ],
  [
    'golangci names what a linter does not look for',
    '.golangci.yml',
    'linters-settings:\n  gosec:\n    severity: low\n',
    'linters-settings:\n  gosec:\n    severity: low\n    excludes: [G115]\n',
    [loose],
  ],
  [
    'golangci formats less',
    '.golangci.yml',
    'version: "2"\nformatters:\n  enable: [gofmt, goimports]\n',
    'version: "2"\nformatters:\n  enable: [gofmt]\n',
    [loose],
  ],
  [
    'golangci excludes',
    '.golangci.yml',
    'issues:\n  exclude-rules: []\n',
    'issues:\n  exclude-rules:\n    - path: a\n      linters: [errcheck]\n',
    [loose],
  ],
  [
    'golangci leaves tests out',
    '.golangci.yml',
    'run:\n  timeout: 1m\n',
    'run:\n  timeout: 5m\n  tests: false\n',
    [loose],
  ],
  [
    'Clippy’s threshold',
    'clippy.toml',
    'too-many-arguments-threshold = 7\n',
    'too-many-arguments-threshold = 12\n',
    [low],
  ],
  [
    'Cargo’s lints',
    'Cargo.toml',
    '[package]\nversion = "1.0.0"\n[lints.rust]\nunsafe_code = "forbid"\n',
    '[package]\nversion = "1.0.1"\n[lints.rust]\nunsafe_code = "warn"\n',
    [loose],
  ],
  [
    'another part of Cargo.toml',
    'Cargo.toml',
    '[package]\nversion = "1.0.0"\n[lints.rust]\na = "deny"\n',
    '[package]\nversion = "1.1.0"\n[lints.rust]\na = { level = "deny", priority = 1 }\n',
    [],
  ],
  [
    'RuboCop switches a cop off',
    '.rubocop.yml',
    'Style/A:\n  Enabled: true\n',
    'Style/A:\n  Enabled: false\n',
    [loose],
  ],
  [
    'RuboCop’s default cop off',
    '.rubocop.yml',
    'AllCops:\n  TargetRubyVersion: 3.1\n',
    'AllCops:\n  TargetRubyVersion: 3.2\nMetrics/X:\n  Enabled: false\n',
    [loose],
  ],
  [
    'PHPStan’s level',
    'phpstan.neon',
    'parameters:\n\tlevel: 8\n\tpaths:\n\t\t- src\n',
    'parameters:\n\tlevel: 5\n\tpaths:\n\t\t- src\n',
    [low],
  ],
  ['PHPStan’s level up', 'phpstan.neon', 'parameters:\n\tlevel: 8\n', 'parameters:\n\tlevel: max\n', [strict]],
  [
    'PHPStan’s baseline grown',
    'phpstan-baseline.neon',
    'parameters:\n\tignoreErrors:\n\t\t-\n\t\t\tmessage: "#a#"\n\t\t\tcount: 1\n',
    'parameters:\n\tignoreErrors:\n\t\t-\n\t\t\tmessage: "#a#"\n\t\t\tcount: 1\n\t\t-\n\t\t\tmessage: "#b#"\n\t\t\tcount: 2\n',
    [loose],
  ],
  ['Psalm’s level', 'psalm.xml', '<psalm errorLevel="2"/>', '<psalm errorLevel="4"/>', [low]],
  [
    'Checkstyle’s rules',
    'config/checkstyle.xml',
    '<module name="Checker"><module name="A"/></module>',
    '<module name="Checker"><!-- c --><module name="B"/></module>',
    [unclear],
  ],
]);

/** One configuration of golangci-lint as each version writes it. */
const GOLANGCI_1 = `linters:
  enable:
    - errcheck
    - gofmt
    - gosec
    - stylecheck
linters-settings:
  gofmt:
    simplify: true
  gocyclo:
    min-complexity: 15
issues:
  exclude-rules:
    - path: cmd/
      linters: [gosec, stylecheck]
    - path: legacy/
      linters: [gofmt]
  exclude-dirs:
    - gen
`;
const GOLANGCI_2 = `version: "2"
linters:
  enable:
    - gosec
    - staticcheck
  settings:
    gocyclo:
      min-complexity: 15
  exclusions:
    generated: lax
    presets: [comments, common-false-positives, legacy, std-error-handling]
    rules:
      - path: cmd/
        linters: [gosec, staticcheck]
    paths:
      - gen
      - third_party$
      - builtin$
      - examples$
formatters:
  enable:
    - gofmt
  settings:
    gofmt:
      simplify: true
  exclusions:
    generated: lax
    paths:
      - gen
      - legacy/
      - third_party$
      - builtin$
      - examples$
`;
const module = (inside: string) =>
  `<project><artifactId>core</artifactId><build><plugins><plugin><artifactId>animal-sniffer-maven-plugin</artifactId>${inside}</plugin></plugins></build></project>\n`;

describe('a configuration that comes, goes or moves', () => {
  const cases: readonly [string, CheckCase, readonly string[]][] = [
    [
      'deleted',
      { base: { '.eslintrc.json': rules({ a: 2 }), 'a.js': '' }, head: { 'a.js': '' } },
      ['block checks/config .eslintrc.json'],
    ],
    [
      'deleted with its whole folder',
      { base: { 'pkg/.eslintrc.json': rules({ a: 2 }), 'pkg/a.js': '', b: '' }, head: { b: '' } },
      [],
    ],
    [
      'moved into package.json',
      {
        base: { '.nycrc.json': json({ lines: 90 }), 'package.json': json({}) },
        head: { 'package.json': json({ nyc: { lines: 90 } }) },
      },
      [],
    ],
    [
      'moved into package.json, and lowered',
      {
        base: { '.nycrc.json': json({ lines: 90 }), 'package.json': json({}) },
        head: { 'package.json': json({ nyc: { lines: 70 } }) },
      },
      ['block checks/threshold package.json'],
    ],
    [
      'from JSON to code',
      {
        base: { 'jest.config.json': json({ roots: ['a'] }) },
        head: { 'jest.config.js': "module.exports = { roots: ['a'] };\n" },
      },
      [],
    ],
    [
      'renamed',
      {
        base: { '.mocharc.yaml': 'retries: 1\n' },
        head: { '.mocharc.yml': 'retries: 1\n' },
        renames: { '.mocharc.yml': '.mocharc.yaml' },
      },
      [],
    ],
    [
      'moved with its folder',
      {
        base: { 'a/tsconfig.json': tsconfig({ strict: true }) },
        head: { 'b/tsconfig.json': tsconfig({ strict: false }) },
        renames: { 'b/tsconfig.json': 'a/tsconfig.json' },
      },
      ['block checks/config b/tsconfig.json'],
    ],
    [
      'from one shape of ESLint’s configuration to the other',
      {
        base: { '.eslintrc.json': rules({ eqeqeq: 'error', 'no-var': 'error' }) },
        head: { 'eslint.config.js': "export default [{ files: ['**/*.js'], rules: { eqeqeq: 'error' } }];\n" },
      },
      ['warn checks/config eslint.config.js'],
    ],
    [
      'from one shape of ESLint’s configuration to the other, which names its presets in code',
      {
        base: {
          '.eslintrc.json': rules(
            { eqeqeq: ['error', 'smart'], 'no-var': 'warn', 'x/old': 'error' },
            { extends: ['plugin:x/recommended'], plugins: ['x'], ignorePatterns: ['gen/**'] },
          ),
        },
        head: {
          'eslint.config.js': `const x = require('x');
module.exports = [
  { ignores: ['gen/**'] },
  ...x.configs.recommended,
  { files: ['src/**'], plugins: { x }, rules: { eqeqeq: ['error', 'smart'], 'no-var': 'off', 'x/new': 'off' } },
];
`,
        },
      },
      ['block checks/config eslint.config.js', 'warn checks/config eslint.config.js'],
    ],
    [
      'from one shape of ESLint’s configuration to the other, which ignores more',
      {
        base: { '.eslintrc.json': rules({ eqeqeq: 'error' }, { ignorePatterns: ['gen/**'] }) },
        head: {
          'eslint.config.js':
            "export default [{ ignores: ['gen/**', 'src/old/**'] }, { files: ['src/**'], ignores: ['src/x'], rules: { eqeqeq: 'error' } }];\n",
        },
      },
      ['block checks/config eslint.config.js'],
    ],
    [
      'from one version of golangci-lint to the other',
      { base: { '.golangci.yml': GOLANGCI_1 }, head: { '.golangci.yml': GOLANGCI_2 } },
      [],
    ],
    [
      'from one version of golangci-lint to the other, with a linter less',
      {
        base: { '.golangci.yml': GOLANGCI_1 },
        head: { '.golangci.yml': GOLANGCI_2.replace('    - gosec\n', '') },
      },
      ['block checks/config .golangci.yml'],
    ],
    [
      'from one version of golangci-lint to the other, with a formatter less',
      {
        base: { '.golangci.yml': GOLANGCI_1 },
        head: { '.golangci.yml': GOLANGCI_2.replace('    - gofmt\n', '') },
      },
      ['block checks/config .golangci.yml'],
    ],
    [
      'from one version of golangci-lint to the other, with a path left out more',
      {
        base: { '.golangci.yml': GOLANGCI_1 },
        head: {
          '.golangci.yml': GOLANGCI_2.replace('      - third_party$', '      - internal/x\n      - third_party$'),
        },
      },
      ['block checks/config .golangci.yml'],
    ],
    [
      'from one version of golangci-lint to the other, where the old one left nothing out by itself',
      {
        base: { '.golangci.yml': `${GOLANGCI_1}  exclude-use-default: false\n` },
        head: { '.golangci.yml': GOLANGCI_2 },
      },
      ['block checks/config .golangci.yml'],
    ],
    [
      'gone from a file that is still there',
      {
        base: { 'pyproject.toml': '[project]\nname = "a"\n\n[tool.mypy]\nstrict = true\n' },
        head: { 'pyproject.toml': '[project]\nname = "a"\n' },
      },
      ['block checks/config pyproject.toml'],
    ],
    [
      'gone from a file that is still there, where it only let things through',
      {
        base: { 'pyproject.toml': '[project]\nname = "a"\n\n[tool.mypy]\nexclude = ["old"]\n' },
        head: { 'pyproject.toml': '[project]\nname = "a"\n' },
      },
      ['info checks/config pyproject.toml'],
    ],
    [
      'a plugin that was skipped in a module, and is no more',
      {
        base: { 'core/pom.xml': module('<configuration><skip>true</skip></configuration>') },
        head: { 'core/pom.xml': '<project><artifactId>core</artifactId></project>\n' },
      },
      ['info checks/config core/pom.xml'],
    ],
    [
      'what ESLint ignores, gone',
      {
        base: { '.eslintignore': 'src/old\n', '.eslintrc.json': rules({ a: 2 }) },
        head: { '.eslintrc.json': rules({ a: 2 }) },
      },
      ['info checks/config .eslintignore'],
    ],
    [
      'what ESLint ignores, new beside the rules',
      {
        base: { '.eslintrc.json': rules({ a: 2 }) },
        head: { '.eslintrc.json': rules({ a: 2 }), '.eslintignore': 'src/old\n' },
      },
      ['block checks/config .eslintignore'],
    ],
    [
      'of TypeScript that commands name, gone',
      {
        base: { 'tsconfig.json': tsconfig({ strict: true }), 'tsconfig-types.json': tsconfig({ strict: true }) },
        head: { 'tsconfig.json': tsconfig({ strict: true }) },
      },
      ['warn checks/config tsconfig-types.json'],
    ],
    [
      'of TypeScript, gone',
      { base: { 'a/tsconfig.json': tsconfig({ strict: true }), 'a/x.ts': '' }, head: { 'a/x.ts': '' } },
      ['block checks/config a/tsconfig.json'],
    ],
    [
      'from JSON to code, and lowered',
      {
        base: { 'jest.config.json': json({ coverageThreshold: { global: { lines: 90 } } }) },
        head: { 'jest.config.js': 'module.exports = { coverageThreshold: { global: { lines: 50 } } };\n' },
      },
      ['block checks/threshold jest.config.js'],
    ],
    [
      'an override whose files were edited beside a new one',
      change(
        'biome.json',
        json({ overrides: [{ includes: ['**/*.spec.ts'], linter: { rules: { style: { a: 'error' } } } }] }),
        json({
          overrides: [
            { includes: ['x/**'], linter: { rules: { style: { b: 'error' } } } },
            { includes: ['**/*.spec.ts', '!x'], linter: { rules: { style: { a: 'error' } } } },
          ],
        }),
      ),
      ['info checks/config biome.json'],
    ],
    ['a first one', { base: { a: '' }, head: { a: '', 'tsconfig.json': tsconfig({ strict: true }) } }, []],
    [
      'one below another that switches rules off',
      {
        base: { '.eslintrc.json': rules({ a: 2 }) },
        head: {
          '.eslintrc.json': rules({ a: 2 }),
          'src/.eslintrc.json': rules({ a: 'off' }, { extends: '../.eslintrc.json' }),
        },
      },
      ['block checks/config src/.eslintrc.json'],
    ],
    [
      'a second one beside the first',
      {
        base: { 'jest.config.js': 'module.exports = {};\n' },
        head: { 'jest.config.js': 'module.exports = {};\n', 'jest.config.mjs': "export default { roots: ['a'] };\n" },
      },
      ['warn checks/config jest.config.mjs'],
    ],
    [
      'one that the command names',
      {
        base: { 'conf/e2e.json': json({ testTimeout: 5 }) },
        head: { 'conf/e2e.json': json({ testTimeout: 50 }) },
        run: ['npx jest --config conf/e2e.json'],
      },
      ['block checks/config conf/e2e.json'],
    ],
    [
      'in a fixture',
      change('test/fixtures/tsconfig.json', tsconfig({ strict: true }), tsconfig({})),
      ['warn checks/config test/fixtures/tsconfig.json'],
    ],
  ];
  for (const [what, given, expected] of cases) it(what, async () => assert.deepEqual(await kinds(given), expected));

  it('says what is looser, where, and from what to what', async () => {
    const before = json({ coverageThreshold: { global: { branches: 90 } } });
    const [found] = await told(change('jest.config.json', before, before.replace('90', '10')));
    assert.equal(found, 'block checks/threshold jest.config.json: coverageThreshold.global.branches: 90 → 10');
  });
});

describe('a configuration that cannot be read', () => {
  const bomb = `a: &a [x]\n${Array.from({ length: 80 }, (_, index) => `b${index}: *a`).join('\n')}\n`;
  const cases: readonly [string, string, string | Uint8Array][] = [
    ['broken JSON', 'tsconfig.json', '{ "a": '],
    ['conflict markers', '.eslintrc.yml', '<<<<<<< a\nrules: {}\n=======\n>>>>>>> b\n'],
    ['UTF-16', 'biome.json', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0])],
    ['a bomb of aliases', '.golangci.yml', bomb],
    ['deep JSON', 'jest.config.json', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['deep YAML', '.mocharc.yml', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['deep TOML', 'ruff.toml', `a = ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['deep XML', 'phpunit.xml', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`],
    ['deep code', 'eslint.config.js', `export default ${'['.repeat(500)}${']'.repeat(500)};\n`],
    ['broken code', 'eslint.config.js', 'export default [{ rules: { a: ;\n'],
    ['a package.json that is nested too deeply', 'package.json', `{"jest":${'['.repeat(500)}${']'.repeat(500)}}`],
    ['broken TOML', 'pyproject.toml', 'a = = 1\n'],
    ['broken INI', 'setup.cfg', 'what is this\n'],
    ['a huge file', 'tsconfig.json', ' '.repeat(1_100_000)],
  ];
  for (const [what, path, after] of cases) {
    it(what, async () => {
      const before = path.endsWith('.js') ? 'export default [];\n' : path === 'package.json' ? '{}' : '';
      const found = await kinds({ base: { [path]: before }, head: { [path]: after } });
      assert.deepEqual(found, [`warn checks/config ${path}`]);
    });
  }
});

describe('the line of a changed setting', () => {
  const lints = [
    'linters:',
    '  enable: [a]',
    '  exclusions:',
    '    rules:',
    '      - path: _test\\.go',
    '        linters: [a]',
    'formatters:',
    '  enable:',
    '    - gofmt',
    '    - goimports',
    '',
  ].join('\n');
  const references = (...paths: string[]) => json({ references: paths.map((path) => ({ path })) });
  const ruff = '[dependency-groups]\nignore = ["a"]\n\n[tool.ruff.lint]\nselect = ["E"]\nignore = [\n  "E501",\n]\n';
  const mypy = '[[tool.mypy.overrides]]\nmodule = "a"\nignore_errors = false\n';
  const cases: readonly [string, string, string, string, number | null][] = [
    ['of a key that another table has, too', '.golangci.yml', lints, lints.replace('    - gofmt\n', ''), 8],
    [
      'of an item that is new below an older one',
      '.golangci.yml',
      lints,
      lints.replace('formatters:', '      - path: gin.go\n        linters: [a]\nformatters:'),
      7,
    ],
    [
      'of an item that is new in a list',
      'tsconfig.json',
      json({ files: ['a', 'b'], exclude: ['a'] }),
      json({ files: ['a', 'b'], exclude: ['a', 'b'] }),
      8,
    ],
    ['of a reference that is gone', 'tsconfig.json', references('./a', './b'), references('./a'), 2],
    [
      'in JSON on one line',
      'tsconfig.json',
      '{"compilerOptions":{"strict":true}}',
      '{"compilerOptions":{"strict":false}}',
      1,
    ],
    [
      'in JSON below comments',
      'tsconfig.json',
      '// "strict": 1\n{"compilerOptions": {\n\t"strict": true, },\n}',
      '// "strict": 1\n{"compilerOptions": {\n\t"strict": false, },\n}',
      3,
    ],
    ['of TOML beside another table', 'pyproject.toml', ruff, ruff.replace('  "E501",\n', '  "E501",\n  "F401",\n'), 8],
    [
      'of a table in a list of TOML',
      'pyproject.toml',
      mypy + mypy.replace('"a"', '"b"'),
      mypy + mypy.replace('"a"', '"b"').replace('false', 'true'),
      6,
    ],
    [
      'of INI',
      'setup.cfg',
      '[a]\nignore = x\n[flake8]\nignore = E1\n',
      '[a]\nignore = x\n[flake8]\nignore = E1,E2\n',
      4,
    ],
    [
      'of a program in which the key is there twice, unchanged',
      'jest.config.js',
      'module.exports = { coverageThreshold: {\n  a: {\n    lines: 90,\n  },\n  b: {\n    lines: 90,\n  },\n}};\n',
      'module.exports = { coverageThreshold: {\n  a: {\n    lines: 90,\n  },\n  b: {\n    lines: 10,\n  },\n}};\n',
      6,
    ],
  ];
  for (const [what, path, before, after, expected] of cases) {
    it(what, async () => {
      const found = await findingsOf(change(path, before, after));
      assert.deepEqual(
        found.map(({ line }) => line),
        [expected],
        found.map(({ evidence }) => evidence).join('\n'),
      );
    });
  }
});

describe('a TypeScript project that is referenced no longer', () => {
  const root = (...paths: string[]) => json({ files: [], references: paths.map((path) => ({ path })) });
  const base = { 'tsconfig.json': root('./a', './b'), 'a/tsconfig.json': '{}', 'b/tsconfig.json': '{}', 'b/x.ts': '' };

  it('is nothing when it is deleted', async () => {
    const head = { 'tsconfig.json': root('./a'), 'a/tsconfig.json': '{}' };
    assert.deepEqual(await kinds({ base, head }), []);
  });

  it('is looser when it is still there', async () => {
    assert.deepEqual(await kinds({ base, head: { ...base, 'tsconfig.json': root('./a') } }), [
      `${loose} tsconfig.json`,
    ]);
  });

  it('is looser when it is somewhere else', async () => {
    const head = { 'tsconfig.json': root('./a'), 'a/tsconfig.json': '{}', 'c/tsconfig.json': '{}', 'c/x.ts': '' };
    const renames = { 'c/tsconfig.json': 'b/tsconfig.json' };
    const found = await kinds({ base, head, renames });
    assert.ok(found.includes(`${loose} tsconfig.json`), found.join('\n'));
  });
});
