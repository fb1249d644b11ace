/** Asks before anything is done: a sign-off is one of the two things that the editor asks about in a dialog. */
import * as vscode from 'vscode';
import type { Packet } from '../../core/review/packetSchema';
import { visible } from '../../core/visible';
import { type Going, type Outset, sentenceOf } from './request';

export async function confirmed(packet: Packet, outset: Outset, going: Going): Promise<boolean> {
  const go = outset === 'sign' ? vscode.l10n.t('Sign Off and Create') : vscode.l10n.t('Create Pull Request');
  const detail = vscode.l10n.t(
    '{0}. Your working tree and your other branches stay as they are. The packet becomes the text of the pull request, for everybody who can read the repository.',
    visible(packet.title),
  );
  const sentence = sentenceOf(packet, outset, going, vscode.l10n.t);
  return (await vscode.window.showWarningMessage(sentence, { modal: true, detail }, go)) === go;
}
