/** One tab that shows the review of one task: it carries messages between the page and the session, and no more. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ReviewSession } from '../late/reviewing';
import { webviewHtml } from '../webviewHtml';
import { PanelEditor } from './panelEditor';
import type { ReviewSurroundings } from './surroundings';

export const REVIEW_PANEL = 'countersign.review';
/** Events come in bursts: those of this many milliseconds are one look at the task. */
const BURST_MS = 200;

/** Where the page and its style sheet are, and nothing else, may be loaded from. */
export function panelOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableForms: false, localResourceRoots: [pagesOf(extension)] };
}

export class ReviewPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #task: string;
  readonly #around: ReviewSurroundings;
  readonly #session: Promise<ReviewSession>;
  #burst: NodeJS.Timeout | undefined;

  constructor(panel: vscode.WebviewPanel, task: string, around: ReviewSurroundings) {
    this.#panel = panel;
    this.#task = task;
    this.#around = around;
    this.#session = this.#open();
    panel.webview.options = panelOptions(around.extension);
    panel.iconPath = vscode.Uri.joinPath(around.extension, 'media', 'countersign.svg');
    panel.webview.onDidReceiveMessage((sent: unknown) => void this.#hear(sent));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#tell((session) => session.hide());
    });
    panel.onDidDispose(() => clearTimeout(this.#burst));
    panel.webview.html = this.#html();
  }

  /** A fresh look at the task, soon. A hidden page asks by itself when it is shown again. */
  update(): void {
    if (!this.#panel.visible) return;
    this.#burst ??= setTimeout(() => {
      this.#burst = undefined;
      // Its last words come as a host ends: they must not start another.
      if (this.#around.sources.host.live) this.#tell((session) => void session.look());
    }, BURST_MS);
  }

  /** What is shown is no longer kept up to date. */
  lose(): void {
    this.#tell((session) => session.lose());
  }

  /** The reviewer's draft changed, perhaps on the diff. */
  redraft(): void {
    this.#tell((session) => session.redraft());
  }

  /** The reviewer's remarks on the diff changed. */
  remark(): void {
    this.#tell((session) => session.remark());
  }

  /** Brings the tab to the front, perhaps with a form of the page open. */
  reveal(form: Parameters<ReviewSession['open']>[0] | null = null): void {
    this.#panel.reveal();
    if (form !== null) this.#tell((session) => session.open(form));
  }

  async #open(): Promise<ReviewSession> {
    const { ReviewSession } = await this.#around.load();
    const session = new ReviewSession(this.#task, this.#around.sources, new PanelEditor(this.#panel, this.#task));
    session.prepare();
    return session;
  }

  async #hear(sent: unknown): Promise<void> {
    const { hear } = await this.#around.load();
    await hear(await this.#session, sent);
  }

  #tell(what: (session: ReviewSession) => void): void {
    void this.#session.then(what);
  }

  #html(): string {
    const { webview } = this.#panel;
    const pages = pagesOf(this.#around.extension);
    const resource = (name: string) => `${webview.asWebviewUri(vscode.Uri.joinPath(pages, name))}`;
    return webviewHtml({
      script: resource('review.js'),
      style: resource('review.css'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      title: vscode.l10n.t('Review'),
      data: { task: this.#task },
    });
  }
}

function pagesOf(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}
