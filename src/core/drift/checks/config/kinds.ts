/** Which files configure which tool, in one table. */
import { anyForm } from '../../anyForm';
import { isTable, type Table, type Value, valueAt } from '../value';
import type { Format } from './documents';
import type { Tool } from './table';
import { GOLANGCI } from './tables/golangci';
import * as javascript from './tables/javascript';
import * as linters from './tables/linters';
import * as others from './tables/others';
import * as python from './tables/python';

/** A file's part that configures a tool. */
export interface Kind {
  /** Files of one tool in one folder count as one configuration. */
  readonly id: string;
  readonly tool: Tool;
  readonly format: Format;
  /** That part of the document; undefined when it has none. */
  readonly pick: (document: Value) => Value | undefined;
}

const TOOLS: Readonly<Record<string, Tool>> = {
  jest: javascript.JEST,
  vitest: javascript.VITEST,
  mocha: javascript.MOCHA,
  ava: javascript.AVA,
  nyc: javascript.NYC,
  karma: javascript.KARMA,
  playwright: javascript.PLAYWRIGHT,
  cypress: javascript.CYPRESS,
  eslint: linters.ESLINT,
  biome: linters.BIOME,
  typescript: linters.TYPESCRIPT,
  pytest: python.PYTEST,
  coverage: python.COVERAGE,
  ruff: python.RUFF,
  flake8: python.FLAKE8,
  mypy: python.MYPY,
  pylint: python.PYLINT,
  pyright: python.PYRIGHT,
  golangci: GOLANGCI,
  clippy: others.CLIPPY,
  cargo: others.CARGO,
  'cargo-config': others.CARGO_CONFIG,
  maven: others.MAVEN,
  lines: others.LINES,
  rubocop: others.RUBOCOP,
  phpunit: others.PHPUNIT,
  phpstan: others.PHPSTAN,
  psalm: others.PSALM,
  codecov: others.CODECOV,
  sonar: others.SONAR,
  detekt: others.DETEKT,
  swiftlint: others.SWIFTLINT,
  'rule-set': others.RULE_SET,
};

const whole = (document: Value): Value => document;
const section =
  (...keys: readonly string[]) =>
  (document: Value): Value | undefined =>
    valueAt(document, ...keys);

/** Whether all of a file is the tool's, and keys begin at its top. */
export function isWhole({ pick }: Kind): boolean {
  return pick === whole;
}

type Row = readonly [id: string, format: Format, name: RegExp, pick?: Kind['pick']];

