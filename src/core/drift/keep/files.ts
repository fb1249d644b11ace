/** `keep/file`: files that stay where they are. What they say may change. */
import { compileMatcher } from '../../brief/scope';
import type { PathContext } from '../input';
import type { RawFinding } from '../report';

/** @param patterns of the brief, checked when it was parsed */
export function judgeKeptFiles(patterns: readonly string[], { changes }: PathContext): readonly RawFinding[] {
  if (patterns.length === 0) return [];
  const isKept = compileMatcher(patterns);
  return changes.flatMap((change): RawFinding[] => {
    const gone = change.status === 'D' ? change.path : change.status === 'R' ? change.oldPath : null;
    const isOther = change.status === 'T' && isKept(change.path);
    if (!isOther && (gone === null || !isKept(gone))) return [];
    const path = gone ?? change.path;
    const what =
      change.status === 'R' ? `moved to ${change.path}` : isOther ? 'is no ordinary file any more' : 'deleted';
    return [{ rule: 'keep/file', path, message: `${path}: ${what}; the brief keeps it.`, evidence: what }];
  });
}
