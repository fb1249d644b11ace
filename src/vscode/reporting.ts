/** The one place where a person is told that something went wrong: what happened, what to do, and the log one click away. */
import * as vscode from 'vscode';
import { plainNotice, problemOf } from './problem';

export class Reporting {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** Logs what was thrown and shows it, without waiting for the person. */
  report(thrown: unknown): void {
    const { code, message, fix } = problemOf(thrown);
    this.#log.error(`${code}: ${message} (fix: ${fix})`);
    const showLog = vscode.l10n.t('Show Log');
    const text = vscode.l10n.t('Countersign: {0}. What to do: {1}', plainNotice(message), plainNotice(fix));
    vscode.window.showErrorMessage(text, showLog).then((chosen) => {
      if (chosen === showLog) this.#log.show();
    });
  }

  /** Registers a command whose failures are reported. */
  command(name: string, run: (called: unknown) => Promise<void>): vscode.Disposable {
    return vscode.commands.registerCommand(name, async (called: unknown) => {
      try {
        await run(called);
      } catch (thrown) {
        this.report(thrown);
      }
    });
  }
}
