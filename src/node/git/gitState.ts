/** What the run did to git's own state: two fingerprints compared, in the agent's clone and in the user's repository. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitStateChange } from '../../core/drift/diff';
import { CountersignError } from '../../core/errors';
import type { Repository, Workspace } from '../../core/events';
import { type Fingerprint, readFingerprint } from './fingerprint';
import { isSameFolder } from './folders';
import { type Git, openGit } from './git';
import { taskRefs } from './pin';
import type { ShadowRecord } from './record';
import { readRegularFileBelow } from './regularFile';

/** Longest text of a value in a finding. */
const MAX_VALUE = 500;

/** Configuration that steers no program and hides nothing: names, colours, advice, defaults. */
const HARMLESS_KEY =
  /^(user\.(name|email)|color\..*|advice\..*|init\.defaultbranch|push\.default|pull\.rebase|gc\.auto)$/;

/** What `git branch --track` and friends write; it names refs only. */
const TRACKING_KEY = /^branch\..*\.(remote|merge|rebase|description|vscode-merge-base)$/;

interface Difference {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What changed in the clone's git directory since it was made. What an agent does in daily work is nothing, or info. */
export async function compareClone(workspace: Workspace, record: ShadowRecord): Promise<GitStateChange[]> {
  const gitDir = join(workspace.worktree.path, '.git');
  const changes: GitStateChange[] = [];
  if (!(await isSameFolder(record.cloneGit))) {
    const stat = await lstat(gitDir).catch(() => null);
    const after = stat === null ? null : stat.isDirectory() ? 'another folder' : stat.isFile() ? 'a file' : 'a link';
    changes.push(replaced(after));
    if (stat?.isDirectory() !== true) return changes;
  }
  const now = await readFingerprint(gitDir);
  const name = 'file description';
  if (changes.length === 0 && now[name] !== record.fingerprints.clone[name]) changes.push(replaced('another folder'));
  const shadow = openGit(workspace.shadow.path);
  const own = `ref refs/heads/${workspace.branch}`;
  for (const difference of await differences(shadow, record.fingerprints.clone, now)) {
    const change = difference.name === own ? null : (judgeCommon(difference) ?? judgeCloneRef(difference));
    if (change !== null) changes.push(describe('clone', difference, change));
  }
  return changes;
}

function replaced(after: string | null): GitStateChange {
  return { rule: 'git/worktree-link', where: 'clone', subject: '.git', before: 'the folder that was made', after };
}

/**
 * What changed in the user's repository. Under a sandbox that keeps it read-only (`confined`) whatever changed is the
 * user's own doing. Without one, what a user does every day (commits, fetches, new branches, collecting garbage) is
 * passed over, and what an attack would do is told.
 */
export async function compareRepository(
  repository: Repository,
  record: ShadowRecord,
  run: { readonly shadow: string; readonly confined: boolean },
): Promise<GitStateChange[]> {
  if (run.confined) return [];
  const now = await readFingerprint(repository.commonDir);
  // The shadow borrows the repository's objects, but its configuration is ours: nothing that is missing is fetched.
  const git = openGit(run.shadow);
  const changes: GitStateChange[] = [];
  for (const difference of await differences(git, record.fingerprints.repository, now)) {
    const change = judgeCommon(difference) ?? (await judgeUserRef(git, repository.commonDir, difference));
    if (change !== null) changes.push(describe('repository', difference, change));
  }
  return changes;
}

type Judgement = Pick<GitStateChange, 'rule' | 'severity'>;

async function differences(shadow: Git, before: Fingerprint, after: Fingerprint): Promise<Difference[]> {
  const found = compareFacts(before, after);
  const expanded = await Promise.all(
    found.map((difference) => (difference.name.startsWith('text ') ? compareConfig(shadow, difference) : [difference])),
  );
  return expanded.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

function compareFacts(before: Fingerprint, after: Fingerprint): Difference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const ours = `ref ${taskRefs('')}`;
  return [...names]
    .filter((name) => !name.startsWith(ours) && before[name] !== after[name])
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }));
}

/** Two texts of one configuration file, key by key. */
async function compareConfig(shadow: Git, { name, before, after }: Difference): Promise<Difference[]> {
  const file = name.slice('text '.length);
  const [was, is] = await Promise.all([parseConfig(shadow, file, before), parseConfig(shadow, file, after)]);
  return was === null || is === null ? [{ name: `unreadable ${file}`, before, after }] : compareFacts(was, is);
}

