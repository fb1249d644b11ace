/** Shows one notification, with the one action that fits and a way to have no more of them. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../../core/task/summary';
import { plainNotice } from '../../problem';
import { announcement } from '../announcement';
import { NOTIFICATIONS, type Notice, type Occasion, SECTION } from '../notices';
import { TASKS_VIEW } from '../taskView';
import { runNotifyCommand } from './notifyCommand';

/** @param warn told, in a sentence for the log, when the user's own program could not be run */
export async function announce(
  notices: readonly Notice[],
  tasks: readonly TaskSummary[],
  warn: (why: string) => void,
): Promise<void> {
  const said = announcement(notices, tasks, vscode.l10n.t);
  if (said === null) return;
  runNotifyCommand(vscode.workspace.getConfiguration(SECTION).get<unknown>('notifyCommand'), said.text, warn);
  const { text, about, serious } = said;
  const action = about === null ? vscode.l10n.t('Show Tasks') : actionWords(about.occasion);
  const never = vscode.l10n.t("Don't Show Again");
  const notify = serious ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await notify(plainNotice(vscode.l10n.t('Countersign: {0}', text)), action, never);
  if (chosen === never) {
    await vscode.workspace.getConfiguration(SECTION).update(NOTIFICATIONS, 'off', vscode.ConfigurationTarget.Global);
  } else if (chosen === action) {
    if (about === null) await vscode.commands.executeCommand(`${TASKS_VIEW}.focus`);
    else await vscode.commands.executeCommand(commandOf(about.occasion), about.id);
  }
}

function actionWords(occasion: Occasion): string {
  switch (occasion) {
    case 'asks':
      return vscode.l10n.t('Answer');
    case 'ready':
      return vscode.l10n.t('Review');
    case 'failed':
      return vscode.l10n.t('Show Transcript');
  }
}

function commandOf(occasion: Occasion): string {
  switch (occasion) {
    case 'asks':
      return 'countersign.answer';
    case 'ready':
      return 'countersign.openReview';
    case 'failed':
      return 'countersign.showTranscript';
  }
}
