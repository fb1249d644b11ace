/** One tab that shows the review page of one task and keeps it up to date. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { visible } from '../../core/visible';
import type { Intent, Notice } from '../../webview/review/messages';
import { problemOf } from '../problem';
import type { LoadWire, TaskRecords } from '../taskRecords';
import { webviewHtml } from '../webviewHtml';
import { reviewPageOf } from './page';

export const REVIEW_PANEL = 'countersign.review';
/** Events come in bursts: the page is composed once for those of this many milliseconds. */
const BURST_MS = 200;

/** What a panel needs around it. */
export interface ReviewSurroundings {
  readonly records: TaskRecords;
  readonly wire: LoadWire;
  readonly extension: vscode.Uri;
}

/** Where the page and its style sheet are, and nothing else, may be loaded from. */
export function panelOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableForms: false, localResourceRoots: [pagesOf(extension)] };
}

export class ReviewPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #task: string;
  readonly #around: ReviewSurroundings;
  /** The commands that the page shows, by their place. */
  #commands: readonly { readonly command: string }[] = [];
  #burst: NodeJS.Timeout | undefined;

  constructor(panel: vscode.WebviewPanel, task: string, around: ReviewSurroundings) {
    this.#panel = panel;
    this.#task = task;
    this.#around = around;
    panel.webview.options = panelOptions(around.extension);
    panel.iconPath = vscode.Uri.joinPath(around.extension, 'media', 'countersign.svg');
    panel.webview.onDidReceiveMessage((sent: unknown) => this.#hear(sent));
    panel.onDidDispose(() => clearTimeout(this.#burst));
    panel.webview.html = this.#html();
  }

  /** A fresh look at the task, soon. A hidden page asks by itself when it is shown again. */
  update(): void {
    if (!this.#panel.visible) return;
    this.#burst ??= setTimeout(() => {
      this.#burst = undefined;
      if (this.#around.records.live) void this.#send();
    }, BURST_MS);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  async #hear(sent: unknown): Promise<void> {
    const { parseIntent } = await this.#around.wire();
    const intent = parseIntent(sent);
    if (intent === null) return;
    try {
      await this.#do(intent);
    } catch (thrown) {
      this.#tell(problemNotice(thrown));
    }
  }

  async #do(intent: Intent): Promise<void> {
    switch (intent.type) {
      case 'ready':
        return this.#send();
      case 'copy-packet':
        return this.#copy(await this.#around.records.markdown(this.#task));
      case 'copy-command': {
        const chosen = this.#commands[intent.index];
        if (chosen !== undefined) await this.#copy(chosen.command);
        return;
      }
      case 'open-packet':
        await vscode.commands.executeCommand('countersign.showPacket', this.#task);
        return;
      case 'open-transcript':
        await vscode.commands.executeCommand('countersign.showTranscript', this.#task);
        return;
      case 'stop':
        await vscode.commands.executeCommand('countersign.stop', this.#task);
        return;
    }
  }

  async #copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
    this.#tell({ type: 'said', text: vscode.l10n.t('Copied') });
    vscode.window.setStatusBarMessage(vscode.l10n.t('Countersign: copied'), 3_000);
  }

  async #send(): Promise<void> {
    try {
      const packet = await this.#around.records.packet(this.#task);
      const cli = vscode.Uri.joinPath(this.#around.extension, 'dist', 'cli.js').fsPath;
      const page = reviewPageOf(packet, cli, vscode.env.language, vscode.l10n.t);
      this.#commands = page.next.commands;
      this.#panel.title = vscode.l10n.t('Review: {0}', visible(packet.title));
      this.#tell({ type: 'page', page });
    } catch (thrown) {
      this.#tell(problemNotice(thrown));
    }
  }

  /** Never awaited: a hidden page answers nobody. */
  #tell(notice: Notice): void {
    void this.#panel.webview.postMessage(notice);
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

function problemNotice(thrown: unknown): Notice {
  const { code, message, fix } = problemOf(thrown);
  return { type: 'problem', text: visible(`${code}: ${message}. ${fix}`) };
}
