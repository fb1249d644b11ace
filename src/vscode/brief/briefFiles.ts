/** The briefs and templates of a repository as files: listed, read, and made without overwriting anything. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { looksLikeBrief } from '../briefText';
import { exists } from './repositories';
import { namesFrom } from './slug';

export const BRIEFS_FOLDER = '.countersign/briefs';
export const TEMPLATES_FOLDER = '.countersign/templates';

/** Briefs that are offered: the newest. */
const MOST_LISTED = 50;
const MOST_BYTES = 256 * 1024;

export interface BriefFile {
  readonly uri: vscode.Uri;
  /** Without the ending. */
  readonly name: string;
  /** Milliseconds of the epoch. */
  readonly changed: number;
}

/** The briefs of a repository, the last changed first; none where there is no folder for them. */
export async function listBriefs(root: vscode.Uri): Promise<BriefFile[]> {
  const folder = vscode.Uri.joinPath(root, BRIEFS_FOLDER);
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const files = entries.filter(([name, type]) => type === vscode.FileType.File && name.endsWith('.md'));
  const listed = await Promise.all(
    files.slice(0, 1_000).map(async ([name]) => {
      const uri = vscode.Uri.joinPath(folder, name);
      const changed = await vscode.workspace.fs.stat(uri).then(
        ({ mtime }) => mtime,
        () => 0,
      );
      return { uri, name: name.slice(0, -3), changed };
    }),
  );
  return listed.sort((one, other) => other.changed - one.changed).slice(0, MOST_LISTED);
}

/** Makes a file of that name, or of the next free one, in a folder of the repository. Overwrites nothing. */
export async function makeFile(root: vscode.Uri, folder: string, name: string, text: string): Promise<vscode.Uri> {
  await refuseLinks(root, folder);
  for (const free of namesFrom(name)) {
    const uri = vscode.Uri.joinPath(root, folder, `${free}.md`);
    if (await exists(uri)) continue;
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) });
    if (await vscode.workspace.applyEdit(edit)) return uri;
    break;
  }
  return fail('STORAGE_FAILED', `no file could be made in ${folder}`, { fix: 'check the permissions of the folder' });
}

/** A repository that somebody else made may lead its folders elsewhere. Throws FILE_NOT_FOUND. */
async function refuseLinks(root: vscode.Uri, folder: string): Promise<void> {
  for (let at = folder; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const type = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, at)).then(
      (found) => found.type,
      () => vscode.FileType.Unknown,
    );
    if ((type & vscode.FileType.SymbolicLink) === 0) continue;
    fail('FILE_NOT_FOUND', `${at} is a link that leads elsewhere`, { fix: 'make it a folder of the repository' });
  }
}

/** Throws BRIEF_TOO_LARGE, BRIEF_FRONT_MATTER for what is no brief. */
export function requireBrief(document: vscode.TextDocument): void {
  if (document.getText().length > 4 * MOST_BYTES)
    fail('BRIEF_TOO_LARGE', `${document.fileName} is no brief of any size`);
  if (document.uri.scheme === 'file' && looksLikeBrief(document.getText())) return;
  fail('BRIEF_FRONT_MATTER', `${document.fileName} is no brief in a file`, {
    fix: 'open a Markdown file whose front matter has `countersign: 1`',
  });
}
