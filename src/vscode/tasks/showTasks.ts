/** Composes everything that shows tasks outside the review: tree, status bar, documents, notifications, commands. */
import * as vscode from 'vscode';
import { visibleText } from '../../core/visible';
import type { HostLink } from '../hostLink';
import type { Reporting } from '../reporting';
import { BRIEF_SCHEME, TaskDocuments, taskOfDocument } from '../taskDocuments';
import type { LoadWire, TaskRecords } from '../taskRecords';
import { Follower } from '../transcript/follower';
import { TranscriptLinks } from '../transcript/transcriptLinks';
import { TranscriptReader } from '../transcript/transcriptReader';
import { Attendance } from './attendance';
import { registerTaskCommands } from './commands';
import { isAtWork } from './groups';
import { Notifier } from './notifier';
import { showStatus } from './statusBar';
import type { TaskList } from './taskList';
import { TaskTree } from './taskTree';
import { keepWelcome } from './welcome';

const PACKET = 'countersign-packet';
const TRANSCRIPT = 'countersign-transcript';
const QUESTION = 'countersign-question';

/** Where the tasks come from. */
export interface TaskSources {
  readonly link: HostLink;
  readonly list: TaskList;
  readonly records: TaskRecords;
  readonly wire: LoadWire;
}

export function showTasks(
  { link, list, records, wire }: TaskSources,
  reporting: Reporting,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const tree = new TaskTree(list);
  const reader = new TranscriptReader(link, wire);
  const packets = new TaskDocuments(PACKET, 'Packet.md', link, (id) => records.markdown(id));
  const briefs = new TaskDocuments(BRIEF_SCHEME, 'Brief.md', link, (id) => records.brief(id));
  const questions = new TaskDocuments(QUESTION, 'Question.txt', link, async (id) => questionText(list, id));
  const transcripts = new TaskDocuments(TRANSCRIPT, 'Transcript.txt', link, (id) => reader.text(id));
  const surfaces = { link, list, records, tree, packets, transcripts, briefs, questions };
  return vscode.Disposable.from(
    ...[tree, packets, briefs, questions, transcripts],
    // Events are rare while an agent talks: its signs of life are what a transcript grows by.
    link.on('task/alive', ({ id }) => transcripts.touch(id)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === TRANSCRIPT) reader.forget(taskOfDocument(uri));
    }),
    new TranscriptLinks(TRANSCRIPT, link, wire),
    new Follower(TRANSCRIPT),
    new Notifier(link, list, log),
    showStatus(list),
    keepWelcome(list, link, log),
    attend(link, list, log),
    registerTaskCommands(surfaces, reporting),
  );
}

/** Tells the host of each task at work that somebody is here to answer. */
function attend(link: HostLink, list: TaskList, log: vscode.LogOutputChannel): vscode.Disposable {
  const attendance = new Attendance(link, {
    mayAnswer: () => vscode.workspace.isTrusted,
    failed: (thrown) => log.warn(`the host does not know that somebody is here: ${String(thrown)}`),
  });
  const update = () => attendance.attend(list.tasks.filter(isAtWork).map(({ id }) => id));
  return vscode.Disposable.from(attendance, list.onDidChange(update));
}

function questionText(list: TaskList, id: string): string {
  const question = list.find(id)?.question;
  if (!question) return `${vscode.l10n.t('The task asks for nothing now.')}\n`;
  const boundary = question.boundary === null ? '' : `\n\n${vscode.l10n.t('Boundary: {0}', question.boundary)}`;
  return `${visibleText(question.what)}${visibleText(boundary)}\n`;
}
