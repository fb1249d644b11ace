/** What came back from tasks, as the host told it last: kept for the tasks looked at until something happens to them. */
import * as vscode from 'vscode';
import type { Packet } from '../../core/review/packetSchema';
import type { Result } from '../../host/rpc';
import type { Revision } from '../../host/rpc/reading';
import type { HostLink, News } from '../hostLink';
import type { TaskRecords } from '../taskRecords';

export type Changes = Result<'task/changes'>;

/** Tasks whose results are kept: more than a person looks at side by side. */
const KEPT = 8;
/** Events come in bursts: what they changed is told once for those of this many milliseconds. */
const BURST_MS = 250;

/** Events that change nothing that is read here. */
const IDLE: ReadonlySet<News['event']['type']> = new Set<News['event']['type']>([
  'drifting',
  'session',
  'asked',
  'decided',
]);

interface Kept {
  packet: Promise<Packet> | null;
  readonly changes: Map<Revision, Promise<Changes>>;
}

export class TaskResults implements vscode.Disposable {
  readonly #link: HostLink;
  readonly #records: TaskRecords;
  readonly #kept = new Map<string, Kept>();
  readonly #due = new Map<string, NodeJS.Timeout>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #hearing: { dispose(): void };

  /** Tells the task whose results are other ones now. */
  readonly onDidChange = this.#changed.event;

  constructor(link: HostLink, records: TaskRecords) {
    this.#link = link;
    this.#records = records;
    this.#hearing = link.listen({
      connected: () => [...this.#kept.keys()].forEach((task) => void this.#forget(task)),
      lost: () => undefined,
      event: ({ id, event }) => {
        if (!IDLE.has(event.type)) this.#forget(id);
      },
    });
  }

  /** Throws what the host throws. */
  packet(task: string): Promise<Packet> {
    const kept = this.#of(task);
    kept.packet ??= this.#records.packet(task).catch((thrown) => {
      kept.packet = null;
      throw thrown;
    });
    return kept.packet;
  }

  /** What the newest snapshot changed against the base or an earlier turn. Throws what the host throws. */
  changes(task: string, from: Revision): Promise<Changes> {
    const { changes } = this.#of(task);
    const known = changes.get(from);
    if (known !== undefined) return known;
    const asked = this.#link.request('task/changes', { id: task, from }).catch((thrown) => {
      changes.delete(from);
      throw thrown;
    });
    changes.set(from, asked);
    return asked;
  }

  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#hearing.dispose();
    this.#changed.dispose();
  }

  #of(task: string): Kept {
    const kept = this.#kept.get(task) ?? { packet: null, changes: new Map() };
    this.#kept.delete(task);
    this.#kept.set(task, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  #forget(task: string): void {
    this.#kept.delete(task);
    if (this.#due.has(task)) return;
    const timer = setTimeout(() => {
      this.#due.delete(task);
      if (this.#link.connected) this.#changed.fire(task);
    }, BURST_MS);
    this.#due.set(task, timer);
  }
}
