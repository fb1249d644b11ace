/** Blobs that were read a moment ago: several rules ask for the same ones, one after the other. */
import type { BlobContent } from '../../core/drift/diff';

/** Most bytes of blobs that are kept; the oldest go first. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Most blobs that are kept, however small. */
const MOST_BLOBS = 20_000;

type Read = (oid: string, maxBytes: number) => Promise<BlobContent | null>;

interface Kept {
  readonly maxBytes: number;
  readonly blob: Promise<BlobContent | null>;
  /** Bytes in memory; 0 until they are there. */
  size: number;
}

export class BlobCache {
  readonly #read: Read;
  readonly #mostBytes: number;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  /** @param read asks git for a blob by its name, for at most so many bytes */
  constructor(read: Read, mostBytes = MOST_BYTES) {
    this.#read = read;
    this.#mostBytes = mostBytes;
  }

  /** The blob, cut at `maxBytes`; null when there is none. Throws what `read` throws. */
  async read(oid: string, maxBytes: number): Promise<BlobContent | null> {
    const known = this.#kept.get(oid);
    const blob = await (known !== undefined && known.maxBytes >= maxBytes ? known.blob : this.#ask(oid, maxBytes));
    if (blob === null || blob.bytes.length <= maxBytes) return blob;
    return { ...blob, bytes: blob.bytes.subarray(0, maxBytes), tooLarge: true };
  }

  #ask(oid: string, maxBytes: number): Promise<BlobContent | null> {
    this.#forget(oid);
    const kept: Kept = { maxBytes, blob: this.#read(oid, maxBytes), size: 0 };
    this.#kept.set(oid, kept);
    kept.blob.then(
      (blob) => this.#weigh(oid, kept, blob?.bytes.length ?? 0),
      () => this.#kept.get(oid) === kept && this.#forget(oid),
    );
    return kept.blob;
  }

  #weigh(oid: string, kept: Kept, size: number): void {
    if (this.#kept.get(oid) !== kept) return;
    kept.size = size;
    this.#bytes += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes && this.#kept.size <= MOST_BLOBS) return;
      this.#forget(oldest);
    }
  }

  #forget(oid: string): void {
    this.#bytes -= this.#kept.get(oid)?.size ?? 0;
    this.#kept.delete(oid);
  }
}
