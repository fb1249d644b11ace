/** The review tabs, one a task; they come back after a reload of the window. */
import * as vscode from 'vscode';
import type { Form } from '../../webview/review/messages';
import type { HostLink } from '../hostLink';
import { panelOptions, REVIEW_PANEL, ReviewPanel } from './reviewPanel';
import type { ReviewSurroundings } from './surroundings';

export class ReviewPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #around: ReviewSurroundings;
  readonly #open = new Map<string, ReviewPanel>();
  /** Tasks with an open review that were in the list the last time. */
  readonly #listed = new Set<string>();
  readonly #owned: readonly { dispose(): void }[];

  constructor(link: HostLink, around: ReviewSurroundings) {
    this.#around = around;
    const updateAll = () => this.#open.forEach((panel) => void panel.update());
    this.#owned = [
      vscode.window.registerWebviewPanelSerializer(REVIEW_PANEL, this),
      vscode.workspace.onDidGrantWorkspaceTrust(updateAll),
      link.listen({
        connected: updateAll,
        lost: () => this.#open.forEach((panel) => void panel.lose()),
        event: ({ id }) => this.#open.get(id)?.update(),
      }),
    ];
  }

  /** Shows the review of a task, perhaps with a form of the page open. */
  show(task: string, form: Form | null = null): void {
    const open = this.#open.get(task) ?? this.#make(task);
    open.reveal(form);
  }

  /** The list of tasks changed: nobody else tells of a task that was deleted. */
  relist(has: (task: string) => boolean): void {
    for (const [task, panel] of this.#open) {
      if (has(task)) this.#listed.add(task);
      else if (this.#listed.delete(task)) panel.update();
    }
  }

  /** The reviewer's draft changed, perhaps on the diff. */
  redraft(task: string): void {
    this.#open.get(task)?.redraft();
  }

  /** The reviewer's remarks on a task's diff changed. */
  remark(task: string): void {
    this.#open.get(task)?.remark();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const task = (state as { readonly task?: unknown } | null | undefined)?.task;
    const known = typeof task === 'string' && task !== '' && task.length <= 200 && !this.#open.has(task);
    if (known) this.#adopt(panel, task);
    else panel.dispose();
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  #make(task: string): ReviewPanel {
    const panel = vscode.window.createWebviewPanel(
      REVIEW_PANEL,
      vscode.l10n.t('Review'),
      vscode.ViewColumn.Active,
      panelOptions(this.#around.extension),
    );
    return this.#adopt(panel, task);
  }

  #adopt(panel: vscode.WebviewPanel, task: string): ReviewPanel {
    const own = new ReviewPanel(panel, task, this.#around);
    this.#open.set(task, own);
    panel.onDidDispose(() => this.#open.delete(task));
    return own;
  }
}
