/** Looking at a task from elsewhere: its clean checkout in a window of its own, its words on the clipboard. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../../core/task/summary';
import { requireTrust } from '../../trust';
import { type ActionSurroundings, say, withCancel } from './surroundings';

/** Opens the newest snapshot, never the agent's folder. */
export async function openCheckout(id: string, { link }: ActionSurroundings): Promise<void> {
  requireTrust(vscode.l10n.t('a checkout writes files on this machine, and this workspace is not trusted'));
  // One that nobody opens goes with the task's folders.
  const made = await withCancel(vscode.l10n.t('Making a clean checkout'), link.request('task/checkout', { id }));
  if (made === null) return;
  const { path } = made;
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(path), { forceNewWindow: true });
}

export async function copyMarkdown(ids: readonly string[], { records }: ActionSurroundings): Promise<void> {
  const packets: string[] = [];
  for (const id of ids) packets.push(await records.markdown(id));
  await copy(packets.join('\n'));
}

export async function copyFact(
  ids: readonly string[],
  fact: (task: TaskSummary) => string,
  { list }: ActionSurroundings,
): Promise<void> {
  const tasks = ids.flatMap((id) => list.find(id) ?? []);
  if (tasks.length > 0) await copy(tasks.map(fact).join('\n'));
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  say(vscode.l10n.t('copied'));
}
