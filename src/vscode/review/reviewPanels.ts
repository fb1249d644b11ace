/** The review tabs, one a task; they come back after a reload of the window. */
import * as vscode from 'vscode';
import type { HostLink } from '../hostLink';
import { panelOptions, REVIEW_PANEL, ReviewPanel, type ReviewSurroundings } from './reviewPanel';

export class ReviewPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #around: ReviewSurroundings;
  readonly #open = new Map<string, ReviewPanel>();
  readonly #owned: readonly { dispose(): void }[];

  constructor(link: HostLink, around: ReviewSurroundings) {
    this.#around = around;
    this.#owned = [
      vscode.window.registerWebviewPanelSerializer(REVIEW_PANEL, this),
      link.listen({
        connected: () => this.#open.forEach((panel) => void panel.update()),
        lost: () => undefined,
        event: ({ id }) => this.#open.get(id)?.update(),
      }),
    ];
  }

  show(task: string): void {
    const open = this.#open.get(task);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      REVIEW_PANEL,
      vscode.l10n.t('Review'),
      vscode.ViewColumn.Active,
      panelOptions(this.#around.extension),
    );
    this.#adopt(panel, task);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const task = (state as { readonly task?: unknown } | null | undefined)?.task;
    if (typeof task === 'string' && task !== '' && task.length <= 200) this.#adopt(panel, task);
    else panel.dispose();
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, task: string): void {
    this.#open.set(task, new ReviewPanel(panel, task, this.#around));
    panel.onDidDispose(() => this.#open.delete(task));
  }
}
