/** An agent's error output: passed on up to a cap, and its last line kept for the error message. */
import type { Readable } from 'node:stream';
import { plainText } from '../../core/agent/plainText';

const MAX_PASSED = 1024 * 1024;
const TAIL = 4_000;
const MAX_LAST_LINE = 1_000;

export class StderrTail {
  /** Resolves when nothing more will come. */
  readonly ended: Promise<void>;
  #tail = '';
  #passed = 0;

  constructor(stderr: Readable, onText: (text: string) => void) {
    stderr.setEncoding('utf8');
    stderr.on('error', () => {}); // Cut off: what came so far is all there is.
    this.ended = new Promise((resolve) => {
      stderr.once('close', resolve);
    });
    stderr.on('data', (text: string) => {
      this.#tail = (this.#tail + text).slice(-TAIL);
      if (this.#passed > MAX_PASSED) return;
      this.#passed += text.length;
      onText(text);
      if (this.#passed > MAX_PASSED) onText('\n(more error output is left out)\n');
    });
  }

  /** The last line that says something, safe to show, or an empty string. */
  get lastLine(): string {
    const lines = plainText(this.#tail).split('\n');
    return (
      lines
        .findLast((line) => line.trim() !== '')
        ?.trim()
        .slice(0, MAX_LAST_LINE) ?? ''
    );
  }
}
