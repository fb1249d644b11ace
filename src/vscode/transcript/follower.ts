/** Keeps the end of a growing document in sight of whoever was looking at its end, and of nobody else. */
import * as vscode from 'vscode';

/** Lines from the end that still count as looking at it: the last one may be out of sight by a hair. */
const NEAR = 2;

export class Follower implements vscode.Disposable {
  /** Lines that each document had when it was last seen. */
  readonly #lines = new WeakMap<vscode.TextDocument, number>();
  readonly #owned: readonly vscode.Disposable[];

  constructor(scheme: string) {
    const ours = (document: vscode.TextDocument) => document.uri.scheme === scheme;
    this.#owned = [
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (ours(document)) this.#lines.set(document, document.lineCount);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (ours(document)) this.#follow(document);
      }),
    ];
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  #follow(document: vscode.TextDocument): void {
    const before = this.#lines.get(document) ?? document.lineCount;
    this.#lines.set(document, document.lineCount);
    if (document.lineCount <= before) return;
    const end = document.lineAt(document.lineCount - 1).range;
    for (const editor of vscode.window.visibleTextEditors) {
      // What the editor shows is still told in the lines of before.
      const last = editor.document === document ? editor.visibleRanges.at(-1)?.end.line : undefined;
      if (last !== undefined && last >= before - 1 - NEAR) editor.revealRange(end);
    }
  }
}
