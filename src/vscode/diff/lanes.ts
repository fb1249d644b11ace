/** Lets only so many things happen at once; the rest wait for their turn, in the order in which they came. */
export class Lanes {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#free = width;
  }

  /** @returns what the work returns, and throws what it throws */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((turn) => this.#waiting.push(turn));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The lane goes from hand to hand.
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
