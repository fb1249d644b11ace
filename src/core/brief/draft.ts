/** Drafts of briefs and policies, with notes that teach the format. Both parse as they are. */
import { stringify } from 'yaml';
import { fail } from '../errors';
import type { Check } from './brief';
import { setBriefField } from './edit';
import { nearestWord } from './nearest';
import { parseBrief } from './parse';
import { escapePattern } from './pattern';
import { sameAddress } from './person';
import type { Policy } from './policy';
import { LANGUAGES, type ProjectFacts } from './project';
import { bugfix } from './templates/bugfix';
import { codemod } from './templates/codemod';
import { dependencyUpdate } from './templates/dependencyUpdate';
import { feature } from './templates/feature';
import type { Template } from './templates/template';

export type { Template } from './templates/template';

/** The built-in templates; the first is the default. */
export const TEMPLATES: readonly Template[] = [feature, bugfix, codemod, dependencyUpdate];

export interface DraftFacts extends ProjectFacts {
  /** `Name <email>` of whoever drafts, or null. */
  readonly user: string | null;
  /** The team's policy, whose defaults come before what was detected. */
  readonly policy?: Policy | null;
}

/** A built-in template by its id. Throws USAGE with the nearest id. */
export function findTemplate(id: string): Template {
  const found = TEMPLATES.find((template) => template.id === id);
  if (found !== undefined) return found;
  const ids = TEMPLATES.map((template) => template.id);
  const nearest = nearestWord(id, ids);
  fail('USAGE', `there is no template \`${id}\`; there are ${ids.join(', ')}`, {
    fix: nearest === null ? 'choose one of these, or put your own into .countersign/templates' : `try \`${nearest}\``,
  });
}

/**
 * A brief that lacks only what a person must say. `template`: the id of a built-in one, default `feature`.
 * Throws USAGE for another id.
 */
export function draftBrief(facts: DraftFacts, template: string = feature.id): string {
  const chosen = findTemplate(template);
  const checks = checksOf(facts);
  const hasTests = checks.some(({ name }) => name === 'tests');
  const body = hasTests ? chosen.body : chosen.body.replaceAll('(check: tests)', '(review)');
  return `---\n${frontLines(facts, chosen, checks).join('\n')}\n---\n${body}`;
}

/**
 * A brief from a team's own template, which is a plain brief: the same text, with a reviewer if it names none. `file`
 * names it in messages. Throws the errors of `parseBrief`.
 */
export function briefFromTemplate(text: string, file: string, user: string | null): string {
  const { front } = parseBrief(text, file);
  return front.reviewer !== undefined || user === null ? text : setBriefField(text, 'reviewer', user);
}

function frontLines(facts: DraftFacts, template: Template, checks: readonly Check[]): string[] {
  const setup = facts.policy?.setup ?? facts.setup;
  const budget = { ...template.budget, ...facts.policy?.budget };
  const reviewer = reviewerOf(facts);
  return [
    'countersign: 1                 # version of this format',
    '# title: a short name; without it, the first words of the goal serve',
    ...(template.command === undefined
      ? ['# agent: the id of an agent; without it, your default one (see `countersign agents`)']
      : [
          'agent: command                 # runs the next line in a worktree; no model is asked',
          pair('command', template.command),
        ]),
    ...(setup === null
      ? ['# setup: a command that a fresh checkout needs first']
      : [`${pair('setup', setup)}   # run once in a fresh checkout`]),
    'scope:',
    '  change:                      # what may change: paths from the top, `*` in a folder, `**` in any depth',
    ...listItems('    ', changePatterns(facts, template)),
    ...avoidLines(facts.policy?.scope.avoid ?? []),
    `budget: { files: ${budget.files}, lines: ${budget.lines}, minutes: ${budget.minutes} }`,
    ...checkLines(checks),
    `approval: { allow: [${template.allow.join(', ')}] }      # what may be crossed without asking: dependencies, tests, ci, ...`,
    reviewer === null
      ? '# reviewer: Name <email>       # who signs off: required'
      : `${pair('reviewer', reviewer)}   # who signs off`,
  ];
}

/** Who signs off, as far as can be told: whoever drafts, unless the policy names others; then the first of these. */
export function reviewerOf({ user, policy }: Pick<DraftFacts, 'user' | 'policy'>): string | null {
  const [first = null, ...others] = policy?.reviewers ?? [];
  const mayUser = first === null || (user !== null && [first, ...others].some((person) => sameAddress(person, user)));
  return mayUser ? user : first;
}

