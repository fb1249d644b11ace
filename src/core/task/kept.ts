/** What was found out about a task, for as long as the question is the same: a packet is composed again and again. */
import type { TaskContext } from './context';

/** Tasks whose answers are kept: those that people look at side by side. */
const KEPT = 16;

export class Kept<T> {
  /** What a host has found out ends with it. */
  readonly #known = new WeakMap<TaskContext, Map<string, { readonly question: string; readonly answer: Promise<T> }>>();

  /**
   * The answer as it was found, or found now; one that fails is not kept.
   *
   * @param question names all that the answer depends on
   */
  of(context: TaskContext, task: string, question: string, find: () => Promise<T>): Promise<T> {
    const known = this.#known.get(context) ?? new Map();
    this.#known.set(context, known);
    const kept = known.get(task);
    if (kept?.question === question) return kept.answer;
    const answer = find();
    const entry = { question, answer };
    known.delete(task);
    known.set(task, entry);
    answer.catch(() => {
      if (known.get(task) === entry) known.delete(task);
    });
    for (const oldest of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return answer;
  }
}