const CODE = '[cm]?[jt]s';
/** By the name of the file, or the end of its path. */
const ROWS: readonly Row[] = [
  ['jest', 'code', new RegExp(`^jest[\\w.-]*\\.config\\.${CODE}$`)],
  ['jest', 'json', /^jest[\w.-]*(?:\.config)?\.json$/],
  ['jest', 'json', /^package\.json$/, section('jest')],
  ['vitest', 'code', new RegExp(`^vitest\\.(?:config|workspace)[\\w.-]*\\.${CODE}$`)],
  ['vitest', 'code', new RegExp(`^vite\\.config\\.${CODE}$`), vitestPart],
  ['mocha', 'json', /^\.mocharc\.jsonc?$/],
  ['mocha', 'yaml', /^\.mocharc\.ya?ml$/],
  ['mocha', 'code', /^\.mocharc\.[cm]?js$/],
  ['mocha', 'json', /^package\.json$/, section('mocha')],
  ['ava', 'code', /^ava\.config\.[cm]?js$/],
  ['ava', 'json', /^package\.json$/, section('ava')],
  ['nyc', 'yaml', /^\.nycrc(?:\.ya?ml)?$/],
  ['nyc', 'json', /^(?:\.nycrc|\.c8rc)\.json$|^\.c8rc$/],
  ['nyc', 'code', /^nyc\.config\.[cm]?js$/],
  ['nyc', 'json', /^package\.json$/, section('nyc')],
  ['nyc', 'json', /^package\.json$/, section('c8')],
  ['karma', 'code', new RegExp(`^karma[\\w.-]*\\.conf\\.${CODE}$`)],
  ['playwright', 'code', new RegExp(`^playwright[\\w.-]*\\.config\\.${CODE}$`)],
  ['cypress', 'code', new RegExp(`^cypress\\.config\\.${CODE}$`)],
  ['cypress', 'json', /^cypress\.json$/],
  [
    'eslint',
    'code',
    new RegExp(`^eslint\\.config\\.${CODE}$|^\\.eslintrc\\.[cm]?js$|^\\.xo-config\\.c?js$|^xo\\.config\\.${CODE}$`),
  ],
  ['eslint', 'yaml', /^\.eslintrc(?:\.ya?ml)?$/],
  ['eslint', 'json', /^\.eslintrc\.jsonc?$|^\.xo-config(?:\.json)?$/],
  ['eslint', 'list', /^\.eslintignore$/],
  ['eslint', 'json', /^package\.json$/, section('eslintConfig')],
  ['eslint', 'json', /^package\.json$/, section('xo')],
  ['biome', 'json', /^\.?biome\.jsonc?$/],
  ['typescript', 'json', /^(?:ts|js)config[\w.-]*\.json$/],
  ['pytest', 'ini', /^\.?pytest\.ini$/, section('pytest')],
  ['pytest', 'toml', /^\.?pytest\.toml$/, section('pytest')],
  ['pytest', 'ini', /^tox\.ini$/, section('pytest')],
  ['pytest', 'ini', /^setup\.cfg$/, section('tool:pytest')],
  ['pytest', 'toml', /^pyproject\.toml$/, pytestTable],
  ['coverage', 'ini', /^\.coveragerc[\w.-]*$/],
  ['coverage', 'ini', /^(?:setup\.cfg|tox\.ini)$/, sections('coverage:')],
  ['coverage', 'toml', /^pyproject\.toml$/, section('tool', 'coverage')],
  ['ruff', 'toml', /^\.?ruff\.toml$/],
  ['ruff', 'toml', /^pyproject\.toml$/, section('tool', 'ruff')],
  ['flake8', 'ini', /^(?:\.flake8|setup\.cfg|tox\.ini)$/, section('flake8')],
  ['flake8', 'ini', /^(?:setup\.cfg|tox\.ini)$/, section('pycodestyle')],
  ['flake8', 'toml', /^pyproject\.toml$/, section('tool', 'flake8')],
  ['mypy', 'ini', /^\.?mypy\.ini$/, sections('mypy')],
  ['mypy', 'ini', /^setup\.cfg$/, sections('mypy')],
  ['mypy', 'toml', /^pyproject\.toml$/, section('tool', 'mypy')],
  ['pylint', 'ini', /^\.?pylintrc$/],
  ['pylint', 'ini', /^setup\.cfg$/, sections('pylint')],
  ['pylint', 'toml', /^\.?pylintrc\.toml$/],
  ['pylint', 'toml', /^pyproject\.toml$/, section('tool', 'pylint')],
  ['pyright', 'json', /^pyrightconfig\.json$/],
  ['pyright', 'toml', /^pyproject\.toml$/, section('tool', 'pyright')],
  ['pyright', 'toml', /^pyproject\.toml$/, section('tool', 'basedpyright')],
  ['golangci', 'yaml', /^\.golangci\.ya?ml$/],
  ['golangci', 'toml', /^\.golangci\.toml$/],
  ['golangci', 'json', /^\.golangci\.json$/],
  ['clippy', 'toml', /^\.?clippy\.toml$/],
  ['cargo', 'toml', /^Cargo\.toml$/, cargoParts],
  ['cargo-config', 'toml', /(?:^|\/)\.cargo\/config(?:\.toml)?$/, cargoFlags],
  ['maven', 'xml', /^pom\.xml$/, mavenParts],
  ['lines', 'lines', /^[\w.-]*\.gradle(?:\.kts)?$|^\.simplecov$|^(?:spec|test|rails)_helper\.rb$/],
  ['rubocop', 'yaml', /^\.rubocop[\w.-]*\.ya?ml$/],
  ['phpunit', 'xml', /^phpunit(?:\.xml|\.dist\.xml|\.xml\.dist)$/],
  ['phpstan', 'neon', /^phpstan[\w.-]*\.neon(?:\.dist)?$/],
  ['psalm', 'xml', /^psalm(?:\.xml|\.xml\.dist)$/],
  ['codecov', 'yaml', /^\.?codecov\.ya?ml$/],
  ['sonar', 'ini', /^sonar-project\.properties$/, dotted],
  ['detekt', 'yaml', /^\.?detekt[\w.-]*\.ya?ml$/],
  ['swiftlint', 'yaml', /^\.swiftlint\.ya?ml$/],
  ['rule-set', 'xml', /^(?:[\w.-]*checkstyle[\w.-]*|pmd[\w.-]*|spotbugs[\w.-]*)\.xml$/],
];

/** All of the table in one expression: most files are told to be none of it by one look. */
const isInTable = anyForm(ROWS.map(([, , pattern]) => pattern));

/** What a file of that path configures; nothing for most files. */
export function kindsOf(path: string): readonly Kind[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!isInTable(name) && !isInTable(path)) return [];
  return ROWS.flatMap(([id, format, pattern, pick = whole]) => {
    const tool = TOOLS[id];
    return tool !== undefined && (pattern.test(name) || pattern.test(path)) ? [{ id, tool, format, pick }] : [];
  });
}

/** A file that a command names as the configuration of a tool; null when the tool or the format is not known. */
export function kindNamed(id: string, path: string): Kind | null {
  const tool = TOOLS[id];
  const format = FORMATS.find(([ending]) => ending.test(path))?.[1];
  if (tool === undefined || format === undefined) return null;
  const usual = ROWS.find(([each, of]) => each === id && of === format);
  return { id, tool, format, pick: usual?.[3] ?? whole };
}

