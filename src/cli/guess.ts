import { nearestWord } from '../core/brief/nearest';

/** The command or option that a wrong word most likely meant: what it begins, else what it mistypes; or null. */
export function guess(word: string, known: readonly string[]): string | null {
  const begun = word.length >= 3 ? known.find((candidate) => candidate.startsWith(word)) : undefined;
  return begun ?? nearestWord(word, known);
}
