/**
 * Every drift rule, once: its default severity, the boundary that it belongs to, and why it matters. The ids are an
 * interface that people and scripts hold on to: add freely, change or remove nothing.
 */
import type { Answer, Severity } from './vocabulary';

export interface Rule {
  readonly severity: Severity;
  /** The boundary whose grant covers the rule; null = it can only be answered, never allowed ahead. */
  readonly boundary: string | null;
  /** One sentence for the person who has to decide. */
  readonly why: string;
  /** What a person can do about it; `answersTo` leaves out what a single case rules out. */
  readonly answers: readonly Answer[];
  /**
   * Which of many findings become one: those with the same evidence, those below the same top folder, or none. Where
   * each has to be judged by itself, none do.
   */
  readonly groups: 'evidence' | 'folder' | 'none';
}

/** Whatever the reviewer wants: the path back, a reason, an amendment of the brief, a word of the agent. */
const ANY: readonly Answer[] = ['revert', 'accept', 'widen', 'ask'];
/** A brief that would allow it ahead says nothing about a single case. */
const CASE: readonly Answer[] = ['revert', 'accept', 'ask'];
/** There is no path whose base could come back. */
const STATE: readonly Answer[] = ['accept', 'ask'];
/** No reason makes it fine: it must go. */
const OUT: readonly Answer[] = ['revert', 'ask'];

function rule(
  severity: Severity,
  boundary: string | null,
  why: string,
  answers: readonly Answer[] = CASE,
  groups: Rule['groups'] = 'none',
): Rule {
  return { severity, boundary, why, answers, groups };
}

