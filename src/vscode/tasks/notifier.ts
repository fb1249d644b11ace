/** Tells a person who looks elsewhere that a task needs them: once for what comes within a few seconds. */
import * as vscode from 'vscode';
import type { HostLink } from '../hostLink';
import { isWanted, NOTIFICATIONS, type Notice, occasionOf, SECTION, type When } from './notices';
import type { TaskList } from './taskList';

/** What comes within this many milliseconds is one notification. */
const GATHER_MS = 3_000;

export class Notifier implements vscode.Disposable {
  readonly #list: TaskList;
  readonly #log: vscode.LogOutputChannel;
  readonly #hearing: { dispose(): void };
  #gathered: Notice[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(link: HostLink, list: TaskList, log: vscode.LogOutputChannel) {
    this.#list = list;
    this.#log = log;
    this.#hearing = link.listen({
      connected: () => undefined,
      lost: () => undefined,
      event: ({ id, event }) => {
        const occasion = occasionOf(event);
        if (occasion !== null) this.#gather({ id, occasion });
      },
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#hearing.dispose();
  }

  #gather(notice: Notice): void {
    this.#gathered.push(notice);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#announce(this.#gathered.splice(0)).catch((thrown: unknown) => this.#log.error(String(thrown)));
    }, GATHER_MS);
  }

  async #announce(notices: readonly Notice[]): Promise<void> {
    const when = vscode.workspace.getConfiguration(SECTION).get<When>(NOTIFICATIONS, 'unfocused');
    if (!isWanted(when, vscode.window.state.focused)) return;
    const [{ announce }] = await Promise.all([import('../late/taskActions'), this.#list.refresh(false)]);
    await announce(notices, this.#list.tasks, (why) => this.#log.warn(why));
  }
}
