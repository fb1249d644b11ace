/** What a test file tests, as far as imports and names tell. */
import type { Change } from '../diff';
import { languageOf } from '../syntax/language';
import type { TestCase } from './model';
import type { Side } from './sides';
import { testPathOf } from './testPaths';
import { identifiersIn } from './texts';

/** By which a folder is a package of its own. */
const MANIFEST =
  /(?:^|\/)(?:Cargo\.toml|package\.json|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|pyproject\.toml|setup\.py|composer\.json|Package\.swift|[^/]+\.(?:csproj|gemspec))$/;

/** Source files that the change deletes, by every way in which an import may mean them. */
export class DeletedSources {
  readonly #paths = new Set<string>();
  readonly #ends = new Set<string>();
  readonly #stems = new Set<string>();
  readonly #packages: readonly string[];

  constructor(changes: readonly Change[]) {
    const sources = changes.filter(isDeletedSource);
    for (const { path } of sources) {
      const module = moduleOf(path);
      this.#paths.add(module);
      const parts = module.split('/');
      for (let length = 1; length <= Math.min(4, parts.length); length++)
        this.#ends.add(parts.slice(-length).join('/'));
      this.#stems.add(`${languageFamily(path)}:${stemOf(path)}`);
    }
    this.#packages = changes
      .filter(({ status, path }) => status === 'D' && MANIFEST.test(path) && path.includes('/'))
      .map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1))
      .filter((folder) => sources.some(({ path }) => path.startsWith(folder)));
  }

  /** Whether a file may be one of deleted code, or is in a package that went as a whole. */
  explainsFile(side: Side): boolean {
    if (this.#paths.size === 0) return false;
    if (this.#packages.some((folder) => side.path.startsWith(folder))) return true;
    const isDeleted = [...(side.file.imports ?? [])].some(([module]) => this.#has(module, side.path));
    return isDeleted || this.#stems.has(`${languageFamily(side.path)}:${stemOf(side.path)}`);
  }

  /** Tells of each case whether all that it tested went: it needs what was deleted, and nothing else of the project. */
  explains(side: Side): (test: TestCase) => boolean {
    if (!this.explainsFile(side)) return () => false;
    const imports = [...(side.file.imports ?? [])];
    const deleted = imports.filter(([module]) => this.#has(module, side.path));
    const others = imports.filter(
      ([module]) => isOfProject(module) && !this.#has(module, side.path) && !isShared(module),
    );
    if (deleted.length === 0 || others.length === 0) return () => true;
    const names = new Set(deleted.flatMap(([, locals]) => locals));
    const otherNames = new Set(others.flatMap(([, locals]) => locals));
    return ({ body }) => {
      const used = identifiersIn(body ?? '');
      return [...names].some((name) => used.has(name)) && ![...otherNames].some((name) => used.has(name));
    };
  }

  /** Whether a deleted source has the name of the test file, as far as tests are named after what they test. */
  hasNameOf(testPath: string): boolean {
    return this.#stems.has(`${languageFamily(testPath)}:${stemOf(testPath)}`);
  }

  #has(module: string, from: string): boolean {
    const path = resolve(module, from);
    return path.relative ? this.#paths.has(path.module) : this.#ends.has(path.module);
  }
}

function isDeletedSource({ status, path }: Change): boolean {
  const kind = testPathOf(path)?.kind;
  return status === 'D' && languageOf(path) !== null && (kind === undefined || kind === 'inline');
}

/** Whether a module is the one that a test file is named after: `../src/cart` of `cart.test.ts`. */
export function isNamedAfter(testPath: string, module: string): boolean {
  const last = /[/\\]/.test(module)
    ? module.slice(module.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
    : (module.split('.').at(-1) ?? '');
  const stem = stemOf(testPath);
  return stem !== '' && stem === bare(last);
}

function isOfProject(module: string): boolean {
  return /^(?:\.|@\/|~\/|#|src\/)/.test(module);
}

/** What many tests import and none tests. */
function isShared(module: string): boolean {
  return /(?:^|[/._-])(?:tests?|fixtures?|helpers?|utils?|mocks?|types?|setup|constants?|support|factories|conftest)(?:$|[/._-])/i.test(
    module,
  );
}

interface Resolved {
  readonly module: string;
  readonly relative: boolean;
}

function resolve(module: string, from: string): Resolved {
  const folder = from.split('/').slice(0, -1);
  if (/^\.{1,2}\//.test(module)) return { module: moduleOf(normal([...folder, ...module.split('/')])), relative: true };
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  if (dots > 0) {
    const parts = module.slice(dots).split('.');
    return { module: moduleOf(normal([...folder.slice(0, folder.length - dots + 1), ...parts])), relative: true };
  }
  const path = module.includes('/')
    ? module.replace(/^(?:@|~|#)\//, '')
    : module.replaceAll('::', '/').replaceAll('.', '/');
  return { module: moduleOf(path).split('/').slice(-4).join('/'), relative: false };
}

function normal(parts: readonly string[]): string {
  const result: string[] = [];
  for (const part of parts) {
    if (part === '..') result.pop();
    else if (part !== '.' && part !== '') result.push(part);
  }
  return result.join('/');
}

/** A path as imports name it: without ending, and a folder by its main file. */
function moduleOf(path: string): string {
  return path
    .replace(/\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|cs|rb|php|swift|cc|cpp|h|hpp)$/, '')
    .replace(/\/(?:index|__init__|mod)$/, '');
}

function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return bare(
    name
      .replace(/(?:[._-]?(?:unit|integration|e2e))?[._-]?(?:tests?|specs?|unittest|cy|e2e)$/i, '')
      .replace(/(?:TestCase|IT)$/, '')
      .replace(/^tests?[._-]/i, '')
      .replace(/^Test(?=[A-Z])/, ''),
  );
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The language of a path; of those that import each other, one for all. */
export function languageFamily(path: string): string {
  const language = languageOf(path) ?? '';
  return /^(?:javascript|jsx|typescript|tsx)$/.test(language)
    ? 'javascript'
    : /^(?:java|kotlin)$/.test(language)
      ? 'jvm'
      : language;
}
