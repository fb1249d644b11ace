/** Reads of the user's repository. */
import type { Change } from '../drift/diff';
import type { Repository } from '../events';
import type { ChangedFile } from '../review/reviewer/changedFile';

/** What the working directory's repository is, read once at hand-off. */
export interface RepositoryFacts extends Repository {
  /** Full ref of the checked-out branch, or null when detached. */
  readonly branch: string | null;
  readonly head: string;
}

/** Reads of the user's repository that change nothing in it. */
export interface RepositoryPort {
  /** Throws NOT_A_REPOSITORY, REPOSITORY_BARE, REPOSITORY_EMPTY. */
  identify(folder: string): Promise<RepositoryFacts>;
  /** A revision as a full commit oid. Throws REVISION_NOT_FOUND. */
  resolve(repository: Repository, revision: string): Promise<string>;
  /** A text file of a commit, or null when it is absent, no file, or over 1 MiB. */
  textAt(repository: Repository, commit: string, path: string): Promise<string | null>;
  /** Every path of a commit's tree. */
  pathsAt(repository: Repository, commit: string): Promise<readonly string[]>;
  /** Who git says that the user is. */
  identity(repository: Repository): Promise<{ name: string; email: string } | null>;
}

/** What a tree holds at one path. */
export interface TreeEntry {
  readonly oid: string;
  /** Octal, as git writes it. */
  readonly mode: string;
  /** Of the whole content, in bytes. */
  readonly size: number;
  /** The content, cut; a link's is where it leads, a submodule's the name of its commit. */
  readonly bytes: Uint8Array;
}

/** Reads of the snapshots in the user's repository: they are there whatever became of the task's folders. */
export interface ObjectsPort {
  /** The difference of two commits, found and counted as the drift's is. */
  changes(repository: Repository, from: string, to: string): Promise<readonly Change[]>;
  /** The same, with the lines around each change of text. */
  hunks(repository: Repository, from: string, to: string): Promise<readonly ChangedFile[]>;
  /** The file, link or submodule at a path of a commit, at most `most` bytes of it; null when there is none. */
  entry(repository: Repository, commit: string, path: string, most: number): Promise<TreeEntry | null>;
}
