/**
 * What an agent may ask a person for, as an amendment of the brief: a boundary by its name, or exactly the paths that it
 * names. What nobody could have allowed ahead cannot be asked for either.
 */
import type { ToolInput } from '../../agent/tools/calls';
import type { ToolAnswer } from '../../agent/tools/tools';
import { amendBrief } from '../../brief/amend';
import type { Boundary } from '../../brief/brief';
import { patternOfPath } from '../../brief/pattern';
import { compileScope } from '../../brief/scope';
import { CountersignError } from '../../errors';
import type { Amendment } from '../../events';
import { visible } from '../../visible';
import type { Terms } from '../context';
import { namesOfBoundaries, scopeAnswers } from './scopeAnswers';

export type Wish = ToolInput<'request_approval'>;

/** A request that a person can answer. */
export interface Question {
  readonly amendment: Amendment;
  readonly boundary: string | null;
  /** One line for the person: what would be allowed, and the agent's reason as its claim. */
  readonly what: string;
}

/** What the base has at a path. */
export type KindAt = (path: string) => 'file' | 'folder' | 'absent';

/** A pattern for a path means what is below it, too: whoever is asked must know where that is more than one file. */
const BELOW = {
  file: '',
  folder: ' and everything below it',
  absent: ', which is not there yet, be it a file or a folder with everything below it',
} as const;

/** Characters of a question: what an event of the journal holds. */
const WHAT_LENGTH = 4_000;

/** No reason makes a credential in the history fine: a person could only take it out. */
const NEVER: ReadonlySet<string> = new Set(['secrets']);

/**
 * Reads a wish against what binds the task now.
 *
 * @param kindAt what the base has at a path: a folder, or what may become one, is asked for as a whole
 * @returns the question, or an answer for which nobody need be asked
 */
export function readWish(wish: Wish, terms: Terms, worktree: string, kindAt: KindAt): Question | ToolAnswer {
  return wish.paths === undefined
    ? boundaryWish(wish.boundary ?? '', wish.reason, terms)
    : pathsWish(wish.paths, wish.reason, terms, worktree, kindAt);
}

/** What a yes would let pass: a name alone says little to whoever has to answer. */
const MEANT: Readonly<Record<Exclude<Boundary, 'secrets'>, string>> = {
  dependencies: 'direct dependencies may be added, removed and changed',
  tests: 'tests that exist may be deleted, skipped and weakened',
  checks: 'what the checks run, and how they are configured, may change',
  ci: 'pipelines and hooks may change',
  config: 'configuration that runs code or steers tools and agents may change',
  auth: 'code that decides who comes in may change',
  billing: 'code that costs somebody money may change',
  security: 'code that keeps attackers out may change',
  schema: 'migrations and the shape of stored data may change',
  binary: 'files that nobody can read may be added and changed',
  license: 'licences and owners may change',
};

function boundaryWish(boundary: string, reason: string, terms: Terms): Question | ToolAnswer {
  const known = namesOfBoundaries(terms);
  if (NEVER.has(boundary)) {
    return never(
      `the boundary \`${boundary}\` cannot be allowed ahead: nobody can make a credential in the history fine`,
    );
  }
  if (!known.includes(boundary)) {
    const names = known.filter((name) => !NEVER.has(name)).join(', ');
    return { code: 'BAD_INPUT', text: `no boundary of that name can be allowed; there are ${names}` };
  }
  if (terms.brief.front.approval.allow.includes(boundary))
    return free(`The boundary \`${boundary}\` is allowed in this task already.`);
  const meant = Object.hasOwn(MEANT, boundary) ? ` (${MEANT[boundary as keyof typeof MEANT]})` : '';
  const what = `in this task, allow the boundary \`${boundary}\`${meant}`;
  return { amendment: { reason, change: [], allow: [boundary] }, boundary, what: `${what}. ${claim(reason)}` };
}

function pathsWish(
  named: readonly string[],
  reason: string,
  terms: Terms,
  worktree: string,
  kindAt: KindAt,
): Question | ToolAnswer {
  const answers = scopeAnswers(named, terms, worktree);
  const refused = answers.find(({ may }) => may === 'never');
  if (refused !== undefined) return never(`${visible(refused.path)}: ${visible(refused.why)}`);
  const wanted = answers.filter(({ may }) => may === 'ask');
  if (wanted.length === 0) return free('All of these paths may be changed in this task already.');
  const paths = [...new Set(wanted.map(({ path }) => path))];
  const amendment = { reason, change: paths.map(patternOfPath), allow: [] };
  const problem = problemOf(amendment, paths, terms, worktree);
  if (problem !== null) return never(problem);
  const each = paths.map((path) => {
    const why = wanted.find((answer) => answer.path === path)?.why ?? '';
    return `${visible(path)}${BELOW[kindAt(path)]} (${visible(why)})`;
  });
  const what = `in this task, change ${each.join('; ')}. ${claim(reason)}`;
  if (what.length > WHAT_LENGTH) return { code: 'BAD_INPUT', text: 'that is too much for one question: ask in parts' };
  return { amendment, boundary: null, what };
}

/** Why widening the brief by these paths would not do; null when it would. */
function problemOf(amendment: Amendment, paths: readonly string[], terms: Terms, worktree: string): string | null {
  try {
    const amended = { ...terms, brief: amendBrief(terms.brief, [amendment]) };
    const left = scopeAnswers(paths, amended, worktree).find(({ may }) => may !== 'free');
    if (left !== undefined) return `${visible(left.path)}: it could not be allowed by its path: ${visible(left.why)}`;
    const isWhole = compileScope(amended.brief.front.scope).matchesWholeRepository;
    if (isWhole && !compileScope(terms.brief.front.scope).matchesWholeRepository)
      return 'the whole repository is no scope';
    return null;
  } catch (thrown) {
    if (thrown instanceof CountersignError) return visible(thrown.message);
    throw thrown;
  }
}

/** An agent's reason is quoted: it is a claim, and must not read like ours. */
function claim(reason: string): string {
  return `The agent claims: “${visible(reason.trim().replace(/\s+/g, ' '))}”`;
}

function never(why: string): ToolAnswer {
  return { code: 'NOT_POSSIBLE', text: `This cannot be approved: ${why}. Leave it undone, and say so when you stop.` };
}

function free(text: string): ToolAnswer {
  return { code: null, text };
}
