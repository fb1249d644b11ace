/** Takes in everything a program prints: the whole to a file, up to a cap; first and last lines in memory. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { plainText } from '../../core/agent/plainText';

export interface Captured {
  /** Of the file: its size, and the hash of its content as it stands there. */
  readonly bytes: number;
  readonly sha256: string;
  /** Bytes that were printed beyond the cap and dropped. */
  readonly dropped: number;
  /** Escapes removed. What `head` holds is not in `tail` again. */
  readonly head: string;
  readonly tail: string;
}

export interface CaptureLimits {
  readonly file: number;
  readonly head: number;
  readonly tail: number;
}

export const CAPTURE_LIMITS: CaptureLimits = { file: 256 * 1024 * 1024, head: 4 * 1024, tail: 16 * 1024 };

/**
 * Reads `sources` to their ends into a new file, in the order of arrival. A source is read no faster than the file is
 * written.
 * @throws the error of the file system when the file cannot be written; the sources are then drained all the same, so
 *   that the program does not hang on a full pipe
 */
export async function capture(
  sources: readonly Readable[],
  path: string,
  limits: CaptureLimits = CAPTURE_LIMITS,
): Promise<Captured> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(path, flags, 0o600).catch((error: unknown) => {
    for (const source of sources) source.resume();
    throw error;
  });
  const log = new Log(handle, limits);
  try {
    await Promise.all(sources.map((source) => pump(source, log)));
    return await log.end();
  } finally {
    await handle.close();
  }
}

async function pump(source: Readable, log: Log): Promise<void> {
  try {
    for await (const chunk of source) await log.write(chunk as Buffer);
  } catch (error) {
    // A source is destroyed when a process that got away holds it: what came until then is what there is.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      source.resume();
      throw error;
    }
  }
}

class Log {
  readonly #handle: FileHandle;
  readonly #limits: CaptureLimits;
  readonly #hash = createHash('sha256');
  readonly #head: Buffer[] = [];
  readonly #tail: Buffer[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #bytes = 0;
  #dropped = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, limits: CaptureLimits) {
    this.#handle = handle;
    this.#limits = limits;
  }

  /** Writes after everything that was written before, whichever source it came from. */
  write(chunk: Buffer): Promise<void> {
    this.#remember(chunk);
    this.#last = this.#last.then(() => this.#store(chunk));
    return this.#last;
  }

  async end(): Promise<Captured> {
    await this.#last;
    if (this.#dropped > 0) await this.#append(Buffer.from(`\n[${this.#dropped} more bytes were not kept]\n`));
    await this.#handle.sync();
    return {
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      dropped: this.#dropped,
      head: shown(this.#head),
      tail: shown([Buffer.concat(this.#tail).subarray(-this.#limits.tail)]),
    };
  }

  async #store(chunk: Buffer): Promise<void> {
    const kept = chunk.subarray(0, Math.max(0, this.#limits.file - this.#bytes));
    this.#dropped += chunk.length - kept.length;
    if (kept.length > 0) await this.#append(kept);
  }

  async #append(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) done += (await this.#handle.write(bytes, done)).bytesWritten;
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  #remember(chunk: Buffer): void {
    const first = chunk.subarray(0, Math.max(0, this.#limits.head - this.#headBytes));
    if (first.length > 0) this.#head.push(first);
    this.#headBytes += first.length;
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    while (this.#tailBytes - this.#tail[0]!.length >= this.#limits.tail) this.#tailBytes -= this.#tail.shift()!.length;
  }
}

/** Characters cut in two at either end are left out. */
function shown(chunks: readonly Buffer[]): string {
  const bytes = Buffer.concat(chunks);
  let start = 0;
  while (start < 3 && start < bytes.length && (bytes[start]! & 0xc0) === 0x80) start++;
  return plainText(new TextDecoder().decode(bytes.subarray(start), { stream: true }));
}
