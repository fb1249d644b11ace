/** `git/*`: what the run did to git's own state, in the task's clone or in the user's repository. */
import type { GitStateChange } from './diff';
import type { ContentRule } from './input';
import type { RawFinding } from './report';

/** One finding for each difference that the run's observation recorded. Reads nothing. */
export const judgeGitState: ContentRule = async ({ observations }) => ({ findings: observations.git.map(findingOf) });

function findingOf(change: GitStateChange): RawFinding {
  const place = change.where === 'clone' ? 'the task’s clone' : 'your repository';
  return {
    rule: change.rule,
    ...(change.severity ? { severity: change.severity } : {}),
    path: null,
    message: `${change.subject} ${verb(change)} in ${place} during the run.`,
    evidence: `${change.subject}: ${change.before ?? '(absent)'} → ${change.after ?? '(absent)'}`,
  };
}

function verb(change: GitStateChange): string {
  if (change.before === null) return 'appeared';
  return change.after === null ? 'went' : 'changed';
}
