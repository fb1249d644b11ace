/** What of a result stays in its task, and what becomes a brief of its own. Pure. */
import { compileMatcher } from '../../brief/scope';
import { pathsOf } from '../../drift/changes';
import type { Change } from '../../drift/diff';
import { fail } from '../../errors';
import { visible } from '../../visible';
import { pathsToRevert } from '../revert';

export interface SplitWish {
  /** Paths that go, as they are called in the result or were at the base. */
  readonly paths: readonly string[];
  /** Patterns of what stays: everything else goes. Empty = only `paths` count. */
  readonly keep: readonly string[];
}

/**
 * The paths that are split off, in git's order, both sides of a rename. A change stays when either of its paths does.
 *
 * @param changes from the base to the snapshot under review
 * @throws SPLIT_REFUSED   when nothing goes, or everything would
 * @throws PATTERN_INVALID, and what `pathsToRevert` throws
 */
export function pathsToSplit(changes: readonly Change[], { paths, keep }: SplitWish): readonly string[] {
  const named = new Set(paths);
  const known = new Set(changes.flatMap(pathsOf));
  const unknown = paths.find((path) => !known.has(path));
  if (unknown !== undefined) fail('SPLIT_REFUSED', `the task did not change ${visible(unknown)}`);
  const stays = keep.length === 0 ? null : compileMatcher(keep);
  const goes = (change: Change) => {
    const own = pathsOf(change);
    return own.some((path) => named.has(path)) || (stays !== null && !own.some(stays));
  };
  const going = changes.filter(goes);
  if (going.length === 0) fail('SPLIT_REFUSED', 'nothing would be split off');
  if (going.length === changes.length) {
    fail('SPLIT_REFUSED', 'everything would be split off, and nothing would stay', {
      fix: 'leave something in the task, or reject it',
    });
  }
  return pathsToRevert(changes, [...new Set(going.flatMap(pathsOf))]);
}
