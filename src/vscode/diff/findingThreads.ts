/** Findings as comment threads on the diffs. They are renderings of the packet and of the reviewer's answers. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/drift/report';
import type { Packet } from '../../core/review/packetSchema';
import type { FindingAnswers } from './findingAnswers';
import { type FindingSpot, findingSpots } from './findingSpots';
import { type ThreadWords, threadWords } from './findingWords';
import { uriOf } from './snapshotFiles';
import type { TaskResults } from './taskResults';

export interface ThreadSubject {
  readonly task: string;
  readonly finding: Finding;
}

interface Shown {
  readonly thread: vscode.CommentThread;
  readonly key: string;
  /** What the thread says now, to change only what differs. */
  words: string;
}

export class FindingThreads implements vscode.Disposable {
  readonly #controller: vscode.CommentController;
  readonly #results: TaskResults;
  readonly #answers: FindingAnswers;
  readonly #shown = new Map<string, Map<string, Shown>>();
  readonly #subjects = new WeakMap<vscode.CommentThread, ThreadSubject>();

  constructor(controller: vscode.CommentController, results: TaskResults, answers: FindingAnswers) {
    this.#controller = controller;
    this.#results = results;
    this.#answers = answers;
  }

  /** Makes the threads what the task is now. Throws what the host throws; what was shown stays then. */
  async show(task: string): Promise<void> {
    if (!this.#shown.has(task)) this.#shown.set(task, new Map());
    const [packet, { changes, to }] = await Promise.all([
      this.#results.packet(task),
      this.#results.changes(task, 'base'),
    ]);
    // Hidden meanwhile.
    const shown = this.#shown.get(task);
    if (shown === undefined) return;
    const spots = findingSpots(packet, changes, { from: 'base', to });
    const keys = new Set(spots.map(keyOf));
    for (const [id, { thread, key }] of shown) {
      if (keys.has(key)) continue;
      thread.dispose();
      shown.delete(id);
    }
    for (const spot of spots) this.#place(shown, spot, packet);
  }

  hide(task: string): void {
    for (const { thread } of this.#shown.get(task)?.values() ?? []) thread.dispose();
    this.#shown.delete(task);
  }

  /** What a thread is about; null for one that is no finding's. */
  subjectOf(thread: vscode.CommentThread): ThreadSubject | null {
    return this.#subjects.get(thread) ?? null;
  }

  expand(task: string, finding: string): void {
    const shown = this.#shown.get(task)?.get(finding);
    if (shown !== undefined) shown.thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  }

  dispose(): void {
    for (const task of [...this.#shown.keys()]) this.hide(task);
  }

  #place(shown: Map<string, Shown>, spot: FindingSpot, packet: Packet): void {
    const { finding, place, line } = spot;
    const words = this.#words(finding, packet);
    let known = shown.get(finding.id);
    if (known === undefined) {
      const range = new vscode.Range(line, 0, line, 0);
      const thread = this.#controller.createCommentThread(uriOf(place), range, []);
      thread.canReply = false;
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
      this.#subjects.set(thread, { task: place.task, finding });
      known = { thread, key: keyOf(spot), words: '' };
      shown.set(finding.id, known);
    }
    const text = JSON.stringify(words);
    if (known.words === text) return;
    known.words = text;
    say(known.thread, words);
  }

  #words(finding: Finding, packet: Packet): ThreadWords {
    const { signoff, state, id } = packet;
    const reason = signoff?.accepted[finding.id];
    const signed = signoff === undefined || reason === undefined ? null : { reason, by: signoff.by.name };
    const answer = this.#answers.answerOf(id, finding.id);
    return threadWords({ finding, answer, signed, open: state === 'ready' }, vscode.l10n.t);
  }
}

/** A thread stays where it was made: another place is another thread. */
function keyOf({ finding, place, line }: FindingSpot): string {
  return JSON.stringify([finding.id, place.at, place.path, line]);
}

function say(thread: vscode.CommentThread, words: ThreadWords): void {
  thread.label = words.label;
  thread.contextValue = words.context;
  thread.state = words.resolved ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
  const own = comment('Countersign', words.body);
  thread.comments = words.answer === null ? [own] : [own, comment(words.answer.by, words.answer.body)];
}

function comment(by: string, body: string): vscode.Comment {
  const markdown = new vscode.MarkdownString(body, false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return { author: { name: by }, body: markdown, mode: vscode.CommentMode.Preview };
}
