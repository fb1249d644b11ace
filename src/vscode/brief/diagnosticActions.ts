/** Beside a problem that the editor reports: a quick fix that drafts a brief about it. */
import * as vscode from 'vscode';

export class DiagnosticActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    // One of the same name for each of several problems would tell nobody which is which: the worst is meant.
    const [worst] = diagnostics.toSorted((one, other) => one.severity - other.severity);
    if (worst === undefined) return [];
    const title = vscode.l10n.t('Brief an agent to fix this');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const { message, source = '', range } = worst;
    const pointed = { message, source, first: range.start.line, last: range.end.line };
    action.diagnostics = [worst];
    action.command = { command: 'countersign.newBriefFromDiagnostic', title, arguments: [document.uri, pointed] };
    return [action];
  }
}
