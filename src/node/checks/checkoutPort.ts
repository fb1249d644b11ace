/** What running checks needs from git: a clean folder of a snapshot, and whether it is still clean. */
import type { Folder, Repository, Workspace } from '../../core/events';
import type { Laid } from '../../core/verify/overlay';

export interface CheckoutRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  /** The shadow through which the folder is made and read. */
  readonly workspace: Pick<Workspace, 'shadow' | 'base' | 'isolation'>;
  readonly snapshot: { readonly commit: string; readonly tree: string };
}

export interface Checkout {
  readonly folder: Folder;
  /** What git needs to read when a check asks it something: the git directory and the object store behind it. */
  readonly readable: readonly string[];
}

export interface CheckoutPort {
  /** A folder that holds the snapshot and nothing else; one that an earlier verification used is made anew. */
  open(request: CheckoutRequest, signal: AbortSignal): Promise<Checkout>;
  /**
   * The snapshot's tree with the files that it tracks as they are now in the folder. New files do not count: reports,
   * coverage and build output are meant to appear.
   */
  treeOf(request: CheckoutRequest, checkout: Checkout): Promise<string>;
  /** Deletes the checkout of the snapshot, as far as it still is the folder that was made. */
  remove(request: CheckoutRequest): Promise<void>;
  /** The tree of the task's base. */
  baseTree(request: Omit<CheckoutRequest, 'snapshot'>): Promise<string>;
  /** The snapshot's tree with entries laid over it. `open` makes a folder of it like of any other. */
  overlay(request: CheckoutRequest, laid: readonly Laid[], signal: AbortSignal): Promise<string>;
  /** The topmost paths that ignore rules hide in a folder of the task, folders with `/` at their end. */
  ignored(request: Omit<CheckoutRequest, 'snapshot'>, folder: Folder): Promise<readonly string[]>;
  /** Whether each of these paths is the same in the base and in `tree`, or absent in both. */
  sameAsBase(request: Omit<CheckoutRequest, 'snapshot'>, tree: string, paths: readonly string[]): Promise<boolean>;
}
