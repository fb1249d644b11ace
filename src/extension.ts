/** Composes the VS Code side; decides nothing. A thin client of the host: closing the window stops no task. */
import * as vscode from 'vscode';
import { registerCommands } from './vscode/commands';
import { DraftAnswers } from './vscode/diff/draftAnswers';
import { registerDiffs } from './vscode/diff/register';
import { RemarksStore } from './vscode/diff/remarksStore';
import { watchForBriefs } from './vscode/handOff';
import { HostLink } from './vscode/hostLink';
import { Reporting } from './vscode/reporting';
import { ReviewPanels } from './vscode/review/reviewPanels';
import { TaskDocuments } from './vscode/taskDocuments';
import { type LoadWire, TaskRecords } from './vscode/taskRecords';
import { showStatus } from './vscode/tasks/statusBar';
import { TaskList } from './vscode/tasks/taskList';
import { TaskTree } from './vscode/tasks/taskTree';

/** Opens the packet and the transcript as documents. */
const PACKET_SCHEME = 'countersign-packet';
const TRANSCRIPT_SCHEME = 'countersign-transcript';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Countersign', { log: true });
  // A bundle of its own: whoever only opens the editor does not load it.
  const wire: LoadWire = () => import('./vscode/late/wire');
  const link = new HostLink(
    async (start) => {
      const [{ dialHost }, { openStateDirectory }] = await Promise.all([wire(), import('./node/store/stateDirectory')]);
      const program = { execPath: process.execPath, args: [context.asAbsolutePath('dist/host.js')] };
      const connection = await dialHost(await openStateDirectory(), program, start);
      log.info(connection === null ? 'no host runs' : `connected to host ${connection.host.pid}`);
      return connection;
    },
    () => vscode.workspace.isTrusted,
  );
  const list = new TaskList(link, log);
  const records = new TaskRecords(link, wire);
  const panels = new ReviewPanels(link, { records, wire, extension: context.extensionUri });
  const packets = new TaskDocuments(PACKET_SCHEME, 'Packet.md', link, (id) => records.markdown(id));
  const transcripts = new TaskDocuments(TRANSCRIPT_SCHEME, 'Transcript.txt', link, (id) => records.transcript(id));
  const surfaces = { link, list, records, panels, packets, transcripts, log };
  const remarks = new RemarksStore(context.globalState);
  const answers = new DraftAnswers(context.globalState);
  const reporting = new Reporting(log);
  const refresh = () => void list.refresh();
  context.subscriptions.push(
    ...[log, link, list, panels, packets, transcripts],
    new TaskTree(list),
    showStatus(list),
    watchForBriefs(),
    list.onDidChange(() => void vscode.commands.executeCommand('setContext', 'countersign.list', list.state)),
    registerCommands(surfaces, reporting),
    ...[remarks, answers],
    registerDiffs({ link, records, remarks, answers, memento: context.workspaceState, log }, list, reporting),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
  // What waits for a person is counted without the view being opened: where there is something to count.
  if (vscode.workspace.workspaceFolders !== undefined) refresh();
}