const FORMATS: readonly (readonly [RegExp, Format])[] = [
  [/\.jsonc?$/, 'json'],
  [/\.ya?ml$/, 'yaml'],
  [/\.toml$/, 'toml'],
  [/\.(?:ini|cfg)$|rc$/, 'ini'],
  [/\.xml(?:\.dist)?$/, 'xml'],
  [/\.neon(?:\.dist)?$/, 'neon'],
  [/\.[cm]?[jt]s$/, 'code'],
];

/** A vite.config holds Vitest's options below `test`; the rest is the build's. */
function vitestPart(document: Value): Value | undefined {
  const test = valueAt(document, 'test');
  return test === undefined ? undefined : new Map([['test', test]]);
}

/** `[tool.pytest.ini_options]`, or `[tool.pytest]` of newer versions. */
function pytestTable(document: Value): Value | undefined {
  return valueAt(document, 'tool', 'pytest', 'ini_options') ?? valueAt(document, 'tool', 'pytest');
}

/** Sections of an INI file whose names begin so; the beginning is left out of the keys. */
function sections(prefix: string): (document: Value) => Value | undefined {
  return (document) => {
    if (!isTable(document)) return undefined;
    const found = [...document].filter(([name]) => name.startsWith(prefix));
    const entries = found.flatMap(([name, table]): [string, Value][] =>
      name === prefix && isTable(table) ? [...table] : [[name.slice(prefix.length), table]],
    );
    return entries.length === 0 ? undefined : new Map(entries);
  };
}

function parts(document: Value, paths: readonly (readonly string[])[]): Table | undefined {
  const found = new Map<string, Value>();
  for (const [first = '', ...rest] of paths) {
    const value = valueAt(document, first, ...rest);
    if (value === undefined) continue;
    const [second] = rest;
    if (second === undefined) found.set(first, value);
    else found.set(first, new Map([...((found.get(first) as Table | undefined) ?? []), [second, value]]));
  }
  return found.size === 0 ? undefined : found;
}

/** Lints, what of a package is tested at all, and the profile that tests are built with. */
function cargoParts(document: Value): Value | undefined {
  return parts(document, [
    ['lints'],
    ['workspace', 'lints'],
    ['profile', 'test'],
    ['lib', 'test'],
    ['lib', 'doctest'],
    ['package', 'autotests'],
    ['test'],
  ]);
}

function cargoFlags(document: Value): Value | undefined {
  return parts(document, [['build', 'rustflags'], ['target'], ['lints']]);
}

const MAVEN_PLUGINS = new Set([
  ...['maven-surefire-plugin', 'maven-failsafe-plugin', 'maven-checkstyle-plugin', 'maven-pmd-plugin'],
  ...['maven-enforcer-plugin', 'jacoco-maven-plugin', 'spotbugs-maven-plugin', 'pitest-maven', 'sonar-maven-plugin'],
  ...['cobertura-maven-plugin', 'animal-sniffer-maven-plugin', 'ktlint-maven-plugin', 'detekt-maven-plugin'],
]);
const MAVEN_PROPERTIES =
  /(?:^|\.)skip(?:Tests|ITs|\.|$)|test\.skip|failure\.ignore|jacoco|checkstyle|coverage|^sonar\./i;

/** Plugins that test and measure, and the properties that steer them, of the project and its profiles. */
function mavenParts(document: Value): Value | undefined {
  const project = valueAt(document, 'project');
  const profiles = valueAt(project, 'profiles', 'profile');
  const found = new Map<string, Value>();
  const add = (prefix: string, part: Value | undefined) => {
    const properties = valueAt(part, 'properties');
    const steering = isTable(properties)
      ? [...properties].filter(([name]) => MAVEN_PROPERTIES.test(name) && !/version/i.test(name))
      : [];
    if (steering.length > 0) found.set(`${prefix}properties`, dotted(new Map([['', new Map(steering)]])) ?? '');
    for (const place of [['plugins'], ['pluginManagement', 'plugins']]) {
      const plugins = valueAt(part, 'build', ...place, 'plugin');
      const wanted = (Array.isArray(plugins) ? (plugins as Value[]) : []).filter((plugin) => {
        const name = valueAt(plugin, 'artifactId');
        return typeof name === 'string' && MAVEN_PLUGINS.has(name);
      });
      if (wanted.length > 0) found.set(`${prefix}${place[0]}`, wanted);
    }
  };
  add('', project);
  for (const profile of Array.isArray(profiles) ? (profiles as Value[]) : []) {
    const id = valueAt(profile, 'id');
    add(`${typeof id === 'string' ? id : 'profile'} `, profile);
  }
  return found.size === 0 ? undefined : found;
}

/** Keys with dots as nested tables. */
function dotted(document: Value): Value | undefined {
  const flat = valueAt(document, '');
  if (!isTable(flat)) return undefined;
  const root = new Map<string, Value>();
  for (const [key, value] of flat) {
    const names = key.split('.').slice(0, 20);
    let table = root;
    for (const name of names.slice(0, -1)) {
      const next = table.get(name);
      const inner = isTable(next)
        ? (next as Map<string, Value>)
        : new Map<string, Value>(next === undefined ? [] : [['', next]]);
      table.set(name, inner);
      table = inner;
    }
    table.set(names.at(-1) ?? '', value);
  }
  return root;
}
