/** Work that somebody else pushed. */
import type { Adoption, Repository } from '../events';
import type { RepositoryFacts } from './repository';

/** A branch that could be adopted. */
export interface BranchFacts {
  /** Full name. */
  readonly ref: string;
  /** As people write it: `fix/retry`, `origin/fix/retry`. */
  readonly name: string;
  /** When its newest commit was made, RFC 3339. */
  readonly at: string;
  readonly author: string;
  readonly subject: string;
}

/** Work of others: found in the user's repository, or brought there from one of its remotes. */
export interface AdoptionPort {
  /**
   * Finds what a branch, a revision or a pull request names, and what it adds to `against`. A pull request is fetched, with
   * the user's own git as they would do it, into a ref of ours; no branch, index or configuration of theirs changes.
   *
   * @param request.against a commit: where the work left its history is the base
   * @throws REVISION_NOT_FOUND, ADOPT_EMPTY, ADOPT_UNREACHABLE, ADOPT_REFUSED
   */
  find(request: AdoptionRequest, signal: AbortSignal): Promise<FoundWork>;
  /** Keeps a commit from being collected, as long as the task has a record. */
  keep(repository: Repository, task: string, commit: string): Promise<void>;
  /** Branches, here and as they were last fetched, that the checked-out one does not hold yet; the newest first. */
  branches(repository: RepositoryFacts): Promise<readonly BranchFacts[]>;
}

export interface AdoptionRequest {
  readonly repository: Repository;
  /** As a person names it. */
  readonly named: string;
  readonly against: string;
}

export interface FoundWork {
  readonly work: Omit<Adoption, 'turn'>;
  /** The merge base. */
  readonly base: string;
  /** Lets go of what was fetched; what `keep` keeps stays. */
  release(): Promise<void>;
}
