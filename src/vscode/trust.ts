/** What changes something, or grants something, is done in workspaces that somebody trusts. */
import * as vscode from 'vscode';
import { fail } from '../core/errors';

/** @throws CONFIG_INVALID, saying what the workspace must be trusted for */
export function requireTrust(what: string): void {
  if (vscode.workspace.isTrusted) return;
  fail('CONFIG_INVALID', what, { fix: vscode.l10n.t('trust this workspace first') });
}
