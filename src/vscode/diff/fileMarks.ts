/** Marks our files where they lie out of scope or at a boundary, wherever the editor names them. */
import * as vscode from 'vscode';
import { append } from '../../core/drift/append';
import { pathsOfFinding } from '../../core/drift/places';
import type { DriftReport, Finding } from '../../core/drift/report';
import { fileMark } from './findingWords';
import { placeOf } from './snapshotPlace';
import type { TaskResults } from './taskResults';

export class FileMarks implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #results: TaskResults;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #byPath = new WeakMap<DriftReport, ReadonlyMap<string, Finding[]>>();
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
    const own = packet?.drift == null ? [] : (this.#findingsOf(packet.drift).get(place.path) ?? []);
    const mark = fileMark(own, vscode.l10n.t);
    if (mark === null) return undefined;
    return new vscode.FileDecoration(mark.badge, mark.tooltip, new vscode.ThemeColor(mark.color));
  }

  /** The editor asks for every file that it names. */
  #findingsOf(drift: DriftReport): ReadonlyMap<string, Finding[]> {
    const known = this.#byPath.get(drift);
    if (known !== undefined) return known;
    const byPath = new Map<string, Finding[]>();
    for (const finding of drift.findings) {
      for (const path of pathsOfFinding(finding)) append(byPath, path, finding);
    }
    this.#byPath.set(drift, byPath);
    return byPath;
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }
}
