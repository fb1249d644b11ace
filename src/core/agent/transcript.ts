/**
 * The transcript of a task: what its agent said and did, as the agent told it. It is evidence of the conversation and
 * never of the change: verdicts come from git.
 *
 * On disk it is a log of lines, appended as updates arrive. For reading, the log is folded: consecutive chunks of one
 * speaker become one entry, and what is said about one tool call is gathered in one entry, in whatever order it came.
 */
import * as z from 'zod';
import type { AgentUpdate } from '../ports/transcript';

/** Characters of one text or output in one line; longer texts are split by whoever makes the updates. */
export const MAX_LINE_TEXT = 65_536;

const text = z.string().max(4 * MAX_LINE_TEXT);
const short = z.string().max(4_096);

export const updateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), role: z.enum(['agent', 'thought', 'user']), text }),
  z.object({ kind: z.literal('output'), stream: z.enum(['stdout', 'stderr']), text }),
  z.object({
    kind: z.literal('tool'),
    call: short,
    title: short,
    status: short,
    paths: z.array(short).max(100),
  }),
  z.object({ kind: z.literal('plan'), entries: z.array(z.object({ text: short, status: short })).max(500) }),
  z.object({ kind: z.literal('note'), text }),
]);

/** A line of the transcript: `seq` counts from 1 within the task, `at` is RFC 3339. */
export const transcriptLineSchema = z.intersection(
  z.object({ seq: z.number().int().min(1), at: z.iso.datetime({ offset: true }) }),
  updateSchema,
);

export type TranscriptLine = { readonly seq: number; readonly at: string } & AgentUpdate;

/** How much of a transcript is kept in memory. */
export interface TranscriptCap {
  readonly entries: number;
  readonly characters: number;
}

const DEFAULT_CAP: TranscriptCap = { entries: 2_000, characters: 4 * 1024 * 1024 };

/** Statuses of a tool call that nothing said later about the same call takes back. */
const FINAL_STATUSES: ReadonlySet<string> = new Set(['completed', 'failed']);

/** The fold of a transcript: the newest entries, bounded. An entry keeps the `seq` and `at` of its first line. */
export class Transcript {
  readonly #cap: TranscriptCap;
  readonly #entries: TranscriptLine[] = [];
  #characters = 0;
  #dropped = 0;

  constructor(cap: TranscriptCap = DEFAULT_CAP) {
    this.#cap = cap;
  }

  get entries(): readonly TranscriptLine[] {
    return this.#entries;
  }

  /** How many older entries were let go. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes in one line. Lines may come in any order; nothing here throws. */
  add(line: TranscriptLine): void {
    const index = this.#mergeIndex(line);
    if (index === null) {
      this.#entries.push(line);
      this.#characters += weight(line);
    } else {
      const before = this.#entries[index]!;
      const after = merged(before, line);
      this.#entries[index] = after;
      this.#characters += weight(after) - weight(before);
    }
    this.#evict();
  }

  #mergeIndex(line: TranscriptLine): number | null {
    if (line.kind === 'tool') {
      const index = this.#entries.findLastIndex((entry) => entry.kind === 'tool' && entry.call === line.call);
      return index === -1 ? null : index;
    }
    const last = this.#entries.at(-1);
    return last !== undefined && continues(last, line) ? this.#entries.length - 1 : null;
  }

  #evict(): void {
    while (
      this.#entries.length > this.#cap.entries ||
      (this.#characters > this.#cap.characters && this.#entries.length > 1)
    ) {
      this.#characters -= weight(this.#entries.shift()!);
      this.#dropped += 1;
    }
  }
}

/** All lines folded, without a cap. */
export function foldTranscript(lines: Iterable<TranscriptLine>): readonly TranscriptLine[] {
  const transcript = new Transcript({ entries: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY });
  for (const line of lines) transcript.add(line);
  return transcript.entries;
}

/** Whether `next` goes on where `last` stopped, so that the two are one entry: same speaker, and not too long for one. */
export function continues(last: AgentUpdate, next: AgentUpdate): boolean {
  switch (next.kind) {
    case 'text':
      return last.kind === 'text' && last.role === next.role && last.text.length + next.text.length <= MAX_LINE_TEXT;
    case 'output':
      return (
        last.kind === 'output' && last.stream === next.stream && last.text.length + next.text.length <= MAX_LINE_TEXT
      );
    case 'plan':
      return last.kind === 'plan';
    case 'tool':
    case 'note':
      return false;
  }
}

/** Two updates that belong together as one; the caller has made sure that they do. */
function merged(before: TranscriptLine, line: TranscriptLine): TranscriptLine {
  return { ...mergeUpdates(before, line), seq: before.seq, at: before.at };
}

/**
 * One update that says what `before` and `after` say together: texts joined, a tool call brought up to date (a final
 * status stays, an empty title does not replace one, paths are gathered). `after` where they do not belong together.
 */
export function mergeUpdates(before: AgentUpdate, after: AgentUpdate): AgentUpdate {
  if (before.kind === 'text' && after.kind === 'text') return { ...after, text: before.text + after.text };
  if (before.kind === 'output' && after.kind === 'output') return { ...after, text: before.text + after.text };
  if (before.kind === 'tool' && after.kind === 'tool') {
    return {
      kind: 'tool',
      call: after.call,
      title: after.title === '' ? before.title : after.title,
      status: FINAL_STATUSES.has(before.status) && !FINAL_STATUSES.has(after.status) ? before.status : after.status,
      paths: [...new Set([...before.paths, ...after.paths])].slice(0, 100),
    };
  }
  return after;
}

function weight(line: TranscriptLine): number {
  switch (line.kind) {
    case 'text':
    case 'output':
    case 'note':
      return line.text.length;
    case 'tool':
      return line.paths.reduce((sum, path) => sum + path.length, line.title.length);
    case 'plan':
      return line.entries.reduce((sum, entry) => sum + entry.text.length, 0);
  }
}
