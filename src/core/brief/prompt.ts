/** What the agent is told: the brief in plain words, and the few rules of the house. */
import type { Brief, Check, Criterion } from './brief';
import { criterionIds, withoutId } from './criterionIds';

export interface PromptRequest {
  readonly kind: 'work';
}

/** The prompt of a task's first turn, as Markdown. Deterministic: the same brief gives the same text. */
export function composePrompt(brief: Brief, { kind }: PromptRequest): string {
  switch (kind) {
    case 'work':
      return `${[
        `# ${brief.title}`,
        section('Goal', brief.goal),
        section('Not part of this task', bullets(brief.nonGoals)),
        section('What you may change', scopeInWords(brief)),
        section('What must stay as it is', keepInWords(brief.front.keep)),
        section('Done means', criteriaInWords(brief)),
        section('Checks that will be run on your result', checksInWords(brief.front.checks)),
        section('Decisions that are not yours', boundariesInWords(brief.front.approval.allow)),
        section('Context', brief.context),
        ...brief.otherSections.map(({ name, text }) => section(name || 'Note', text)),
        section('How to work', bullets(HOUSE_RULES)),
      ]
        .filter((part) => part !== '')
        .join('\n\n')}\n`;
  }
}

/** A prompt for an agent that is given our tools (`agent/tools/tools.ts`). */
export function withTools(prompt: string): string {
  return `${prompt.trimEnd()}\n\n${section('Tools for this task', TOOLS_IN_WORDS)}\n`;
}

const TOOLS_IN_WORDS =
  'An MCP server named `countersign` is there for you. `check_scope` says which paths you may change, `brief` what counts now, ' +
  'and `run_check` runs a check on what is in the folder. When the task needs a path or a boundary that is not yours, ' +
  'ask with `request_approval` before you touch it: a person answers, a yes counts, and a no means that you leave it.';

const HOUSE_RULES = [
  'Work only in the current folder, and leave the result in its files. Do not commit, and change no git setting, branch or hook: the snapshot is taken for you when you stop.',
  'Install nothing and add no dependency, unless the lists above allow it.',
  'Change no file outside the scope, not even to tidy it. If the goal cannot be met inside the scope, stop and say what is missing.',
  'Do not weaken, skip or delete a test or a check to make it pass.',
  'When you stop, say plainly in a few sentences what you did, what you did not do, and what you are unsure of.',
];

function section(name: string, text: string): string {
  return text === '' ? '' : `## ${name}\n${text}`;
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function code(items: readonly string[]): string {
  return items.map((item) => (item.includes('`') ? `\`\` ${item} \`\`` : `\`${item}\``)).join(', ');
}

function scopeInWords({ front: { scope, budget } }: Brief): string {
  const limits = [
    budget.files === undefined ? '' : `${budget.files} files`,
    budget.lines === undefined ? '' : `${budget.lines} changed lines`,
  ].filter((limit) => limit !== '');
  return [
    `Only paths that match one of: ${code(scope.change)}.`,
    scope.avoid.length === 0 ? '' : `Never, even where the above matches: ${code(scope.avoid)}.`,
    'In these patterns `*` stays within one folder, `**` is any number of folders, and a plain folder means everything below it.',
    limits.length === 0 ? '' : `Keep it small: at most ${limits.join(' and ')}.`,
    budget.minutes === undefined ? '' : `You have ${budget.minutes} minutes.`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function keepInWords(keep: Brief['front']['keep']): string {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['The public surface of', keep?.exports ?? []],
    ['These files, where they are', keep?.files ?? []],
    ['The text of', keep?.symbols ?? []],
  ];
  return bullets(lines.filter(([, items]) => items.length > 0).map(([what, items]) => `${what}: ${code(items)}`));
}

function criteriaInWords({ criteria }: Brief): string {
  const ids = criterionIds(criteria);
  const lines = criteria.flatMap((criterion, index) =>
    criterion.text === '' ? [] : [`${ids[index]!.id}: ${criterionInWords(criterion)}`],
  );
  // What is proven shows without anybody's judgement where the ids stand: `review/criteria` looks for them.
  return lines.length === 0 ? '' : `${bullets(lines)}\n\n${NAME_THE_ID}`;
}

/** What the agent is asked to do so that a proof can be found. */
export const NAME_THE_ID =
  "Name a criterion's id in the name of the test that proves it, or in a comment beside what does.";

function criterionInWords({ text: whole, proof }: Criterion): string {
  const text = withoutId(whole);
  switch (proof.kind) {
    case 'check':
      return `${text} (proven by the check \`${proof.check}\`)`;
    case 'review':
      return `${text} (judged by the reviewer)`;
    case 'none':
      return text;
  }
}

function checksInWords(checks: readonly Check[]): string {
  if (checks.length === 0) return '';
  const list = checks.map(({ name, run }) => {
    const lines = run.split('\n');
    return lines.length === 1
      ? `- ${name}: ${code([run])}`
      : `- ${name}:\n${lines.map((line) => `      ${line}`).join('\n')}`;
  });
  return `${list.join('\n')}\nThey run in a clean checkout of your result, not in this folder, with the commands as they stand here.`;
}

function boundariesInWords(allowed: readonly string[]): string {
  const rule =
    'Changes to dependencies, tests that exist, check configuration, CI, editor or agent configuration, secrets, authentication, billing, security, database schema, binaries or licences need a human decision first. If the task seems to need one, ask, or leave it undone and say so.';
  return allowed.length === 0 ? rule : `${rule}\nAllowed in this task without asking: ${allowed.join(', ')}.`;
}
