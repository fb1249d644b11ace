/** The tasks of the open folders as the host listed them last: asked anew at every event, never kept as a truth. */
import * as vscode from 'vscode';
import type { ErrorCode, ErrorRecord } from '../../core/errors';
import type { TaskSummary } from '../../core/task/summary';
import type { HostLink, News, Pulse } from '../hostLink';
import { problemOf } from '../problem';
import { keepSame } from './keepSame';
import { pauseBefore } from './pace';

/**
 * What there is to show instead of tasks; also the value of the context key that picks the welcome. `absent`: no host
 * runs, and nobody asked for one to be started. `refused`: the host answers, but cannot list these folders.
 */
export type ListState =
  | 'unknown'
  | 'absent'
  | 'unreachable'
  | 'no-git'
  | 'no-repository'
  | 'refused'
  | 'empty'
  | 'listed';

/** Folders that hold no task, and that is no problem. */
const NO_REPOSITORY: ReadonlySet<ErrorCode> = new Set(['NOT_A_REPOSITORY', 'REPOSITORY_BARE', 'REPOSITORY_EMPTY']);
const NO_GIT: ReadonlySet<ErrorCode> = new Set(['GIT_MISSING', 'GIT_TOO_OLD']);

export class TaskList implements vscode.Disposable {
  readonly #link: HostLink;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #hearing: readonly { dispose(): void }[];
  #tasks: readonly TaskSummary[] = [];
  #state: ListState = 'unknown';
  #problem: ErrorRecord | null = null;
  #asking: Promise<void> | null = null;
  #next: { start: boolean; readonly answer: Promise<void> } | null = null;
  #burst: NodeJS.Timeout | undefined;
  /** Tasks that were heard of and are in no list yet, and those that were in none that was asked for since. */
  readonly #strangers = new Set<string>();
  readonly #foreign = new Set<string>();
  #answered = { at: 0, took: 0 };

  readonly onDidChange = this.#changed.event;

  constructor(link: HostLink, log: vscode.LogOutputChannel) {
    this.#link = link;
    this.#log = log;
    this.#hearing = [
      link.listen({
        connected: () => this.#soon(),
        lost: () => this.#changed.fire(),
        event: (news) => this.#hear(news),
      }),
      link.on('task/alive', (pulse) => this.#feel(pulse)),
      link.on('task/deleted', ({ id }) => {
        if (this.find(id) !== undefined) this.#soon();
      }),
    ];
  }

  get tasks(): readonly TaskSummary[] {
    return this.#tasks;
  }

  get state(): ListState {
    return this.#state;
  }

  /** Why some of the folders, or all, could not be listed; null when they could. */
  get problem(): ErrorRecord | null {
    return this.#problem;
  }

  /** True when the list may be old, because nobody tells of changes. */
  get stale(): boolean {
    return this.#state === 'listed' && !this.#link.connected;
  }

  find(id: string): TaskSummary | undefined {
    return this.#tasks.find((task) => task.id === id);
  }

  /**
   * Asks the host; the answer, or why there is none, stands when it resolves. Never throws.
   *
   * @param start whether a host may be started for it
   */
  refresh(start = true): Promise<void> {
    if (this.#asking === null) {
      this.#asking = this.#ask(start).finally(() => {
        this.#asking = null;
      });
      return this.#asking;
    }
    // What happened since the question under way was asked is in the next answer only.
    this.#next ??= { start: false, answer: this.#asking.then(() => this.#askNext()) };
    this.#next.start ||= start;
    return this.#next.answer;
  }

  /** Other folders are open now: nothing that was known of them holds. */
  async reopen(): Promise<void> {
    this.#foreign.clear();
    await this.refresh();
  }

  dispose(): void {
    clearTimeout(this.#burst);
    for (const hearing of this.#hearing) hearing.dispose();
    this.#changed.dispose();
  }

  #hear({ id, event, state }: News): void {
    if (this.find(id) === undefined) {
      // The host tells of every repository: what happens in those of other windows is looked up once.
      if (this.#foreign.has(id)) return;
      this.#strangers.add(id);
    }
    this.#log.debug(`${id}: ${event.type} (${state})`);
    this.#soon();
  }

  /** A sign of life changes one task, and no list is asked for. */
  #feel({ id, activity }: Pulse): void {
    if (this.find(id) === undefined) return;
    this.#tasks = this.#tasks.map((task) => (task.id === id ? { ...task, activity } : task));
    this.#changed.fire();
  }

  #soon(): void {
    this.#burst ??= setTimeout(
      () => {
        this.#burst = undefined;
        // Its last words come as a host ends: they must not start another.
        if (this.#link.connected) void this.refresh(false);
      },
      pauseBefore(performance.now() - this.#answered.at, this.#answered.took),
    );
  }

  #askNext(): Promise<void> {
    const start = this.#next?.start ?? false;
    this.#next = null;
    return this.refresh(start);
  }

  async #ask(start: boolean): Promise<void> {
    let began = performance.now();
    try {
      const connected = await (start ? this.#link.connect() : this.#link.look());
      // To start a host takes a second; it says nothing of how long the next answer takes.
      began = performance.now();
      if (connected) await this.#list([...this.#strangers]);
      else this.#show('absent', []);
    } catch (thrown) {
      const problem = problemOf(thrown);
      this.#log.error(`${problem.code}: ${problem.message} (fix: ${problem.fix})`);
      this.#show(NO_GIT.has(problem.code) ? 'no-git' : 'unreachable', [], problem);
    }
    const at = performance.now();
    this.#answered = { at, took: at - began };
  }

  /** @param heardOf tasks that must be in the answer if they are of these folders */
  async #list(heardOf: readonly string[]): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const found = await Promise.all(folders.map(({ uri }) => this.#tasksOf(uri.fsPath)));
    const listed = found.filter((answer) => Array.isArray(answer));
    const problem = found.find((answer): answer is ErrorRecord => answer !== null && 'code' in answer) ?? null;
    // Two folders of one repository list the same tasks.
    const tasks = new Map(listed.flat().map((task) => [task.id, task]));
    for (const id of heardOf) {
      this.#strangers.delete(id);
      if (!tasks.has(id)) this.#foreign.add(id);
    }
    if (tasks.size > 0) this.#show('listed', [...tasks.values()], problem);
    else if (problem !== null) this.#show(NO_GIT.has(problem.code) ? 'no-git' : 'refused', [], problem);
    else this.#show(listed.length > 0 ? 'empty' : 'no-repository', []);
  }

  /** Null for a folder that is in no repository; why, for one that could not be listed. One folder does not hide another. */
  async #tasksOf(repo: string): Promise<readonly TaskSummary[] | ErrorRecord | null> {
    try {
      const { tasks, problems } = await this.#link.request('task/list', { repo });
      for (const { code, file, message } of problems) this.#log.warn(`${code}: ${file}: ${message}`);
      return tasks;
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (NO_REPOSITORY.has(problem.code)) return null;
      if (problem.code === 'HOST_UNREACHABLE') throw thrown;
      this.#log.error(`${repo}: ${problem.code}: ${problem.message} (fix: ${problem.fix})`);
      return problem;
    }
  }

  #show(state: ListState, tasks: readonly TaskSummary[], problem: ErrorRecord | null = null): void {
    this.#state = state;
    this.#tasks = keepSame(this.#tasks, tasks);
    this.#problem = problem;
    this.#changed.fire();
  }
}
