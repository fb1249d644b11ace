/** Renderings of a task as read-only documents: packet, transcript, brief. They follow the task and are never saved. */
import * as vscode from 'vscode';
import type { HostLink } from './hostLink';
import { problemOf } from './problem';

/** Briefs as they were handed off: whoever did that may have been a machine. */
export const BRIEF_SCHEME = 'countersign-brief';

/** Transcripts grow quickly while an agent works: an open one is read again at most this often, in milliseconds. */
const PACE_MS = 2_000;

export class TaskDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scheme: string;
  readonly #fileName: string;
  readonly #link: HostLink;
  readonly #render: (id: string) => Promise<string>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #owned: readonly { dispose(): void }[];
  readonly #due = new Map<string, NodeJS.Timeout>();

  readonly onDidChange = this.#changed.event;

  /** @param fileName its ending decides the language */
  constructor(scheme: string, fileName: string, link: HostLink, render: (id: string) => Promise<string>) {
    this.#scheme = scheme;
    this.#fileName = fileName;
    this.#link = link;
    this.#render = render;
    this.#owned = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      this.#changed,
      link.listen({
        connected: () => this.#open().forEach((uri) => void this.#changed.fire(uri)),
        lost: () => undefined,
        event: ({ id }) => this.touch(id),
      }),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    try {
      return await this.#render(taskOfDocument(uri));
    } catch (thrown) {
      // A document that is restored before the host answers must open all the same.
      const { code, message, fix } = problemOf(thrown);
      return `${code}: ${message}\nfix: ${fix}\n`;
    }
  }

  async show(id: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: this.#scheme, path: `/${encodeURIComponent(id)}/${this.#fileName}` });
    // One that is open already may be old.
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  /** Renders the document of a task again soon, if it is open. */
  touch(id: string): void {
    const uri = this.#open().find((open) => taskOfDocument(open) === id);
    if (uri === undefined || this.#due.has(id)) return;
    const timer = setTimeout(() => {
      this.#due.delete(id);
      if (this.#link.connected) this.#changed.fire(uri);
    }, PACE_MS);
    this.#due.set(id, timer);
  }

  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    for (const owned of this.#owned) owned.dispose();
  }

  #open(): vscode.Uri[] {
    return vscode.workspace.textDocuments.map(({ uri }) => uri).filter(({ scheme }) => scheme === this.#scheme);
  }
}

/** The id of the task that a document is about. */
export function taskOfDocument({ path }: vscode.Uri): string {
  return decodeURIComponent(path.split('/')[1] ?? '');
}
