/**
 * What is remembered of tasks at rest, so that a start does not read the journals of every task that ever was. It is a
 * cache of journals and never the truth: it may be deleted, and is made again.
 *
 * Two files: the index, replaced whole; and the list of tasks that left it since, only appended to. A task leaves
 * durably before anything is added to its journal, so an entry of the index is never older than its journal.
 */
import { createHash } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type TaskSummary, taskSummarySchema } from '../../core/task/summary';
import { writeFileAtomic } from './atomicFile';
import { storageFailure } from './storageFailure';

const MAX_INDEX_BYTES = 512 * 1024 * 1024;
/** How long a task that came to rest may wait to be written in, in milliseconds: many come to rest together. */
const WRITE_DELAY = 2_000;

/** The fields of an entry: an index that was written with others is from another version, and is made again. */
const FIELDS = Object.keys(taskSummarySchema.shape).join();

/**
 * The first line of the index; the second is the array of summaries. That its hash fits and its fields are ours tells that
 * it is as we wrote it: to parse each of thousands of entries by schema would cost more than to read them.
 */
const headSchema = z.object({ v: z.literal(1), fields: z.literal(FIELDS), sha256: z.string() });

export class TaskIndex {
  readonly #file: string;
  readonly #leavers: string;
  readonly #tasks: Map<string, TaskSummary>;
  #dirty: boolean;
  #timer: NodeJS.Timeout | null = null;
  #tail: Promise<void> = Promise.resolve();

  private constructor(folder: string, tasks: Map<string, TaskSummary>, dirty: boolean) {
    this.#file = join(folder, 'index.ndjson');
    this.#leavers = join(folder, 'index.left');
    this.#tasks = tasks;
    this.#dirty = dirty;
  }

  /** Reads the index of a state directory's `repos` folder; one that is missing or damaged counts as empty. */
  static async open(folder: string): Promise<TaskIndex> {
    const [indexed, left] = await Promise.all([
      readIndex(join(folder, 'index.ndjson')),
      readFile(join(folder, 'index.left'), 'utf8').catch(() => ''),
    ]);
    const tasks = new Map(indexed?.map((task) => [task.id, task]));
    const leavers = left.split('\n').filter((id) => id !== '');
    for (const id of leavers) tasks.delete(id);
    return new TaskIndex(folder, tasks, indexed === null || leavers.length > 0);
  }

  get(id: string): TaskSummary | undefined {
    return this.#tasks.get(id);
  }

  has(id: string): boolean {
    return this.#tasks.has(id);
  }

  get size(): number {
    return this.#tasks.size;
  }

  values(): IterableIterator<TaskSummary> {
    return this.#tasks.values();
  }

  /** Drops entries of tasks that are gone from the disk. */
  retain(exists: (task: TaskSummary) => boolean): void {
    for (const task of this.#tasks.values()) {
      if (!exists(task)) this.#dirty = this.#tasks.delete(task.id);
    }
  }

  /** Remembers a task that came to rest. It reaches the disk a little later: until then its journal is read instead. */
  add(task: TaskSummary): void {
    this.#tasks.set(task.id, task);
    this.#dirty = true;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // The index is a cache: what could not be written is read from the journals next time.
      this.flush().catch(() => undefined);
    }, WRITE_DELAY).unref();
  }

  /**
   * Takes a task out, durably.
   *
   * @throws STORAGE_FAILED; then it is still in
   */
  remove(id: string): Promise<void> {
    if (!this.#tasks.has(id)) return Promise.resolve();
    const removal = this.#tail.then(() => this.#remove(id));
    this.#tail = removal.catch(() => undefined);
    return removal;
  }

  async #remove(id: string): Promise<void> {
    try {
      const handle = await open(this.#leavers, 'a', 0o600);
      try {
        // A leading line end closes what a full disk may have cut off before.
        await handle.appendFile(`\n${id}\n`);
        await handle.datasync();
      } finally {
        await handle.close();
      }
    } catch (cause) {
      storageFailure(`${this.#leavers} could not be appended to`, cause);
    }
    this.#tasks.delete(id);
    this.#dirty = true;
  }

  /** Writes what has not been written yet. */
  flush(): Promise<void> {
    const written = this.#tail.then(() => this.#write());
    this.#tail = written.catch(() => undefined);
    return written;
  }

  async #write(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#dirty) return;
    this.#dirty = false;
    try {
      const body = JSON.stringify([...this.#tasks.values()]);
      await writeFileAtomic(this.#file, `${JSON.stringify({ v: 1, fields: FIELDS, sha256: sha256(body) })}\n${body}`);
      await rm(this.#leavers, { force: true });
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
  }
}

async function readIndex(file: string): Promise<TaskSummary[] | null> {
  try {
    const { size } = await stat(file);
    if (size > MAX_INDEX_BYTES) return null;
    const bytes = await readFile(file);
    const end = bytes.indexOf(0x0a);
    const head = headSchema.parse(JSON.parse(bytes.toString('utf8', 0, end)));
    const body = bytes.subarray(end + 1);
    return head.sha256 === sha256(body) ? (JSON.parse(body.toString()) as TaskSummary[]) : null;
  } catch {
    return null;
  }
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
