/** The commands of the review: they open its page, or what stands behind a number of it. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../core/task/summary';
import type { HostLink } from '../hostLink';
import { describeUser } from '../person';
import type { Reporting } from '../reporting';
import type { TaskRecords } from '../taskRecords';
import { pickTask } from '../tasks/pickTask';
import type { TaskList } from '../tasks/taskList';
import { CheckLogs, type NamedCheck } from './checkLogs';
import type { RemarkSource } from './ports';
import type { ReviewDrafts } from './reviewDrafts';
import { ReviewPanels } from './reviewPanels';
import type { LoadReviewing } from './surroundings';

/** What the review speaks to. */
export interface ReviewNeeds {
  readonly link: HostLink;
  readonly list: TaskList;
  readonly records: TaskRecords;
  readonly drafts: ReviewDrafts;
  readonly remarks: RemarkSource & { onDidChange(listener: (task: string) => void): vscode.Disposable };
}

/** Registers the review tabs and their commands until what it returns is disposed. */
export function registerReview(
  context: vscode.ExtensionContext,
  { link, list, records, drafts, remarks }: ReviewNeeds,
  reporting: Reporting,
  load: LoadReviewing,
): vscode.Disposable {
  const host = {
    get live() {
      return link.connected;
    },
    packet: (id: string) => records.packet(id),
    request: link.request.bind(link),
    person: (id: string) => describeUser(link, list.find(id)?.repository.root),
  };
  const panels = new ReviewPanels(link, {
    load,
    sources: { host, drafts, remarks },
    extension: context.extensionUri,
  });
  const logs = new CheckLogs(link);
  const about = (name: string, act: (id: string) => unknown, fits?: Parameters<typeof pickTask>[2]) =>
    reporting.command(name, async (called) => {
      const task = await pickTask(idIn(called), list, fits);
      if (task !== null) await act(task.id);
    });
  return vscode.Disposable.from(
    ...[panels, logs],
    list.onDidChange(() => panels.relist((task) => list.find(task) !== undefined)),
    drafts.onDidChange((task) => panels.redraft(task)),
    remarks.onDidChange((task) => panels.remark(task)),
    about('countersign.openReview', (id) => panels.show(id)),
    about('countersign.requestCorrection', (id) => panels.show(id, 'correction'), inState('ready')),
    about('countersign.signOff', (id) => panels.show(id, 'signoff'), inState('ready', 'signed')),
    reporting.command('countersign.showCheckLog', async (called) => {
      const named = await pickCheck(called, list, records);
      if (named !== null) await logs.show(named);
    }),
  );
}

/** Tasks in one of these states are offered. */
function inState(...states: readonly TaskSummary['state'][]): (task: TaskSummary) => boolean {
  return ({ state }) => states.includes(state);
}

/** Others call with `{ task: id }`, the tree with its node, the palette with nothing. */
function idIn(called: unknown): unknown {
  const task = (called as { readonly task?: unknown } | null | undefined)?.task;
  return typeof task === 'string' ? task : called;
}

async function pickCheck(called: unknown, list: TaskList, records: TaskRecords): Promise<NamedCheck | null> {
  const check = (called as { readonly check?: unknown } | null | undefined)?.check;
  const task = await pickTask(idIn(called), list);
  if (task === null) return null;
  if (typeof check === 'string') return { task: task.id, check };
  const { checks } = await records.packet(task.id);
  const logged = checks.filter(({ log }) => log !== null).map(({ name }) => name);
  const picked = await vscode.window.showQuickPick(logged, { placeHolder: vscode.l10n.t('Choose a check') });
  return picked === undefined ? null : { task: task.id, check: picked };
}
