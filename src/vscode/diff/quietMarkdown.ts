/**
 * Markdown of a snapshot and of a task's brief without links. VS Code's Markdown support makes links of what the text
 * says, also such that run a command of the editor at a click; here agents and machines wrote the text. So it is shown
 * in a language of our own, with the same colours and the setting `editor.links` off.
 */
import * as vscode from 'vscode';
import { BRIEF_SCHEME } from '../taskDocuments';
import { SNAPSHOT_SCHEME } from './snapshotPlace';

const QUIET = 'countersign-markdown';
const SCHEMES: ReadonlySet<string> = new Set([SNAPSHOT_SCHEME, BRIEF_SCHEME]);
/** The languages of VS Code's Markdown support (1.139); the links of its other languages run nothing. */
const LINKING: ReadonlySet<string> = new Set(['markdown', 'prompt', 'instructions', 'chatagent', 'skill']);

export function quietMarkdown(): vscode.Disposable {
  for (const document of vscode.workspace.textDocuments) quieten(document);
  return vscode.workspace.onDidOpenTextDocument(quieten);
}

function quieten(document: vscode.TextDocument): void {
  if (!SCHEMES.has(document.uri.scheme) || !LINKING.has(document.languageId)) return;
  vscode.languages.setTextDocumentLanguage(document, QUIET).then(undefined, () => {
    // It was closed meanwhile.
  });
}
