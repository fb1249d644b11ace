/** The commands of the shell; those of each surface are registered by its own file. */
import * as vscode from 'vscode';
import { handOffActiveBrief } from './handOff';
import type { HostLink } from './hostLink';
import type { Reporting } from './reporting';
import type { TaskList } from './tasks/taskList';
import { TASKS_VIEW } from './tasks/taskView';

/** What the commands speak to. */
export interface Shell {
  readonly link: HostLink;
  readonly list: TaskList;
  readonly log: vscode.LogOutputChannel;
}

export function registerCommands({ link, list, log }: Shell, reporting: Reporting): vscode.Disposable {
  return vscode.Disposable.from(
    reporting.command('countersign.refresh', () => list.refresh()),
    reporting.command('countersign.handOff', async () => {
      const id = await handOffActiveBrief(link);
      log.info(`handed off as ${id}`);
      await vscode.commands.executeCommand(`${TASKS_VIEW}.focus`);
    }),
    reporting.command('countersign.showLog', async () => log.show()),
    reporting.command('countersign.openSettings', async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:countersign.countersign');
    }),
  );
}
