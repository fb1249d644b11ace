/** Transcripts as text, read on where they were read before: of a long one the newest lines, with a word about the rest. */
import type { TranscriptLine } from '../../core/agent/transcript';
import type { HostLink } from '../hostLink';
import type { LoadWire } from '../taskRecords';

/** Lines of one request, and of one document: the whole is printed by the command line. */
const PAGE = 1_000;
const MOST_LINES = 20_000;

interface Reading {
  lines: TranscriptLine[];
  /** The first line that was not read yet. */
  from: number;
  /** Older lines that are not shown any more. */
  dropped: number;
  /** Readings of one task follow each other. */
  last: Promise<unknown>;
}

export class TranscriptReader {
  readonly #link: HostLink;
  readonly #wire: LoadWire;
  readonly #readings = new Map<string, Reading>();

  constructor(link: HostLink, wire: LoadWire) {
    this.#link = link;
    this.#wire = wire;
  }

  /** Reads on and renders. Throws what the host throws. */
  async text(id: string): Promise<string> {
    const reading = this.#readings.get(id) ?? { lines: [], from: 1, dropped: 0, last: Promise.resolve() };
    this.#readings.set(id, reading);
    const now = reading.last.then(() => this.#readOn(id, reading));
    reading.last = now.catch(() => undefined);
    await now;
    const { renderTranscript } = await this.#wire();
    const text = renderTranscript(reading.lines);
    if (reading.dropped === 0) return text;
    return `-- ${reading.dropped} older lines are left out; the whole is printed by \`countersign log ${id}\`\n\n${text}`;
  }

  /** Lets go of what was read: the document is closed. */
  forget(id: string): void {
    this.#readings.delete(id);
  }

  async #readOn(id: string, reading: Reading): Promise<void> {
    for (let next: number | null = reading.from; next !== null; ) {
      const page: { lines: readonly TranscriptLine[]; next: number | null } = await this.#link.request(
        'task/transcript',
        { id, from: next, limit: PAGE },
      );
      for (const line of page.lines) reading.lines.push(line);
      reading.from = page.next ?? (page.lines.at(-1)?.seq ?? reading.from - 1) + 1;
      next = page.next;
      const over = reading.lines.length - MOST_LINES;
      // In slices: cutting one line off for each that comes would copy them all each time.
      if (over > PAGE || (over > 0 && next === null)) {
        reading.lines = reading.lines.slice(over);
        reading.dropped += over;
      }
    }
  }
}
