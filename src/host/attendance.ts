/**
 * Who watches which task, and whether a person sits there who answers what it asks. A client whose connection ends may
 * have asked for a moment of grace, because a window that is reloaded comes back; one that says that it goes has gone.
 */
import type { Later } from './activity';

export interface Watch {
  /** Whether a person sits there who answers the task's requests. */
  readonly answers: boolean;
  /** Whether it gets what the agent says. */
  readonly updates: boolean;
  /** How long its person is waited for after its connection ended. */
  readonly graceMs: number;
}

export class Attendance<Client> {
  readonly #watchers = new Map<string, Map<Client, Watch>>();
  /** By task: people who are waited for. */
  readonly #awaited = new Map<string, Set<object>>();
  readonly #unattended: (task: string) => void;
  readonly #later: Later;

  /** @param unattended told when the last person went who could have answered a task's requests */
  constructor(
    unattended: (task: string) => void,
    later: Later = (milliseconds, run) => void setTimeout(run, milliseconds).unref(),
  ) {
    this.#unattended = unattended;
    this.#later = later;
  }

  /** A client watches a task from now on. An answering one takes the place of those that are waited for. */
  come(client: Client, task: string, watch: Watch): void {
    this.#change(task, (watchers) => watchers.set(client, watch));
    if (watch.answers) this.#awaited.delete(task);
  }

  /** A client says that it watches a task no more: nobody waits for it. */
  go(client: Client, task: string): void {
    this.#change(task, (watchers) => watchers.delete(client));
  }

  /** A client's connection ended. */
  leave(client: Client): void {
    for (const [task, watchers] of [...this.#watchers]) {
      const watch = watchers.get(client);
      if (watch === undefined) continue;
      if (watch.answers && watch.graceMs > 0) this.#await(task, watch.graceMs);
      this.go(client, task);
    }
  }

  /** The task is gone: nobody needs to be told anything. */
  forget(task: string): void {
    this.#watchers.delete(task);
    this.#awaited.delete(task);
  }

  /** Whether somebody could answer the task's requests, or is waited for. */
  attended(task: string): boolean {
    if (this.#awaited.has(task)) return true;
    return [...(this.#watchers.get(task)?.values() ?? [])].some(({ answers }) => answers);
  }

  watchers(task: string): Iterable<Client> {
    return this.#watchers.get(task)?.keys() ?? [];
  }

  /** Those who get what the agent says. */
  listeners(task: string): Client[] {
    return [...(this.#watchers.get(task) ?? [])].flatMap(([client, { updates }]) => (updates ? [client] : []));
  }

  listened(task: string): boolean {
    for (const { updates } of this.#watchers.get(task)?.values() ?? []) if (updates) return true;
    return false;
  }

  #await(task: string, graceMs: number): void {
    const person = {};
    const awaited = this.#awaited.get(task) ?? new Set();
    this.#awaited.set(task, awaited.add(person));
    this.#later(graceMs, () => {
      if (this.#awaited.get(task) !== awaited || !awaited.delete(person) || awaited.size > 0) return;
      this.#awaited.delete(task);
      if (!this.attended(task)) this.#unattended(task);
    });
  }

  #change(task: string, change: (watchers: Map<Client, Watch>) => void): void {
    const watchers = this.#watchers.get(task) ?? new Map<Client, Watch>();
    const before = this.attended(task);
    change(watchers);
    if (watchers.size > 0) this.#watchers.set(task, watchers);
    else this.#watchers.delete(task);
    if (before && !this.attended(task)) this.#unattended(task);
  }
}
