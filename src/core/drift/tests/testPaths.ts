/** Which paths test runners take for tests, and which hold what tests are measured against. Paths alone decide. */
import type { Change } from '../diff';
import { type Language, languageOf } from '../syntax/language';

/**
 * `test`: runners take it by its name. `folder`: it lies where tests lie, and is one if it has cases. `inline`: a source
 * file of a language whose tests may stand beside the code. `support`: what tests share. `snapshot`: recorded output.
 * `fixture`: data, even where it looks like a test.
 */
export type TestKind = 'test' | 'folder' | 'inline' | 'support' | 'snapshot' | 'fixture';

export interface TestPath {
  readonly kind: TestKind;
  /** Null for snapshots and fixtures, and for support that is no source of a known language. */
  readonly language: Language | null;
}

interface Naming {
  /** Names that runners take wherever they find them; matched against the last part of a path. */
  readonly name: RegExp;
  /** Folders in which runners take every file, or in which tests are customary; matched against `/folder/`. */
  readonly folder: RegExp;
  /** Names of what tests share, in or outside such folders. */
  readonly support?: RegExp;
  /** Tests may stand in any source file. */
  readonly inline?: true;
  /** Whether a runner that goes by folder, project or attribute takes a file whatever its name is. */
  readonly anyName?: true;
}

const JAVASCRIPT: Naming = {
  // Jest `testMatch`, Vitest `include`, Playwright `testMatch`, `node --test`, AVA, Jasmine, Cypress, Deno, tsd.
  name: /(?:[.\-_](?:test|tests|spec|e2e|cy|test-d|e2e-spec|integration-test)|^(?:test|tests|spec)|^test-.+|[a-z0-9](?:Test|Tests|Spec))\.[cm]?[jt]sx?$/,
  folder: /\/(?:__tests?__|tests?|specs?|e2e|cypress|integration[-_]tests?|unit[-_]tests?)\//i,
  support:
    /^(?:setup|teardown|global-?setup|global-?teardown|jest\.setup|vitest\.setup|setupTests|helpers?|utils?)\.[cm]?[jt]sx?$/i,
};

