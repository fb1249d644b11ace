/** The brief of what was split off a task: a draft, which a person makes say what they want. */
import type { Brief } from '../../brief/brief';
import { checkLines, listItems, pair } from '../../brief/draft';
import { patternOfPath } from '../../brief/pattern';
import { compileMatcher } from '../../brief/scope';
import { visible, wellFormed } from '../../visible';

export interface SplitOff {
  readonly task: string;
  readonly title: string;
  readonly brief: Brief;
  /** The snapshot that holds what was split off; its ref is never deleted. */
  readonly commit: string;
  readonly turn: number;
  readonly paths: readonly string[];
}

const TITLE_LIMIT = 80;
const GOAL_LIMIT = 1_000;
/** Paths that are named in a command line to copy. */
const PATHS_NAMED = 20;

/** The text of the brief. It parses as it is, grants nothing, and says where the work is that was done already. */
export function splitBrief(off: SplitOff): string {
  const { front: asked } = off.brief;
  const strayed = compileMatcher(asked.scope.avoid);
  // What the task was to avoid and did all the same can be asked for now: what forbids it does not come along.
  const avoid = off.paths.some(strayed)
    ? asked.scope.avoid.filter((one) => !off.paths.some(compileMatcher([one])))
    : asked.scope.avoid;
  const front = [
    `# split off task ${off.task}: a draft. Make it say what you want; nothing of it is granted or handed off.`,
    'countersign: 1',
    pair('title', `${lineOf(off.title).slice(0, TITLE_LIMIT).trim()}: what was split off`),
    ...(asked.setup === undefined ? [] : [pair('setup', asked.setup)]),
    'scope:',
    `  change:                      # the ${off.paths.length} ${off.paths.length === 1 ? 'path' : 'paths'} that were split off`,
    ...listItems('    ', off.paths.map(patternOfPath)),
    ...(avoid.length === 0 ? ['  avoid: []'] : ['  avoid:', ...listItems('    ', avoid)]),
    ...checkLines(asked.checks),
    'approval: { allow: [] }        # what may be crossed without asking: dependencies, tests, ci, ...',
    asked.reviewer === undefined
      ? '# reviewer: Name <email>       # who signs off: required'
      : pair('reviewer', asked.reviewer),
  ];
  return wellFormed(`---\n${front.join('\n')}\n---\n${body(off, asked.checks[0]?.name ?? null)}`);
}

function body({ task, title, brief, commit, turn, paths }: SplitOff, check: string | null): string {
  const goal = lineOf(brief.goal);
  return [
    '## Goal',
    `Do by itself what was split off "${lineOf(title).slice(0, TITLE_LIMIT)}": say here what it is for.`,
    '',
    '## Acceptance criteria',
    `- [ ] the project still passes its checks (${check === null ? 'review' : `check: ${check}`})`,
    '- [ ] the change does what this brief says, and nothing else (review)',
    '',
    '## Context',
    `Split off task ${task}, whose goal was: ${goal.length > GOAL_LIMIT ? `${goal.slice(0, GOAL_LIMIT - 1)}…` : goal}`,
    '',
    `What was done already is commit ${commit} (refs/countersign/${task}/${turn}), which stays. To look at it, and to bring it:`,
    '',
    ...commandLines(commit, paths).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** For a POSIX shell. `git restore` also deletes what the commit does not have. */
function commandLines(commit: string, paths: readonly string[]): string[] {
  const plain = paths.filter((path) => visible(path) === path && !path.includes('<!--')).slice(0, PATHS_NAMED);
  const named = plain.map((path) => ` '${path.replaceAll("'", "'\\''")}'`).join('');
  const rest = paths.length - plain.length;
  return [
    `git show --stat ${commit}`,
    ...(plain.length === 0 ? [] : [`git restore --source=${commit} --${named}`]),
    ...(rest === 0 ? [] : [`# and ${rest} more, as the scope above has them`]),
  ];
}

/** One line of text that opens no comment. */
function lineOf(text: string): string {
  return visible(text.trim().replace(/\s+/g, ' ')).replaceAll('<!--', '< !--');
}
