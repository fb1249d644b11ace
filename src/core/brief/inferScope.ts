/** The scope that work without a brief would have had: a short list of patterns that covers what it changed. */
import { escapePattern, patternOfPath } from './pattern';

/** A folder is proposed when so many files of it changed, and more than this share of what it holds. */
const FEWEST_OF_FOLDER = 2;
const SHARE_OF_FOLDER = 0.5;
/** More patterns than this are a list that nobody reads: then folders are proposed where fewer of their files changed. */
const READABLE = 30;
/** The pattern language takes 1,024 characters; a longer path is covered by a folder above it. */
const LONGEST_PATTERN = 1_000;

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  /** Changed files directly in it. */
  readonly changed: string[];
  /** Files at and below it: changed, and all that either side has. */
  changedBelow: number;
  below: number;
}

/**
 * Patterns that match every changed path: folders where most files changed, single files elsewhere, never the whole
 * repository.
 *
 * @param changed both sides of every rename count
 * @param all     what either side of the difference holds
 * @param careful files at a boundary: a scope that names such a file letter by letter says that a person meant it, and
 *   nobody did; in braces the name means the same file, and leaves the boundary to be decided
 */
export function inferPatterns(
  changed: readonly string[],
  all: readonly string[],
  careful: ReadonlySet<string> = new Set(),
): readonly string[] {
  const touched = new Set(changed);
  const root = treeOf(touched, new Set([...all, ...touched]));
  for (let share = SHARE_OF_FOLDER; ; share /= 4) {
    const patterns = patternsOf(root, share, careful);
    // Below a share of one file in thousands, every folder with changes is proposed already.
    if (patterns.length <= READABLE || share < 1e-6) return patterns;
  }
}

function treeOf(touched: ReadonlySet<string>, all: ReadonlySet<string>): Folder {
  const root = folderAt('');
  for (const path of all) {
    const isTouched = touched.has(path);
    const at = descend(root, path, (folder) => {
      folder.below += 1;
      if (isTouched) folder.changedBelow += 1;
    });
    if (isTouched) at.changed.push(path);
  }
  return root;
}

function folderAt(path: string): Folder {
  return { path, folders: new Map(), changed: [], changedBelow: 0, below: 0 };
}

function descend(root: Folder, path: string, visit: (folder: Folder) => void): Folder {
  let folder = root;
  visit(folder);
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const name = path.slice(0, slash);
    const next = folder.folders.get(name) ?? folderAt(name);
    folder.folders.set(name, next);
    folder = next;
    visit(folder);
  }
  return folder;
}

function patternsOf(root: Folder, share: number, careful: ReadonlySet<string>): readonly string[] {
  const patterns: string[] = [];
  // A list of what is left to look at: folders may nest deeper than calls.
  const left = [root];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    if (folder.changedBelow === 0) continue;
    if (folder !== root && isMostlyChanged(folder, share)) {
      patterns.push(patternWithin(`${folder.path}/`));
      continue;
    }
    patterns.push(...folder.changed.map((path) => filePattern(path, careful.has(path))));
    left.push(...folder.folders.values());
  }
  return [...new Set(patterns)].sort();
}

function isMostlyChanged({ changedBelow, below, folders, changed }: Folder, share: number): boolean {
  if (changedBelow < FEWEST_OF_FOLDER || changedBelow <= below * share) return false;
  // What lies in one folder below alone is said by that folder.
  return changed.length > 0 || [...folders.values()].filter((folder) => folder.changedBelow > 0).length > 1;
}

function filePattern(path: string, careful: boolean): string {
  const pattern = careful ? inBraces(path) : patternOfPath(path);
  if (pattern.length <= LONGEST_PATTERN) return pattern;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder === '' ? `${beginning(path)}*` : patternWithin(folder);
}

/** `ci/{build.yml}`: one text of one. */
function inBraces(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const name = escapePattern(path.slice(slash)).replaceAll(',', '\\,');
  return `${slash === 0 ? '' : `${patternOfPath(path.slice(0, slash - 1))}/`}{${name}}`;
}

/** Everything below a folder that is named with its slash; of one that is too long to name, below the next above. */
function patternWithin(folder: string): string {
  for (let name = folder.slice(0, -1); name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
    const pattern = `${patternOfPath(name)}/**`;
    if (pattern.length <= LONGEST_PATTERN) return pattern;
  }
  return `${beginning(folder)}*/**`;
}

/** What a name begins with: no file system takes one this long, but a tree of git can hold it. */
function beginning(name: string): string {
  return patternOfPath([...name.slice(0, 200)].slice(0, -1).join(''));
}