const NAMINGS: Readonly<Record<Language, Naming>> = {
  javascript: JAVASCRIPT,
  jsx: JAVASCRIPT,
  typescript: JAVASCRIPT,
  tsx: JAVASCRIPT,
  python: {
    // pytest `python_files`, `unittest discover -p` (of `test*.py` what is no library, as `testing.py`), Django's `tests.py`.
    name: /^(?:test_.*|tests?|test[A-Z0-9].*|.*_tests?)\.py$/,
    folder: /\/(?:tests?|testing|unit_?tests?|integration_?tests?|functional_?tests?)\//i,
    support: /^(?:conftest|__init__|helpers?|utils?|factories)\.py$/,
  },
  go: { name: /_test\.go$/, folder: /(?!)/ },
  rust: { name: /(?!)/, folder: /\/(?:tests|benches)\//, inline: true, anyName: true },
  java: {
    // Surefire and Failsafe `includes`; Gradle takes every class below the source set.
    name: /^(?:Test.*|.*(?:Test|Tests|TestCase|IT|ITCase|Spec)|IT[A-Z].*)\.java$/,
    folder: /\/src\/(?:test|[a-z]+Test|it|testFixtures)\//,
    anyName: true,
  },
  kotlin: {
    name: /^(?:Test.*|.*(?:Test|Tests|TestCase|IT|ITCase|Spec)|IT[A-Z].*)\.kt$/,
    folder: /\/src\/(?:test|[a-z]+Test|it|testFixtures)\//,
    anyName: true,
  },
  csharp: {
    name: /(?:Tests?|Specs?|Should)\.cs$/,
    folder: /\/(?:tests?|[^/]*\.?(?:Tests?|UnitTests?|IntegrationTests?|Specs))\//,
    anyName: true,
  },
  ruby: {
    name: /(?:_spec|_test)\.rb$|^test_.*\.rb$/,
    folder: /\/(?:spec|test)\//,
    support: /^(?:spec_helper|rails_helper|test_helper)\.rb$/,
  },
  php: {
    name: /(?:Test|TestCase|Cest|Cept|Spec)\.php$|\.phpt$/,
    folder: /\/(?:tests?|Tests?|spec)\//,
    support: /^(?:bootstrap|TestCase|CreatesApplication|Pest)\.php$/,
  },
  swift: { name: /(?:Tests?|Spec)\.swift$/, folder: /\/(?:Tests|[^/]*Tests)\//, anyName: true },
  cpp: {
    name: /(?:[_-](?:tests?|unittests?|gtest)|^tests?[_-].*|^(?:unit)?tests?|[a-z0-9](?:Tests?|TestCase))\.(?:c|cc|cpp|cxx|c\+\+|m|mm)$/,
    folder: /\/(?:tests?|Tests?|unittests?|[^/]*Tests)\//,
    anyName: true,
  },
};

/** Folders that other people's code, or what was built, lies in. */
const FOREIGN = /\/(?:node_modules|bower_components|vendor|third_party|site-packages|\.venv|venv|\.git)\//;
const FIXTURE = /\/(?:__fixtures__|fixtures?|testdata|test[-_]data|__mocks__|samples?|resources)\//i;
/** Folders below a place of tests for what the tests share. */
const SUPPORT = /\/(?:support|helpers?|utils?|common|shared|factories|mocks|lib)\//i;
const SNAPSHOT_NAME =
  /\.(?:snap|snapshot|ambr|golden|approved|verified)$|\.(?:approved|verified|golden)\.[a-z0-9]{1,10}$/i;
/** Jest and Vitest `__snapshots__`, Playwright `*-snapshots`, insta `snapshots`, golden files. */
const SNAPSHOT_FOLDER = /\/(?:__snapshots__|__image_snapshots__|[^/]*\.[cm]?[jt]sx?-snapshots)\//;
const GOLDEN_FOLDER = /\/(?:goldens?|golden[-_]files|snapshots)\//i;
const TEST_FOLDER = /\/(?:tests?|__tests__|specs?|testdata|fixtures?|e2e|src\/test)\//i;

/** What a path is to tests, or null when it is nothing to them. */
export function testPathOf(path: string): TestPath | null {
  const rooted = `/${path}`;
  if (FOREIGN.test(rooted)) return null;
  const slash = rooted.lastIndexOf('/');
  const name = rooted.slice(slash + 1);
  const folders = rooted.slice(0, slash + 1);
  const language = languageOf(path);
  if (isSnapshot(folders, name, language)) return { kind: 'snapshot', language: null };
  if (FIXTURE.test(folders) && (language === null || !/\/src\/test\//.test(folders))) {
    return { kind: 'fixture', language: null };
  }
  if (language === null || /\.d\.[cm]?ts$/.test(name)) {
    return TEST_FOLDER.test(folders) ? { kind: 'support', language: null } : null;
  }
  const kind = kindOf(NAMINGS[language], folders, name);
  return kind === null ? null : { kind, language };
}

const PLACES = new WeakMap<Change, readonly [before: TestPath | null, after: TestPath | null]>();

/** What the paths of a change were and are to tests, worked out once: most of the family's rules ask. */
export function placesOf(change: Change): readonly [before: TestPath | null, after: TestPath | null] {
  const known = PLACES.get(change);
  if (known !== undefined) return known;
  const { path, oldPath } = change;
  const after = testPathOf(path);
  const places = [oldPath === null || oldPath === path ? after : testPathOf(oldPath), after] as const;
  PLACES.set(change, places);
  return places;
}

/** Whether a runner of the language takes a file for its place alone, whatever it is called. */
export function takesAnyName(language: Language): boolean {
  return NAMINGS[language].anyName === true;
}

function kindOf(naming: Naming, folders: string, name: string): TestKind | null {
  const inFolder = naming.folder.test(folders);
  if (naming.support?.test(name) && (inFolder || name !== '__init__.py')) {
    return inFolder ||
      /^(?:conftest|spec_helper|rails_helper|test_helper|jest\.setup|vitest\.setup|setupTests)/.test(name)
      ? 'support'
      : null;
  }
  if (naming.name.test(name)) return 'test';
  if (inFolder) return SUPPORT.test(folders) ? 'support' : 'folder';
  return naming.inline === true ? 'inline' : null;
}

function isSnapshot(folders: string, name: string, language: Language | null): boolean {
  if (SNAPSHOT_NAME.test(name) || SNAPSHOT_FOLDER.test(folders)) return true;
  return GOLDEN_FOLDER.test(folders) && (TEST_FOLDER.test(folders) || language === null);
}
