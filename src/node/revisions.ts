/** Where a repository is and what revisions of it name, in one git process where all is well. */
import { realpath } from 'node:fs/promises';
import { openGit, runAsUser } from './git/git';
import { gitDirOf, identifyRepository, resolveRevision } from './git/repository';

export interface Revision {
  readonly commit: string;
  readonly tree: string;
}

export interface LocatedRevisions {
  /** Top of the working tree, and the common git directory; links resolved. */
  readonly root: string;
  readonly commonDir: string;
  /** The git directory of this working tree: `HEAD` is its own. */
  readonly gitDir: string;
  /** In the order asked for. */
  readonly revisions: readonly Revision[];
}

/**
 * Finds the repository around a folder and resolves revisions in it.
 *
 * @throws REVISION_NOT_FOUND, and the errors of `identifyRepository`
 */
export async function locateRevisions(folder: string, revisions: readonly string[]): Promise<LocatedRevisions> {
  return (await locateAtOnce(folder, revisions)) ?? locateStepByStep(folder, revisions);
}

const QUESTIONS = ['--show-toplevel', '--git-common-dir', '--absolute-git-dir'] as const;
const OID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Null when anything is unusual: the slow way knows which error it is. */
async function locateAtOnce(folder: string, revisions: readonly string[]): Promise<LocatedRevisions | null> {
  if (revisions.some((revision) => /^-|^$|[\0\n]/.test(revision))) return null;
  const names = revisions.flatMap((revision) => [`${revision}^{commit}`, `${revision}^{tree}`]);
  const args = ['--no-replace-objects', 'rev-parse', '--path-format=absolute', ...QUESTIONS, ...names];
  const answers = await runAsUser(folder, args).then(
    (said) => said.split('\n'),
    () => [],
  );
  const [root, commonDir, gitDir, ...oids] = answers.slice(0, -1);
  if (root === undefined || commonDir === undefined || gitDir === undefined) return null;
  // A path with a newline in it makes more lines than were asked for.
  if (oids.length !== names.length || !oids.every((oid) => OID.test(oid))) return null;
  return {
    root: await realpath(root),
    commonDir: await realpath(commonDir),
    gitDir,
    revisions: revisions.map((_, index) => ({ commit: oids[2 * index]!, tree: oids[2 * index + 1]! })),
  };
}

async function locateStepByStep(folder: string, revisions: readonly string[]): Promise<LocatedRevisions> {
  const { root, commonDir } = await identifyRepository(folder);
  const gitDir = await gitDirOf(root);
  const git = openGit(gitDir);
  const resolved: Revision[] = [];
  for (const revision of revisions) {
    const commit = await resolveRevision({ root }, revision);
    resolved.push({ commit, tree: await git.text(['rev-parse', '--verify', `${commit}^{tree}`]) });
  }
  return { root, commonDir, gitDir, revisions: resolved };
}
