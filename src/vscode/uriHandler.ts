/** `vscode://countersign.countersign/task/<id>` opens the review of a task. A link from outside does nothing else. */
import * as vscode from 'vscode';
import { taskOfLink } from './taskLink';

/** @param show opens the review of a task */
export function handleUris(show: (task: string) => void): vscode.Disposable {
  return vscode.window.registerUriHandler({
    handleUri: ({ path }) => {
      const task = taskOfLink(path);
      if (task !== null) show(task);
      else void vscode.window.showInformationMessage(vscode.l10n.t('Countersign: this link names no task.'));
    },
  });
}
