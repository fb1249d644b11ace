/** The editor around one review tab, as its session sees it. */
import * as vscode from 'vscode';
import type { Notice } from '../../webview/review/messages';
import type { ReviewEditor } from './ports';

const SECOND_MS = 1_000;

export class PanelEditor implements ReviewEditor {
  readonly #panel: vscode.WebviewPanel;
  readonly #task: string;
  #closed = false;
  readonly t = vscode.l10n.t;

  constructor(panel: vscode.WebviewPanel, task: string) {
    this.#panel = panel;
    this.#task = task;
    panel.onDidDispose(() => {
      this.#closed = true;
    });
  }

  get language(): string {
    return vscode.env.language;
  }

  get trusted(): boolean {
    return vscode.workspace.isTrusted;
  }

  get visible(): boolean {
    return !this.#closed && this.#panel.visible;
  }

  post(notice: Notice): void {
    // What was asked for a tab that is closed meanwhile is shown to nobody; the editor would throw.
    if (!this.#closed) void this.#panel.webview.postMessage(notice);
  }

  title(text: string): void {
    if (!this.#closed && this.#panel.title !== text) this.#panel.title = text;
  }

  async run(command: string, ...given: readonly unknown[]): Promise<void> {
    await vscode.commands.executeCommand(command, ...given);
  }

  copyPacket(): Promise<void> {
    return this.run('countersign.copyMarkdown', this.#task);
  }

  showBrief(): Promise<void> {
    return this.run('countersign.showTaskBrief', this.#task);
  }

  showLog(check: string): Promise<void> {
    return this.run('countersign.showCheckLog', { task: this.#task, check });
  }

  async confirm(question: string, detail: string, button: string): Promise<boolean> {
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, button)) === button;
  }

  async progress<T>(title: string, work: () => Promise<T>): Promise<T> {
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, async (progress) => {
      const begun = performance.now();
      const tick = setInterval(() => {
        progress.report({ message: vscode.l10n.t('{0} s', Math.round((performance.now() - begun) / SECOND_MS)) });
      }, SECOND_MS);
      try {
        return await work();
      } finally {
        clearInterval(tick);
      }
    });
  }
}
