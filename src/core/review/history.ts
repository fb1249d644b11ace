/** What is told of how a task came about: the events that a person cares for, and what the agent said that it did. Pure. */
import { mergeUpdates, type TranscriptLine } from '../agent/transcript';
import type { JournalLine } from '../events';

/** Events that are told, the newest. */
const EVENTS_TOLD = 500;
/** Paths of one revert that are told. */
const PATHS_TOLD = 20;
/** Calls of tools that are told, the newest. */
const CALLS_TOLD = 500;

/** How the embedded agent notes the command that it runs. */
const COMMAND_NOTE = '$ ';

type ToolLine = TranscriptLine & { readonly kind: 'tool' };

/** One call of a tool, as the agent told of it: no evidence. */
export interface ToolCall {
  /** When it was first heard of, RFC 3339. */
  readonly at: string;
  readonly title: string;
  readonly status: string;
  readonly paths: readonly string[];
}

/** The events that say how it came about, oldest first; steps in between, and long texts that stand elsewhere, are left out. */
export function memorable(lines: readonly JournalLine[]): readonly JournalLine[] {
  return lines.filter(isMemorable).slice(-EVENTS_TOLD).map(shortened);
}

function isMemorable({ type }: JournalLine): boolean {
  switch (type) {
    case 'queued':
    case 'preparing':
    case 'session':
    case 'spent':
    case 'drifting':
    case 'drift':
    case 'review-started':
    case 'landing':
    case 'ref-updated':
    case 'cleaned':
    case 'archived':
      return false;
    default:
      return true;
  }
}

function shortened(line: JournalLine): JournalLine {
  if (line.type === 'correction-requested') return { ...line, prompt: '', sent: undefined };
  return line.type === 'reverted' ? { ...line, paths: line.paths.slice(0, PATHS_TOLD) } : line;
}

/** The calls of a transcript that is read part by part; bounded. */
export class ToolCalls {
  readonly #calls = new Map<string, ToolLine>();
  #omitted = 0;

  /** How many older calls were let go. */
  get omitted(): number {
    return this.#omitted;
  }

  add(lines: Iterable<TranscriptLine>): void {
    for (const told of lines) {
      const line = callOf(told);
      if (line === null) continue;
      const before = this.#calls.get(line.call);
      const merged = before === undefined ? line : (mergeUpdates(before, line) as ToolLine);
      this.#calls.set(line.call, { ...merged, at: before?.at ?? line.at, seq: before?.seq ?? line.seq });
      if (this.#calls.size > CALLS_TOLD) this.#letGo();
    }
  }

  /** Oldest first. */
  list(): readonly ToolCall[] {
    return [...this.#calls.values()].map(({ at, title, status, paths }) => ({ at, title, status, paths }));
  }

  #letGo(): void {
    const [oldest] = this.#calls.keys();
    if (oldest !== undefined) this.#calls.delete(oldest);
    this.#omitted += 1;
  }
}

function callOf(line: TranscriptLine): ToolLine | null {
  if (line.kind === 'tool') return line;
  if (line.kind !== 'note' || !line.text.startsWith(COMMAND_NOTE)) return null;
  const { seq, at, text } = line;
  return { seq, at, kind: 'tool', call: `note ${seq}`, title: text.slice(COMMAND_NOTE.length), status: '', paths: [] };
}
