/**
 * The transcript on disk: one line of JSON each update, appended in batches and never synced line by line, because it
 * is a record to read and no verdict rests on it.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type TranscriptLine, transcriptLineSchema } from '../../core/agent/transcript';
import { fail } from '../../core/errors';
import type { AgentUpdate } from '../../core/ports/transcript';

/** Bytes after which the rest of a transcript is not kept. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** Bytes that wait for a slow disk before updates are left out. */
const MAX_PENDING_BYTES = 32 * 1024 * 1024;
/** Characters of a line that is read back; longer ones were not written by us. */
const MAX_READ_LINE = 2 * 1024 * 1024;
/** Bytes of one page that is read back: far below what one message to a client may hold. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;
const FLUSH_MS = 50;

/** Appends to one transcript. */
export interface TranscriptWriter {
  /** Gives the update its number and time and queues it; null when the file is full and the update is not kept. */
  append(update: AgentUpdate): TranscriptLine | null;
  /** Resolves when everything that was appended so far is in the file; rejects with STORAGE_FAILED. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface TranscriptFileOptions {
  readonly maxBytes?: number;
  /** RFC 3339, for the lines' `at`. */
  readonly now?: () => string;
}

/** Opens a transcript for appending, making the file if need be; numbering goes on where the file ends. */
export async function openTranscript(file: string, options: TranscriptFileOptions = {}): Promise<TranscriptWriter> {
  try {
    const handle = await open(file, 'a+', 0o600);
    const { size } = await handle.stat();
    const last = await lastByte(handle, size);
    const seq = await lastSeq(file);
    const writer = new BatchedWriter(handle, file, seq, size, options);
    if (last !== null && last !== '\n') writer.mendTornLine();
    return writer;
  } catch (cause) {
    return fail('STORAGE_FAILED', `the transcript ${file} could not be opened: ${String(cause)}`, { cause });
  }
}

class BatchedWriter implements TranscriptWriter {
  readonly #handle: FileHandle;
  readonly #file: string;
  readonly #maxBytes: number;
  readonly #now: () => string;
  #seq: number;
  #bytes: number;
  #pending: string[] = [];
  #pendingBytes = 0;
  #full = false;
  #skipped = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown = null;

  constructor(handle: FileHandle, file: string, seq: number, bytes: number, options: TranscriptFileOptions) {
    this.#handle = handle;
    this.#file = file;
    this.#seq = seq;
    this.#bytes = bytes;
    this.#maxBytes = options.maxBytes ?? MAX_FILE_BYTES;
    this.#now = options.now ?? (() => new Date().toISOString());
  }

  /** A crash may have left half a line: the next one begins on a new line, and the torn one is skipped by readers. */
  mendTornLine(): void {
    this.#enqueue('\n');
  }

  append(update: AgentUpdate): TranscriptLine | null {
    if (this.#full) return null;
    if (this.#pendingBytes > MAX_PENDING_BYTES) {
      this.#skipped += 1;
      return null;
    }
    if (this.#bytes + this.#pendingBytes >= this.#maxBytes) {
      this.#full = true;
      return this.#write({ kind: 'note', text: 'the transcript is full: what follows is not kept' });
    }
    if (this.#skipped > 0) {
      this.#write({ kind: 'note', text: `${this.#skipped} updates were left out: the disk was too slow` });
      this.#skipped = 0;
    }
    return this.#write(update);
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending.length > 0) {
      const batch = this.#pending.join('');
      const bytes = this.#pendingBytes;
      this.#pending = [];
      this.#writing = this.#writing.then(() => this.#flushBatch(batch, bytes));
    }
    await this.#writing;
    if (this.#failure !== null) {
      fail('STORAGE_FAILED', `the transcript ${this.#file} could not be written: ${String(this.#failure)}`, {
        cause: this.#failure,
      });
    }
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.#handle.close();
    }
  }

  #write(update: AgentUpdate): TranscriptLine {
    this.#seq += 1;
    const line: TranscriptLine = { seq: this.#seq, at: this.#now(), ...update };
    this.#enqueue(`${JSON.stringify(line)}\n`);
    return line;
  }

  #enqueue(text: string): void {
    this.#pending.push(text);
    this.#pendingBytes += Buffer.byteLength(text);
    // A failure is kept and thrown to whoever flushes or closes.
    this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), FLUSH_MS);
  }

  async #flushBatch(batch: string, bytes: number): Promise<void> {
    try {
      await this.#handle.appendFile(batch);
      this.#bytes += bytes;
    } catch (cause) {
      this.#failure ??= cause;
    } finally {
      this.#pendingBytes -= bytes;
    }
  }
}

