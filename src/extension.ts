/** Composes the VS Code side; decides nothing. A thin client of the host: closing the window stops no task. */
import * as vscode from 'vscode';
import { AgentSettings } from './vscode/agentSettings';
import { registerBrief } from './vscode/brief/registerBrief';
import { registerCommands } from './vscode/commands';
import { registerDiffs } from './vscode/diff/register';
import { RemarksStore } from './vscode/diff/remarksStore';
import { watchForBriefs } from './vscode/handOff';
import { HostLink } from './vscode/hostLink';
import { quietMarkdown } from './vscode/quietMarkdown';
import { Reporting } from './vscode/reporting';
import { registerReview } from './vscode/review/commands';
import { ReviewDrafts } from './vscode/review/reviewDrafts';
import { registerStats } from './vscode/stats/showStats';
import { type LoadWire, TaskRecords } from './vscode/taskRecords';
import { showTasks } from './vscode/tasks/showTasks';
import { TaskList } from './vscode/tasks/taskList';
import { handleUris } from './vscode/uriHandler';

/** Remembers of a workspace that it had tasks: then a host is started to count what waits, and else only looked for. */
const HAD_TASKS = 'countersign.hadTasks';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Countersign', { log: true });
  // A bundle of its own: whoever only opens the editor does not load it.
  const wire: LoadWire = () => import('./vscode/late/wire');
  const link = new HostLink(
    async (start) => {
      if (!start && !(await (await import('./vscode/late/presence')).hostMayRun())) return null;
      const { dialHost } = await wire();
      const program = { execPath: process.execPath, args: [context.asAbsolutePath('dist/host.js')] };
      const connection = await dialHost(program, start);
      log.info(connection === null ? 'no host runs' : `connected to host ${connection.host.pid}`);
      return connection;
    },
    () => vscode.workspace.isTrusted,
  );
  const list = new TaskList(link, log);
  const refresh = () => void list.refresh();
  const reporting = new Reporting(log, refresh);
  const records = new TaskRecords(link, wire);
  const remarks = new RemarksStore(context.globalState);
  const drafts = new ReviewDrafts(context.globalState);
  const around = { link, records, remarks, answers: drafts, memento: context.workspaceState, log };
  context.subscriptions.push(
    ...[log, link, list, remarks],
    watchForBriefs(),
    quietMarkdown(),
    showTasks({ link, list, records, wire }, reporting, log),
    registerCommands({ link, list, log }, reporting),
    registerDiffs(around, list, reporting),
    registerReview(
      context,
      { link, list, records, drafts, remarks },
      reporting,
      () => import('./vscode/late/reviewing'),
    ),
    registerBrief(context, { link, log, reporting }),
    registerStats(context.extensionUri, link, reporting),
    handleUris((task) => void vscode.commands.executeCommand('countersign.openReview', task)),
    new AgentSettings(link, context.globalState, log),
    list.onDidChange(() => {
      const had = list.tasks.length > 0;
      if (had && !context.workspaceState.get(HAD_TASKS, false)) void context.workspaceState.update(HAD_TASKS, true);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void list.reopen()),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
  // What waits for a person is counted without the view being opened: where there is something to count.
  if (vscode.workspace.workspaceFolders !== undefined) void list.refresh(context.workspaceState.get(HAD_TASKS, false));
}
