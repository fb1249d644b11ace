/** The page in the sidebar: its frame, and messages both ways. What it shows and does is for others to say. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type Intent, intentSchema, type Notice } from '../../webview/brief/messages';
import { webviewHtml } from '../webviewHtml';

/** What arrives is looked at up to here, in characters of its JSON: an edit holds two texts of a field. */
const MOST_MESSAGE = 500_000;

export class BriefPage implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #heard: (intent: Intent) => void;
  #view: vscode.WebviewView | null = null;

  /** @param heard called with each intent of the page that parses */
  constructor(extension: vscode.Uri, heard: (intent: Intent) => void) {
    this.#extension = extension;
    this.#heard = heard;
  }

  get isVisible(): boolean {
    return this.#view?.visible === true;
  }

  attach(view: vscode.WebviewView): void {
    const pages = vscode.Uri.joinPath(this.#extension, 'dist', 'webview');
    const { webview } = view;
    const resource = (name: string) => `${webview.asWebviewUri(vscode.Uri.joinPath(pages, name))}`;
    this.#view = view;
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = null;
    });
    webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [pages] };
    webview.onDidReceiveMessage((sent: unknown) => this.#hear(sent));
    webview.html = webviewHtml({
      script: resource('brief.js'),
      style: resource('brief.css'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      title: vscode.l10n.t('Brief'),
      data: {},
    });
  }

  /** Never awaited: a hidden page answers nobody, and asks by itself when it is shown again. */
  tell(notice: Notice): void {
    void this.#view?.webview.postMessage(notice);
  }

  describe(file: string): void {
    if (this.#view !== null) this.#view.description = file;
  }

  dispose(): void {
    this.#view = null;
  }

  /** A page cannot be answered with an error: what does not parse is none of its messages. */
  #hear(sent: unknown): void {
    const parsed = intentSchema.safeParse(sent);
    if (parsed.success && JSON.stringify(parsed.data).length <= MOST_MESSAGE) this.#heard(parsed.data);
  }
}
