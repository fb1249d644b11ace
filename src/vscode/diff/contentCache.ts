/** Contents that were read lately, up to a number of bytes; the one that was used longest ago goes first. */

/** What an empty content counts: its key and record take memory too. */
const ENTRY_BYTES = 200;

export interface Content {
  /** Git's name of what was read; two contents of one name are equal. */
  readonly oid: string;
  readonly bytes: Uint8Array;
}

export class ContentCache {
  readonly #most: number;
  /** The one that was used last is last. */
  readonly #contents = new Map<string, Content>();
  #bytes = 0;

  /** @param most bytes that are kept; a content larger than that is not kept at all */
  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Content | null {
    const content = this.#contents.get(key);
    if (content === undefined) return null;
    this.#contents.delete(key);
    this.#contents.set(key, content);
    return content;
  }

  put(key: string, content: Content): void {
    this.drop(key);
    if (weight(content) > this.#most) return;
    this.#contents.set(key, content);
    this.#bytes += weight(content);
    for (const oldest of this.#contents.keys()) {
      if (this.#bytes <= this.#most) return;
      this.drop(oldest);
    }
  }

  drop(key: string): void {
    const content = this.#contents.get(key);
    if (content === undefined) return;
    this.#contents.delete(key);
    this.#bytes -= weight(content);
  }
}

function weight({ bytes }: Content): number {
  return bytes.byteLength + ENTRY_BYTES;
}
