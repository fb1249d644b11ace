/** `boundary/*`: paths that need a person's decision, whatever the scope says. */
import { exactPaths } from '../brief/pattern';
import { describeChange, pathsOf } from './changes';
import type { PathRule } from './input';
import type { RawFinding, Severity } from './report';

/**
 * One finding for each boundary of each touched path. A file that the scope names letter by letter was meant: it is
 * `info`, for a person to look at.
 */
export const judgeBoundaries: PathRule = ({ brief, boundaries, scope, changes }) => {
  const meant = exactPaths(brief.front.scope.change);
  return changes.flatMap((change) =>
    pathsOf(change).flatMap((path) =>
      boundaries.of(path).map((boundary): RawFinding => {
        const rule = `boundary/${boundary}`;
        const named = meant.has(path) && scope.judge(path) === 'in';
        const severity: { severity?: Severity } = named ? { severity: 'info' } : {};
        const message = `${path} belongs to the boundary ${boundary}.`;
        return { rule, ...severity, path, message, evidence: describeChange(change, path) };
      }),
    ),
  );
};
