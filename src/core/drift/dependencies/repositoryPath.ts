/** Paths that a manifest names, seen from the root of the repository. */

/** A drive letter, a root, a home folder, or an address of a file. */
const ABSOLUTE = /^(?:[A-Za-z]:|[/\\~]|file:)/;

/**
 * Whether a path, relative to the folder of the manifest at `from`, stays inside the repository: what it names is judged
 * where it is. Absolute paths and those that climb above the root do not.
 */
export function staysInside(from: string, path: string): boolean {
  if (ABSOLUTE.test(path)) return false;
  let depth = from.split('/').length - 1;
  for (const segment of path.split(/[/\\]/)) {
    if (segment === '..') depth--;
    else if (segment !== '' && segment !== '.') depth++;
    if (depth < 0) return false;
  }
  return true;
}

/** What a requirement by path comes from, in the words of `Requirement.source`. */
export function pathSource(from: string, path: string): string | null {
  return staysInside(from, path) ? null : 'a path';
}
