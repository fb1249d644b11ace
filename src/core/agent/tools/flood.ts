/** How much one agent may ask of the host in one turn: what goes beyond ends the line, so that nothing of it piles up. */

export interface FloodLimits {
  /** Bytes of one message, and how deep it may nest. */
  readonly bytes: number;
  readonly depth: number;
  /** Messages a second, as many at once as `burst`, and in all. */
  readonly perSecond: number;
  readonly burst: number;
  readonly total: number;
  /** Calls without an answer yet. */
  readonly open: number;
  /** Connections at once, and in all. */
  readonly connections: number;
  readonly attempts: number;
}

/** Several times what a busy agent needs: a model takes seconds from call to call. */
export const FLOOD_LIMITS: FloodLimits = {
  bytes: 64 * 1024,
  depth: 8,
  perSecond: 20,
  burst: 40,
  total: 2_000,
  open: 16,
  connections: 8,
  attempts: 100,
};

/** Counts the messages of one line. Times are monotonic, in milliseconds. */
export class FloodGate {
  readonly #limits: FloodLimits;
  readonly #now: () => number;
  #tokens: number;
  #at: number;
  #total = 0;
  #open = 0;

  constructor(limits: FloodLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#tokens = limits.burst;
    this.#at = now();
  }

  /** Takes one message in; null, or what it is too much of, in words. */
  take(): string | null {
    const { perSecond, burst, total, open } = this.#limits;
    const now = this.#now();
    this.#tokens = Math.min(burst, this.#tokens + (Math.max(0, now - this.#at) / 1_000) * perSecond);
    this.#at = now;
    if (this.#total >= total) return `more than ${total} messages in one turn`;
    if (this.#tokens < 1) return `more than ${perSecond} messages a second`;
    if (this.#open >= open) return `more than ${open} calls at once`;
    this.#tokens -= 1;
    this.#total += 1;
    this.#open += 1;
    return null;
  }

  /** One message was answered. */
  done(): void {
    this.#open = Math.max(0, this.#open - 1);
  }
}

/** Whether JSON text nests deeper than `most`, told without parsing it. Linear. */
export function nestsTooDeep(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > most) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}
