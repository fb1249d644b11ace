/** Where a repository is and what revisions of it name, in one git process where all is well. */
import { realpath } from 'node:fs/promises';
import { fail } from '../core/errors';
import { runAsUser } from './git/git';
import { refuseOwnFolder } from './git/ownFolders';
import { findGitDirs, peelRevision } from './git/repository';

export interface Revision {
  /** Null where the revision names a tree. */
  readonly commit: string | null;
  readonly tree: string;
}

export interface LocatedRevisions {
  /** The common git directory; links resolved. */
  readonly commonDir: string;
  /** The git directory of the folder's working tree, whose `HEAD` is its own; in a bare repository the common one. */
  readonly gitDir: string;
  /** In the order asked for. */
  readonly revisions: readonly Revision[];
}

/**
 * Finds the repository around a folder, with a working tree or without, and resolves revisions in it.
 *
 * @throws REVISION_NOT_FOUND, NOT_A_REPOSITORY, REPOSITORY_UNSUPPORTED, GIT_MISSING, GIT_TOO_OLD
 */
export async function locateRevisions(folder: string, revisions: readonly string[]): Promise<LocatedRevisions> {
  await refuseOwnFolder(folder);
  return (await locateAtOnce(folder, revisions)) ?? locateStepByStep(folder, revisions);
}

const QUESTIONS = ['--git-common-dir', '--absolute-git-dir'] as const;
const OID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Null when anything is unusual, such as a tree: the slow way knows what it is. */
async function locateAtOnce(folder: string, revisions: readonly string[]): Promise<LocatedRevisions | null> {
  if (revisions.some((revision) => /^-|^$|[\0\n]/.test(revision))) return null;
  const names = revisions.flatMap((revision) => [`${revision}^{commit}`, `${revision}^{tree}`]);
  const args = ['--no-replace-objects', 'rev-parse', '--path-format=absolute', ...QUESTIONS, ...names];
  const answers = await runAsUser(folder, args).then(
    (said) => said.split('\n'),
    () => [],
  );
  const [commonDir, gitDir, ...oids] = answers.slice(0, -1);
  if (commonDir === undefined || gitDir === undefined) return null;
  // A path with a newline in it makes more lines than were asked for.
  if (oids.length !== names.length || !oids.every((oid) => OID.test(oid))) return null;
  return {
    commonDir: await realpath(commonDir),
    gitDir,
    revisions: revisions.map((_, index) => ({ commit: oids[2 * index]!, tree: oids[2 * index + 1]! })),
  };
}

async function locateStepByStep(folder: string, revisions: readonly string[]): Promise<LocatedRevisions> {
  const { gitDir, commonDir } = await findGitDirs(folder);
  const resolved: Revision[] = [];
  for (const revision of revisions) {
    const commit = await peelRevision(gitDir, revision, 'commit');
    const tree = await peelRevision(gitDir, commit ?? revision, 'tree');
    if (tree === null) fail('REVISION_NOT_FOUND', `\`${revision}\` names no commit and no tree of ${commonDir}`);
    resolved.push({ commit, tree });
  }
  return { commonDir, gitDir, revisions: resolved };
}
