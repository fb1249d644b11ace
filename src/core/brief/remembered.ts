/**
 * What was found among the paths of a commit, for as long as somebody holds that very list: a form that asks at every
 * keystroke has most answers already. Pure: the same question has the same answer.
 */

/** Questions kept about one list. */
const KEPT = 16;

const answers = new WeakMap<readonly string[], Map<string, unknown>>();

/** The answer to a question about a list of paths. `question` must name all else that the answer depends on. */
export function remembered<T>(paths: readonly string[], question: string, answer: () => T): T {
  const known = answers.get(paths) ?? new Map<string, unknown>();
  answers.set(paths, known);
  const value = known.has(question) ? (known.get(question) as T) : answer();
  // Taken out and put in again: the first of the map is what nobody asked for longest.
  known.delete(question);
  known.set(question, value);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return value;
}
