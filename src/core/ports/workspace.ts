/** The folders of a task, and the snapshots of them. */
import type { Change, RunObservations, TreeReader } from '../drift/diff';
import type { Repository, Snapshot, Workspace } from '../events';
import type { HandPort } from './hand';
import type { Closable } from './machine';
import type { Remains } from './records';

export interface WorkspaceRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  readonly base: string;
  readonly branch: string;
  /** The commit whose files fill the folder; absent = the base. */
  readonly start?: string;
  /** Folders that these take the place of: they go first. */
  readonly instead?: Workspace | null;
  /** Somebody worked in folders that the task had before: what was done to the user's repository since is told of these, too. */
  readonly worked?: boolean;
  /** Patterns of ignored files to copy from the user's working tree. */
  readonly copy: readonly string[];
}

/** The git side of a task: everything it does goes through git directories that the agent cannot write. */
export interface WorkspacePort {
  /** Pins the base, makes clone and shadow, fingerprints both. Leaves nothing behind when it fails. */
  prepare(request: WorkspaceRequest, signal: AbortSignal): Promise<Workspace>;
  /**
   * Called before the agent starts where more than the checkout filled the folder (a setup command, copied files): what
   * is ignored now is not the agent's.
   */
  settled(task: string, workspace: Workspace): Promise<void>;
  /** Whether the agent's folder is still the one that was made: somebody may have deleted or replaced it. */
  isThere(workspace: Workspace): Promise<boolean>;
  /** The tree of the folder as it is now; cheap, no commit, for live drift. */
  look(task: string, workspace: Workspace, signal: AbortSignal): Promise<{ tree: string; changes: readonly Change[] }>;
  /** Walks, snapshots, fetches into the user's repository as `refs/countersign/<task>/<turn>`. */
  snapshot(
    request: SnapshotRequest,
    signal: AbortSignal,
  ): Promise<{ snapshot: Snapshot; observations: RunObservations }>;
  /**
   * The snapshot of work that somebody else committed: its very tree, on top of its commit, whatever the folder holds.
   * What earlier turns did to the user's repository is observed as ever.
   * Throws SNAPSHOT_FAILED when git refuses an object of it.
   */
  adopt(request: AdoptRequest, signal: AbortSignal): Promise<{ snapshot: Snapshot; observations: RunObservations }>;
  /**
   * Takes paths of the folder back to the base: what was added goes, what was changed or deleted comes back. What is at
   * the base already stays so, and it may be repeated. Throws REVERT_REFUSED, before anything is changed, when a path is
   * neither as in the snapshot nor as in the base.
   */
  revert(request: RevertRequest, signal: AbortSignal): Promise<void>;
  /** The difference base → tree, with a reader over both. */
  diff(workspace: Workspace, tree: string): Promise<{ changes: readonly Change[]; reader: TreeReader & Closable }>;
  /** Deletes worktree, shadow and checkouts of the task, if they are still the folders that we made. Returns what went. */
  remove(task: string, workspace: Workspace): Promise<readonly string[]>;
  /** The work is in the history: the pins of its base and of the stashes at hand-off are let go. The snapshots stay. */
  unpin(task: string, repository: Repository): Promise<void>;
  /** The refs that keep the task's base and snapshots in the user's repository; none where that is gone. */
  refs(task: string, repository: Repository): Promise<readonly string[]>;
  /** A folder with a snapshot's files, for a person: one that nobody touched since it was made. Returns its path. */
  checkout(request: LookRequest, signal: AbortSignal): Promise<string>;
  /** A folder with a snapshot's files for a program that only reads them; one at a time for a snapshot. */
  reading(request: LookRequest, signal: AbortSignal): Promise<ReadingRoom>;
  /** Folders of `checkout` in which somebody changed something: no removal takes them along. */
  touched(workspace: Workspace): Promise<readonly string[]>;
  /** Work of a person in the place of the agent. */
  readonly hand: HandPort;
  /** Deletes what is left of a task that the records forgot. What has gone already is no failure. */
  discard(remains: Remains): Promise<void>;
  /** After a crash: deletes what a `prepare` that never ended left of this task, by the identity that it wrote down. */
  sweep(task: string, repository: Repository): Promise<readonly string[]>;
  /** Makes the folders again from the newest snapshot, for a restored task. */
  restore(
    request: WorkspaceRequest,
    snapshot: Pick<Snapshot, 'commit'> | null,
    signal: AbortSignal,
  ): Promise<Workspace>;
}

export interface ReadingRoom extends Closable {
  readonly folder: string;
  /** What git needs to read there: the object store behind its git directory. */
  readonly readable: readonly string[];
  /** Whether it holds the snapshot and nothing else, what the base ignores aside. */
  isUntouched(): Promise<boolean>;
}

export interface LookRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly snapshot: { readonly commit: string; readonly tree: string };
}

export interface SnapshotRequest {
  readonly task: string;
  readonly turn: number;
  readonly repository: Repository;
  readonly workspace: Workspace;
  /** The previous snapshot's commit or the base: the parent. */
  readonly parent: string;
  readonly message: string;
  /** An earlier snapshot of the same turn: its commit is kept by a ref of its own. */
  readonly replaces?: string | null;
}

/** `parent` is the commit that is adopted. */
export interface AdoptRequest extends SnapshotRequest {
  readonly tree: string;
}

export interface RevertRequest {
  readonly workspace: Workspace;
  /** The snapshot that the person saw. */
  readonly snapshot: Snapshot;
  readonly paths: readonly string[];
}
