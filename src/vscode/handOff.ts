/** Hands the brief in the active editor off to the host, which judges it again and says what it lacks. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { fail } from '../core/errors';
import type { Result } from '../host/rpc';
import { looksLikeBrief } from './briefText';
import type { HostLink } from './hostLink';

const IN_EDITOR = 'countersign.briefInEditor';

/** Keeps the context key true while the active editor shows a brief. */
export function watchForBriefs(): vscode.Disposable {
  const update = () => void vscode.commands.executeCommand('setContext', IN_EDITOR, activeBrief() !== null);
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidSaveTextDocument(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) update();
    }),
  );
}

/**
 * @returns the id of the new task
 * @throws BRIEF_FRONT_MATTER when the active editor shows no brief; whatever the host throws, such as BRIEF_NOT_READY
 */
export async function handOffActiveBrief(link: HostLink): Promise<string> {
  const document = activeBrief();
  if (document === null) {
    return fail('BRIEF_FRONT_MATTER', 'the active editor shows no brief', {
      fix: 'open a Markdown file whose front matter has `countersign: 1`',
    });
  }
  const { id } = await vscode.window.withProgress(
    { location: { viewId: 'countersign.tasks' }, title: vscode.l10n.t('Handing the brief off') },
    () => handOffDocument(document, link),
  );
  return id;
}

/**
 * Saves a brief and hands it off as it is then.
 *
 * @throws CONFIG_INVALID in a workspace that is not trusted; FILE_NOT_FOUND where its repository is not known; whatever
 *   the host throws, such as BRIEF_NOT_READY
 */
export async function handOffDocument(document: vscode.TextDocument, link: HostLink): Promise<Result<'task/run'>> {
  if (!vscode.workspace.isTrusted) {
    return fail('CONFIG_INVALID', 'a brief runs commands, and this workspace is not trusted', {
      fix: 'trust the workspace first',
    });
  }
  const repo = folderOf(document);
  if (document.isDirty && !document.isUntitled) await document.save();
  return link.request('task/run', {
    repo,
    brief: { text: document.getText(), file: document.isUntitled ? null : document.uri.fsPath },
    origin: 'human',
  });
}

/** The brief that the active editor shows. */
export function activeBrief(): vscode.TextDocument | null {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || document.languageId !== 'markdown') return null;
  if (document.uri.scheme !== 'file' && !document.isUntitled) return null;
  return looksLikeBrief(document.getText()) ? document : null;
}

/** The folder whose repository the task is about: where the brief lies, or the only folder of the window. */
function folderOf(document: vscode.TextDocument): string {
  if (!document.isUntitled) return dirname(document.uri.fsPath);
  const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (folder !== undefined && others.length === 0) return folder.uri.fsPath;
  return fail('FILE_NOT_FOUND', 'the brief is in no file, so that its repository is not known', {
    fix: 'save it inside the repository first',
  });
}
