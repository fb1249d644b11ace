/** What the host does for clients while they wait: who began each, how it is stopped, and that none outlives either. */
import { CountersignError, fail, toCountersignError } from '../../core/errors';
import type { Caller } from '../rpc';

interface Running {
  readonly caller: Caller;
  readonly name: string;
  readonly abort: AbortController;
  readonly ended: Promise<unknown>;
}

export class Errands {
  readonly #what: string;
  readonly #most: number;
  readonly #running = new Set<Running>();
  #closing = false;

  /** @param most at the same time */
  constructor(what: string, most: number) {
    this.#what = what;
    this.#most = most;
  }

  /**
   * Does one piece of work for as long as its client is there. `name` is the client's own.
   * @throws USAGE for a name that is taken, HOST_BUSY, STOPPED, and what the work throws
   */
  async run<T>(name: string, caller: Caller, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#closing) fail('STOPPED', 'the host is ending', AGAIN);
    if (this.#find(name, caller) !== null) fail('USAGE', `a ${this.#what} named ${name} is under way already`);
    if (this.#running.size >= this.#most) {
      fail('HOST_BUSY', `${this.#most} ${this.#what}s are under way already`, {
        fix: 'wait for one of them, or stop it',
      });
    }
    const abort = new AbortController();
    const ended = work(abort.signal);
    const running = { caller, name, abort, ended };
    this.#running.add(running);
    void caller.closed.then(() => abort.abort());
    try {
      return await ended;
    } catch (thrown) {
      // What could not be ended is told, also to who stopped it.
      if (!abort.signal.aborted || toCountersignError(thrown).code === 'SURVIVORS') throw thrown;
      throw new CountersignError('STOPPED', `the ${this.#what} was stopped`, { ...AGAIN, cause: thrown });
    } finally {
      this.#running.delete(running);
    }
  }

  /** Stops one of this client; one that has ended needs no stopping. */
  stop(name: string, caller: Caller): void {
    this.#find(name, caller)?.abort.abort();
  }

  /** Stops all, for the host's end. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const { abort } of this.#running) abort.abort();
    await Promise.allSettled([...this.#running].map(({ ended }) => ended));
  }

  #find(name: string, caller: Caller): Running | null {
    return [...this.#running].find((one) => one.name === name && one.caller === caller) ?? null;
  }
}

const AGAIN = { fix: 'ask again when you want it' };
