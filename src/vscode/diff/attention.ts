/** Which tasks a person is looking at: those whose files are open. */
import * as vscode from 'vscode';
import { placeOf } from './snapshotPlace';

/** Going from one file to the next closes the one before it opens the other. */
const LINGER_MS = 3_000;

export class Attention implements vscode.Disposable {
  readonly #on = new Set<string>();
  readonly #began = new vscode.EventEmitter<string>();
  readonly #ended = new vscode.EventEmitter<string>();
  readonly #owned: readonly vscode.Disposable[];
  #linger: NodeJS.Timeout | undefined;

  readonly onDidBegin = this.#began.event;
  readonly onDidEnd = this.#ended.event;

  constructor() {
    this.#owned = [
      this.#began,
      this.#ended,
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#begin(placeOf(uri)?.task)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (placeOf(uri) !== null) this.#endSoon();
      }),
    ];
  }

  /** Also those whose files were open before this began. */
  get tasks(): readonly string[] {
    for (const { uri } of vscode.workspace.textDocuments) this.#begin(placeOf(uri)?.task);
    return [...this.#on];
  }

  has(task: string): boolean {
    return this.#on.has(task);
  }

  dispose(): void {
    clearTimeout(this.#linger);
    for (const owned of this.#owned) owned.dispose();
  }

  #begin(task: string | undefined): void {
    if (task === undefined || this.#on.has(task)) return;
    this.#on.add(task);
    this.#began.fire(task);
  }

  #endSoon(): void {
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => this.#end(), LINGER_MS);
  }

  #end(): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => placeOf(uri)?.task));
    for (const task of [...this.#on]) {
      if (open.has(task)) continue;
      this.#on.delete(task);
      this.#ended.fire(task);
    }
  }
}
