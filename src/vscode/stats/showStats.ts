/** The command that shows the statistics: one tab, which is loaded with the first call. */
import * as vscode from 'vscode';
import type { HostLink } from '../hostLink';
import type { StatsPanel } from '../late/statistics';
import type { Reporting } from '../reporting';

export function registerStats(extension: vscode.Uri, link: HostLink, reporting: Reporting): vscode.Disposable {
  let panel: StatsPanel | null = null;
  const closed = () => {
    panel = null;
  };
  return vscode.Disposable.from(
    reporting.command('countersign.showStatistics', async () => {
      const { StatsPanel } = await import('../late/statistics');
      if (panel === null) panel = new StatsPanel(link, extension, closed);
      else panel.reveal();
    }),
    new vscode.Disposable(() => panel?.dispose()),
  );
}
