/**
 * Object stores that people look into: each is read through one view and one git process, which stay a moment for the
 * next question. A diff editor asks for hundreds of files at once, and a view and a process for each of them took
 * longer than all the reading.
 */
import type { ObjectView } from './gitDirectory';
import { ObjectBatch } from './plumbing';

const IDLE_MS = 5_000;

interface OpenStore {
  readonly view: ObjectView;
  readonly objects: ObjectBatch;
}

interface Entry {
  readonly opening: Promise<OpenStore>;
  /** Questions under way. */
  users: number;
  idle: NodeJS.Timeout | null;
}

export class OpenObjects {
  readonly #open: (commonDir: string) => Promise<ObjectView>;
  readonly #stores = new Map<string, Entry>();
  /** Stores that are on their way out: nobody finds them any more. */
  readonly #leaving = new Set<Promise<void>>();

  readonly #idleMs: number;

  /**
   * @param open how a store is come by; what it throws reaches who asked
   * @param idleMs how long a store stays open after the last question
   */
  constructor(open: (commonDir: string) => Promise<ObjectView>, idleMs = IDLE_MS) {
    this.#open = open;
    this.#idleMs = idleMs;
  }

  /** Lends a repository's objects to `use` for as long as that takes. A process that died is started again. */
  async with<T>(commonDir: string, use: (objects: ObjectBatch, gitDir: string) => Promise<T>): Promise<T> {
    const entry = this.#entry(commonDir);
    entry.users += 1;
    if (entry.idle !== null) clearTimeout(entry.idle);
    entry.idle = null;
    try {
      const { objects, view } = await entry.opening;
      return await use(objects, view.gitDir);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) entry.idle = setTimeout(() => this.#letGo(commonDir, entry), this.#idleMs).unref();
    }
  }

  /** Ends the processes and removes what was made for them, also for those that were ending by themselves. */
  async close(): Promise<void> {
    for (const [commonDir, entry] of this.#stores) this.#letGo(commonDir, entry);
    await Promise.all(this.#leaving);
  }

  #entry(commonDir: string): Entry {
    const known = this.#stores.get(commonDir);
    if (known !== undefined) return known;
    const opening = this.#open(commonDir).then((view) => ({ view, objects: new ObjectBatch(view.gitDir) }));
    const entry: Entry = { opening, users: 0, idle: null };
    this.#stores.set(commonDir, entry);
    opening.catch(() => this.#stores.delete(commonDir));
    return entry;
  }

  #letGo(commonDir: string, entry: Entry): void {
    if (entry.idle !== null) clearTimeout(entry.idle);
    if (this.#stores.get(commonDir) === entry) this.#stores.delete(commonDir);
    const gone = closed(entry).finally(() => this.#leaving.delete(gone));
    this.#leaving.add(gone);
    // Who closes is told; an idle store that cannot be removed is nobody's trouble.
    gone.catch(() => undefined);
  }
}

async function closed({ opening }: Entry): Promise<void> {
  const store = await opening.catch(() => null);
  await store?.objects.close();
  await store?.view.close();
}
