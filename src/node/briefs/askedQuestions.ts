/** What planners asked lately, so that an answer can name a question by its number. Lost with the file, it is asked anew. */
import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { sha256Hex } from '../../core/hash';
import { MOST_QUESTIONS } from '../../core/plan/plan';
import { writeFileAtomic } from '../store/atomicFile';

const MAX_BYTES = 256 * 1024;
/** Wishes whose questions are kept. */
const KEPT = 50;

const recordSchema = z.array(
  z.object({ wish: z.string().max(100), questions: z.array(z.string().max(1_000)).max(MOST_QUESTIONS) }),
);
type Entries = z.output<typeof recordSchema>;

export class AskedQuestions {
  readonly #file: string;
  /** One writing after the other. */
  #tail: Promise<unknown> = Promise.resolve();

  /** @param file in a folder that is there */
  constructor(file: string) {
    this.#file = file;
  }

  /** What was asked about a wish in a repository, in order; empty when nothing was. */
  async of(repository: string, intent: string): Promise<readonly string[]> {
    await this.#tail;
    const wish = keyOf(repository, intent);
    return (await this.#read()).find((entry) => entry.wish === wish)?.questions ?? [];
  }

  /** Keeps them in the place of what was asked before. Throws STORAGE_FAILED. */
  keep(repository: string, intent: string, questions: readonly string[]): Promise<void> {
    const wish = keyOf(repository, intent);
    const keeping = this.#tail.then(async () => {
      const others = (await this.#read()).filter((entry) => entry.wish !== wish);
      const all = questions.length === 0 ? others : [{ wish, questions: [...questions] }, ...others];
      await writeFileAtomic(this.#file, JSON.stringify(all.slice(0, KEPT)));
    });
    this.#tail = keeping.catch(() => undefined);
    return keeping;
  }

  async #read(): Promise<Entries> {
    try {
      if ((await stat(this.#file)).size > MAX_BYTES) return [];
      return recordSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return [];
    }
  }
}

function keyOf(repository: string, intent: string): string {
  return sha256Hex(JSON.stringify([repository, intent.trim()]));
}
