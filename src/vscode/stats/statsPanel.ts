/** The tab of statistics: it asks the host for figures whenever the page wants some, and keeps none. */
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { visible } from '../../core/visible';
import { type Choice, type Notice, parseStatsIntent } from '../../webview/stats/messages';
import { rootsOfWindow } from '../brief/repositories';
import type { HostLink } from '../hostLink';
import { problemOf, withoutCommandLine } from '../problem';
import { webviewHtml } from '../webviewHtml';
import { sinceOf, statsPageOf } from './page';

const STATS_PANEL = 'countersign.stats';

export class StatsPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #link: Pick<HostLink, 'request'>;
  /** The newest question: an answer to an earlier one is not shown. */
  #asked = 0;
  #closed = false;

  /** @param closed called when the tab is gone */
  constructor(link: Pick<HostLink, 'request'>, extension: vscode.Uri, closed: () => void) {
    this.#link = link;
    const pages = vscode.Uri.joinPath(extension, 'dist', 'webview');
    this.#panel = vscode.window.createWebviewPanel(STATS_PANEL, vscode.l10n.t('Statistics'), vscode.ViewColumn.Active, {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [pages],
    });
    const { webview } = this.#panel;
    this.#panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'countersign.svg');
    this.#panel.onDidDispose(() => {
      this.#closed = true;
      closed();
    });
    webview.onDidReceiveMessage((sent: unknown) => void this.#hear(sent));
    const resource = (name: string) => `${webview.asWebviewUri(vscode.Uri.joinPath(pages, name))}`;
    webview.html = webviewHtml({
      script: resource('stats.js'),
      style: resource('stats.css'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      title: vscode.l10n.t('Statistics'),
      data: {},
    });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #hear(sent: unknown): Promise<void> {
    const intent = parseStatsIntent(sent);
    if (intent === null) return;
    if (intent.type === 'read') await this.#read(intent.choice);
    else await vscode.commands.executeCommand('countersign.newBrief');
  }

  async #read(wanted: Choice): Promise<void> {
    this.#asked += 1;
    const question = this.#asked;
    const notice = await this.#answer(wanted);
    if (question === this.#asked && !this.#closed) await this.#panel.webview.postMessage(notice);
  }

  /** The figures, or why there are none. */
  async #answer(wanted: Choice): Promise<Notice> {
    try {
      const roots = await rootsOfWindow();
      // A folder that was there when it was chosen may have been closed.
      const repository = wanted.repository < roots.length ? wanted.repository : 0;
      const choice = { ...wanted, repository: roots.length === 0 ? -1 : repository };
      const root = roots[choice.repository];
      const since = sinceOf(choice, Date.now());
      const found = await this.#link.request('stats/read', {
        ...(root === undefined ? {} : { repo: root.fsPath }),
        ...(since === null ? {} : { since }),
        ...(choice.agent === '' ? {} : { agent: choice.agent }),
        archived: choice.archived,
      });
      const names = roots.map(({ path }) => posix.basename(path));
      const frame = { choice, repositories: names, language: vscode.env.language };
      return { type: 'page', page: statsPageOf(found, frame, vscode.l10n.t) };
    } catch (thrown) {
      const { message, fix } = problemOf(thrown);
      return { type: 'problem', text: visible(`${message}. ${withoutCommandLine(fix)}`) };
    }
  }
}
