/** Starts waiting tasks as places come free, and owns what runs: each run can be aborted, and ends exactly once. */
import { nextToStart, type QueueEntry, type QueueLimits } from './queue';

interface Run {
  readonly entry: QueueEntry;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export class Scheduler {
  private readonly waiting: QueueEntry[] = [];
  private readonly running = new Map<string, Run>();

  /** @param start drives one task to its rest; must not reject */
  constructor(
    private readonly limits: QueueLimits,
    private readonly start: (task: string, signal: AbortSignal) => Promise<void>,
  ) {}

  /** Puts a task at the end of the queue, and starts whatever may start. */
  enqueue(entry: QueueEntry): void {
    if (this.has(entry.id)) return;
    this.waiting.push(entry);
    this.fill();
  }

  has(id: string): boolean {
    return this.running.has(id) || this.waiting.some((entry) => entry.id === id);
  }

  get busy(): number {
    return this.running.size + this.waiting.length;
  }

  /** Takes a task out of the queue; false when it is not waiting there. */
  withdraw(id: string): boolean {
    const index = this.waiting.findIndex((entry) => entry.id === id);
    if (index < 0) return false;
    this.waiting.splice(index, 1);
    return true;
  }

  /** Aborts a running task and waits for its end; false when it does not run. */
  async abort(id: string): Promise<boolean> {
    const run = this.running.get(id);
    if (run === undefined) return false;
    run.abort.abort(new Error('stopped'));
    await run.done;
    return true;
  }

  /** Stops everything: nothing new starts, and what runs is aborted and waited for. */
  async close(): Promise<void> {
    this.waiting.length = 0;
    await Promise.all([...this.running.keys()].map((id) => this.abort(id)));
  }

  private fill(): void {
    const running = [...this.running.values()].map(({ entry }) => entry);
    for (const id of nextToStart(this.waiting, running, this.limits)) {
      const entry = this.waiting.find((candidate) => candidate.id === id);
      if (entry === undefined) continue;
      this.withdraw(id);
      const abort = new AbortController();
      const done = this.start(id, abort.signal).finally(() => {
        this.running.delete(id);
        this.fill();
      });
      this.running.set(id, { entry, abort, done });
    }
  }
}
