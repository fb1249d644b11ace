/** The checks of a brief, run where nobody has touched anything. */
import type { Brief } from '../brief/brief';
import type { Folder, Repository, Workspace } from '../events';
import type { OverlayPlan } from '../verify/overlay';
import type { Verification } from '../verify/verification';
import type { Progress } from './machine';

export interface CheckRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly snapshot: { readonly commit: string; readonly tree: string };
  readonly brief: Brief;
  /** The task's folder in the state directory; logs go to `evidence/` below it. */
  readonly folder: string;
}

/** Of the task's places, checks at a snapshot need only the shadow. */
export type VerifyRequest = Omit<CheckRequest, 'workspace'> & {
  readonly workspace: Pick<Workspace, 'shadow' | 'base' | 'isolation'>;
  /** What the result is compared with; absent: the checks run at the snapshot alone. */
  readonly compare?: ColumnsRequest;
};

/** What stands beside the result of a check: the base, and the result with the base's tests and check configuration. */
export interface ColumnsRequest {
  readonly overlay: OverlayPlan;
  /** Paths that the work adds: a runner names a test file that does not load by its path. */
  readonly added: readonly string[];
  /** The agent's folder; null where no agent worked in it. A check that fails is tried once in a copy of it. */
  readonly folder: Folder | null;
}

export type FolderSetupRequest = Omit<CheckRequest, 'snapshot'> & {
  /** What lies in the folder; null = the base. */
  readonly tree: string | null;
};

/** Runs the brief's setup and checks in a clean checkout of a snapshot. */
export interface CheckPort {
  /** Runs the brief's setup command in the agent's folder, before the first turn. */
  setup(request: FolderSetupRequest, progress: Progress, signal: AbortSignal): Promise<void>;
  verify(request: VerifyRequest, progress: Progress, signal: AbortSignal): Promise<Verification>;
  /** The same for whoever is still at work: it is compared with nothing, and nothing of it is kept. */
  rehearse(
    request: Omit<VerifyRequest, 'folder' | 'compare'>,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<Verification>;
}
