/** Texts of both trees, each read once. */
import { readText, Unreadable } from '../dependencies/document';
import type { TreeReader } from '../diff';

export type Side = 'base' | 'head';

/** Longest file that is read as text here, in bytes: configurations and scripts of people are shorter. */
const LONGEST = 1_000_000;

export class Sides {
  readonly #texts = new Map<string, Promise<string | null>>();

  constructor(readonly reader: TreeReader) {}

  /** The text at a path, without a byte order mark; null when it is absent. Throws Unreadable. */
  text(side: Side, path: string): Promise<string | null> {
    const key = `${side}:${path}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(side, path);
    // Whoever awaits it sees the failure; unawaited it must not end the process.
    reading.catch(() => undefined);
    this.#texts.set(key, reading);
    return reading;
  }

  async #read(side: Side, path: string): Promise<string | null> {
    const blob = await this.reader.at(side, path);
    if (blob === null) return null;
    if (blob.tooLarge || blob.size > LONGEST) throw new Unreadable(`it is too large (${blob.size} bytes)`);
    return readText(blob.bytes);
  }
}

/** Why something could not be read, in words; throws what is no such reason again. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  // A parser that runs out of stack on nested input throws a RangeError.
  if (error instanceof RangeError) return 'it is nested too deeply';
  throw error;
}
