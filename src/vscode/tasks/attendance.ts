/**
 * Tells the host that a person sits here, for every task at work of this window's repositories: without that, what an
 * agent asks permission for is refused at once.
 */
import type { HostLink, News } from '../hostLink';

/** Seconds that a question waits for this window to come back: a reload takes a few, a slow remote one a minute. */
const GRACE_S = 120;
/** A quick agent asks before the list that has its task arrives: so long a new task is attended to, whosever it is. */
const GREETING_MS = 5_000;
/** After which an agent may soon ask. */
const BEGINNINGS: ReadonlySet<News['event']['type']> = new Set(['queued', 'resumed', 'correction-requested']);

/** Where a person may answer, and what becomes of failures. */
export interface Seat {
  /** Whether anything may be granted here: not in a workspace that nobody trusts. */
  mayAnswer(): boolean;
  /** Told when the host could not be told; it is tried again at the next change. */
  failed(thrown: unknown): void;
}

export class Attendance {
  readonly #link: HostLink;
  readonly #seat: Seat;
  readonly #greeting: number;
  readonly #hearing: { dispose(): void };
  readonly #attended = new Set<string>();
  /** New tasks that no list had yet. */
  readonly #greeted = new Map<string, NodeJS.Timeout>();
  #atWork: readonly string[] = [];

  constructor(link: HostLink, seat: Seat, greeting = GREETING_MS) {
    this.#link = link;
    this.#seat = seat;
    this.#greeting = greeting;
    // A host forgets who sat at a connection that ended.
    this.#hearing = link.listen({
      connected: () => this.#attended.clear(),
      lost: () => this.#attended.clear(),
      event: ({ id, event }) => {
        if (BEGINNINGS.has(event.type)) this.#greet(id);
      },
    });
  }

  /** @param atWork ids of the tasks whose agents may ask now */
  attend(atWork: readonly string[]): void {
    this.#atWork = atWork;
    if (!this.#link.connected) return;
    const wanted = new Set(this.#seat.mayAnswer() ? [...atWork, ...this.#greeted.keys()] : []);
    for (const id of wanted) if (!this.#attended.has(id)) this.#watch(id, true);
    for (const id of this.#attended) if (!wanted.has(id)) this.#watch(id, false);
  }

  dispose(): void {
    for (const timer of this.#greeted.values()) clearTimeout(timer);
    this.#hearing.dispose();
  }

  #greet(id: string): void {
    if (this.#greeted.has(id)) return;
    const timer = setTimeout(() => {
      this.#greeted.delete(id);
      this.attend(this.#atWork);
    }, this.#greeting);
    timer.unref();
    this.#greeted.set(id, timer);
    this.attend(this.#atWork);
  }

  #watch(id: string, on: boolean): void {
    if (on) this.#attended.add(id);
    else this.#attended.delete(id);
    this.#link
      .request('task/watch', { id, on, answers: on, updates: false, grace: on ? GRACE_S : 0 })
      .catch((thrown: unknown) => {
        if (on) this.#attended.delete(id);
        this.#seat.failed(thrown);
      });
  }
}