/** Keys and values of a configuration's text, includes left alone; null when git cannot parse it. */
async function parseConfig(shadow: Git, file: string, text: string | null): Promise<Fingerprint | null> {
  const facts: Record<string, string> = {};
  if (text === null) return facts;
  try {
    for (const record of await shadow.list(['config', '--file', '-', '--no-includes', '-z', '--list'], {
      input: text,
    })) {
      const end = record.indexOf('\n');
      const name = `${file} ${end < 0 ? record : record.slice(0, end)}`;
      const value = end < 0 ? 'true' : record.slice(end + 1);
      facts[name] = facts[name] === undefined ? value : `${facts[name]}\n${value}`;
    }
    return facts;
  } catch (thrown) {
    if (thrown instanceof CountersignError && thrown.code === 'GIT_FAILED') return null;
    throw thrown;
  }
}

/** What means the same in both places; null when it means nothing, or is a ref, which the places judge apart. */
function judgeCommon({ name }: Difference): Judgement | null {
  const [kind, subject = ''] = split(name);
  switch (kind) {
    case 'config':
      return judgeKey(subject);
    case 'unreadable':
      return { rule: subject === 'config' ? 'git/config' : 'git/worktree-link' };
    case 'hook':
      return { rule: 'git/hooks' };
    case 'file':
      return judgeFile(subject);
    case 'ref':
      return subject.startsWith('refs/replace/') ? { rule: 'git/objects' } : null;
    case 'stash':
      return null;
    default:
      // `config.worktree` and everything below `worktrees/`.
      return { rule: 'git/worktree-link' };
  }
}

function judgeKey(key: string): Judgement | null {
  if (HARMLESS_KEY.test(key) || TRACKING_KEY.test(key)) return null;
  return { rule: key === 'core.worktree' || key === 'extensions.worktreeconfig' ? 'git/worktree-link' : 'git/config' };
}

function judgeFile(path: string): Judgement | null {
  switch (path) {
    case 'HEAD':
    case 'description':
      return null;
    case 'commondir':
    case 'gitdir':
      return { rule: 'git/worktree-link' };
    case 'info/attributes':
      return { rule: 'git/attributes' };
    case 'info/exclude':
    case 'info/sparse-checkout':
      // Snapshots do not ask these; they can only blind the agent's own `git status`.
      return { rule: 'git/config', severity: 'warn' };
    default:
      return { rule: 'git/objects' };
  }
}

/** Branches, tags and stashes that an agent leaves in its private clone go nowhere. */
function judgeCloneRef({ name }: Difference): Judgement | null {
  const [kind, subject] = split(name);
  return kind === 'ref' && subject !== undefined ? { rule: 'git/refs', severity: 'info' } : null;
}

async function judgeUserRef(
  git: Git,
  commonDir: string,
  { name, before, after }: Difference,
): Promise<Judgement | null> {
  const [kind, ref = ''] = split(name);
  if (kind === 'stash') return lostEntries(before, after) ? { rule: 'git/refs' } : null;
  if (kind !== 'ref' || before === null || ref === 'refs/stash' || ref.startsWith('refs/remotes/')) return null;
  if (after === null) return { rule: 'git/refs' };
  const last = await lastLogged(commonDir, ref);
  // Porcelain says in the log what it did. Where nothing is logged, a branch that only went forward is the user's.
  const users = last === null ? await isForward(git, before, after) : last.oid === after && last.message !== '';
  return users ? null : { rule: 'git/refs' };
}

function lostEntries(before: string | null, after: string | null): boolean {
  const left = new Set((after ?? '').split('\n'));
  return (before ?? '').split('\n').some((oid) => oid !== '' && !left.has(oid));
}

async function isForward(git: Git, before: string, after: string): Promise<boolean> {
  const oids = /^[0-9a-f]{40,64}$/;
  if (!oids.test(before) || !oids.test(after)) return false;
  return (await git.run(['merge-base', '--is-ancestor', before, after], { exits: [0, 1, 128] })).exit === 0;
}

/** The newest entry of a ref's own log; null when it has none. */
async function lastLogged(commonDir: string, ref: string): Promise<{ oid: string; message: string } | null> {
  const log = await readRegularFileBelow(commonDir, `logs/${ref}`, 64 * 1024 * 1024);
  const last = log?.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  const [who = '', message = ''] = last.split('\t');
  const oid = who.split(' ')[1];
  return oid === undefined ? null : { oid, message };
}

function describe(where: GitStateChange['where'], difference: Difference, judgement: Judgement): GitStateChange {
  return {
    ...judgement,
    where,
    subject: subjectOf(difference.name),
    before: cut(difference.before),
    after: cut(difference.after),
  };
}

/** `config core.editor` is `core.editor` to a person; a ref and a file stand by their own name. */
function subjectOf(name: string): string {
  const [kind, subject = ''] = split(name);
  if (kind === 'config' || kind === 'ref' || kind === 'file' || kind === 'unreadable') return subject;
  return kind === 'hook' ? `hooks/${subject}` : name;
}

function split(name: string): [kind: string, subject: string | undefined] {
  const space = name.indexOf(' ');
  return space < 0 ? [name, undefined] : [name.slice(0, space), name.slice(space + 1)];
}

function cut(text: string | null): string | null {
  return text !== null && text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
