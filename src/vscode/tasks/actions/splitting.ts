/** Splitting a result: which files go, and the draft of a brief for them. */
import * as vscode from 'vscode';
import { visible } from '../../../core/visible';
import { describeUser } from '../../person';
import { requireTrust } from '../../trust';
import { type ActionSurroundings, repositoryOf, say, withBar } from './surroundings';

/** Asks which of the changed files go, says what that does, and opens the draft; nothing is handed off. */
export async function split(id: string, { link, list }: ActionSurroundings): Promise<void> {
  requireTrust(vscode.l10n.t('a task runs commands, and this workspace is not trusted'));
  const { changes } = await link.request('task/changes', { id });
  const items = changes.map(({ status, path, insertions, deletions }) => ({
    label: visible(path),
    description: insertions === null ? status : `${status} +${insertions} −${deletions ?? 0}`,
    path,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Split Off'),
    placeHolder: vscode.l10n.t('Choose the files that go; the others stay in the task'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined || picked.length === 0) return;
  const planned = await link.request('task/preview-split', { id, paths: picked.map(({ path }) => path) });
  const action = vscode.l10n.t('Split Off');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Split {0} paths off?', planned.paths.length),
    {
      modal: true,
      detail: vscode.l10n.t(
        'They go back to the base in this task, which is checked and judged anew. What was done there is kept in commit {0}; a draft of a brief for it opens.',
        planned.commit.slice(0, 10),
      ),
    },
    action,
  );
  if (chosen !== action) return;
  const by = await describeUser(link, repositoryOf(list.find(id)) ?? '.');
  // The draft first: what goes is then never without one.
  const draft = await vscode.workspace.openTextDocument({ language: 'markdown', content: planned.brief });
  await vscode.window.showTextDocument(draft);
  const { paths, commit } = planned;
  await withBar(vscode.l10n.t('Splitting'), () => link.request('task/split', { id, paths: [...paths], commit, by }));
  say(vscode.l10n.t('split; save the draft where your briefs are'));
}
