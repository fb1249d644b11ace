/** Which paths go back to the base when a reviewer names some. */
import { pathsOf } from '../drift/changes';
import type { Change } from '../drift/diff';
import { fail } from '../errors';
import { visible } from '../visible';

/** Characters of all paths together: what a line of the journal holds, escaped at worst, with room to spare. */
const PATHS_LIMIT = 250_000;

/**
 * The paths to take back, in git's order: those that were named, with the other side of each rename.
 *
 * @param changes from the base to the snapshot under review
 * @throws REVERT_REFUSED when a path did not change, when another change stands where one would come back, or when they
 *   are too many
 */
export function pathsToRevert(changes: readonly Change[], named: readonly string[]): readonly string[] {
  const wanted = new Set(named);
  const known = new Set(changes.flatMap(pathsOf));
  const unknown = [...wanted].filter((path) => !known.has(path));
  if (unknown.length > 0) fail('REVERT_REFUSED', `the task did not change ${listed(unknown)}`);
  const taken = changes.filter((change) => pathsOf(change).some((path) => wanted.has(path)));
  const paths = taken.flatMap(pathsOf);
  refuseObstacles(changes, new Set(paths));
  if (paths.reduce((sum, path) => sum + path.length, 0) > PATHS_LIMIT) {
    fail('REVERT_REFUSED', `${paths.length} paths are too many at once`, { fix: 'revert them in several steps' });
  }
  return paths;
}

/** What stays must not stand where something comes back: a file where a folder was, or the other way round. */
function refuseObstacles(changes: readonly Change[], leaving: ReadonlySet<string>): void {
  const staying = changes.filter(({ status, path }) => status !== 'D' && !leaving.has(path)).map(({ path }) => path);
  const files = new Set(staying);
  const folders = new Set(staying.flatMap(foldersOf));
  const returning = changes.flatMap(pathOfBase).filter((path) => leaving.has(path));
  for (const path of returning) {
    const above = foldersOf(path).find((folder) => files.has(folder));
    const obstacle = above ?? (folders.has(path) ? staying.find((other) => other.startsWith(`${path}/`)) : undefined);
    if (obstacle === undefined) continue;
    fail('REVERT_REFUSED', `${visible(path)} cannot come back while ${visible(obstacle)} is there`, {
      fix: `revert ${visible(obstacle)} too`,
    });
  }
}

/** The path that a change has in the base, if it has any. */
function pathOfBase({ status, path, oldPath }: Change): readonly string[] {
  if (status === 'A') return [];
  return [status === 'R' && oldPath !== null ? oldPath : path];
}

/** `a/b/c` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).map(visible).join(', ');
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown;
}
