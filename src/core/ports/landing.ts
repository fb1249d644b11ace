/** The way of a signed tree to its target. */
import type { Landing, Repository, Signoff, TaskEvent } from '../events';
import type { Receipt } from '../verify/receipt';

/** Brings a signed tree to its target. */
export interface LandingPort {
  /** Computes what would move, without moving anything. Throws LANDING_* when it may not. */
  plan(request: LandingRequest, signal: AbortSignal): Promise<LandingPlan>;
  /** Carries it out under the journal; `journal` makes each step durable before the next. */
  land(
    request: LandingRequest,
    plan: LandingPlan,
    journal: (event: TaskEvent) => Promise<void>,
  ): Promise<readonly string[]>;
  /**
   * Writes the receipts into the note of a delivered commit, beside what others wrote there. Repeated, it does no harm.
   * Throws GIT_FAILED when other processes change the notes all the time, STORAGE_FAILED.
   */
  note(repository: Repository, commit: string, receipts: readonly Receipt[], by: Signoff['by']): Promise<void>;
  /** The note of a commit; null when there is none. */
  noted(repository: Repository, commit: string): Promise<string | null>;
  /** Ends a landing that a dead host began: forward if the ref is new, back if it is old. Returns the final events. */
  recover(repository: Repository, landing: Landing): Promise<{ delivered: boolean; kept: readonly string[] }>;
}

export interface LandingRequest {
  readonly task: string;
  readonly repository: Repository;
  readonly mode: 'merge' | 'squash' | 'branch' | 'none';
  /** Full ref name to move. */
  readonly ref: string;
  readonly base: string;
  readonly snapshot: { readonly commit: string; readonly tree: string };
  readonly message: string;
  readonly by: { readonly name: string; readonly email: string };
}

export interface LandingPlan {
  readonly old: string | null;
  /** The tree that will be landed: the signed one, or the merge with a target that moved. */
  readonly tree: string;
  readonly moved: boolean;
  /** A commit of `tree`, to run the checks at when the target moved. It is never landed itself. */
  readonly probe: string;
  readonly checkout: Landing['checkout'];
}