function changePatterns(facts: DraftFacts, template: Template): readonly string[] {
  const own = facts.policy?.scope.change ?? [];
  return [...(own.length > 0 ? own : projectPatterns(facts)), ...(template.scope ?? [])];
}

/** Folders if the project has some, else files by their endings. */
function projectPatterns({ sourceFolders, testFolders, languages }: ProjectFacts): string[] {
  const folders = [...sourceFolders, ...testFolders].map((folder) => `${escapePattern(folder)}/**`);
  if (folders.length > 0) return folders;
  const endings = LANGUAGES[languages[0] ?? ''];
  return endings === undefined ? ['src/**'] : [`**/*.{${endings.join(',')}}`];
}

/** The checks of the policy, then those that were found. */
export function checksOf(facts: DraftFacts): Check[] {
  const required = facts.policy?.checks ?? [];
  const detected = [
    { name: 'tests', run: facts.testCommand },
    { name: 'lint', run: facts.lintCommand },
  ].flatMap(({ name, run }) => (run === null ? [] : [{ name, run, timeout: 600 }]));
  return [...required, ...detected.filter(({ name }) => required.every((check) => check.name !== name))];
}

/** The lines of `checks`. */
export function checkLines(checks: readonly Check[]): string[] {
  if (checks.length === 0) {
    return [
      'checks: []                     # commands that prove the result: - { name: tests, run: npm test, timeout: 600 }',
      '# unchecked: why there is no check',
    ];
  }
  return [
    'checks:                        # run in a clean checkout of the result; timeout in seconds',
    ...checks.flatMap(({ name, run, timeout, report }) => [
      `  - ${pair('name', name)}`,
      `    ${pair('run', run)}`,
      `    timeout: ${timeout}`,
      ...reportLines(report),
    ]),
  ];
}

function reportLines(report: Check['report']): string[] {
  if (report === undefined) return [];
  if (typeof report === 'string') return [`    ${pair('report', report)}`];
  return ['    report:', ...listItems('      ', report)];
}

function avoidLines(avoid: readonly string[]): string[] {
  if (avoid.length === 0) return ['  avoid: []                    # never, whatever `change` says'];
  return ['  avoid:                       # never, whatever `change` says', ...listItems('    ', avoid)];
}

/** One `key: value` line; JSON where YAML would spread a text over several lines. */
export function pair(key: string, value: string): string {
  const line = stringify({ [key]: value }, { lineWidth: 0 }).trimEnd();
  return line.includes('\n') ? `${key}: ${JSON.stringify(value)}` : line;
}

/** One line an item; JSON where YAML would spread a text over several lines. */
export function listItems(indent: string, items: readonly string[]): string[] {
  return items.map((item) => {
    const line = stringify([item], { lineWidth: 0 }).trimEnd();
    return `${indent}${line.includes('\n') ? `- ${JSON.stringify(item)}` : line}`;
  });
}

/** The team's policy: what was found as defaults for new briefs, and the rest as notes, so that it binds nobody yet. */
export function draftPolicy(facts: DraftFacts): string {
  const test = facts.testCommand ?? 'npm test';
  const about = facts.languages.length === 0 ? '' : ` (${facts.languages.join(', ')})`;
  return `# The team's policy for delegated work${about}. It gives new briefs their defaults, and it can
# tighten any brief, never loosen one. It is read from the commit that a task starts from: commit it to put it in force.
countersign: 1

scope:
  change:                        # what new briefs propose to change
${listItems('    ', projectPatterns(facts)).join('\n')}
  avoid: []                      # what no brief may change, such as: [infra/**]

# Classes of change of your own that need a decision; named in a brief's \`approval: { allow: [...] }\` when they do not.
boundaries: []
# - { name: public-api, paths: [src/api/**] }

# Who may sign off; none named: whom the brief names.
reviewers: []
${facts.user === null ? '# - Name <email>' : listItems('# ', [facts.user]).join('\n')}

# The most that a brief may ask for.
# budget: { files: 30, lines: 1000, minutes: 60 }

# Run for every brief; a brief cannot change these commands.
# ${pair('setup', facts.setup ?? 'npm ci')}
# checks:
#   - { name: tests, run: ${JSON.stringify(test)}, timeout: 600 }

# When a change is too large or deletes too much.
# limits: { oversizeBytes: 5242880, deletedFiles: 20 }
`;
}
