/** The user's own program that is run with each notification: a sound, a message on the desktop, a phone. */
import { spawn } from 'node:child_process';

/** A program that takes longer is ended: it was to say one sentence. */
const LIMIT_MS = 10_000;

/**
 * Runs the program with its arguments and, last, the sentence. No shell reads any of it, and the sentence begins with a
 * word of ours, so that no title of a task is taken for an option.
 *
 * @param setting the value of `countersign.notifyCommand`, which nobody has checked
 * @param failed  told, in a sentence for the log, why it could not be run
 */
export function runNotifyCommand(setting: unknown, sentence: string, failed: (why: string) => void): void {
  const command = commandOf(setting);
  if (command === null) {
    if (!isUnset(setting)) failed('countersign.notifyCommand is no list of texts: nothing was run');
    return;
  }
  const [program, ...args] = command;
  const child = spawn(program, [...args, `Countersign: ${sentence}`], {
    stdio: 'ignore',
    windowsHide: true,
    shell: false,
    timeout: LIMIT_MS,
  });
  child.on('error', (error) => failed(`countersign.notifyCommand could not be run: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (code !== 0) failed(`countersign.notifyCommand ended with ${code === null ? signal : `exit ${code}`}`);
  });
}

function commandOf(setting: unknown): readonly [string, ...string[]] | null {
  if (!Array.isArray(setting) || !setting.every((part) => typeof part === 'string')) return null;
  const [program, ...args] = setting;
  return program === undefined || program === '' ? null : [program, ...args];
}

function isUnset(setting: unknown): boolean {
  return setting === undefined || setting === null || (Array.isArray(setting) && setting.length === 0);
}
