/** Composes the drafting side: the view, its commands and the quick fix. What does the work is loaded when it is used. */
import * as vscode from 'vscode';
import type { HostLink } from '../hostLink';
import type { Reporting } from '../reporting';
import { registerDraftingCommands } from './commands';
import { DiagnosticActions } from './diagnosticActions';
import type { Drafting } from './drafting';

/** What drafting is given by the extension. */
export interface BriefSurroundings {
  readonly link: HostLink;
  readonly log: vscode.LogOutputChannel;
  readonly reporting: Reporting;
}

export function registerBrief(
  { extensionUri, workspaceState }: vscode.ExtensionContext,
  { link, log, reporting }: BriefSurroundings,
): vscode.Disposable {
  let loaded: Promise<Drafting> | null = null;
  const drafting = () => {
    loaded ??= import('../late/drafting').then(
      (late) => new late.Drafting(link, { extension: extensionUri, memory: workspaceState, log }),
    );
    return loaded;
  };
  const isComposing = workspaceState.get<{ current?: unknown }>('countersign.draft')?.current != null;
  void vscode.commands.executeCommand('setContext', 'countersign.composing', isComposing);
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider('countersign.brief', {
      resolveWebviewView: async (view) => (await drafting()).attach(view),
    }),
    vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, new DiagnosticActions(), {
      providedCodeActionKinds: DiagnosticActions.kinds,
    }),
    registerDraftingCommands(drafting, reporting),
    { dispose: () => void loaded?.then((one) => one.dispose()) },
  );
}
