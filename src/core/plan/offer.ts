/** What a project offers to whoever plans: its folders, files, commands, policy and the tasks that are under way. */
import type { DraftFacts } from '../brief/draft';
import type { KnownCommands } from './commands';
import type { Place } from './plan';

export interface Offer {
  /** With the policy and who the user is. */
  readonly facts: DraftFacts;
  /** Every path of the commit that is checked out. */
  readonly paths: readonly string[];
  readonly commands: KnownCommands;
  /** Tasks that are not finished, and what they may change. */
  readonly live: readonly { readonly id: string; readonly title: string; readonly change: readonly string[] }[];
}

/** A place with what is there. */
export interface SeenPlace extends Place {
  readonly kind: 'file' | 'folder' | 'absent';
  /** Of a file: its text, as far as it is shown; null for what is no text. */
  readonly text: string | null;
}

/** What a place is among the paths of a commit. A slash at its end and `./` before it say nothing. */
export function kindOfPlace({ path }: Place, paths: readonly string[]): SeenPlace['kind'] {
  if (path === '' || path === '.') return 'folder';
  if (paths.includes(path)) return 'file';
  return paths.some((known) => known.startsWith(`${path}/`)) ? 'folder' : 'absent';
}

/** Lines around a place that are shown, and lines of a file without one. */
const AROUND = 40;
const WITHOUT_LINE = 80;
const LINE_LIMIT = 300;

/** The part of a file that a person pointed at, its lines with their numbers. */
export function excerptOf(text: string, line: number | null): string {
  const lines = text.split(/\r\n?|\n/);
  const first = line === null ? 1 : Math.max(1, line - AROUND);
  const last = line === null ? WITHOUT_LINE : line + AROUND;
  const shown = lines.slice(first - 1, last).map((one, index) => `${first + index}: ${one.slice(0, LINE_LIMIT)}`);
  const left = lines.length - Math.min(last, lines.length);
  return [...shown, ...(left > 0 ? [`[${left} more lines]`] : [])].join('\n');
}

/**
 * The folders of a repository with how many files each holds, those nearest to the top first, so many lines at most; what
 * the places lie in is told further down.
 */
export function outlineOf(paths: readonly string[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    for (
      let slash = path.indexOf('/'), depth = 0;
      slash >= 0 && depth < DEEPEST;
      slash = path.indexOf('/', slash + 1)
    ) {
      const folder = path.slice(0, slash + 1);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
      depth += 1;
    }
  }
  const depthOf = (folder: string) => folder.split('/').length;
  const chosen = [...counts.keys()].sort((one, other) => depthOf(one) - depthOf(other)).slice(0, most);
  return chosen.sort().map((folder) => `${folder} (${counts.get(folder)})`);
}

const DEEPEST = 6;

/** Files that lie where the places are: those of the same folder, or below it. */
export function neighbours(places: readonly SeenPlace[], paths: readonly string[], most: number): readonly string[] {
  const folders = places.map(({ path, kind }) =>
    kind === 'folder' ? (path === '' || path === '.' ? '' : `${path}/`) : path.slice(0, path.lastIndexOf('/') + 1),
  );
  const found: string[] = [];
  for (const path of paths) {
    if (found.length >= most) break;
    if (folders.some((folder) => path.startsWith(folder))) found.push(path);
  }
  return found;
}