/** Some lines of a transcript, and the number of the one after them: null at the end so far. */
export interface TranscriptPage {
  readonly lines: readonly TranscriptLine[];
  readonly next: number | null;
}

/**
 * Reads lines with `seq >= from`, at most `limit` and at most `maxBytes` of them, but one at least. A line that is torn,
 * too long or not a transcript line is skipped. An absent file is an empty transcript. Throws STORAGE_FAILED when the
 * file cannot be read.
 */
export async function readTranscript(
  file: string,
  from = 1,
  limit = 10_000,
  maxBytes = MAX_PAGE_BYTES,
): Promise<TranscriptPage> {
  const lines: TranscriptLine[] = [];
  let room = maxBytes;
  for await (const { line, bytes } of transcriptLines(file, from)) {
    room -= bytes;
    if (lines.length === limit || (lines.length > 0 && room < 0)) return { lines, next: line.seq };
    lines.push(line);
  }
  return { lines, next: null };
}

async function* transcriptLines(file: string, from = 1): AsyncGenerator<{ line: TranscriptLine; bytes: number }> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    return fail('STORAGE_FAILED', `the transcript ${file} could not be read: ${String(cause)}`, { cause });
  }
  try {
    const start = await startBefore(handle, from);
    const input = handle.createReadStream({ encoding: 'utf8', autoClose: false, start });
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (isBefore(text, from)) continue;
      const line = parseLine(text);
      if (line !== null && line.seq >= from) yield { line, bytes: Buffer.byteLength(text) };
    }
  } finally {
    await handle.close();
  }
}

/** Bytes that are read rather than searched. */
const SEARCH_SPAN = 1024 * 1024;
const PROBE = 64 * 1024;

/**
 * Where a line begins that is not behind the first one of a page: long transcripts are read in many pages, and each would
 * begin at the beginning. Numbers only grow, so it is found by halves; where no number is in sight, the earlier half is
 * right too.
 */
async function startBefore(handle: FileHandle, from: number): Promise<number> {
  let low = 0;
  let high = (await handle.stat()).size;
  while (high - low > SEARCH_SPAN) {
    const middle = Math.floor((low + high) / 2);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(PROBE), 0, PROBE, middle);
    const found = /\n\{"seq":(\d{1,15}),/.exec(buffer.toString('latin1', 0, bytesRead));
    if (found !== null && Number(found[1]) < from) low = middle + found.index + 1;
    else high = middle;
  }
  return low;
}

/** A line of ours begins with its number: what lies before a page is passed over unparsed. */
function isBefore(text: string, from: number): boolean {
  const seq = /^\{"seq":(\d{1,15}),/.exec(text)?.[1];
  return seq !== undefined && Number(seq) < from;
}

function parseLine(text: string): TranscriptLine | null {
  if (text === '' || text.length > MAX_READ_LINE) return null;
  try {
    const parsed = transcriptLineSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function lastSeq(file: string): Promise<number> {
  let seq = 0;
  for await (const { line } of transcriptLines(file)) seq = line.seq;
  return seq;
}

async function lastByte(handle: FileHandle, size: number): Promise<string | null> {
  if (size === 0) return null;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1');
}
