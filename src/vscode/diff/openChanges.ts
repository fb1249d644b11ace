/** Opens differences in the editor's own diff editors: all of a task, or one file at a line. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { findingsIn } from '../../core/review/reviewer/opinions';
import { visible } from '../../core/visible';
import type { FileChange, Revision } from '../../host/rpc/reading';
import {
  type ChangePair,
  changeOf,
  changesTitle,
  fileTitle,
  inReviewOrder,
  MOST_OPENED,
  opposite,
  pairOf,
  type Span,
} from './changePairs';
import { uriOf } from './snapshotFiles';
import type { TaskResults } from './taskResults';

export interface FilePosition {
  readonly path: string;
  /** 1-based; null for the whole file. */
  readonly line: number | null;
  readonly from: Revision;
}

/**
 * All changes since `from` in one multi-diff editor, the riskiest first.
 *
 * @returns the title of its tab; null when nothing changed, and so nothing was opened
 */
export async function openAllChanges(results: TaskResults, task: string, from: Revision): Promise<string | null> {
  const [{ changes, omitted, to }, packet] = await Promise.all([results.changes(task, from), results.packet(task)]);
  if (changes.length === 0) return null;
  const span = { from, to };
  const ordered = inReviewOrder(changes, findingsIn(packet)).slice(0, MOST_OPENED);
  const sizes = { shown: ordered.length, all: changes.length + omitted };
  const title = changesTitle({ title: packet.title, span, ...sizes }, vscode.l10n.t);
  await vscode.commands.executeCommand(
    'vscode.changes',
    title,
    ordered.map((change) => {
      const { label, original, modified } = pairOf(task, change, span);
      return [
        uriOf(label),
        original === null ? undefined : uriOf(original),
        modified === null ? undefined : uriOf(modified),
      ];
    }),
  );
  return title;
}

/**
 * One file: its difference since `from`, or, where it did not change, the file as it is.
 *
 * @throws FILE_NOT_FOUND when neither the base nor the snapshot has it; what the host throws
 */
export async function openFileDiff(
  results: TaskResults,
  task: string,
  { path, line, from }: FilePosition,
): Promise<void> {
  const { changes, to } = await results.changes(task, from);
  const change = changeOf(changes, path);
  const selection = line === null ? undefined : new vscode.Range(line - 1, 0, line - 1, 0);
  const options: vscode.TextDocumentShowOptions = { preview: true, ...(selection === undefined ? {} : { selection }) };
  if (change === null) return openUnchanged({ task, at: to, path }, options);
  const span = { from, to };
  const pair = pairOf(task, change, span);
  const binary = await isBinary(change, pair);
  const shown = binary ? options : { ...options, ...AS_TEXT };
  const title = fileTitle(pair, span, vscode.l10n.t);
  const only = binary ? onlySide(pair) : null;
  if (only !== null) {
    await vscode.commands.executeCommand('vscode.open', only, shown, title);
    return;
  }
  const { label, original, modified } = pair;
  const [left, right] = [original ?? opposite(label), modified ?? opposite(label)];
  await vscode.commands.executeCommand('vscode.diff', uriOf(left), uriOf(right), title, shown);
}

/**
 * Text is reviewed as text, in no editor that renders it: a notebook's cells would be Markdown, with its links. The
 * option is VS Code's own, of `vscode.open` and `vscode.diff`, though its typings do not name it.
 */
const AS_TEXT = { override: false };

/** What git calls binary, and is: attributes of the repository may call a text so. */
async function isBinary({ insertions, deletions }: FileChange, { label }: ChangePair): Promise<boolean> {
  if (insertions !== null || deletions !== null) return false;
  return !isText(await vscode.workspace.fs.readFile(uriOf(label)));
}

/** As git tells text from binary. */
function isText(content: Uint8Array): boolean {
  return !content.subarray(0, 8_000).includes(0);
}

/** A picture that is new or gone has nothing to be compared with; an empty one would look broken. */
function onlySide({ original, modified }: ChangePair): vscode.Uri | null {
  if (original !== null && modified !== null) return null;
  const side = modified ?? original;
  return side === null ? null : uriOf(side);
}

async function openUnchanged(
  place: { readonly task: string; readonly at: Span['to']; readonly path: string },
  options: vscode.TextDocumentShowOptions,
): Promise<void> {
  const uri = uriOf(place);
  let content: Uint8Array;
  try {
    content = await vscode.workspace.fs.readFile(uri);
  } catch (thrown) {
    if (!(thrown instanceof vscode.FileSystemError) || thrown.code !== 'FileNotFound') throw thrown;
    return fail('FILE_NOT_FOUND', `${visible(place.path)} is no file of this task's snapshot`, {
      fix: 'open all changes, and look for it there',
    });
  }
  await vscode.commands.executeCommand('vscode.open', uri, isText(content) ? { ...options, ...AS_TEXT } : options);
}
