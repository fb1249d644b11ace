/** Tells clients what happens, at a pace that they can follow: floods are thinned, changes of state come at once. */
import type { TaskEvent } from '../core/events';
import type { AgentUpdate } from '../core/ports';
import type { Task } from '../core/task/task';
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
  /** By task: who watches, and whether a person sits there who answers. */
  readonly #watchers = new Map<string, Map<Channel, boolean>>();
  readonly #clients = new Set<Channel>();
  /** Tasks that told something chatty less than a pace ago, and what came since. */
  readonly #held = new Map<string, { newest: Told | null }>();
  readonly #batches = new Map<string, Batch>();
  readonly #unattended: (task: string) => void;

  /** @param unattended told when the last person who could answer a task's requests went */
  constructor(unattended: (task: string) => void) {
    this.#unattended = unattended;
  }

  join(client: Channel): void {
    this.#clients.add(client);
  }

  leave(client: Channel): void {
    this.#clients.delete(client);
    for (const id of [...this.#watchers.keys()]) this.watch(client, id, false, false);
  }

  /** @param answers whether a person sits at this client who answers the task's requests */
  watch(client: Channel, id: string, on: boolean, answers: boolean): void {
    const watchers = this.#watchers.get(id) ?? new Map<Channel, boolean>();
    const attended = this.attended(id);
    if (on && this.#clients.has(client)) watchers.set(client, answers);
    else watchers.delete(client);
    if (watchers.size > 0) this.#watchers.set(id, watchers);
    else this.#watchers.delete(id);
    if (attended && !this.attended(id)) this.#unattended(id);
  }

  /** Whether somebody watches the task who could answer its requests. */
  attended(id: string): boolean {
    return [...(this.#watchers.get(id)?.values() ?? [])].includes(true);
  }

  event(task: Task, event: TaskEvent): void {
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
    if (!this.#watchers.has(id)) return;
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
    for (const watcher of this.#watchersOf(id)) watcher.notify('task/progress', { id, message });
  }

  #watchersOf(id: string): Iterable<Channel> {
    return this.#watchers.get(id)?.keys() ?? [];
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
    for (const watcher of this.#watchersOf(id)) watcher.notify('task/update', { id, updates, skipped });
  }
}

function sizeOf(update: AgentUpdate): number {
  return update.kind === 'tool' || update.kind === 'plan' ? JSON.stringify(update).length : update.text.length + 50;
}
