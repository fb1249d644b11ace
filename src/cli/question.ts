/** Questions to the person at the terminal. */
import { createInterface } from 'node:readline/promises';
import { visibleText } from '../core/visible';

/** Whether somebody can be asked: what they read and what they type on must be a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks for y or n on stderr; anything but y is no. Rejects when `signal` takes the question back. */
export async function askYesNo(question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While a question is open, the terminal gives Ctrl-C to it instead of to the process.
  lines.on('SIGINT', () => process.emit('SIGINT'));
  try {
    const answer = await lines.question(question, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

/** Asks for one line on stderr; a Ctrl-C while it is open ends the process as one outside would. */
export async function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on('SIGINT', () => process.exit(130));
  try {
    return (await lines.question(visibleText(question))).trim();
  } finally {
    lines.close();
  }
}
