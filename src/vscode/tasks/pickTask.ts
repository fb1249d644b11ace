/** Which tasks a command is about: those it was called on, or one that the person picks. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import type { TaskSummary } from '../../core/task/summary';
import { newerFirst } from './groups';
import { labelOf } from './labels';
import type { TaskList } from './taskList';
import { themeIcon } from './treeItem';

export interface NamedTask {
  readonly id: string;
}

/**
 * @param called what the command was called with: an id, a node of the tree or `{ task }`, or nothing (from the palette)
 * @param fits   which tasks are offered
 * @returns null when nothing was picked
 * @throws why the tasks could not be listed, when there is none to offer for that
 */
export async function pickTask(
  called: unknown,
  list: TaskList,
  fits: (task: TaskSummary) => boolean = () => true,
): Promise<NamedTask | null> {
  const named = namedBy(called);
  if (named !== null) return { id: named };
  await list.refresh();
  const tasks = list.tasks.filter(fits);
  if (tasks.length === 0 && list.problem !== null) {
    const { code, message, fix } = list.problem;
    fail(code, message, { fix });
  }
  if (tasks.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no task that this could be done with.'));
    return null;
  }
  const now = Date.now();
  const several = new Set(tasks.map((task) => task.repository.id)).size > 1;
  const newest = tasks.toSorted(newerFirst);
  const picked = await vscode.window.showQuickPick(
    newest.map((task) => {
      const { label, description, icon } = labelOf(task, now, several, vscode.l10n.t);
      return { label: unadorned(label), description: unadorned(description), iconPath: themeIcon(icon), id: task.id };
    }),
    { placeHolder: vscode.l10n.t('Choose a task'), matchOnDescription: true },
  );
  return picked ?? null;
}

/**
 * @param chosen all nodes that are selected, when the command was called on one of several
 * @returns the ids; those of the selection that do not fit are left out; empty when nothing was picked
 */
export async function pickTasks(
  called: unknown,
  chosen: unknown,
  list: TaskList,
  fits: (task: TaskSummary) => boolean,
): Promise<readonly string[]> {
  if (Array.isArray(chosen) && chosen.length > 1) {
    const ids = chosen.map(namedBy).filter((id) => id !== null);
    return [...new Set(ids)].filter((id) => {
      const task = list.find(id);
      return task === undefined || fits(task);
    });
  }
  const task = await pickTask(called, list, fits);
  return task === null ? [] : [task.id];
}

/** Text for a list to pick from, where `$(name)` would become an icon. */
export function unadorned(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/** The id, as it is, in a node of the tree, or in what another part of the extension calls with. */
function namedBy(called: unknown): string | null {
  if (typeof called === 'string') return called;
  const task = (called as { readonly task?: unknown } | null | undefined)?.task;
  const id = (task as { readonly id?: unknown } | null | undefined)?.id ?? task;
  return typeof id === 'string' ? id : null;
}
