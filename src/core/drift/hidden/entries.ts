/** What the entries of the tree say before any content is read: executable bits and submodules. */
import { describeChange, MODE, pathsOf } from '../changes';
import type { Change } from '../diff';
import type { PathContext, PathRule } from '../input';
import type { RawFinding } from '../report';

/** `hidden/mode` and `hidden/submodule`. Reads nothing. */
export const judgeEntries: PathRule = (context) => {
  const { changes } = context;
  return changes.flatMap((change) => [...submodule(change), ...executableBit(change, context)]);
};

function submodule(change: Change): readonly RawFinding[] {
  const { path } = change;
  const findings: RawFinding[] = [];
  if (change.newMode === MODE.gitlink) {
    const message = `${path} points to a commit of another repository.`;
    findings.push({ rule: 'hidden/submodule', path, message, evidence: `gitlink ${describeChange(change)}` });
  }
  if (pathsOf(change).includes('.gitmodules')) {
    const message = 'The list of submodules changed.';
    const list = '.gitmodules';
    findings.push({ rule: 'hidden/submodule', path: list, message, evidence: describeChange(change, list) });
  }
  return findings;
}

/** A bit that flips on a file in scope is easy to see and to undo, so it is a warning there; elsewhere it blocks. */
function executableBit(change: Change, { scope }: PathContext): readonly RawFinding[] {
  const was = change.oldMode === MODE.executable;
  const is = change.newMode === MODE.executable;
  const isFile = change.newMode?.startsWith('100') ?? false;
  if (was === is || !isFile) return [];
  const { path } = change;
  return [
    {
      rule: 'hidden/mode',
      severity: scope.judge(path) === 'in' ? 'warn' : 'block',
      path,
      message: is ? `${path} became executable.` : `${path} is no longer executable.`,
      evidence: `${change.oldMode ?? 'absent'} → ${change.newMode}`,
    },
  ];
}
