/**
 * Between an agent that may send ten thousand updates a second and those who listen: what belongs together is joined,
 * and passed on a few times a second.
 */
import { continues, MAX_LINE_TEXT, mergeUpdates } from '../../core/agent/transcript';
import type { AgentUpdate } from '../../core/ports/transcript';

const FLUSH_MS = 100;
const MAX_PENDING_CHARACTERS = 512 * 1024;
const MAX_PENDING_UPDATES = 500;

export class UpdateBuffer {
  readonly #deliver: (update: AgentUpdate) => void;
  #pending: AgentUpdate[] = [];
  /** Where the newest state of a tool call stands in `#pending`. */
  #calls = new Map<string, number>();
  #characters = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(deliver: (update: AgentUpdate) => void) {
    this.#deliver = deliver;
  }

  push(update: AgentUpdate): void {
    for (const piece of pieces(update)) this.#add(piece);
    if (this.#characters > MAX_PENDING_CHARACTERS || this.#pending.length > MAX_PENDING_UPDATES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  /** Passes on what waits, in order. Call it at the end: the timer ends with it. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const pending = this.#pending;
    this.#pending = [];
    this.#calls.clear();
    this.#characters = 0;
    for (const update of pending) this.#deliver(update);
  }

  #add(update: AgentUpdate): void {
    const index = this.#joinsAt(update);
    if (index === null) {
      this.#pending.push(update);
      if (update.kind === 'tool') this.#calls.set(update.call, this.#pending.length - 1);
    } else {
      this.#pending[index] = mergeUpdates(this.#pending[index]!, update);
    }
    if ('text' in update) this.#characters += update.text.length;
  }

  #joinsAt(update: AgentUpdate): number | null {
    if (update.kind === 'tool') return this.#calls.get(update.call) ?? null;
    const last = this.#pending.at(-1);
    return last !== undefined && continues(last, update) ? this.#pending.length - 1 : null;
  }
}

/** A text too long for one line of the transcript, in pieces that never cut a character in two. */
function* pieces(update: AgentUpdate): Generator<AgentUpdate> {
  if (!('text' in update) || update.text.length <= MAX_LINE_TEXT) {
    yield update;
    return;
  }
  for (let start = 0; start < update.text.length; ) {
    let end = Math.min(start + MAX_LINE_TEXT, update.text.length);
    if (end < update.text.length && isHighSurrogate(update.text.charCodeAt(end - 1))) end -= 1;
    yield { ...update, text: update.text.slice(start, end) };
    start = end;
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
