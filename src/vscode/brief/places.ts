/** What the editor shows, as a place that a brief can name. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { pathBelow, rootAround } from './repositories';
import type { CodePlace } from './startingPoint';

/** Lines of code that are quoted around a place. */
const MOST_LINES = 400;

export interface PlaceInRepository {
  readonly root: vscode.Uri;
  readonly place: CodePlace;
}

/** Lines of a document, 0-based and inclusive, as a place. Throws FILE_NOT_FOUND for what is in no repository. */
export async function placeOf(document: vscode.TextDocument, first: number, last: number): Promise<PlaceInRepository> {
  const { root, path } = await fileOf(document.uri);
  const end = Math.min(last, first + MOST_LINES - 1, document.lineCount - 1);
  const range = new vscode.Range(first, 0, end, document.lineAt(end).text.length);
  return { root, place: { path, first: first + 1, last: last + 1, text: document.getText(range) } };
}

/** The active editor; throws USAGE when there is none. */
export function requireEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return editor;
  return fail('USAGE', 'no text editor is active', { fix: 'open a file of the repository first' });
}

/** The lines of the selection. One that ends before the first character of a line does not mean that line. */
export function selectedLines({ selection }: vscode.TextEditor): { readonly first: number; readonly last: number } {
  const { start, end } = selection;
  return { first: start.line, last: end.character === 0 && end.line > start.line ? end.line - 1 : end.line };
}

/** A file's repository and its path there. Throws FILE_NOT_FOUND for what is no file below a repository. */
export async function fileOf(uri: vscode.Uri): Promise<{ readonly root: vscode.Uri; readonly path: string }> {
  if (uri.scheme === 'file') {
    const root = await rootAround(uri);
    const path = pathBelow(root, uri);
    if (path !== null && path !== '') return { root, path };
  }
  return fail('FILE_NOT_FOUND', 'this is no file of a repository', { fix: 'open a file of the repository first' });
}
