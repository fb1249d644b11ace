/** Everything around the native diffs, composed: it is loaded when the first of them is opened, or comes back. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { visible } from '../../core/visible';
import type { HostLink } from '../hostLink';
import { problemOf } from '../problem';
import type { TaskRecords } from '../taskRecords';
import type { Translate } from '../translate';
import { Attention } from './attention';
import type { Called } from './calledWith';
import { ChangesTabs } from './changesTabs';
import { FileMarks } from './fileMarks';
import type { FindingAnswers } from './findingAnswers';
import { findingSpots, neighbour } from './findingSpots';
import { FindingThreads } from './findingThreads';
import { openAllChanges, openFileDiff } from './openChanges';
import type { RemarksStore } from './remarksStore';
import { RemarkThreads } from './remarkThreads';
import { placeOf } from './snapshotPlace';
import { TaskResults } from './taskResults';

/** What the diffs need around them. */
export interface DiffSurroundings {
  readonly link: HostLink;
  readonly records: TaskRecords;
  readonly remarks: RemarksStore;
  readonly answers: FindingAnswers;
  /** Of the workspace: what is open. */
  readonly memento: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

interface Position {
  readonly task: string;
  readonly path: string;
  /** 0-based. */
  readonly line: number;
}

/** Longest reason that a sign-off takes, in UTF-16 units. */
const LONGEST_REASON = 4_000;

export class Diffing implements vscode.Disposable {
  readonly #around: DiffSurroundings;
  readonly #results: TaskResults;
  readonly #tabs: ChangesTabs;
  readonly #findings: FindingThreads;
  readonly #attention = new Attention();
  readonly #owned: readonly { dispose(): void }[];
  /** Where the last file was opened. VS Code does not tell extensions what a diff of pictures shows. */
  #last: Position | null = null;
  readonly remarks: RemarkThreads;

