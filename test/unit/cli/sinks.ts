/** Streams that remember, for tests of what is written where. */
import type { Sink } from '../../../src/cli/output';

export class MemorySink implements Sink {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;
  #listener: (error: NodeJS.ErrnoException) => void = () => undefined;

  constructor({ isTTY = false, columns = 80 } = {}) {
    this.isTTY = isTTY;
    this.columns = columns;
  }

  write(text: string, done?: () => void): boolean {
    this.text += text;
    done?.();
    return true;
  }

  on(_event: 'error', listener: (error: NodeJS.ErrnoException) => void): this {
    this.#listener = listener;
    return this;
  }

  /** What a pipe does when its reader has gone. */
  breakPipe(): void {
    this.#listener(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  }
}
