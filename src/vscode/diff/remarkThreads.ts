/** The reviewer's own remarks as comment threads on the snapshot's side: written, changed and taken back in place. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Packet } from '../../core/review/packetSchema';
import type { Translate } from '../translate';
import { type KeptRemark, LONGEST_REMARK, MOST_REMARKS, type Standing, standingOf } from './remarks';
import type { RemarksStore } from './remarksStore';
import { uriOf } from './snapshotFiles';
import { placeOf } from './snapshotPlace';
import type { TaskResults } from './taskResults';

/** One remark in its thread. A plain text as its body is shown as it is: nothing in it is Markdown. */
class RemarkComment implements vscode.Comment {
  readonly author: vscode.CommentAuthorInformation;
  readonly contextValue: string;
  body: string;
  mode = vscode.CommentMode.Preview;

  constructor(
    readonly task: string,
    readonly remark: KeptRemark,
    standing: Standing,
  ) {
    this.author = { name: vscode.l10n.t('You') };
    this.contextValue = `remark ${standing}`;
    this.body = remark.text;
  }
}

interface Shown {
  readonly thread: vscode.CommentThread;
  comment: RemarkComment;
}

export class RemarkThreads implements vscode.CommentingRangeProvider, vscode.Disposable {
  readonly #controller: vscode.CommentController;
  readonly #results: TaskResults;
  readonly #store: RemarksStore;
  readonly #shown = new Map<string, Map<string, Shown>>();

  constructor(controller: vscode.CommentController, results: TaskResults, store: RemarksStore) {
    this.#controller = controller;
    this.#results = results;
    this.#store = store;
    controller.options = {
      prompt: vscode.l10n.t('Write a remark for the correction'),
      placeHolder: vscode.l10n.t('What should be different here?'),
    };
    controller.commentingRangeProvider = this;
  }

  /** Remarks are written on the newest snapshot of a task that waits for a decision, and nowhere else. */
  async provideCommentingRanges(document: vscode.TextDocument): Promise<vscode.CommentingRanges | undefined> {
    const place = placeOf(document.uri);
    if (place === null || typeof place.at !== 'number') return undefined;
    try {
      const [packet, { to }] = await Promise.all([
        this.#results.packet(place.task),
        this.#results.changes(place.task, 'base'),
      ]);
      if (packet.state !== 'ready' || place.at !== to) return undefined;
      const last = Math.max(0, document.lineCount - 1);
      return { enableFileComments: true, ranges: [new vscode.Range(0, 0, last, 0)] };
    } catch {
      // Without the host nothing can be said about it; the file itself says so.
      return undefined;
    }
  }

