/** One item: how many tasks wait for a person. Hidden when none does. */
import * as vscode from 'vscode';
import { waitingTasks } from './groups';
import { waitingWords } from './labels';
import type { TaskList } from './taskList';
import { TASKS_VIEW } from './taskTree';

/** Makes the item and keeps it up to date until what it returns is disposed. */
export function showStatus(list: TaskList): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('countersign.waiting', vscode.StatusBarAlignment.Left);
  item.name = 'Countersign';
  item.command = `${TASKS_VIEW}.focus`;
  const update = () => {
    const waiting = waitingTasks(list.tasks).length;
    if (waiting === 0) return item.hide();
    const words = waitingWords(list.tasks, vscode.l10n.t);
    item.text = `$(checklist) ${vscode.l10n.t('{0} to review', waiting)}`;
    item.tooltip = vscode.l10n.t('Countersign: {0}', words);
    item.accessibilityInformation = { label: vscode.l10n.t('Countersign: {0}', words), role: 'button' };
    item.show();
  };
  return vscode.Disposable.from(item, list.onDidChange(update));
}
