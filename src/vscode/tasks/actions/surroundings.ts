/** What the actions on tasks are given. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../../core/task/summary';
import type { HostLink } from '../../hostLink';
import type { TaskDocuments } from '../../taskDocuments';
import type { TaskRecords } from '../../taskRecords';
import type { TaskList } from '../taskList';
import { TASKS_VIEW } from '../taskView';

export { withCancel } from '../../withCancel';

export interface ActionSurroundings {
  readonly link: HostLink;
  readonly list: TaskList;
  readonly records: TaskRecords;
  readonly questions: TaskDocuments;
}

/** Runs what takes a while with a bar at the top of the view. */
export function withBar<T>(title: string, run: () => Promise<T>): Promise<T> {
  return Promise.resolve(vscode.window.withProgress({ location: { viewId: TASKS_VIEW }, title }, run));
}

/**
 * Does something with each of several tasks. One that cannot be done does not keep the others from it.
 *
 * @throws the first failure, when all have had their turn
 */
export async function forEach(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const id of ids) await act(id).catch((thrown: unknown) => failures.push(thrown));
  if (failures.length > 0) throw failures[0];
}

/** A folder of the repository that a task is about; null for a task that is not of this window. */
export function repositoryOf(task: TaskSummary | undefined): string | null {
  return task?.repository.root ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? null;
}

/** A word at the bottom of the window that something was done. */
export function say(text: string): void {
  vscode.window.setStatusBarMessage(vscode.l10n.t('Countersign: {0}', text), 3_000);
}
