/**
 * The tasks of one state directory. Their journals are the truth; this holds the folds of those that are alive, and a
 * line about each of those at rest. Only the owner of the state directory's lock may open it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DriftReport, driftReportSchema } from '../../core/drift/report';
import { fail, toCountersignError } from '../../core/errors';
import type { EventOf, JournalLine, TaskEvent } from '../../core/events';
import type { Remains, TaskRecords } from '../../core/ports/records';
import { type Review, reviewSchema } from '../../core/review/reviewer/review';
import { summarize, type TaskSummary } from '../../core/task/summary';
import { isDriven, RESTING_STATES, type Task, type TaskIn } from '../../core/task/task';
import { transition } from '../../core/task/transition';
import { type Verification, verificationSchema } from '../../core/verify/verification';
import { writeFileAtomic } from './atomicFile';
import { EvidenceDigests } from './evidenceDigests';
import { readEnd, readEvidence, writeEvidence } from './evidenceFile';
import { firstLine, Journal, readLines } from './journal';
import { bury, readRemains } from './remains';
import type { StateDirectory } from './stateDirectory';
import { storageFailure } from './storageFailure';
import { findTaskFolders, makeTaskFolder } from './taskFolders';
import { slugOf, taskIds } from './taskId';
import { TaskIndex } from './taskIndex';
import { findTask } from './taskLookup';

/** A task that could not be read. Its files are kept as they are, and the other tasks go on. */
export interface TaskProblem {
  readonly id: string;
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** A task's journal, opened, with its fold. */
interface LiveTask {
  readonly journal: Journal;
  task: Task;
}

/** Journals read at the same time at start. */
const READERS = 16;

export class TaskStore implements TaskRecords {
  readonly #directory: StateDirectory;
  readonly #index: TaskIndex;
  readonly #now: () => string;
  readonly #nextId = taskIds();
  readonly #live = new Map<string, LiveTask>();
  readonly #digests = new EvidenceDigests();
  readonly #problems = new Map<string, TaskProblem>();
  /** Folders of deleted tasks that were not all gone when an earlier host ended. */
  readonly #left: string[] = [];
  /** What was mended or could not be written, in words, for the host's log. */
  readonly notes: string[] = [];
  /** The last of the changes of a task that are under way: they are made one after the other. */
  readonly #pending = new Map<string, Promise<unknown>>();

  private constructor(directory: StateDirectory, index: TaskIndex, now: () => string) {
    this.#directory = directory;
    this.#index = index;
    this.#now = now;
  }

  /**
   * Opens the tasks of a state directory: reads the index and the journals of every task that is not in it.
   *
   * @param now RFC 3339, for the `at` of events
   * @throws STORAGE_FAILED when the directory cannot be read; a task that cannot be read is one of the `problems`
   */
  static async open(directory: StateDirectory, now: () => string = () => new Date().toISOString()): Promise<TaskStore> {
    try {
      const store = new TaskStore(directory, await TaskIndex.open(directory.repositories), now);
      await store.#readAll();
      return store;
    } catch (cause) {
      return storageFailure(`the tasks of ${directory.root} could not be read`, cause);
    }
  }

