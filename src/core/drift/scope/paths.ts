/** `scope/outside` and `scope/avoided`: paths that the brief did not ask for, or ruled out. */
import type { Scope } from '../../brief/scope';
import { describeChange, kindOfChange, pathsOf } from '../changes';
import type { Change } from '../diff';
import type { PathRule } from '../input';
import type { RawFinding } from '../report';

/** Judges both sides of every rename; `avoid` wins over `change`. */
export const judgeScope: PathRule = ({ scope, changes }) =>
  changes.flatMap((change) => pathsOf(change).flatMap((path) => judgePath(path, change, scope)));

function judgePath(path: string, change: Change, scope: Scope): readonly RawFinding[] {
  const evidence = describeChange(change, path);
  switch (scope.judge(path)) {
    case 'in':
      return [];
    case 'outside':
      return [
        {
          rule: 'scope/outside',
          path,
          message: `${path} is not in the brief's scope.`,
          evidence,
          cause: kindOfChange(change, path),
        },
      ];
    case 'avoided':
      return [
        {
          rule: 'scope/avoided',
          path,
          message: `The brief says to avoid ${path}.`,
          evidence,
          cause: scope.decidedBy(path) ?? '',
        },
      ];
  }
}
