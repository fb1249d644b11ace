/**
 * Markdown of snapshots, packets and briefs without links. VS Code's Markdown support makes links of what the text says,
 * also such that run a command of the editor at a click; here agents wrote the text. So it is shown in a language of our
 * own, with the same colours and the setting `editor.links` off.
 */
import * as vscode from 'vscode';

/** Every scheme of ours shows what others wrote, and begins with this. */
const OURS = 'countersign-';
const QUIET = 'countersign-markdown';
/** The languages of VS Code's Markdown support (1.139); the links of its other languages run nothing. */
const LINKING: ReadonlySet<string> = new Set(['markdown', 'prompt', 'instructions', 'chatagent', 'skill']);

/** Quietens what is open and what will be, until what it returns is disposed. */
export function quietMarkdown(): vscode.Disposable {
  for (const document of vscode.workspace.textDocuments) quieten(document);
  return vscode.workspace.onDidOpenTextDocument(quieten);
}

function quieten(document: vscode.TextDocument): void {
  if (!document.uri.scheme.startsWith(OURS) || !LINKING.has(document.languageId)) return;
  vscode.languages.setTextDocumentLanguage(document, QUIET).then(undefined, () => {
    // It was closed meanwhile.
  });
}
