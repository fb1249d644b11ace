/** Answers that do not change, kept for a moment: a review that opens asks for the same list in more than one place. */

/** Answers that are kept: of the tasks that a person looks at side by side. */
const MOST = 4;
/** How long, in milliseconds: a long list is some megabytes. */
const KEEP_MS = 30_000;

export class Recent<T> {
  readonly #kept = new Map<string, Promise<T>>();

  /**
   * The answer to a question, made unless it is known or on its way.
   *
   * @param question names all that the answer depends on
   * @throws what `make` throws; the next one asks again then
   */
  of(question: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(question);
    if (known !== undefined) return known;
    const made = make();
    this.#kept.set(question, made);
    const forget = () => {
      if (this.#kept.get(question) === made) this.#kept.delete(question);
    };
    made.then(() => setTimeout(forget, KEEP_MS).unref(), forget);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }
}
