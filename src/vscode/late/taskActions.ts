/** What is done about tasks when a person asks for it: a bundle of its own, loaded with the first such command. */

import * as vscode from 'vscode';
import type { ActionSurroundings } from '../tasks/actions/surroundings';
import { forEach, withBar } from '../tasks/actions/surroundings';
import { requireTrust } from '../trust';

export { showAgents } from '../tasks/actions/agents';
export { announce } from '../tasks/actions/announce';
export { answer, refuse } from '../tasks/actions/answer';
export { archive, reject, remove, restore } from '../tasks/actions/deciding';
export { copyFact, copyMarkdown, openCheckout } from '../tasks/actions/looking';
export { askForReview } from '../tasks/actions/secondOpinion';
export { split } from '../tasks/actions/splitting';
export { giveUp, handIn, takeOver } from '../tasks/actions/takingOver';

export async function stop(ids: readonly string[], { link }: ActionSurroundings): Promise<void> {
  await withBar(vscode.l10n.t('Stopping'), () => forEach(ids, (id) => link.request('task/stop', { id })));
}

/** @param asItStands to review with what was written, instead of on with the work */
export async function resume(ids: readonly string[], asItStands: boolean, { link }: ActionSurroundings): Promise<void> {
  requireTrust(vscode.l10n.t('a task runs commands, and this workspace is not trusted'));
  await withBar(vscode.l10n.t('Resuming'), () => forEach(ids, (id) => link.request('task/resume', { id, asItStands })));
}
