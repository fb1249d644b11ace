/** The commands about drafting, each a few words to the part that knows how, which is loaded with the first of them. */
import * as vscode from 'vscode';
import type { Reporting } from '../reporting';
import type { Drafting } from './drafting';

export function registerDraftingCommands(drafting: () => Promise<Drafting>, reporting: Reporting): vscode.Disposable {
  return vscode.Disposable.from(
    reporting.command('countersign.newBrief', async (template) => (await drafting()).newBrief(template)),
    reporting.command('countersign.newBriefFromSelection', async () => (await drafting()).fromSelection()),
    reporting.command('countersign.newBriefFromTodo', async () => (await drafting()).fromTodo()),
    reporting.command('countersign.newBriefFromDiagnostic', async (uri, pointed) =>
      (await drafting()).fromDiagnostic(uri, pointed),
    ),
    reporting.command('countersign.newBriefFromFailingCheck', async (task, check) =>
      (await drafting()).fromFailingCheck(task, check),
    ),
    reporting.command('countersign.newBriefFromClipboard', async () => (await drafting()).fromClipboard()),
    reporting.command('countersign.addToScope', async (uri, uris) => (await drafting()).addTo('change', uri, uris)),
    reporting.command('countersign.addToAvoid', async (uri, uris) => (await drafting()).addTo('avoid', uri, uris)),
    reporting.command('countersign.saveAsTemplate', async () => (await drafting()).saveAsTemplate()),
    reporting.command('countersign.editBrief', async (uri) => (await drafting()).edit(uri)),
    reporting.command('countersign.handOffBrief', async () => (await drafting()).handOff()),
    reporting.command('countersign.adopt', async (ref, brief) => (await drafting()).adopt(ref, brief)),
    reporting.command('countersign.undoBrief', async () => (await drafting()).undo()),
    reporting.command('countersign.showTrialOutput', async (check) => (await drafting()).showTrialOutput(check)),
  );
}
