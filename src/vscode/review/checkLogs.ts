/** The whole output of a check as a read-only document. */
import * as vscode from 'vscode';
import { visibleText } from '../../core/visible';
import type { HostLink } from '../hostLink';
import { problemOf } from '../problem';

const SCHEME = 'countersign-log';

export interface NamedCheck {
  readonly task: string;
  readonly check: string;
}

export class CheckLogs implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #link: HostLink;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(link: HostLink) {
    this.#link = link;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    try {
      return await this.#read(namedIn(uri));
    } catch (thrown) {
      // A document that is restored before the host answers must open all the same.
      const { code, message, fix } = problemOf(thrown);
      return `${code}: ${message}\nfix: ${fix}\n`;
    }
  }

  async show({ task, check }: NamedCheck): Promise<void> {
    const path = `/${encodeURIComponent(task)}/${encodeURIComponent(check)}.log`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    // One that is open already may be of an earlier run.
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }

  async #read({ task, check }: NamedCheck): Promise<string> {
    const { text, bytes, cut } = await this.#link.request('task/evidence', { id: task, check });
    const note = cut ? vscode.l10n.t('-- cut: this is the end of {0} bytes', bytes) : '';
    return visibleText(note === '' ? text : `${note}\n${text}`);
  }
}

function namedIn({ path }: vscode.Uri): NamedCheck {
  const [, task = '', file = ''] = path.split('/');
  return { task: decodeURIComponent(task), check: decodeURIComponent(file).replace(/\.log$/, '') };
}
