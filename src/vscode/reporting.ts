/** The one place where a person is told that something went wrong: what happened, what to do, and the log one click away. */
import * as vscode from 'vscode';
import type { ErrorCode } from '../core/errors';
import { plainNotice, problemOf, withoutCommandLine } from './problem';

/** Somebody else was quicker: another window, the command line, the agent itself. That is news, and no fault. */
const OVERTAKEN: ReadonlySet<ErrorCode> = new Set(['TASK_STATE', 'TASK_NOT_FOUND', 'TASK_LOCKED']);

export class Reporting {
  readonly #log: vscode.LogOutputChannel;
  readonly #overtaken: () => void;

  /** @param overtaken called when a task was not any more what it was shown as */
  constructor(log: vscode.LogOutputChannel, overtaken: () => void = () => undefined) {
    this.#log = log;
    this.#overtaken = overtaken;
  }

  /** Logs what was thrown and shows it, without waiting for the person. */
  report(thrown: unknown): void {
    const { code, message, fix } = problemOf(thrown);
    this.#log.error(`${code}: ${message} (fix: ${fix})`);
    const showLog = vscode.l10n.t('Show Log');
    const toDo = plainNotice(withoutCommandLine(fix));
    const text = vscode.l10n.t('Countersign: {0}. What to do: {1}', plainNotice(message), toDo);
    const calmly = OVERTAKEN.has(code);
    if (calmly) this.#overtaken();
    const show = calmly ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
    show(text, showLog).then((chosen) => {
      if (chosen === showLog) this.#log.show();
    });
  }

  /** Registers a command whose failures are reported. */
  command(name: string, run: (called: unknown, ...others: unknown[]) => Promise<void>): vscode.Disposable {
    return vscode.commands.registerCommand(name, async (called: unknown, ...others: unknown[]) => {
      try {
        await run(called, ...others);
      } catch (thrown) {
        this.report(thrown);
      }
    });
  }
}
