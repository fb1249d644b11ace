/** Marks our files where they lie out of scope or at a boundary, wherever the editor names them. */
import * as vscode from 'vscode';
import { fileMark } from './findingWords';
import { placeOf } from './snapshotPlace';
import type { TaskResults } from './taskResults';

export class FileMarks implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #results: TaskResults;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #owned: readonly vscode.Disposable[];

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(results: TaskResults) {
    this.#results = results;
    this.#owned = [
      this.#changed,
      results.onDidChange(() => this.#changed.fire(undefined)),
      vscode.window.registerFileDecorationProvider(this),
    ];
  }

  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const place = placeOf(uri);
    if (place === null) return undefined;
    const packet = await this.#results.packet(place.task).catch(() => null);
    const own = packet?.drift?.findings.filter(({ path }) => path === place.path) ?? [];
    const mark = fileMark(own, vscode.l10n.t);
    if (mark === null) return undefined;
    return new vscode.FileDecoration(mark.badge, mark.tooltip, new vscode.ThemeColor(mark.color));
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }
}
