/** Answers to findings as drafts of this workspace's reviewer, kept beyond the window. */
import * as vscode from 'vscode';
import type { FindingAnswer, FindingAnswers } from './findingAnswers';

type Drafts = Readonly<Record<string, FindingAnswer>>;

const NONE: FindingAnswer = { reason: null, included: null };

export class DraftAnswers implements FindingAnswers, vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<string>();

  readonly onDidChange = this.#changed.event;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  answerOf(task: string, finding: string): FindingAnswer {
    const drafts = this.#drafts(task);
    return Object.hasOwn(drafts, finding) ? (drafts[finding] ?? NONE) : NONE;
  }

  accept(task: string, finding: string, reason: string | null): Promise<void> {
    return this.#put(task, finding, { ...this.answerOf(task, finding), reason });
  }

  include(task: string, finding: string, included: boolean): Promise<void> {
    return this.#put(task, finding, { ...this.answerOf(task, finding), included });
  }

  reasons(task: string): { readonly accept: Record<string, string>; readonly override: Record<string, string> } {
    const accepted = Object.entries(this.#drafts(task)).flatMap(([id, { reason }]) =>
      reason === null ? [] : [[id, reason]],
    );
    return { accept: Object.fromEntries(accepted), override: {} };
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #drafts(task: string): Drafts {
    return this.#memento.get<Drafts>(keyOf(task), {});
  }

  async #put(task: string, finding: string, answer: FindingAnswer): Promise<void> {
    await this.#memento.update(keyOf(task), { ...this.#drafts(task), [finding]: answer });
    this.#changed.fire(task);
  }
}

function keyOf(task: string): string {
  return `answers/${task}`;
}
