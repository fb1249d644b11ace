/** One item: how many tasks wait for a person and how many are at work. Hidden when there is nothing to say. */
import * as vscode from 'vscode';
import { statusOf } from './statusWords';
import type { TaskList } from './taskList';
import { TASKS_VIEW } from './taskView';

/** Makes the item and keeps it up to date until what it returns is disposed. */
export function showStatus(list: TaskList): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('countersign.waiting', vscode.StatusBarAlignment.Left);
  item.name = 'Countersign';
  item.command = `${TASKS_VIEW}.focus`;
  const update = () => {
    const status = statusOf(list.tasks, vscode.l10n.t);
    if (status === null) return item.hide();
    item.text = status.text;
    item.tooltip = status.spoken;
    item.backgroundColor = status.alarming ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.accessibilityInformation = { label: status.spoken, role: 'button' };
    item.show();
  };
  return vscode.Disposable.from(item, list.onDidChange(update));
}
