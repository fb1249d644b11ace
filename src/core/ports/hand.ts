/** What taking a task over by hand needs from the machine: folders for a person, and the agent's made anew afterwards. */
import type { RunObservations } from '../drift/diff';
import type { Folder, Repository, Snapshot, Workspace } from '../events';

export interface HandPort {
  /**
   * A clean folder of a snapshot on the task's branch, in which a person works: one that holds exactly its files already,
   * or a new one. Throws CHECKOUT_FAILED, STORAGE_FAILED, STOPPED.
   */
  open(request: HandRequest, signal: AbortSignal): Promise<Folder>;
  /** The snapshot of what is in such a folder, taken as an agent's is. Throws SNAPSHOT_FAILED. */
  take(
    request: TakeHandRequest,
    signal: AbortSignal,
  ): Promise<{ readonly snapshot: Snapshot; readonly observations: RunObservations }>;
  /** Whether it holds anything, or any commit, that no snapshot has; what git ignores aside. */
  isTouched(workspace: Workspace, folder: Folder): Promise<boolean>;
  /** Whether it is still the folder that was made. */
  isThere(folder: Folder): Promise<boolean>;
  /** Deletes it, whatever it holds, if it still is the one that was made. */
  remove(workspace: Workspace, folder: Folder): Promise<boolean>;
  /** Makes the agent's folder anew from a commit. The old one stays until `settle`. */
  renew(request: RenewRequest, signal: AbortSignal): Promise<Workspace>;
  /**
   * The journal names the new folder: the old one goes, unless it holds something else than when it was to go. Returns the
   * path of one that stays.
   */
  settle(workspace: Workspace): Promise<string | null>;
}

export interface HandRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly snapshot: { readonly commit: string; readonly tree: string };
  readonly branch: string;
}

export interface TakeHandRequest {
  readonly task: string;
  readonly turn: number;
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly folder: Folder;
  readonly parent: string;
  readonly message: string;
  readonly replaces?: string | null;
}

export interface RenewRequest {
  readonly slug: string;
  readonly repository: Repository;
  readonly workspace: Workspace;
  /** What the old folder holds; null where that is not known. */
  readonly tree: string | null;
  readonly commit: string;
  readonly branch: string;
  /** Patterns of ignored files to copy from the user's working tree. */
  readonly copy: readonly string[];
}
