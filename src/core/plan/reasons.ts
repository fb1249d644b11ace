/** The reasons of a plan, as comments of its briefs: for people who want them in the file. */
import type { PlanLine, PlannedBrief } from './plan';

const NAMES: Readonly<Record<PlanLine['kind'], string>> = {
  title: 'title',
  goal: 'goal',
  'non-goal': 'non-goal',
  change: 'may change',
  avoid: 'must not change',
  check: 'check',
  criterion: 'criterion',
};
const TEXT_LIMIT = 100;

/** What a kind of line is called. */
export function nameOfKind(kind: PlanLine['kind']): string {
  return NAMES[kind];
}

/** The brief with a comment for each line that has a reason, at the head of its front matter. */
export function withReasons(brief: PlannedBrief): PlannedBrief {
  const comments = brief.lines
    .filter(({ why, taken }) => why !== '' && taken)
    .map(({ kind, text, why }) => `#   ${NAMES[kind]} "${text.slice(0, TEXT_LIMIT)}": ${why}`);
  if (comments.length === 0) return brief;
  return {
    ...brief,
    text: brief.text.replace(/^---\n/, () => `---\n# why, as the planner says:\n${comments.join('\n')}\n`),
  };
}