  constructor(around: DiffSurroundings) {
    this.#around = around;
    const { link, records, remarks, answers, memento } = around;
    const controller = vscode.comments.createCommentController('countersign', 'Countersign');
    this.#results = new TaskResults(link, records);
    this.#tabs = new ChangesTabs(memento);
    this.#findings = new FindingThreads(controller, this.#results, answers);
    this.remarks = new RemarkThreads(controller, this.#results, remarks);
    const changed = (task: string) => {
      if (this.#attention.has(task)) this.#show(task);
    };
    this.#owned = [
      ...[this.#results, this.#tabs, this.#findings, this.remarks, this.#attention, controller],
      new FileMarks(this.#results),
      this.#results.onDidChange(changed),
      remarks.onDidChange(changed),
      answers.onDidChange(changed),
      this.#attention.onDidBegin((task) => this.#show(task)),
      this.#attention.onDidEnd((task) => this.#hide(task)),
    ];
    for (const task of this.#attention.tasks) this.#show(task);
  }

  async openAll(task: string, { from }: Called): Promise<void> {
    const title = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Opening the changes') },
      () => openAllChanges(this.#results, task, from),
    );
    if (title !== null) await this.#tabs.remember(title, task);
    else void vscode.window.showInformationMessage(vscode.l10n.t('There are no changes to show.'));
  }

  /** Throws FILE_NOT_FOUND when the task has no such file. */
  async openFile(task: string, { path, line, from, finding }: Called): Promise<void> {
    if (path === null) return this.openAll(task, { task, path, line, from, finding });
    if (finding !== null) {
      // The editor unfolds what it is told to before it shows the file.
      await this.#findings.show(task);
      this.#findings.expand(task, finding, path);
    }
    await openFileDiff(this.#results, task, { path, line, from });
    this.#last = { task, path, line: (line ?? 1) - 1 };
  }

  /** Opens the next finding's place, or the one before; of the task whose file, or whose changes, are in front. */
  async step(step: 1 | -1): Promise<void> {
    const task = this.taskInFront(undefined);
    if (task === null) return;
    const [packet, { changes, to }] = await Promise.all([
      this.#results.packet(task),
      this.#results.changes(task, 'base'),
    ]);
    const spots = findingSpots(packet, changes, { from: 'base', to });
    const found = neighbour(spots, changes, this.#cursorIn(task), step);
    if (found === null) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('Countersign: no finding is about a file'), 3_000);
      return;
    }
    const { finding, place, line } = found;
    await this.openFile(task, { task, path: place.path, line: line + 1, from: 'base', finding: finding.id });
  }

  /** The task of a thread, of a document, or of what is in front; null when that is none of ours. */
  taskInFront(called: unknown): string | null {
    const given = (called as { readonly uri?: unknown } | null | undefined)?.uri ?? called;
    const uris = [given, vscode.window.activeTextEditor?.document.uri, ...urisOfTab()];
    for (const uri of uris) {
      const place = uri instanceof vscode.Uri ? placeOf(uri) : null;
      if (place !== null) return place.task;
    }
    return this.#tabs.task ?? this.#unseen()?.task ?? null;
  }

  /** Asks why, and keeps the answer as a draft: nothing is recorded before the sign-off. */
  async accept(thread: unknown): Promise<void> {
    const { task, finding } = this.#subject(thread);
    const { answers } = this.#around;
    const tree = await this.#treeOf(task);
    const reason = await vscode.window.showInputBox({
      title: vscode.l10n.t('Accept {0}', visible(finding.rule)),
      prompt: acceptPrompt(finding.places.length, vscode.l10n.t),
      value: answers.answerOf(task, finding).reason ?? '',
      ignoreFocusOut: true,
      validateInput: (text) => {
        if (text.trim() === '') return vscode.l10n.t('A reason is needed.');
        return text.length <= LONGEST_REASON ? null : vscode.l10n.t('At most {0} characters.', LONGEST_REASON);
      },
    });
    if (reason !== undefined) await answers.accept(task, finding, reason.trim(), tree);
  }

  async takeBack(thread: unknown): Promise<void> {
    const { task, finding } = this.#subject(thread);
    await this.#around.answers.accept(task, finding, null, await this.#treeOf(task));
  }

  async include(thread: unknown, on: boolean): Promise<void> {
    const { task, finding } = this.#subject(thread);
    await this.#around.answers.include(task, finding.id, on);
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  /** Where the person is in a file of the task; null when in none. */
  #cursorIn(task: string): Position | null {
    const editor = vscode.window.activeTextEditor;
    const place = editor === undefined ? null : placeOf(editor.document.uri);
    const cursor =
      editor === undefined || place === null
        ? this.#unseen()
        : { task: place.task, path: place.path, line: editor.selection.active.line };
    return cursor?.task === task ? cursor : null;
  }

  /** The last file, while a tab is in front that says nothing of what it shows. */
  #unseen(): Position | null {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab !== undefined && tab.input === undefined && this.#tabs.task === null ? this.#last : null;
  }

  async #treeOf(task: string): Promise<string> {
    return (await this.#results.packet(task)).snapshot?.tree ?? '';
  }

  #subject(thread: unknown) {
    const subject = this.#findings.subjectOf(thread as vscode.CommentThread);
    return subject ?? fail('USAGE', 'this is about a finding', { fix: 'use it in the thread of a finding' });
  }

  #show(task: string): void {
    Promise.all([this.#findings.show(task), this.remarks.show(task)]).catch((thrown) => {
      // Threads are shown beside what the person asked for; whatever keeps them away is told there, and here.
      const { code, message } = problemOf(thrown);
      this.#around.log.warn(`no comment threads of ${task}: ${code}: ${message}`);
    });
  }

  #hide(task: string): void {
    this.#findings.hide(task);
    this.remarks.hide(task);
  }
}

function acceptPrompt(places: number, t: Translate): string {
  if (places > 1) {
    return t('Why is this fine at all {0} places? The reason becomes part of the record when you sign off.', places);
  }
  return t('Why is this fine? The reason becomes part of the record when you sign off.');
}

function urisOfTab(): readonly vscode.Uri[] {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return [input.modified, input.original];
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return [input.uri];
  return [];
}
