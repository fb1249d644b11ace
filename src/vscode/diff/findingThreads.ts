/** Findings as comment threads on the diffs. They are renderings of the packet and of the reviewer's answers. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/drift/report';
import type { Packet } from '../../core/review/packetSchema';
import { opinionOn } from '../opinionWords';
import type { FindingAnswers } from './findingAnswers';
import { type FindingSpot, findingSpots } from './findingSpots';
import { type ThreadWords, threadWords } from './findingWords';
import { uriOf } from './snapshotFiles';
import { placeOf } from './snapshotPlace';
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
    // Of a group every thread says the same: it is composed once.
    const words = new Map<Finding, ThreadWords>();
    for (const spot of spots) {
      const said = words.get(spot.finding) ?? this.#words(spot.finding, packet);
      words.set(spot.finding, said);
      this.#place(shown, spot, said);
    }
  }

  hide(task: string): void {
    for (const { thread } of this.#shown.get(task)?.values() ?? []) thread.dispose();
    this.#shown.delete(task);
  }

  /** What a thread is about; null for one that is no finding's. */
  subjectOf(thread: vscode.CommentThread): ThreadSubject | null {
    return this.#subjects.get(thread) ?? null;
  }

  /** Of a finding with several places, those in this file. */
  expand(task: string, finding: string, path: string): void {
    for (const { thread } of this.#shown.get(task)?.values() ?? []) {
      if (this.#subjects.get(thread)?.finding.id !== finding || placeOf(thread.uri)?.path !== path) continue;
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    }
  }

  dispose(): void {
    for (const task of [...this.#shown.keys()]) this.hide(task);
  }

  #place(shown: Map<string, Shown>, spot: FindingSpot, words: ThreadWords): void {
    const { id, finding, place, line } = spot;
    let known = shown.get(id);
    if (known === undefined) {
      const range = new vscode.Range(line, 0, line, 0);
      const thread = this.#controller.createCommentThread(uriOf(place), range, []);
      thread.canReply = false;
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
      known = { thread, key: keyOf(spot), words: '' };
      shown.set(id, known);
    }
    // What is answered is the finding as it is now: its places may be others.
    this.#subjects.set(known.thread, { task: place.task, finding });
    const text = JSON.stringify(words);
    if (known.words === text) return;
    known.words = text;
    say(known.thread, words);
  }

  #words(finding: Finding, packet: Packet): ThreadWords {
    const { signoff, state, id } = packet;
    const amendment = signoff?.widened?.[finding.id];
    const reason = amendment?.reason ?? signoff?.accepted[finding.id];
    const widens = amendment !== undefined;
    const signed = signoff === undefined || reason === undefined ? null : { reason, widens, by: signoff.by.name };
    const answer = this.#answers.answerOf(id, finding);
    const said = opinionOn(finding.id, packet, vscode.l10n.t);
    return threadWords({ finding, answer, signed, open: state === 'ready', said }, vscode.l10n.t);
  }
}

/** A thread stays where it was made: another place is another thread. */
function keyOf({ id, finding, place, line }: FindingSpot): string {
  return JSON.stringify([id, finding.id, place.at, place.path, line]);
}

function say(thread: vscode.CommentThread, words: ThreadWords): void {
  thread.label = words.label;
  thread.contextValue = words.context;
  thread.state = words.resolved ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
  const own = comment(words.by, words.body);
  thread.comments = words.answer === null ? [own] : [own, comment(words.answer.by, words.answer.body)];
}

function comment(by: string, body: string): vscode.Comment {
  const markdown = new vscode.MarkdownString(body, false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return { author: { name: by }, body: markdown, mode: vscode.CommentMode.Preview };
}
