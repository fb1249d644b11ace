/** Sources in which tests stand beside code: whether it was the code that changed. */
import type { TestChange } from './sides';

/** What is only built for tests: The Rust Reference, "Conditional compilation" and "Testing attributes". */
const OF_TESTS = /^(?:#!?\[cfg\((?:all\()?test\b|#\[(?:\w+::)?test\])/;

/** Whether only the tests in a source changed. */
export function changesOnlyTests({ before, after, placeBefore, placeAfter }: TestChange): boolean {
  if (before === null || after === null || placeBefore?.kind !== 'inline' || placeAfter?.kind !== 'inline')
    return false;
  return /(?:^|\/)tests\.rs$/.test(after.path) || codeOf(before.text) === codeOf(after.text);
}

/** A Rust source without its tests, by its lines: an item ends where a brace stands as far in as it began. */
export function codeOf(text: string): string {
  const code: string[] = [];
  let end: string | null = null;
  let isInMarks = false;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (end !== null) {
      if (line.trimEnd() === end) end = null;
      continue;
    }
    isInMarks ||= OF_TESTS.test(trimmed);
    if (!isInMarks) {
      if (trimmed !== '') code.push(line);
      continue;
    }
    if (trimmed === '' || /^(?:#\[|\/\/)/.test(trimmed)) continue;
    isInMarks = false;
    if (/\{$/.test(trimmed)) end = `${line.slice(0, line.length - line.trimStart().length)}}`;
  }
  return code.join('\n');
}
