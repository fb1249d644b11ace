/** Tells clients what happens, at a pace that they can follow: floods are thinned, changes of state come at once. */
import type { TaskEvent } from '../core/events';
import type { AgentUpdate } from '../core/ports/transcript';
import { isActive, isBeingReviewed, type Task } from '../core/task/task';
import { Activities, type Later } from './activity';
import { Attendance, type Watch } from './attendance';
import type { Channel } from './channel';

/** At most ten messages a second of each kind and task. */
const PACE_MS = 100;
/** Characters of one batch of updates, roughly: what an agent says beyond is counted and stays in the transcript. */
const MAX_BATCH = 64 * 1024;

/** Kinds that come in floods; of those that come too fast only the newest is told. */
const CHATTY: ReadonlySet<TaskEvent['type']> = new Set<TaskEvent['type']>(['drifting', 'session', 'decided']);

interface Batch {
  updates: AgentUpdate[];
  size: number;
  skipped: number;
}

interface Told {
  readonly task: Task;
  readonly event: TaskEvent;
}

export class Broadcast {
  readonly #attendance: Attendance<Channel>;
  readonly #clients = new Set<Channel>();
  /** The last sign of life of each task at work. */
  readonly activities: Activities;
  /** Tasks that told something chatty less than a pace ago, and what came since. */
  readonly #held = new Map<string, { newest: Told | null }>();
  readonly #batches = new Map<string, Batch>();

  /**
   * @param unattended told when the last person who could answer a task's requests went
   * @param later for tests: what has to wait
   */
  constructor(unattended: (task: string) => void, later?: Later) {
    this.#attendance = new Attendance(unattended, later);
    this.activities = new Activities((id, activity) => {
      for (const client of this.#clients) client.notify('task/alive', { id, activity });
    }, later);
  }

  join(client: Channel): void {
    this.#clients.add(client);
  }

  /** The client's connection ended; where it asked for a moment of grace, it is waited for. */
  leave(client: Channel): void {
    this.#clients.delete(client);
    this.#attendance.leave(client);
  }

  /** The client hears of a task from now on, or no more. */
  watch(client: Channel, id: string, watch: Watch | null): void {
    if (watch !== null && this.#clients.has(client)) this.#attendance.come(client, id, watch);
    else this.#attendance.go(client, id);
  }

  /** Whether somebody watches the task who could answer its requests, or is about to be back. */
  attended(id: string): boolean {
    return this.#attendance.attended(id);
  }

  event(task: Task, event: TaskEvent): void {
    if (!isActive(task) && !isBeingReviewed(task)) this.activities.end(task.id);
    const held = this.#held.get(task.id);
    if (!CHATTY.has(event.type)) {
      if (held?.newest) this.#tell(held.newest);
      if (held) held.newest = null;
      this.#tell({ task, event });
    } else if (held) {
      held.newest = { task, event };
    } else {
      this.#tell({ task, event });
      this.#hold(task.id);
    }
  }

  update(id: string, update: AgentUpdate): void {
    this.activities.update(id, update);
    if (!this.#attendance.listened(id)) return;
    let batch = this.#batches.get(id);
    if (batch === undefined) {
      batch = { updates: [], size: 0, skipped: 0 };
      this.#batches.set(id, batch);
      setTimeout(() => this.#sendBatch(id), PACE_MS).unref();
    }
    const size = sizeOf(update);
    if (batch.updates.length > 0 && batch.size + size > MAX_BATCH) batch.skipped += 1;
    else {
      batch.updates.push(update);
      batch.size += size;
    }
  }

  progress(id: string, message: string): void {
    this.activities.progress(id, message);
    for (const watcher of this.#attendance.watchers(id)) watcher.notify('task/progress', { id, message });
  }

  /** Tells every client that a task is gone, and lets go of it. */
  deleted(id: string): void {
    this.activities.end(id);
    this.#attendance.forget(id);
    const held = this.#held.get(id);
    if (held) held.newest = null;
    for (const client of this.#clients) client.notify('task/deleted', { id });
  }

  #tell({ task, event }: Told): void {
    const told = { id: task.id, state: task.state, event, at: task.updatedAt };
    for (const client of this.#clients) client.notify('task/event', told);
  }

  #hold(id: string): void {
    const held: { newest: Told | null } = { newest: null };
    this.#held.set(id, held);
    setTimeout(() => {
      this.#held.delete(id);
      if (held.newest === null) return;
      this.#tell(held.newest);
      this.#hold(id);
    }, PACE_MS).unref();
  }

  #sendBatch(id: string): void {
    const batch = this.#batches.get(id);
    this.#batches.delete(id);
    if (batch === undefined) return;
    const { updates, skipped } = batch;
    for (const listener of this.#attendance.listeners(id)) listener.notify('task/update', { id, updates, skipped });
  }
}

function sizeOf(update: AgentUpdate): number {
  return update.kind === 'tool' || update.kind === 'plan' ? JSON.stringify(update).length : update.text.length + 50;
}
