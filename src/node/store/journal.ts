/**
 * The journal of one task: a line of JSON for each event, only ever appended to. What was acknowledged is on the disk;
 * what was cut off in the middle (a kill, a full disk) is dropped when the file is opened again; anything else that is
 * not as we wrote it stops this task and leaves the file byte for byte as it is.
 */
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { fail } from '../../core/errors';
import { eventSchema, type JournalLine, journalLineSchema, type TaskEvent } from '../../core/events';
import type { Task } from '../../core/task/task';
import { transition } from '../../core/task/transition';
import { storageFailure } from './storageFailure';

/** Bytes of one line. The longest event is a correction's prompt: 200,000 characters, escaped at worst six bytes each. */
const MAX_LINE_BYTES = 2 * 1024 * 1024;
/** Bytes of a whole journal: far above any real one (a task has some 20 events), and still cheap to hold. */
const MAX_JOURNAL_BYTES = 64 * 1024 * 1024;

/** Kinds that tell of progress within a state; losing the last ones with the power loses nothing that counts. */
const UNSYNCED: ReadonlySet<TaskEvent['type']> = new Set<TaskEvent['type']>(['drifting', 'session']);

export interface OpenedJournal {
  readonly journal: Journal;
  /** The fold of its events; null when it holds none. */
  readonly task: Task | null;
  /** Bytes of a torn last line that were dropped; normally 0. */
  readonly dropped: number;
}

/** Appends to one journal. One process at a time may hold it: the owner of the state directory's lock. */
export class Journal {
  readonly #file: string;
  /** Bytes that are good; whatever stands behind them was not acknowledged. */
  #end: number;
  #seq: number;
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(file: string, end: number, seq: number) {
    this.#file = file;
    this.#end = end;
    this.#seq = seq;
  }

  /**
   * Opens a journal that exists, and repairs a torn last line.
   *
   * @throws JOURNAL_CORRUPT naming file and line; STORAGE_FAILED
   */
  static async open(file: string): Promise<OpenedJournal> {
    const { lines, task, end, torn } = await readJournal(file);
    if (torn > 0) await truncate(file, end);
    return { journal: new Journal(file, end, lines.length), task, dropped: torn };
  }

  /**
   * Makes an event durable. Appends are carried out one after the other, in the order of the calls.
   *
   * @param at RFC 3339
   * @throws STORAGE_FAILED when it could not be written; then the journal is as it was, and may be tried again
   */
  append(event: TaskEvent, at: string): Promise<JournalLine> {
    const result = this.#tail.then(() => this.#append(event, at));
    this.#tail = result.catch(() => undefined);
    return result;
  }

  async #append(event: TaskEvent, at: string): Promise<JournalLine> {
    const { line, bytes } = encodeLine(event, this.#seq + 1, at);
    if (this.#end + bytes.length > MAX_JOURNAL_BYTES) {
      fail('STORAGE_FAILED', `${this.#file} is full: it would pass ${MAX_JOURNAL_BYTES} bytes`);
    }
    try {
      await this.#write(bytes, !UNSYNCED.has(event.type));
    } catch (cause) {
      storageFailure(`${this.#file} could not be appended to`, cause);
    }
    this.#end += bytes.length;
    this.#seq += 1;
    return line;
  }

