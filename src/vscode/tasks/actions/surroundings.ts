/** What the actions on tasks are given. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../../core/task/summary';
import type { HostLink } from '../../hostLink';
import type { TaskDocuments } from '../../taskDocuments';
import type { TaskRecords } from '../../taskRecords';
import type { TaskList } from '../taskList';
import { TASKS_VIEW } from '../taskView';

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

/** Milliseconds before a wait is worth a notification. */
const SHORT_MS = 500;
const SECOND_MS = 1_000;

/**
 * Waits for something that only reads, or that does no harm when nobody takes it: with the time that has passed, and a
 * Cancel that ends the waiting.
 *
 * @returns null when it was cancelled
 */
export async function withCancel<T extends object>(title: string, wanted: Promise<T>): Promise<T | null> {
  const begun = performance.now();
  const soon = await Promise.race([wanted, pause(SHORT_MS)]);
  if (soon !== null) return soon;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const tell = () => {
      progress.report({ message: vscode.l10n.t('{0} s', Math.round((performance.now() - begun) / SECOND_MS)) });
    };
    const tick = setInterval(tell, SECOND_MS);
    const cancelled = new Promise<null>((resolve) => token.onCancellationRequested(() => resolve(null)));
    // Nobody waits any more for what fails later.
    wanted.catch(() => undefined);
    return Promise.race([wanted, cancelled]).finally(() => clearInterval(tick));
  });
}

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
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
