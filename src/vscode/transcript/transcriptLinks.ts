/** Links in transcripts: to the change of a file that the task changes, in the diff editor, and to nothing else. */
import * as vscode from 'vscode';
import type { HostLink } from '../hostLink';
import { taskOfDocument } from '../taskDocuments';
import type { LoadWire } from '../taskRecords';

export class TranscriptLinks implements vscode.DocumentLinkProvider, vscode.Disposable {
  readonly #link: HostLink;
  readonly #wire: LoadWire;
  readonly #owned: readonly { dispose(): void }[];
  /** By task: the paths that its newest snapshot changes. */
  readonly #paths = new Map<string, Promise<readonly string[]>>();

  constructor(scheme: string, link: HostLink, wire: LoadWire) {
    this.#link = link;
    this.#wire = wire;
    this.#owned = [
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
      link.listen({
        connected: () => this.#paths.clear(),
        lost: () => undefined,
        event: ({ id, event }) => {
          if (event.type === 'snapshot') this.#paths.delete(id);
        },
      }),
    ];
  }

  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const task = taskOfDocument(document.uri);
    const [paths, { fileLinks }] = await Promise.all([this.#pathsOf(task), this.#wire()]);
    return fileLinks(document.getText(), paths).map(({ line, start, end, path }) => {
      const link = new vscode.DocumentLink(new vscode.Range(line, start, line, end), diffCommand(task, path));
      link.tooltip = vscode.l10n.t('Show the change of this file');
      return link;
    });
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  #pathsOf(task: string): Promise<readonly string[]> {
    const known = this.#paths.get(task);
    if (known !== undefined) return known;
    const asked = this.#ask(task);
    this.#paths.set(task, asked);
    return asked;
  }

  /** None before there is a snapshot, and none where the host cannot be asked: then no word is a link. */
  async #ask(task: string): Promise<readonly string[]> {
    if (!this.#link.connected) return [];
    try {
      const { changes } = await this.#link.request('task/changes', { id: task });
      return changes.map(({ path }) => path);
    } catch {
      return [];
    }
  }
}

function diffCommand(task: string, path: string): vscode.Uri {
  const given = encodeURIComponent(JSON.stringify([{ task, path }]));
  return vscode.Uri.parse(`command:countersign.openFileDiff?${given}`);
}
