/**
 * The paths and the policy of commits that forms ask about again and again. A commit never changes, so what was read of
 * one is kept while somebody types, and let go a little later.
 */
import { type Policy, parsePolicy } from '../../core/brief/policy';
import { POLICY_FILE } from '../../core/brief/policyFile';
import type { RepositoryFacts, RepositoryPort } from '../../core/ports/repository';

/** One repository of 80,000 files takes about 10 MB. */
const KEPT = 2;
const KEPT_MS = 120_000;

export interface CommitFacts {
  readonly paths: readonly string[];
  /** Throws POLICY_INVALID; null where there is none. */
  policy(): Policy | null;
}

type Repositories = Pick<RepositoryPort, 'pathsAt' | 'textAt'>;

export class CommitReader {
  readonly #repositories: Repositories;
  readonly #known = new Map<string, { readonly facts: Promise<CommitFacts>; timer: NodeJS.Timeout }>();

  constructor(repositories: Repositories) {
    this.#repositories = repositories;
  }

  /** What the commit that is checked out holds. Throws what git says. */
  of(repository: RepositoryFacts): Promise<CommitFacts> {
    const key = `${repository.commonDir}\0${repository.head}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      known.timer.refresh();
      return known.facts;
    }
    const facts = this.#read(repository);
    this.#known.set(key, { facts, timer: setTimeout(() => this.#drop(key), KEPT_MS).unref() });
    facts.catch(() => this.#drop(key));
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KEPT) break;
      this.#drop(oldest);
    }
    return facts;
  }

  #drop(key: string): void {
    clearTimeout(this.#known.get(key)?.timer);
    this.#known.delete(key);
  }

  async #read(repository: RepositoryFacts): Promise<CommitFacts> {
    const { head } = repository;
    const [paths, text] = await Promise.all([
      this.#repositories.pathsAt(repository, head),
      this.#repositories.textAt(repository, head, POLICY_FILE),
    ]);
    return { paths, policy: () => (text === null ? null : parsePolicy(text, POLICY_FILE)) };
  }
}
