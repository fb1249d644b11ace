/** Which task a command is about: the one it was called on, or one that the person picks. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../core/task/summary';
import { labelOf } from './labels';
import type { TaskList } from './taskList';

export interface NamedTask {
  readonly id: string;
}

/**
 * @param called what the command was called with: an id, a node of the tree, or nothing (from the palette)
 * @param fits   which tasks are offered
 * @returns null when nothing was picked
 */
export async function pickTask(
  called: unknown,
  list: TaskList,
  fits: (task: TaskSummary) => boolean = () => true,
): Promise<NamedTask | null> {
  if (typeof called === 'string') return { id: called };
  const node = called as { readonly task?: TaskSummary } | null | undefined;
  if (typeof node?.task?.id === 'string') return { id: node.task.id };
  await list.refresh();
  const tasks = list.tasks.filter(fits);
  if (tasks.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no task that this could be done with.'));
    return null;
  }
  const now = Date.now();
  const picked = await vscode.window.showQuickPick(
    tasks.map((task) => {
      const { label, description } = labelOf(task, now, true, vscode.l10n.t);
      return { label: label.replaceAll('$(', '$ ('), description: description.replaceAll('$(', '$ ('), id: task.id };
    }),
    { placeHolder: vscode.l10n.t('Choose a task'), matchOnDescription: true },
  );
  return picked ?? null;
}
