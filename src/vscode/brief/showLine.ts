/** Shows a line of the draft's file. */
import * as vscode from 'vscode';

/** @param how `open` shows the file; `reveal` only moves an editor that shows it already, and leaves the focus alone */
export async function showLine(
  document: vscode.TextDocument,
  line: number | null,
  how: 'open' | 'reveal',
): Promise<void> {
  const at = line === null ? null : document.lineAt(Math.min(Math.max(line, 1), document.lineCount) - 1).range;
  if (how === 'open') {
    await vscode.window.showTextDocument(
      document,
      at === null ? {} : { selection: new vscode.Range(at.start, at.start) },
    );
    return;
  }
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  if (editor === undefined || at === null) return;
  editor.selection = new vscode.Selection(at.start, at.start);
  editor.revealRange(at, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