  /** Makes the threads what the store has. Throws what the host throws. */
  async show(task: string): Promise<void> {
    if (!this.#shown.has(task)) this.#shown.set(task, new Map());
    const packet = await this.#results.packet(task);
    const shown = this.#shown.get(task);
    if (shown === undefined) return;
    const remarks = new Map(this.#store.kept(task).map((remark) => [remark.id, remark]));
    for (const [id, { thread }] of shown) {
      if (remarks.has(id)) continue;
      thread.dispose();
      shown.delete(id);
    }
    for (const remark of remarks.values()) this.#place(shown, task, remark, packet);
  }

  hide(task: string): void {
    for (const { thread } of this.#shown.get(task)?.values() ?? []) thread.dispose();
    this.#shown.delete(task);
  }

  /** Keeps what was written into an empty thread of the editor; the editor's thread goes, and ours takes its place. */
  async add({ thread, text }: vscode.CommentReply): Promise<void> {
    const place = placeOf(thread.uri);
    if (place === null || typeof place.at !== 'number') return;
    const { task, at: turn, path } = place;
    const problem = remarkProblem(text, this.#store.kept(task).length, vscode.l10n.t);
    if (problem !== null) {
      void vscode.window.showWarningMessage(problem);
      return;
    }
    const { snapshot } = await this.#results.packet(task);
    const line = thread.range === undefined ? null : thread.range.end.line + 1;
    const remark = { id: randomUUID(), turn, tree: snapshot?.tree ?? '', path, line, text: text.trim() };
    await this.#store.move(task, { type: 'add', remark });
    thread.dispose();
  }

  edit(comment: vscode.Comment): void {
    this.#inMode(comment, vscode.CommentMode.Editing);
  }

  /** What was typed goes; the remark stays as it was. */
  cancel(comment: vscode.Comment): void {
    if (comment instanceof RemarkComment) comment.body = comment.remark.text;
    this.#inMode(comment, vscode.CommentMode.Preview);
  }

  async save(comment: vscode.Comment): Promise<void> {
    if (!(comment instanceof RemarkComment)) return;
    const text = (comment.body as string | vscode.MarkdownString) ?? '';
    const written = typeof text === 'string' ? text : text.value;
    const problem = remarkProblem(written, 0, vscode.l10n.t);
    if (problem !== null) {
      void vscode.window.showWarningMessage(problem);
      return;
    }
    this.#inMode(comment, vscode.CommentMode.Preview);
    await this.#store.move(comment.task, { type: 'edit', id: comment.remark.id, text: written.trim() });
  }

  /** Gone at once, and back as quickly. */
  async remove(comment: vscode.Comment): Promise<void> {
    if (!(comment instanceof RemarkComment)) return;
    const { task, remark } = comment;
    await this.#store.move(task, { type: 'delete', id: remark.id });
    const undo = vscode.l10n.t('Undo');
    vscode.window.showInformationMessage(vscode.l10n.t('The remark is deleted.'), undo).then(async (chosen) => {
      if (chosen === undo) await this.#store.move(task, { type: 'add', remark });
    });
  }

  dispose(): void {
    for (const task of [...this.#shown.keys()]) this.hide(task);
  }

  #place(shown: Map<string, Shown>, task: string, remark: KeptRemark, packet: Packet): void {
    const standing = standingOf(remark, packet.snapshot?.tree ?? null);
    const comment = new RemarkComment(task, remark, standing);
    const known = shown.get(remark.id);
    if (known !== undefined) {
      // What is being typed is not taken away.
      if (sameWords(known.comment, comment) || known.comment.mode === vscode.CommentMode.Editing) return;
      known.comment = comment;
      dress(known.thread, comment, standing);
      return;
    }
    const place = { task, at: remark.turn, path: remark.path };
    const line = remark.line === null ? null : remark.line - 1;
    const range = line === null ? undefined : new vscode.Range(line, 0, line, 0);
    // A thread of the whole file has no range; the maker wants one all the same.
    const thread = this.#controller.createCommentThread(uriOf(place), range ?? new vscode.Range(0, 0, 0, 0), []);
    if (range === undefined) thread.range = undefined;
    thread.canReply = false;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    dress(thread, comment, standing);
    shown.set(remark.id, { thread, comment });
  }

  #inMode(comment: vscode.Comment, mode: vscode.CommentMode): void {
    if (!(comment instanceof RemarkComment)) return;
    const shown = this.#shown.get(comment.task)?.get(comment.remark.id);
    if (shown === undefined) return;
    shown.comment.mode = mode;
    // The editor looks at the list, not into it.
    shown.thread.comments = [shown.comment];
  }
}

function dress(thread: vscode.CommentThread, comment: RemarkComment, standing: Standing): void {
  thread.label = standingWords(comment.remark, standing, vscode.l10n.t);
  thread.contextValue = `remark ${standing}`;
  thread.state = standing === 'sent' ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
  thread.comments = [comment];
}

function sameWords(one: RemarkComment, other: RemarkComment): boolean {
  return one.remark.text === other.remark.text && one.contextValue === other.contextValue;
}

function standingWords({ sent, turn }: KeptRemark, standing: Standing, t: Translate): string {
  switch (standing) {
    case 'draft':
      return t('Remark for the next correction');
    case 'outdated':
      return t('Remark on an earlier snapshot (turn {0}), not sent yet', turn);
    case 'sent':
      return t('Remark, sent with the correction (turn {0})', sent ?? turn);
  }
}

/** Why a remark cannot be kept; null when it can. */
function remarkProblem(text: string, others: number, t: Translate): string | null {
  if (text.trim() === '') return t('The remark is empty. Say what should be different.');
  if (text.trim().length > LONGEST_REMARK) {
    return t('The remark has {0} characters; at most {1} can be sent.', text.trim().length, LONGEST_REMARK);
  }
  return others < MOST_REMARKS ? null : t('There are {0} remarks already: delete some first.', others);
}
