/**
 * The tabs of all changes. VS Code does not tell extensions what a multi-diff editor shows, only what its tab is called:
 * so the titles are kept, beyond a reload, with the task that each is about.
 */
import * as vscode from 'vscode';

const KEY = 'changesTabs';
/** True while such a tab is the active one. */
const ACTIVE = 'countersign.changesTab';
const MOST_KEPT = 50;

type Titles = readonly (readonly [title: string, task: string])[];

export class ChangesTabs implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #owned: readonly vscode.Disposable[];

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#owned = [
      vscode.window.tabGroups.onDidChangeTabs(() => this.#tell()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#tell()),
    ];
    this.#tell();
  }

  async remember(title: string, task: string): Promise<void> {
    const others = this.#titles().filter(([known]) => known !== title);
    await this.#memento.update(KEY, [...others, [title, task]].slice(-MOST_KEPT));
    this.#tell();
  }

  /** The task of the active tab; null when it is none of these. */
  get task(): string | null {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (tab === undefined) return null;
    // VS Code adds how many files there are.
    const isIt = (title: string) => tab.label === title || tab.label.startsWith(`${title} (`);
    return this.#titles().findLast(([title]) => isIt(title))?.[1] ?? null;
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  #titles(): Titles {
    return this.#memento.get<Titles>(KEY, []);
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', ACTIVE, this.task !== null);
  }
}
