/** Parses of one run: two rules that read the same text get the same tree. */
import type { TreeReader } from '../diff';
import type { Language } from './language';
import { parseSource, type Syntax } from './parse';

/** Most characters of texts whose trees are kept; the oldest go first. */
const MOST_KEPT = 2_000_000;

class Parses {
  readonly #known = new Map<string, Promise<Syntax | null>>();
  #kept = 0;

  of(language: Language, text: string): Promise<Syntax | null> {
    const key = `${language}\n${text}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const parsing = parseSource(language, text);
    this.#known.set(key, parsing);
    this.#kept += key.length;
    for (const oldest of this.#known.keys()) {
      if (this.#kept <= MOST_KEPT) break;
      this.#known.delete(oldest);
      this.#kept -= oldest.length;
    }
    return parsing;
  }
}

/** A run has one reader; with it go the trees. */
const BY_READER = new WeakMap<TreeReader, Parses>();

/** As `parseSource`, once a run for each text. */
export function parseOnce(reader: TreeReader, language: Language, text: string): Promise<Syntax | null> {
  const parses = BY_READER.get(reader) ?? new Parses();
  BY_READER.set(reader, parses);
  return parses.of(language, text);
}
