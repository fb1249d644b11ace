/** Reads the transcript of a task as it grows. */
import type { TranscriptLine } from '../core/agent/transcript';
import { AT_REST } from './following';
import { connectionLost, type Host, type NamedTask, resolveTask } from './host';

/** Lines of one page. */
const PAGE = 1_000;

type Print = (lines: readonly TranscriptLine[]) => void;

/** Every line from `from` on that is there now; returns where the next would begin. */
export async function readTranscript(host: Host, task: NamedTask, from: number, print: Print): Promise<number> {
  let begin = from;
  for (;;) {
    const { lines, next } = await host.request('task/transcript', { ...task, from: begin, limit: PAGE });
    print(lines);
    begin = next ?? (lines.at(-1)?.seq ?? begin - 1) + 1;
    if (next === null) return begin;
  }
}

/**
 * Prints the transcript until the task rests or `closed` is aborted. Notifications only wake it: the lines are always
 * read from the store, so that none is missed or told twice.
 */
export async function watchTranscript(host: Host, named: NamedTask, print: Print, closed: AbortSignal): Promise<void> {
  const id = await resolveTask(host, named);
  const lost = connectionLost(host);
  lost.catch(() => undefined);
  let resting = false;
  const bell = new Bell();
  host.on('task/update', (update) => {
    if (update.id === id) bell.ring();
  });
  host.on('task/event', (event) => {
    if (event.id !== id) return;
    resting = AT_REST.has(event.state);
    bell.ring();
  });
  closed.addEventListener('abort', () => bell.ring(), { once: true });
  try {
    await host.request('task/watch', { id, on: true });
    resting ||= AT_REST.has((await host.request('task/show', { id })).state);
    for (let from = 1; !closed.aborted; ) {
      const last = resting;
      from = await readTranscript(host, { id }, from, print);
      if (last) return;
      await Promise.race([bell.rung(), lost]);
    }
  } finally {
    bell.silence();
  }
}

/** News may come a little before the lines that it is about are in the store: every ring has an echo. */
const ECHO_MS = 500;

/** Wakes one sleeper; a ring that nobody slept through wakes the next at once. */
class Bell {
  #rung = false;
  #wake: (() => void) | null = null;
  #echo: NodeJS.Timeout | undefined;

  ring(): void {
    this.#wakeUp();
    clearTimeout(this.#echo);
    this.#echo = setTimeout(() => this.#wakeUp(), ECHO_MS);
  }

  silence(): void {
    clearTimeout(this.#echo);
  }

  async rung(): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#rung = false;
  }

  #wakeUp(): void {
    this.#rung = true;
    this.#wake?.();
  }
}