  async #write(bytes: Uint8Array, sync: boolean): Promise<void> {
    const handle = await open(this.#file, 'a');
    try {
      await this.#dropUnacknowledged(handle);
      try {
        await writeWhole(handle, bytes);
        if (sync) await handle.datasync();
      } catch (error) {
        // If this fails too, the next append or the next opening does it.
        await handle.truncate(this.#end).catch(() => undefined);
        throw error;
      }
    } finally {
      await handle.close();
    }
  }

  /** What an earlier append left behind when it failed and could not clean up either. */
  async #dropUnacknowledged(handle: FileHandle): Promise<void> {
    const { size } = await handle.stat();
    if (size < this.#end) fail('JOURNAL_CORRUPT', `${this.#file} has become shorter than what was written to it`);
    if (size > this.#end) await handle.truncate(this.#end);
  }
}

/** The first line of a new journal, as bytes: a task's folder comes into being with it. */
export function firstLine(event: TaskEvent, at: string): Uint8Array {
  return encodeLine(event, 1, at).bytes;
}

export interface JournalReading {
  readonly lines: readonly JournalLine[];
  /** The fold of the lines; null when there are none. */
  readonly task: Task | null;
  /** Bytes that the lines fill. */
  readonly end: number;
  /** Bytes of a torn last line behind them. */
  readonly torn: number;
}

/**
 * Reads a journal without changing it.
 *
 * @throws JOURNAL_CORRUPT naming file and line; STORAGE_FAILED
 */
export async function readJournal(file: string): Promise<JournalReading> {
  const reading = await readLines(file);
  return { ...reading, task: fold(reading.lines, file) };
}

/** The same without the fold, for those who know the task already. */
export async function readLines(file: string): Promise<Omit<JournalReading, 'task'>> {
  const bytes = await readBytes(file);
  const end = bytes.lastIndexOf(0x0a) + 1;
  const lines: JournalLine[] = [];
  for (let start = 0; start < end; ) {
    const stop = bytes.indexOf(0x0a, start);
    lines.push(decodeLine(bytes.subarray(start, stop), file, lines.length + 1));
    start = stop + 1;
  }
  return { lines, end, torn: bytes.length - end };
}

function fold(lines: readonly JournalLine[], file: string): Task | null {
  let task: Task | null = null;
  for (const line of lines) {
    try {
      task = transition(task, line, line.at);
    } catch (cause) {
      fail('JOURNAL_CORRUPT', `${file}:${line.seq}: ${(cause as Error).message}`, { cause });
    }
  }
  return task;
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_JOURNAL_BYTES) return await readFile(file);
  } catch (cause) {
    storageFailure(`${file} could not be read`, cause);
  }
  return fail('JOURNAL_CORRUPT', `${file} is larger than ${MAX_JOURNAL_BYTES} bytes`);
}

/** Parses before it writes: what does not fit the schema could not be read again, and so is never on the disk. */
function encodeLine(event: TaskEvent, seq: number, at: string): { line: JournalLine; bytes: Uint8Array } {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    fail('INTERNAL', `the event "${event.type}" is malformed at ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const line = { v: 1 as const, seq, at, ...parsed.data };
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  if (bytes.length > MAX_LINE_BYTES) {
    fail('INTERNAL', `the event "${event.type}" is longer than ${MAX_LINE_BYTES} bytes`);
  }
  return { line, bytes };
}

function decodeLine(bytes: Uint8Array, file: string, number: number): JournalLine {
  const corrupt = (why: string): never => fail('JOURNAL_CORRUPT', `${file}:${number}: ${why}`);
  if (bytes.length > MAX_LINE_BYTES) corrupt(`the line is longer than ${MAX_LINE_BYTES} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    corrupt('the line is not JSON');
  }
  const line = journalLineSchema.safeParse(value);
  if (!line.success) {
    const [issue] = line.error.issues;
    return corrupt(`${issue?.path.join('.') || 'the line'}: ${issue?.message}`);
  }
  if (line.data.seq !== number) corrupt(`expected event ${number}, found event ${line.data.seq}`);
  return line.data;
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  const { bytesWritten } = await handle.write(bytes);
  if (bytesWritten < bytes.length) throw new Error(`only ${bytesWritten} of ${bytes.length} bytes fitted`);
}

async function truncate(file: string, end: number): Promise<void> {
  try {
    const handle = await open(file, 'r+');
    try {
      await handle.truncate(end);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    storageFailure(`${file} could not be repaired`, cause);
  }
}
