/** The two clocks of a turn, both monotonic. */

/** Fires once when nothing was touched for a while, and again only after the next touch. */
export class QuietTimer {
  readonly #timer: NodeJS.Timeout;
  #held = false;

  constructor(afterMs: number, onQuiet: () => void) {
    this.#timer = setTimeout(() => {
      if (!this.#held) onQuiet();
    }, afterMs);
  }

  touch(): void {
    this.#timer.refresh();
  }

  /** While held it does not fire: somebody else is being waited for. */
  hold(held: boolean): void {
    this.#held = held;
    this.touch();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

/** Why a turn was ended from outside. */
export type StopReason = 'cancelled' | 'timeout' | 'budget';

/** Ends a turn when its caller aborts it or its time is over. */
export class TurnDeadline {
  /** Resolves with the first reason; never rejects. */
  readonly reached: Promise<StopReason>;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #onAbort = () => this.#stop('cancelled');
  #remainingMs: number | null;
  #runningSince = 0;
  #timer: NodeJS.Timeout | null = null;
  #stop: (reason: StopReason) => void = () => {};
  #reason: StopReason | null = null;

  /** @param limitMs the time that the turn has, in milliseconds, or null */
  constructor(limitMs: number | null, caller: AbortSignal) {
    this.#remainingMs = limitMs;
    this.#caller = caller;
    this.reached = new Promise((resolve) => {
      this.#stop = (reason) => {
        this.#reason ??= reason;
        resolve(reason);
        this.#controller.abort();
      };
    });
    caller.addEventListener('abort', this.#onAbort, { once: true });
    if (caller.aborted) this.#onAbort();
    this.resume();
  }

  /** Aborted once the deadline is reached. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The reason once it was reached, else null. */
  get reason(): StopReason | null {
    return this.#reason;
  }

  /** The turn has used up what it may cost. */
  spend(): void {
    this.#stop('budget');
  }

  /** Stops the clock: while a person is asked, the agent's time does not run. */
  pause(): void {
    if (this.#timer === null || this.#remainingMs === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#remainingMs = Math.max(0, this.#remainingMs - (performance.now() - this.#runningSince));
  }

  resume(): void {
    if (this.#timer !== null || this.#remainingMs === null) return;
    this.#runningSince = performance.now();
    this.#timer = setTimeout(() => this.#stop('timeout'), this.#remainingMs);
  }

  /** For good: who was asked may answer later, and starts no clock then. */
  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#remainingMs = null;
    this.#caller.removeEventListener('abort', this.#onAbort);
  }
}
