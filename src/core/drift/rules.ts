/**
 * Every drift rule, once: its default severity, the boundary that it belongs to, and why it matters. The ids are an
 * interface that people and scripts hold on to: add freely, change or remove nothing.
 */
import type { Severity } from './report';

export interface Rule {
  readonly severity: Severity;
  /** The boundary whose grant covers the rule; null = it can only be answered, never allowed ahead. */
  readonly boundary: string | null;
  /** One sentence for the person who has to decide. */
  readonly why: string;
  /** `now`: judged by this version; `later`: the id is reserved. */
  readonly since: 'now' | 'later';
}

const rule = (severity: Severity, boundary: string | null, why: string): Rule => ({
  severity,
  boundary,
  why,
  since: 'now',
});
const later = (severity: Severity, boundary: string | null, why: string): Rule => ({
  severity,
  boundary,
  why,
  since: 'later',
});

export const RULES = {
  'scope/avoided': rule('block', null, 'The brief says that this path must not change.'),
  'scope/outside': rule('block', null, 'The brief did not ask for a change here, so nobody has thought about it.'),
  'scope/destructive': rule('block', null, 'What is deleted in bulk is hard to review and may be hard to get back.'),
  'scope/budget': rule('warn', null, 'A change larger than planned gets a shallower review.'),
  'scope/empty': rule('warn', null, 'There is nothing to review or to merge.'),

  'deps/added': rule('block', 'dependencies', 'A new dependency runs code of other people with your rights.'),
  'deps/removed': rule('block', 'dependencies', 'Something may still need what was removed.'),
  'deps/changed': rule('block', 'dependencies', 'Another version is other code, from the same people or not.'),
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

  'boundary/ci': rule('block', 'ci', 'Pipelines run with secrets and decide what counts as tested.'),
  'boundary/config': rule('block', 'config', 'This configuration executes code or steers tools and agents.'),
  'boundary/auth': rule('block', 'auth', 'Mistakes in authentication let the wrong people in.'),
  'boundary/billing': rule('block', 'billing', 'Mistakes in billing cost money.'),
  'boundary/security': rule('block', 'security', 'This code keeps attackers out.'),
  'boundary/schema': rule('block', 'schema', 'A migration changes data that a revert does not bring back.'),
  'boundary/license': rule('block', 'license', 'Licences and ownership are decisions of people, not of agents.'),

  'hidden/bidi': rule('block', null, 'Bidirectional controls make code read differently from how it runs.'),
  'hidden/invisible': rule('block', null, 'Characters that nobody sees can change meaning or carry instructions.'),
  'hidden/confusable': rule('block', null, 'Two names that look or fold alike can stand for each other.'),
  'hidden/binary': rule('block', 'binary', 'Nobody can review a binary by reading it.'),
  'hidden/symlink': rule('block', null, 'A link makes one path stand for another, perhaps outside the repository.'),
  'hidden/submodule': rule('block', null, 'A submodule brings in another repository that this diff does not show.'),
  'hidden/mode': rule('block', null, 'An executable bit turns a file into a program.'),
  'hidden/nested-repo': rule('block', null, 'A repository inside hides its files and can carry its own hooks.'),
  'hidden/ignored': rule('warn', null, 'Ignored files are in no diff, and yet tools may load them.'),
  'hidden/index-flag': rule('block', null, 'The change was marked so that `git status` does not show it.'),
  'hidden/special': rule('block', null, 'Pipes, sockets and devices hang or harm whoever reads them.'),
  'hidden/oversize': rule('block', null, 'A file this large cannot be reviewed and stays in the history forever.'),
  'hidden/unreadable': rule('block', null, 'What could not be read could not be judged.'),
  'hidden/diff-suppressed': rule(
    'block',
    null,
    'Text was made to look binary or generated, or is stored as other bytes than those that run: diffs do not show it.',
  ),

  'git/config': rule('block', null, 'Git configuration can name programs that your next git command starts.'),
  'git/hooks': rule('block', null, 'A hook runs at your next git command.'),
  'git/refs': rule('block', null, 'A moved ref changes what names mean, and can lose work.'),
  'git/objects': rule('block', null, 'Replaced or borrowed objects show you other content than what is merged.'),
  'git/worktree-link': rule('block', null, 'A redirected git link makes git work on somebody else’s terms.'),
  'git/attributes': rule('block', null, 'Attributes outside the tree can hide changes or start filters.'),

  'tests/deleted': rule('block', 'tests', 'A test that is gone cannot fail.'),
  'tests/skipped': rule('block', 'tests', 'A test that is skipped cannot fail.'),
  'tests/focused': rule('block', 'tests', 'A focused test switches all the others off.'),
  'tests/weakened': rule('block', 'tests', 'A test that asserts less proves less.'),
  'tests/snapshot': rule('block', 'tests', 'A rewritten snapshot approves whatever the code now does.'),
  'checks/command': rule('block', 'checks', 'Who changes what a check runs decides its result.'),
  'checks/config': rule('block', 'checks', 'The configuration of a check decides what it can find.'),
  'checks/threshold': rule('block', 'checks', 'A lowered threshold lets through what it used to stop.'),
  'secrets/added': rule('block', 'secrets', 'A credential in the history is a credential lost.'),
  'keep/export': rule('block', null, 'Others build on this surface; the brief says that it stays as it is.'),
  'keep/file': rule('block', null, 'The brief says that this file stays where it is.'),
  'keep/symbol': rule('block', null, 'The brief says that this piece of code stays as it is.'),

  'verify/mutated-tree': later('block', null, 'A tree that changes while it is checked was not checked.'),
  'verify/worktree-only': later('block', null, 'What passes only in the agent’s folder rests on something unseen.'),
  'review/injection': rule('warn', null, 'Text that addresses the reviewer tries to decide the review.'),
  'review/unfinished': rule('warn', null, 'The change says itself that something is still to be done.'),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

/** The rule behind an id. `boundary/<name>` of a policy's own boundary is a rule too; null for an unknown id. */
export function ruleOf(id: string): Rule | null {
  if (Object.hasOwn(RULES, id)) return RULES[id as RuleId];
  if (!id.startsWith('boundary/')) return null;
  return rule('block', id.slice('boundary/'.length), 'The team’s policy wants a person to look at changes here.');
}

/** Ids that are reserved and not judged yet. */
export function rulesToCome(): readonly RuleId[] {
  return (Object.keys(RULES) as RuleId[]).filter((id) => RULES[id].since === 'later');
}
