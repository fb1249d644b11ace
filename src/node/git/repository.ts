/** Finds the user's repository and reads what it is. Discovery happens only here, from a folder that the user named. */
import { createHash } from 'node:crypto';
import { lstat, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Person } from '../../core/brief/brief';
import { CountersignError, fail } from '../../core/errors';
import type { Repository } from '../../core/events';
import type { RepositoryFacts } from '../../core/ports/repository';
import { gitVersion, openGit, runAsUser } from './git';
import { refuseOwnFolder } from './ownFolders';

/**
 * The repository of a folder: of the folder itself, or of one above it, linked worktrees included. Throws
 * NOT_A_REPOSITORY, REPOSITORY_BARE, REPOSITORY_EMPTY, REPOSITORY_UNSUPPORTED (a folder of ours), GIT_MISSING,
 * GIT_TOO_OLD.
 */
export async function identifyRepository(dir: string): Promise<RepositoryFacts> {
  await refuseOwnFolder(dir);
  const places = await withGit(findPlaces(dir));
  const root = await realpath(places.root);
  const commonDir = await realpath(places.commonDir);
  const head = await openGit(places.gitDir).run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], {
    exits: [0, 1, 128],
  });
  if (head.exit !== 0) fail('REPOSITORY_EMPTY', `${root} has no commits`);
  const symbolic = /^ref: (\S.*)\n/.exec(await readFile(join(places.gitDir, 'HEAD'), 'utf8'));
  return {
    id: repositoryId(commonDir),
    name: repositoryName(root, commonDir),
    root,
    commonDir,
    branch: symbolic?.[1] ?? null,
    head: head.stdout.toString('utf8').trim(),
  };
}

/** What git found, told only when git is there: without it, everything else that failed is beside the point. */
async function withGit<T>(finding: Promise<T>): Promise<T> {
  const [version] = await Promise.allSettled([gitVersion(), finding]);
  if (version.status === 'rejected') throw version.reason;
  return finding;
}

export interface GitDirs {
  /** The git directory of the working tree, and the common one; the same but for a linked working tree. */
  readonly gitDir: string;
  readonly commonDir: string;
}

interface Places extends GitDirs {
  readonly root: string;
}

/**
 * The git directories of the repository around a folder, which may be bare. Throws NOT_A_REPOSITORY, GIT_MISSING,
 * GIT_TOO_OLD.
 */
export async function findGitDirs(dir: string): Promise<GitDirs> {
  const gitDir = await withGit(ask(dir, GIT_DIR).catch((thrown) => refuseFolder(dir, thrown)));
  return { gitDir, commonDir: await realpath(await ask(dir, COMMON_DIR)) };
}

const ROOT = ['--show-toplevel'];
const GIT_DIR = ['--absolute-git-dir'];
const COMMON_DIR = ['--path-format=absolute', '--git-common-dir'];

/** Asks git where things are: at once, or one by one where a path holds a newline or git has something to say. */
async function findPlaces(dir: string): Promise<Places> {
  const answers = await ask(dir, [...ROOT, ...GIT_DIR, ...COMMON_DIR]).catch(() => '');
  const [root, gitDir, commonDir, ...more] = answers.split('\n');
  if (root && gitDir && commonDir && more.length === 0) return { root, gitDir, commonDir };
  const bare = await ask(dir, ['--is-bare-repository']).catch((thrown) => refuseFolder(dir, thrown));
  if (bare === 'true') fail('REPOSITORY_BARE', `${dir} is a bare repository`);
  if ((await ask(dir, ['--is-inside-work-tree'])) !== 'true')
    fail('NOT_A_REPOSITORY', `${dir} is inside a .git folder`);
  return { root: await ask(dir, ROOT), gitDir: await ask(dir, GIT_DIR), commonDir: await ask(dir, COMMON_DIR) };
}

function refuseFolder(dir: string, thrown: unknown): never {
  const said = thrown instanceof CountersignError ? thrown.message : String(thrown);
  // In whatever language git speaks, it names the setting that would help.
  if (said.includes('safe.directory')) {
    fail('REPOSITORY_NOT_OWNED', `the repository around ${dir} belongs to another user, and git does not read it`, {
      fix: `if you trust it: \`git config --global --add safe.directory ${dir}\` (the folder that holds its .git)`,
      cause: thrown,
    });
  }
  return fail('NOT_A_REPOSITORY', `${dir} is in no git repository: ${said}`, { cause: thrown });
}

/** The git directory of one working tree: `.git`, or `.git/worktrees/<id>` of a linked one. Absolute. */
export async function gitDirOf(root: string): Promise<string> {
  const usual = join(root, '.git');
  const stat = await lstat(usual).catch(() => null);
  return stat?.isDirectory() ? usual : ask(root, GIT_DIR);
}

/**
 * The commit that a revision names, as a full object name. Throws REVISION_NOT_FOUND. `HEAD` and `@{u}` are those of the
 * working tree `root`.
 */
export async function resolveRevision(repository: Pick<Repository, 'root'>, revision: string): Promise<string> {
  const commit = await peelRevision(await gitDirOf(repository.root), revision, 'commit');
  return commit ?? fail('REVISION_NOT_FOUND', `\`${revision}\` names no commit of ${repository.root}`);
}

/** The commit or tree that a revision leads to, as a full object name; null when it leads to none. Throws REVISION_NOT_FOUND. */
export async function peelRevision(gitDir: string, revision: string, to: 'commit' | 'tree'): Promise<string | null> {
  if (revision === '' || revision.includes('\0')) fail('REVISION_NOT_FOUND', 'the revision is empty or no text');
  const question = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{${to}}`];
  const found = await openGit(gitDir).run(question, { exits: [0, 1, 128] });
  const oid = found.stdout.toString('utf8').trim();
  return found.exit === 0 && /^[0-9a-f]{40,64}$/.test(oid) ? oid : null;
}

/**
 * The user's name and address as git resolves them in a folder, from the user's own configuration: the one read that is
 * not hardened, since who the user is stands in `~/.gitconfig`. Null when either is missing.
 */
export async function readIdentity(root: string): Promise<Person | null> {
  const [name, email] = await Promise.all(
    ['user.name', 'user.email'].map(async (key) => (await runAsUser(root, ['config', '--get', key], [0, 1])).trim()),
  );
  return name && email ? { name, email } : null;
}

/** The key of a repository in the state directory: 16 hexadecimal digits of the SHA-256 of its common git directory. */
export function repositoryId(commonDir: string): string {
  return createHash('sha256').update(commonDir).digest('hex').slice(0, 16);
}

function repositoryName(root: string, commonDir: string): string {
  return basename(commonDir) === '.git' ? basename(dirname(commonDir)) : basename(root);
}

/** One answer of `git rev-parse`, without its last newline (a path may end in one more). */
async function ask(dir: string, question: readonly string[]): Promise<string> {
  return (await runAsUser(dir, ['rev-parse', ...question])).replace(/\r?\n$/, '');
}
