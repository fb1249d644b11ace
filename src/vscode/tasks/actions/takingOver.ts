/** Going on with a task by hand: its folder in a window of its own, handed in, or given up. */
import * as vscode from 'vscode';
import { describeUser } from '../../person';
import { plainNotice } from '../../problem';
import { requireTrust } from '../../trust';
import { type ActionSurroundings, repositoryOf, say, withBar, withCancel } from './surroundings';

/** Characters of what is said of a turn: the contract takes no more. */
const MOST_SAID = 4_000;

/** Opens the folder, which is made when nobody has the task yet. */
export async function takeOver(id: string, { link, list }: ActionSurroundings): Promise<void> {
  requireTrust(vscode.l10n.t('taking over writes files on this machine, and this workspace is not trusted'));
  const by = await describeUser(link, repositoryOf(list.find(id)) ?? '.');
  const making = link.request('task/take-over', { id, by });
  const made = await withCancel(vscode.l10n.t('Making a clean folder'), making);
  if (made === null) return;
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(made.path), { forceNewWindow: true });
}

/** Takes what is in the folder to review, with a few words for the record. */
export async function handIn(id: string, { link, list }: ActionSurroundings): Promise<void> {
  requireTrust(vscode.l10n.t('a task runs commands, and this workspace is not trusted'));
  const message = await vscode.window.showInputBox({
    title: vscode.l10n.t('Check My Changes'),
    prompt: vscode.l10n.t('What did you change? It is kept with the task; it may be empty.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.length > MOST_SAID ? vscode.l10n.t('At most {0} characters.', MOST_SAID) : null),
  });
  if (message === undefined) return;
  const by = await describeUser(link, repositoryOf(list.find(id)) ?? '.');
  const said = message.trim() === '' ? {} : { message: message.trim() };
  await withBar(vscode.l10n.t('Handing in'), () => link.request('task/hand-in', { id, by, ...said }));
  say(vscode.l10n.t('your changes are checked'));
}

/** Asks what becomes of the folder: what was changed in it is lost only on a person's word. */
export async function giveUp(id: string, { link, list }: ActionSurroundings): Promise<void> {
  const keep = vscode.l10n.t('Give Up');
  const discard = vscode.l10n.t('Give Up and Delete the Folder');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Give the work by hand up?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The task stays as it was. What you changed in the folder stays there, unless it is deleted.',
      ),
    },
    keep,
    discard,
  );
  if (chosen === undefined) return;
  const by = await describeUser(link, repositoryOf(list.find(id)) ?? '.');
  const { path, kept } = await link.request('task/give-up', { id, by, discard: chosen === discard });
  if (!kept) return say(vscode.l10n.t('given up'));
  // Nobody waits for what is said here.
  void vscode.window.showInformationMessage(
    plainNotice(vscode.l10n.t('Countersign: your changes are still in {0}', path)),
  );
}
