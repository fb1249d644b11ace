/** The whole output of a tried check as a document that nobody has to save or throw away. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { visibleText } from '../../core/visible';

const SCHEME = 'countersign-trial';

export class TrialOutput implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly #outputOf: (check: string) => string | null;

  readonly onDidChange = this.#changed.event;

  /** @param outputOf null where the check was not tried */
  constructor(outputOf: (check: string) => string | null) {
    this.#outputOf = outputOf;
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return visibleText(this.#outputOf(path.slice(1, -'.log'.length)) ?? '');
  }

  /** Throws USAGE when there is no output. */
  async show(check: string): Promise<void> {
    if (this.#outputOf(check) === null)
      fail('USAGE', 'the check was not tried yet', { fix: 'try it at the base first' });
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${check}.log` });
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
