/**
 * Looks at drift again whenever the agent has been writing and has then been quiet for a moment, so that a task that
 * leaves its scope says so while it runs. One look at a time; looks that would find nothing new are not taken.
 */
import { quickDrift } from '../drift/drift';
import { pathsOfFinding } from '../drift/places';
import type { TaskContext } from './context';
import type { Task } from './task';

const QUIET_MS = 1_000;
/** However busily the agent writes, a look is taken after this long. */
const LATEST_MS = 15_000;

export class LiveDrift {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private firstWrite: number | null = null;
  private looking: Promise<void> = Promise.resolve();
  private seen = '';

  constructor(
    private readonly context: TaskContext,
    private readonly task: Task,
    private readonly signal: AbortSignal,
  ) {}

  /** The agent gave a sign of having written. */
  wrote(): void {
    const now = this.context.ports.clock.monotonic();
    this.firstWrite ??= now;
    if (this.timer !== null) clearTimeout(this.timer);
    const wait = Math.max(0, Math.min(QUIET_MS, this.firstWrite + LATEST_MS - now));
    this.timer = setTimeout(() => {
      this.timer = null;
      this.firstWrite = null;
      this.looking = this.looking.then(() => this.look());
    }, wait);
  }

  /** No more looks; resolves when the one under way has ended. */
  async end(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.looking;
  }

  private async look(): Promise<void> {
    const { workspace } = this.task;
    if (workspace === null || this.signal.aborted) return;
    try {
      const { changes } = await this.context.ports.workspaces.look(this.task.id, workspace, this.signal);
      // Asked anew: people may have widened the brief meanwhile.
      const terms = await this.context.terms(await this.context.ports.records.get(this.task.id));
      const { verdict, findings } = quickDrift({ ...terms, changes });
      const paths = [...new Set(findings.flatMap(pathsOfFinding))].slice(0, 20);
      const seen = JSON.stringify([verdict, changes.length, paths]);
      if (seen === this.seen || this.signal.aborted) return;
      this.seen = seen;
      await this.context.record(this.task.id, { type: 'drifting', verdict, files: changes.length, paths });
    } catch (error) {
      // A look is a courtesy: the folder may be half-written. The snapshot judges for good.
      this.context.audience.progress(this.task.id, `could not look at the drift: ${String(error)}`);
    }
  }
}
