/** One live line while something takes long: spinner, stage, elapsed time and what deserves a look now. */
import { visible } from '../core/visible';
import type { Output, Sink } from './output';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const TICK_MS = 120;
/** Carriage return and "erase in line" (ECMA-48 EL). */
const ERASE = '\r\u001b[2K';

export interface ProgressClock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back every so many milliseconds until the returned function is called; must not keep the process alive. */
  every(milliseconds: number, tick: () => void): () => void;
}

const SYSTEM_CLOCK: ProgressClock = {
  now: () => performance.now(),
  every: (milliseconds, tick) => {
    const timer = setInterval(tick, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

/**
 * Live progress on a terminal, silence elsewhere. The line is erased before anything else is written and at the end,
 * so that it leaves no trace.
 */
export class Progress {
  readonly #sink: Sink | null;
  readonly #clock: ProgressClock;
  readonly #started: number;
  #stop: (() => void) | null = null;
  #frame = 0;
  #stage: string;
  #warning = '';

  constructor(output: Output, stage: string, clock: ProgressClock = SYSTEM_CLOCK) {
    this.#sink = output.live ? output.terminal : null;
    this.#clock = clock;
    this.#started = clock.now();
    this.#stage = visible(stage);
    this.resume();
  }

  /** What is being done now. */
  stage(text: string): void {
    this.#stage = visible(text);
    this.#draw();
  }

  /** What deserves a look while it goes on, such as drift; an empty text takes it away. */
  warn(text: string): void {
    this.#warning = visible(text);
    this.#draw();
  }

  /** Erases the line, so that something else may be written or asked; `resume` draws it again. */
  pause(): void {
    if (this.#stop === null) return;
    this.#stop();
    this.#stop = null;
    this.#sink?.write(ERASE);
  }

  resume(): void {
    if (this.#sink === null || this.#stop !== null) return;
    this.#stop = this.#clock.every(TICK_MS, () => {
      this.#frame += 1;
      this.#draw();
    });
    this.#draw();
  }

  /** Erases the line for good. */
  [Symbol.dispose](): void {
    this.pause();
  }

  #draw(): void {
    if (this.#sink === null || this.#stop === null) return;
    const elapsed = formatElapsed(this.#clock.now() - this.#started);
    const warning = this.#warning === '' ? '' : `  ! ${this.#warning}`;
    const line = `${FRAMES[this.#frame % FRAMES.length]} ${this.#stage}  ${elapsed}${warning}`;
    this.#sink.write(`${ERASE}${clipped(line, (this.#sink.columns || 80) - 1)}`);
  }
}

/** A line cut to a terminal's width, so that it never wraps (a wrapped line cannot be erased). */
function clipped(line: string, width: number): string {
  const letters = [...line];
  return letters.length <= width ? line : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Elapsed time as a person reads it: `7s`, `3m05s`, `2h03m`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  const two = (number: number) => String(number).padStart(2, '0');
  return minutes < 60 ? `${minutes}m${two(seconds % 60)}s` : `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}
