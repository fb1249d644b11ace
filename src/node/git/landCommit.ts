/** Commit objects of deliveries. */
import { openGit } from './git';

/** Objects and refs of a landing reach the disk before the journal says so; git's default calls fsync for none of them. */
export const DURABLE: readonly string[] = ['core.fsync=committed,loose-object,reference,index'];

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly by: { readonly name: string; readonly email: string };
}

/** Writes a commit object, on disk when this returns. Author and committer are the same person, now. */
export function writeCommit(gitDir: string, { tree, parents, message, by }: NewCommit): Promise<string> {
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
  const env = {
    GIT_AUTHOR_NAME: by.name,
    GIT_AUTHOR_EMAIL: by.email,
    GIT_COMMITTER_NAME: by.name,
    GIT_COMMITTER_EMAIL: by.email,
  };
  return openGit(gitDir).text(args, { input: message, env, config: DURABLE });
}
