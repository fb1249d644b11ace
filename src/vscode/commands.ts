/** The commands of the palette and the menus, each a few words to the parts that know how. */
import * as vscode from 'vscode';
import { handOffActiveBrief } from './handOff';
import type { HostLink } from './hostLink';
import type { Reporting } from './reporting';
import type { ReviewPanels } from './review/reviewPanels';
import type { TaskDocuments } from './taskDocuments';
import type { TaskRecords } from './taskRecords';
import { isAtWork } from './tasks/groups';
import { pickTask } from './tasks/pickTask';
import type { TaskList } from './tasks/taskList';

/** What the commands speak to. */
export interface Surfaces {
  readonly link: HostLink;
  readonly list: TaskList;
  readonly records: TaskRecords;
  readonly panels: ReviewPanels;
  readonly packets: TaskDocuments;
  readonly transcripts: TaskDocuments;
  readonly log: vscode.LogOutputChannel;
}

export function registerCommands(surfaces: Surfaces, reporting: Reporting): vscode.Disposable {
  const { link, list, records, panels, packets, transcripts, log } = surfaces;
  /** A command about one task, whether it was called on it or from the palette. */
  const about = (name: string, act: (id: string) => unknown, fits?: Parameters<typeof pickTask>[2]) =>
    reporting.command(name, async (called) => {
      const task = await pickTask(called, list, fits);
      if (task !== null) await act(task.id);
    });
  return vscode.Disposable.from(
    reporting.command('countersign.refresh', () => list.refresh()),
    reporting.command('countersign.handOff', async () => {
      const id = await handOffActiveBrief(link);
      log.info(`handed off as ${id}`);
      await vscode.commands.executeCommand('countersign.tasks.focus');
    }),
    about('countersign.openReview', (id) => panels.show(id)),
    about('countersign.showPacket', (id) => packets.show(id)),
    about('countersign.showTranscript', (id) => transcripts.show(id)),
    about('countersign.stop', (id) => link.request('task/stop', { id }), isAtWork),
    about('countersign.copyMarkdown', async (id) => {
      await vscode.env.clipboard.writeText(await records.markdown(id));
      vscode.window.setStatusBarMessage(vscode.l10n.t('Countersign: copied'), 3_000);
    }),
    reporting.command('countersign.showLog', async () => log.show()),
  );
}