export const RULES = {
  'scope/avoided': rule('block', null, 'The brief says that this path must not change.'),
  'scope/outside': rule('block', null, 'The brief did not ask for a change here, so nobody has thought about it.', ANY),
  'scope/destructive': rule('block', null, 'What is deleted in bulk is hard to review and may be hard to get back.'),
  'scope/budget': rule('warn', null, 'A change larger than planned gets a shallower review.', STATE),
  'scope/empty': rule('warn', null, 'There is nothing to review or to merge.', STATE),

  'deps/added': rule('block', 'dependencies', 'A new dependency runs code of other people with your rights.', ANY),
  'deps/removed': rule('block', 'dependencies', 'Something may still need what was removed.', ANY),
  'deps/changed': rule('block', 'dependencies', 'Another version is other code, from the same people or not.', ANY),
  'deps/lockfile-only': rule(
    'block',
    'dependencies',
    'A lockfile decides what is installed; no manifest change explains this one.',
  ),
  'deps/source': rule(
    'block',
    'dependencies',
    'The code now comes from a place that the usual registry does not vouch for.',
  ),
  'deps/install-script': rule('block', 'dependencies', 'The script runs on every machine that installs the project.'),
  'deps/unparsed': rule('warn', 'dependencies', 'Dependencies may have changed here, and nobody has read how.'),
  'deps/lookalike': rule(
    'warn',
    'dependencies',
    'Names one edit away from known packages are used to deliver malware.',
  ),

  'boundary/ci': rule('block', 'ci', 'Pipelines run with secrets and decide what counts as tested.', ANY, 'folder'),
  'boundary/config': rule(
    'block',
    'config',
    'This configuration executes code or steers tools and agents.',
    ANY,
    'folder',
  ),
  'boundary/auth': rule('block', 'auth', 'Mistakes in authentication let the wrong people in.', ANY, 'folder'),
  'boundary/billing': rule('block', 'billing', 'Mistakes in billing cost money.', ANY, 'folder'),
  'boundary/security': rule('block', 'security', 'This code keeps attackers out.', ANY, 'folder'),
  'boundary/schema': rule(
    'block',
    'schema',
    'A migration changes data that a revert does not bring back.',
    ANY,
    'folder',
  ),
  'boundary/license': rule(
    'block',
    'license',
    'Licences and ownership are decisions of people, not of agents.',
    ANY,
    'folder',
  ),

  'hidden/bidi': rule(
    'block',
    null,
    'Bidirectional controls make code read differently from how it runs.',
    CASE,
    'evidence',
  ),
  'hidden/invisible': rule(
    'block',
    null,
    'Characters that nobody sees can change meaning or carry instructions.',
    CASE,
    'evidence',
  ),
  'hidden/confusable': rule('block', null, 'Two names that look or fold alike can stand for each other.'),
  'hidden/binary': rule('block', 'binary', 'Nobody can review a binary by reading it.', ANY, 'folder'),
  'hidden/symlink': rule('block', null, 'A link makes one path stand for another, perhaps outside the repository.'),
  'hidden/submodule': rule('block', null, 'A submodule brings in another repository that this diff does not show.'),
  'hidden/mode': rule('block', null, 'An executable bit turns a file into a program.', CASE, 'folder'),
  'hidden/nested-repo': rule('block', null, 'A repository inside hides its files and can carry its own hooks.'),
  'hidden/ignored': rule('warn', null, 'Ignored files are in no diff, and yet tools may load them.', STATE, 'folder'),
  'hidden/index-flag': rule('block', null, 'The change was marked so that `git status` does not show it.', STATE),
  'hidden/special': rule('block', null, 'Pipes, sockets and devices hang or harm whoever reads them.', STATE),
  'hidden/oversize': rule(
    'block',
    null,
    'A file this large cannot be reviewed and stays in the history forever.',
    CASE,
    'folder',
  ),
  'hidden/unreadable': rule('block', null, 'What could not be read could not be judged.', STATE),
  'hidden/diff-suppressed': rule(
    'block',
    null,
    'Text was made to look binary or generated, or is stored as other bytes than those that run: diffs do not show it.',
  ),

  'git/config': rule('block', null, 'Git configuration can name programs that your next git command starts.', STATE),
  'git/hooks': rule('block', null, 'A hook runs at your next git command.', STATE),
  'git/refs': rule('block', null, 'A moved ref changes what names mean, and can lose work.', STATE),
  'git/objects': rule('block', null, 'Replaced or borrowed objects show you other content than what is merged.', STATE),
  'git/worktree-link': rule('block', null, 'A redirected git link makes git work on somebody else’s terms.', STATE),
  'git/attributes': rule('block', null, 'Attributes outside the tree can hide changes or start filters.', STATE),

  'tests/deleted': rule('block', 'tests', 'A test that is gone cannot fail.', ANY),
  'tests/skipped': rule('block', 'tests', 'A test that is skipped cannot fail.', ANY),
  'tests/focused': rule('block', 'tests', 'A focused test switches all the others off.', ANY),
  'tests/weakened': rule('block', 'tests', 'A test that asserts less proves less.', ANY),
  'tests/snapshot': rule('block', 'tests', 'A rewritten snapshot approves whatever the code now does.', ANY, 'folder'),
  'checks/command': rule('block', 'checks', 'Who changes what a check runs decides its result.', ANY),
  'checks/config': rule('block', 'checks', 'The configuration of a check decides what it can find.', ANY, 'evidence'),
  'checks/threshold': rule('block', 'checks', 'A lowered threshold lets through what it used to stop.', ANY),
  'secrets/added': rule('block', 'secrets', 'A credential in the history is a credential lost.', OUT),
  'keep/export': rule('block', null, 'Others build on this surface; the brief says that it stays as it is.'),
  'keep/file': rule('block', null, 'The brief says that this file stays where it is.'),
  'keep/symbol': rule('block', null, 'The brief says that this piece of code stays as it is.'),

  'verify/mutated-tree': rule('block', null, 'A tree that changes while it is checked was not checked.', STATE),
  'verify/worktree-only': rule(
    'block',
    null,
    'What passes only in the agent’s folder rests on something unseen.',
    STATE,
  ),
  'verify/vanished': rule('block', null, 'A test that does not run any more cannot fail.', STATE),
  'verify/skipped': rule('block', null, 'A test that is skipped cannot fail, whatever skips it.', STATE),
  'verify/tests-needed': rule('warn', null, 'Who changes the tests decides whether they pass.', STATE),
  'verify/red-before': rule('info', null, 'What failed before the work began says little about the work.', STATE),
  'verify/flaky': rule('info', null, 'A check that fails only sometimes proves less, whichever way it ends.', STATE),
  'review/injection': rule(
    'warn',
    null,
    'Text that addresses the reviewer tries to decide the review.',
    CASE,
    'evidence',
  ),
  'review/unfinished': rule('warn', null, 'The change says itself that something is still to be done.', CASE, 'folder'),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

/** The rule behind an id. `boundary/<name>` of a policy's own boundary is a rule too; null for an unknown id. */
export function ruleOf(id: string): Rule | null {
  if (Object.hasOwn(RULES, id)) return RULES[id as RuleId];
  if (!id.startsWith('boundary/')) return null;
  const why = 'The team’s policy wants a person to look at changes here.';
  return rule('block', id.slice('boundary/'.length), why, ANY, 'folder');
}

/** What a single case knows of itself. */
export interface AnswerCase {
  readonly severity: Severity;
  /** Whether the base of its paths can come back. */
  readonly reverts: boolean;
  /** Whether allowing its boundary would cover it. */
  readonly grantable: boolean;
}

/** The answers that make sense for a case of a rule. What only informs needs no reason and no amendment. */
export function answersTo(id: string, { severity, reverts, grantable }: AnswerCase): readonly Answer[] {
  const known = ruleOf(id);
  const informs = severity === 'info';
  const sensible: Readonly<Record<Answer, boolean>> = {
    revert: reverts,
    accept: !informs,
    widen: !informs && (grantable || known?.boundary === null),
    ask: true,
  };
  return (known?.answers ?? CASE).filter((answer) => sensible[answer]);
}
