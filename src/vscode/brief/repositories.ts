/** Which repository a file belongs to, told without git: the nearest folder above it that holds a `.git`. */
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { visible } from '../../core/visible';
import { unadorned } from '../tasks/pickTask';

/** The top of the working tree around a folder or file; the workspace's own folder where there is no repository. */
export async function rootAround(uri: vscode.Uri): Promise<vscode.Uri> {
  for (let at = uri; ; at = vscode.Uri.joinPath(at, '..')) {
    if (await exists(vscode.Uri.joinPath(at, '.git'))) return at;
    if (at.path === '/' || at.path === vscode.Uri.joinPath(at, '..').path) break;
  }
  return vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
}

/** The repositories of the window, each once. */
export async function rootsOfWindow(): Promise<vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const roots = await Promise.all(folders.map(({ uri }) => rootAround(uri)));
  return [...new Map(roots.map((root) => [`${root}`, root])).values()];
}

/** The only repository, or the one that a person picks; null when none was picked. Throws FILE_NOT_FOUND without a folder. */
export async function pickRoot(): Promise<vscode.Uri | null> {
  const [first, ...others] = await rootsOfWindow();
  if (first === undefined) {
    return fail('FILE_NOT_FOUND', 'no folder is open', { fix: 'open the folder of a git repository first' });
  }
  if (others.length === 0) return first;
  const items = [first, ...others].map((root) => ({
    label: unadorned(visible(posix.basename(root.path))),
    description: unadorned(visible(root.fsPath)),
    root,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Which repository is the brief for?'),
  });
  return picked?.root ?? null;
}

/** The path of a file below a root, with `/`; null when it is not below it. */
export function pathBelow(root: vscode.Uri, uri: vscode.Uri): string | null {
  if (uri.scheme !== root.scheme || uri.authority !== root.authority) return null;
  const path = posix.relative(root.path, uri.path);
  return path === '..' || path.startsWith('../') ? null : path;
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
