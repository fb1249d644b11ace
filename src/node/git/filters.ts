/**
 * Which of the user's filters are run over files that an agent wrote. Git starts a filter in the agent's folder, so a
 * relative command, or a program that looks around where it is started (`python -m`), would load the agent's files
 * outside the sandbox. Only Git LFS is run, in the forms that `git lfs install` writes, and by its absolute path.
 */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, relative } from 'node:path';
import type { Change } from '../../core/drift/diff';
import { type Git, joinNul } from './git';
import type { ConfigEntries } from './userConfig';

/** What `git lfs install` writes, and `git lfs install --skip-smudge`. */
const STANDARD: ReadonlySet<string> = new Set([
  'clean git-lfs clean -- %f',
  'smudge git-lfs smudge -- %f',
  'smudge git-lfs smudge --skip -- %f',
  'process git-lfs filter-process',
  'process git-lfs filter-process --skip',
]);

const PROGRAM = 'git-lfs';

/** `filter.<driver>.<key>`. */
const FILTER_KEY = /^filter\.(.*)\.([a-z]+)$/s;

export interface CarriedFilters {
  readonly config: ConfigEntries;
  /** Names of the filters that were left out. */
  readonly notRun: readonly string[];
}

/**
 * The configuration without the filters that are not run. `apart` are folders that agents or their changes can write:
 * no program from there is run.
 */
export async function keepStandardFilters(entries: ConfigEntries, apart: readonly string[]): Promise<CarriedFilters> {
  const drivers = driversOf(entries);
  if (drivers.size === 0) return { config: entries, notRun: [] };
  const program = await findProgram(PROGRAM, apart);
  const notRun = [...drivers].filter((driver) => program === null || !isStandard(entries, driver));
  const config = entries.flatMap(([key, value]): ConfigEntries => {
    const [, driver, kind] = FILTER_KEY.exec(key) ?? [];
    if (driver === undefined) return [[key, value]];
    if (notRun.includes(driver)) return [];
    return [[key, kind === 'required' ? value : `${quote(program!)}${value.slice(PROGRAM.length)}`]];
  });
  return { config, notRun };
}

function driversOf(entries: ConfigEntries): Set<string> {
  return new Set(entries.flatMap(([key]) => FILTER_KEY.exec(key)?.[1] ?? []));
}

function isStandard(entries: ConfigEntries, driver: string): boolean {
  return entries.every(([key, value]) => {
    const [, name, kind] = FILTER_KEY.exec(key) ?? [];
    return name !== driver || kind === 'required' || STANDARD.has(`${kind} ${value}`);
  });
}

/** Where the user's shell would find a program, or null: never relative to a current folder, never below `apart`. */
async function findProgram(name: string, apart: readonly string[]): Promise<string | null> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter((entry) => isAbsolute(entry))) {
    try {
      const found = await realpath(join(folder, file));
      await access(found, constants.X_OK);
      if ((await stat(found)).isFile() && !apart.some((top) => isInside(found, top))) return found;
    } catch {
      // Not here.
    }
  }
  return null;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way.startsWith('..') || isAbsolute(way));
}

/** For the POSIX shell that git starts filters with, on Windows too. */
function quote(path: string): string {
  const posix = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  return `'${posix.replaceAll("'", "'\\''")}'`;
}

/** What `check-attr` answers where there is no filter. */
const UNFILTERED = new Set(['unspecified', 'unset', 'set', '']);

/**
 * Changed files that git, with the user's configuration, would not have stored as they are: the attributes of the tree in
 * `git`'s index give them a filter that was not run. Where it is not known which were not, any but those of `carried`.
 */
export async function findUnfiltered(
  git: Git,
  changes: readonly Change[],
  { carried, notRun }: { readonly carried: ConfigEntries; readonly notRun: readonly string[] | null },
  signal?: AbortSignal,
): Promise<{ path: string; reason: string }[]> {
  const files = changes.filter(({ newMode }) => newMode?.startsWith('100')).map(({ path }) => path);
  if (notRun?.length === 0 || files.length === 0) return [];
  const input = joinNul(files);
  const answers = await git.list(['check-attr', '--cached', '-z', '--stdin', 'filter'], { input, signal });
  const ran = driversOf(carried);
  const isUnfiltered = (filter: string) => notRun?.includes(filter) ?? !(UNFILTERED.has(filter) || ran.has(filter));
  return files.flatMap((path, index) => {
    const filter = answers[3 * index + 2] ?? '';
    if (!isUnfiltered(filter)) return [];
    const reason = `the filter "${filter}" is not run on an agent's files, so these bytes are not what git would store`;
    return [{ path, reason }];
  });
}
