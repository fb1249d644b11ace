/** The tasks of the open folders as the host listed them last: asked anew at every event, never kept as a truth. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../core/task/summary';
import type { HostLink, News } from '../hostLink';
import { problemOf } from '../problem';

/** Events come in bursts: one question to the host answers those of this many milliseconds. */
const BURST_MS = 150;

/** What there is to show instead of tasks; also the value of the context key that picks the welcome. */
export type ListState = 'unknown' | 'absent' | 'unreachable' | 'no-repository' | 'empty' | 'listed';

/** Folders that hold no task, and that is no problem. */
const NO_REPOSITORY: ReadonlySet<string> = new Set(['NOT_A_REPOSITORY', 'REPOSITORY_BARE', 'REPOSITORY_EMPTY']);

export class TaskList implements vscode.Disposable {
  readonly #link: HostLink;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #hearing: { dispose(): void };
  #tasks: readonly TaskSummary[] = [];
  #state: ListState = 'unknown';
  #asking: Promise<void> | null = null;
  #again = false;
  #burst: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(link: HostLink, log: vscode.LogOutputChannel) {
    this.#link = link;
    this.#log = log;
    this.#hearing = link.listen({
      connected: () => this.#soon(),
      lost: () => this.#changed.fire(),
      event: (news: News) => {
        log.debug(`${news.id}: ${news.event.type} (${news.state})`);
        this.#soon();
      },
    });
  }

  get tasks(): readonly TaskSummary[] {
    return this.#tasks;
  }

  get state(): ListState {
    return this.#state;
  }

  /** True when the list may be old, because nobody tells of changes. */
  get stale(): boolean {
    return this.#state === 'listed' && !this.#link.connected;
  }

  /** Asks the host; the answer, or why there is none, stands when it resolves. Never throws. */
  async refresh(): Promise<void> {
    if (this.#asking !== null) {
      this.#again = true;
      return this.#asking;
    }
    this.#asking = this.#ask();
    await this.#asking;
    this.#asking = null;
    if (this.#again) {
      this.#again = false;
      await this.refresh();
    }
  }

  dispose(): void {
    clearTimeout(this.#burst);
    this.#hearing.dispose();
    this.#changed.dispose();
  }

  #soon(): void {
    this.#burst ??= setTimeout(() => {
      this.#burst = undefined;
      // Its last words come as a host ends: they must not start another.
      if (this.#link.connected) void this.refresh();
    }, BURST_MS);
  }

  async #ask(): Promise<void> {
    try {
      if (await this.#link.connect()) await this.#list();
      else this.#show('absent', []);
    } catch (thrown) {
      const { code, message, fix } = problemOf(thrown);
      this.#log.error(`${code}: ${message} (fix: ${fix})`);
      this.#show('unreachable', []);
    }
  }

  async #list(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const found = await Promise.all(folders.map(({ uri }) => this.#tasksOf(uri.fsPath)));
    const ofRepositories = found.filter((tasks) => tasks !== null);
    // Two folders of one repository list the same tasks.
    const tasks = new Map(ofRepositories.flat().map((task) => [task.id, task]));
    if (tasks.size > 0) this.#show('listed', [...tasks.values()]);
    else this.#show(ofRepositories.length > 0 ? 'empty' : 'no-repository', []);
  }

  /** Null for a folder that is in no repository. */
  async #tasksOf(repo: string): Promise<readonly TaskSummary[] | null> {
    try {
      const { tasks, problems } = await this.#link.request('task/list', { repo });
      for (const { code, file, message } of problems) this.#log.warn(`${code}: ${file}: ${message}`);
      return tasks;
    } catch (thrown) {
      if (NO_REPOSITORY.has(problemOf(thrown).code)) return null;
      throw thrown;
    }
  }

  #show(state: ListState, tasks: readonly TaskSummary[]): void {
    this.#state = state;
    this.#tasks = tasks;
    this.#changed.fire();
  }
}
