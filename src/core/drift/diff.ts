/**
 * What drift rules look at: the raw difference of two trees, a reader for the contents, and what the run itself showed.
 * All of it comes from git objects and folders that Countersign read, never from the agent's account.
 */

/** One entry of `git diff-tree --raw -z -M`. Oids are null where the side does not exist; modes are octal strings. */
export interface Change {
  readonly status: 'A' | 'M' | 'D' | 'R' | 'T';
  /** The path after the change; for a deletion, the path that went. */
  readonly path: string;
  /** The path before a rename, else null. */
  readonly oldPath: string | null;
  readonly oldMode: string | null;
  readonly newMode: string | null;
  readonly oldOid: string | null;
  readonly newOid: string | null;
  /** From `--numstat`; null for binary. */
  readonly insertions: number | null;
  readonly deletions: number | null;
}

/** A line that the diff added: 1-based number in the new file, and its text without the newline. */
export interface AddedLine {
  readonly line: number;
  readonly text: string;
}

/** Reads the two trees under comparison. Every method has a size limit; over it, `tooLarge` is true and content is cut. */
export interface TreeReader {
  /** Blob by oid, at most `maxBytes` (default 5 MiB) read. Null when there is no such blob. */
  blob(oid: string, maxBytes?: number): Promise<BlobContent | null>;
  /** Blob at a path of the base or head tree. Null when absent or no blob. */
  at(side: 'base' | 'head', path: string): Promise<BlobContent | null>;
  /** Every path of the base or head tree, in git's order. */
  paths(side: 'base' | 'head'): Promise<readonly string[]>;
  /** The lines that this change added, read with `--text`, so no attribute or NUL byte can hide them. */
  addedLines(change: Change): Promise<readonly AddedLine[]>;
  /** Credentials in a text. The rules are a library's that needs the platform. */
  secrets(text: string): Promise<readonly SecretMatch[]>;
}

/** What looks like a credential. Offsets are those of the text, in UTF-16 units. */
export interface SecretMatch {
  /** What it opens, in a few words: `a private key`. */
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

export interface BlobContent {
  readonly oid: string;
  /** The whole blob's size in bytes, even when cut. */
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
}

/** What the run showed beyond the two trees. Absent for `countersign drift` on two revisions. */
export interface RunObservations {
  /** FIFOs, sockets, devices found by the lstat walk. */
  readonly special: readonly { path: string; kind: string }[];
  readonly oversize: readonly { path: string; size: number }[];
  readonly unreadable: readonly { path: string; reason: string }[];
  /** Repositories inside the folder, with the files that they would have hidden (capped). */
  readonly nested: readonly { path: string; files: readonly string[] }[];
  /** New files that ignore rules hide, outside the usual build folders. */
  readonly ignored: readonly string[];
  /** Changed paths that the agent's own index would have called unchanged. */
  readonly indexHidden: readonly {
    path: string;
    how: 'assume-unchanged' | 'skip-worktree' | 'stat' | 'unreadable-index';
  }[];
  /** Differences of git state, the task's own clone's or the user's repository's. */
  readonly git: readonly GitStateChange[];
}

export interface GitStateChange {
  readonly rule: 'git/config' | 'git/hooks' | 'git/refs' | 'git/objects' | 'git/worktree-link' | 'git/attributes';
  readonly where: 'clone' | 'repository';
  /** Default from the table; `info` for what can do no harm (a branch left in the private clone). */
  readonly severity?: 'block' | 'warn' | 'info';
  /** The configuration key, hook, ref or file, and its values where they are text. */
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

export const NO_OBSERVATIONS: RunObservations = {
  special: [],
  oversize: [],
  unreadable: [],
  nested: [],
  ignored: [],
  indexHidden: [],
  git: [],
};