  /** Writes what may wait until the end. The store is not to be used afterwards. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#pending.values());
    await this.#index.flush();
  }

  async create(event: Omit<EventOf<'created'>, 'id' | 'slug' | 'branch'>, brief: string): Promise<Task> {
    let id = this.#nextId();
    while (this.#live.has(id) || this.#index.has(id)) id = this.#nextId();
    const slug = slugOf(event.title, id);
    const at = this.#now();
    const created: EventOf<'created'> = { ...event, id, slug, branch: `countersign/${slug}` };
    const task = transition(null, created, at);
    const line = firstLine(created, at);
    const tasks = this.#directory.tasks(event.repository.id);
    const folder = await makeTaskFolder(tasks, id, { 'brief.md': brief, 'journal.ndjson': line });
    const { journal } = await Journal.open(join(folder, 'journal.ndjson'));
    this.#live.set(id, { journal, task });
    return task;
  }

  append(id: string, event: TaskEvent): Promise<Task> {
    return this.#inTurn(id, async () => {
      const entry = await this.#open(id);
      const at = this.#now();
      const next = transition(entry.task, event, at);
      await this.#index.remove(id);
      // Kept in sight meanwhile: a task that leaves its rest is in no index any more.
      this.#live.set(id, entry);
      let after = entry;
      try {
        await entry.journal.append(event, at);
        after = { journal: entry.journal, task: next };
      } finally {
        this.#remember(after);
      }
      if (next.state === 'signed' && event.type === 'signed') await this.#writeSignoff(next);
      return next;
    });
  }

  get(id: string): Promise<Task> {
    const live = this.#live.get(id);
    return live === undefined ? this.#inTurn(id, async () => (await this.#open(id)).task) : Promise.resolve(live.task);
  }

  forget(id: string): Promise<Remains> {
    return this.#inTurn(id, async () => {
      const entry = await this.#open(id);
      if (isDriven(entry.task)) fail('TASK_STATE', `task ${id} is ${entry.task.state}: something is under way`);
      const folder = this.folder(id);
      await this.#index.remove(id);
      this.#live.delete(id);
      try {
        return await bury(folder, entry.task.workspace);
      } catch (thrown) {
        this.#remember(entry);
        throw thrown;
      }
    });
  }

  async remains(): Promise<readonly Remains[]> {
    const found: Remains[] = [];
    for (const folder of this.#left) {
      await readRemains(folder).then(
        (remains) => found.push(remains),
        (error: unknown) => this.notes.push(`${folder} was kept: ${toCountersignError(error).message}`),
      );
    }
    return found;
  }

  async live(): Promise<readonly Task[]> {
    return [...this.#live.values()].map(({ task }) => task).sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /**
   * All tasks, oldest first.
   *
   * @param repository the key of one repository; absent = of all
   */
  list(repository?: string): readonly TaskSummary[] {
    const all = [...this.#index.values(), ...[...this.#live.values()].map(({ task }) => summarize(task))];
    return all
      .filter((task) => repository === undefined || task.repository.id === repository)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** How many tasks there are in all. */
  get size(): number {
    return this.#live.size + this.#index.size;
  }

  problems(): readonly TaskProblem[] {
    return [...this.#problems.values()];
  }

  /**
   * The id of the task that a person means by an id, a slug, or the beginning of one.
   *
   * @param repository whose tasks come first
   * @throws TASK_NOT_FOUND and TASK_AMBIGUOUS naming near ones; JOURNAL_CORRUPT when it is one of the `problems`
   */
  resolve(typed: string, repository?: string): string {
    const problem = this.#problems.get(typed);
    if (problem !== undefined) fail('JOURNAL_CORRUPT', problem.message);
    return findTask(typed, this.list(), repository).id;
  }

  history(id: string): Promise<readonly JournalLine[]> {
    return this.#inTurn(id, async () => (await readLines(join(this.folder(id), 'journal.ndjson'))).lines);
  }

  async brief(id: string): Promise<string> {
    const file = join(this.folder(id), 'brief.md');
    return readFile(file, 'utf8').catch((cause: unknown) => storageFailure(`${file} could not be read`, cause));
  }

  folder(id: string): string {
    const repository = this.#live.get(id)?.task.repository ?? this.#index.get(id)?.repository;
    if (repository === undefined) fail('TASK_NOT_FOUND', `there is no task ${id}`);
    return join(this.#directory.tasks(repository.id), id);
  }

  saveVerification(id: string, verification: Verification): Promise<string> {
    return writeEvidence(this.folder(id), `verification-${verification.tree}.json`, verification);
  }

  saveDrift(id: string, report: DriftReport): Promise<string> {
    return writeEvidence(this.folder(id), `drift-${report.tree}.json`, report);
  }

  saveReview(id: string, review: Review): Promise<string> {
    return writeEvidence(this.folder(id), `review-${review.tree}.json`, review);
  }

  review(id: string, file: string): Promise<Review | null> {
    return readEvidence(this.folder(id), file, reviewSchema);
  }

  verification(id: string, file: string): Promise<Verification | null> {
    return readEvidence(this.folder(id), file, verificationSchema);
  }

  drift(id: string, file: string): Promise<DriftReport | null> {
    return readEvidence(this.folder(id), file, driftReportSchema);
  }

  output(id: string, file: string, most: number): Promise<{ bytes: Uint8Array; size: number } | null> {
    return readEnd(this.folder(id), file, most);
  }

  digest(id: string, file: string): Promise<string | null> {
    return this.#digests.of(this.folder(id), file);
  }

  /** Runs one change of a task after those that were asked for before it. */
  #inTurn<T>(id: string, change: () => Promise<T>): Promise<T> {
    const result = (this.#pending.get(id) ?? Promise.resolve()).then(change);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.#pending.set(id, settled);
    void settled.then(() => {
      if (this.#pending.get(id) === settled) this.#pending.delete(id);
    });
    return result;
  }

  /** A task with its journal; of a task at rest it is read anew each time. */
  async #open(id: string): Promise<LiveTask> {
    const live = this.#live.get(id);
    if (live !== undefined) return live;
    const problem = this.#problems.get(id);
    if (problem !== undefined) fail('JOURNAL_CORRUPT', problem.message);
    return this.#read(id, this.folder(id));
  }

  async #read(id: string, folder: string): Promise<LiveTask> {
    const file = join(folder, 'journal.ndjson');
    const { journal, task, dropped } = await Journal.open(file);
    if (dropped > 0) this.notes.push(`${file}: dropped ${dropped} bytes of a torn last line`);
    if (task === null) return fail('JOURNAL_CORRUPT', `${file} holds no event`);
    if (task.id !== id) return fail('JOURNAL_CORRUPT', `${file} is the journal of task ${task.id}`);
    return { journal, task };
  }

  #remember(entry: LiveTask): void {
    const { id, state, workspace } = entry.task;
    // One whose folders are still to be removed is not done: the next host goes on with that.
    if (RESTING_STATES.has(state) && workspace === null) {
      this.#live.delete(id);
      this.#index.add(summarize(entry.task));
    } else {
      this.#live.set(id, entry);
    }
  }

  /** For people and scripts: the journal has said it already, so a failure is noted and does not undo the sign-off. */
  async #writeSignoff(task: TaskIn<'signed'>): Promise<void> {
    const file = join(this.folder(task.id), 'signoff.json');
    try {
      await writeFileAtomic(file, `${JSON.stringify(task.signoff, null, 2)}\n`);
    } catch (error) {
      this.notes.push(toCountersignError(error).message);
    }
  }

  async #readAll(): Promise<void> {
    const { found, left } = await findTaskFolders(this.#directory);
    this.#left.push(...left);
    this.#index.retain((task) => found.get(task.id) === task.repository.id);
    const unknown = [...found].filter(([id]) => !this.#index.has(id));
    const reader = async () => {
      for (let next = unknown.pop(); next !== undefined; next = unknown.pop()) await this.#readAtStart(...next);
    };
    await Promise.all(Array.from({ length: READERS }, reader));
  }

  async #readAtStart(id: string, repository: string): Promise<void> {
    const folder = join(this.#directory.tasks(repository), id);
    try {
      const entry = await this.#read(id, folder);
      this.#remember(entry);
      // A host that was killed between journal and file left this to its successor.
      if (entry.task.state === 'signed') await this.#writeSignoff(entry.task);
    } catch (error) {
      const { code, message } = toCountersignError(error);
      this.#problems.set(id, { id, file: join(folder, 'journal.ndjson'), code, message });
    }
  }
}
