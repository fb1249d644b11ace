/** Keeps the reviewer's remarks, by task, beyond the window. What they are is in `remarks.ts`. */
import * as vscode from 'vscode';
import type { Remark } from '../../core/review/remark';
import { type KeptRemark, type RemarkMove, remarksAfter, remarksFrom, unsent } from './remarks';

export class RemarksStore implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<string>();

  /** Tells the task whose remarks are other ones now. */
  readonly onDidChange = this.#changed.event;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  /** What the next correction of the task would carry. */
  list(task: string): readonly Remark[] {
    return unsent(this.kept(task));
  }

  /** Every remark, also those that were sent. Read anew each time: another window may have written. */
  kept(task: string): readonly KeptRemark[] {
    return remarksFrom(this.#memento.get(keyOf(task)));
  }

  /** @param turn the turn of the correction that carried them; `ids` absent = all that were not sent yet */
  async markSent(task: string, turn: number, ids?: readonly string[]): Promise<void> {
    await this.move(task, { type: 'sent', turn, ...(ids === undefined ? {} : { ids }) });
  }

  async move(task: string, move: RemarkMove): Promise<void> {
    const after = remarksAfter(this.kept(task), move);
    await this.#memento.update(keyOf(task), after.length === 0 ? undefined : after);
    this.#changed.fire(task);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function keyOf(task: string): string {
  return `remarks/${task}`;
}
