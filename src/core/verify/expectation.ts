/**
 * What a failure's text says was expected and was there instead, where the runner labels the two: Jest, Vitest, Mocha,
 * Chai, Node, JUnit, testify, xUnit. Where a text names two values without saying which is which, nothing is read.
 */

export interface Expectation {
  readonly expected: string;
  readonly actual: string;
}

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Characters of a line that are looked at: what is longer holds no short statement. */
const LINE_LIMIT = 2_000;
/** Lines of a text that are looked at. */
const LINES_LIMIT = 400;

type Reader = (lines: readonly string[]) => Expectation | null;

/** Null when the text does not tell them apart. */
export function readExpectation(text: string): Expectation | null {
  const lines = linesOf(text);
  for (const read of READERS) {
    const found = read(lines);
    if (found !== null) return found;
  }
  return null;
}

function linesOf(text: string): string[] {
  return text.split('\n', LINES_LIMIT).map((line) => line.slice(0, LINE_LIMIT));
}

/** How a diff is written: which sign stands for what was expected, and how wide the column of signs is. */
interface Legend {
  readonly expected: '+' | '-';
  readonly column: 1 | 2;
}

/** Mocha's and Node's. */
const LEGENDS: readonly (Legend & { readonly words: RegExp })[] = [
  { words: /^\s*\+ expected - actual\s*$/, expected: '+', column: 1 },
  { words: /^\s*\+ actual - expected\b/, expected: '-', column: 2 },
];

/** Jest and Vitest name the sides on two lines: `- Expected` and `+ Received`. */
const EXPECTED_SIDE = /^\s*- Expected\b(?:.*)$/;
const RECEIVED_SIDE = /^\s*\+ Received\b(?:.*)$/;

function labelledDiff(lines: readonly string[]): Expectation | null {
  for (const [at, line] of lines.entries()) {
    const legend = LEGENDS.find(({ words }) => words.test(line));
    if (legend !== undefined) return sides(lines.slice(at + 1), legend);
    if (EXPECTED_SIDE.test(line) && RECEIVED_SIDE.test(lines[at + 1] ?? '')) {
      return sides(lines.slice(at + 2), { expected: '-', column: 2 });
    }
  }
  return null;
}

/** The lines of a diff up to the end of its paragraph: those of one sign, and those of both sides. */
function sides(lines: readonly string[], { expected: sign, column }: Legend): Expectation | null {
  const first = lines.findIndex((line) => line.trim() !== '');
  const diff = first < 0 ? [] : lines.slice(first);
  const indent = indentOf(diff);
  const expected: string[] = [];
  const actual: string[] = [];
  let signs = 0;
  for (const line of diff) {
    if (line.trim() === '' || /^\s*(?:at |❯ )/.test(line)) break;
    // Lines were left out: what is there is not the whole of either side.
    if (/^\s*(?:@@ .*|\.\.\.)\s*$/.test(line)) return null;
    const [mark, text] = [line[indent], line.slice(indent + column)];
    if (mark === '+' || mark === '-') signs += 1;
    if (mark !== '+' && mark !== '-') {
      expected.push(text);
      actual.push(text);
    } else {
      (mark === sign ? expected : actual).push(text);
    }
  }
  return signs === 0 ? null : { expected: expected.join('\n'), actual: actual.join('\n') };
}

/** How far the whole diff is moved in: to the first line that has a sign. */
function indentOf(lines: readonly string[]): number {
  const signed = lines.find((line) => /^\s*[+-]/.test(line)) ?? '';
  return signed.length - signed.trimStart().length;
}

const EXPECTED_LABEL = /^\s*(?:Error:\s+)?expected(?:\s+value)?\s*:\s*(\S.*)$/i;
const ACTUAL_LABEL = /^\s*(?:Error:\s+)?(?:received|actual|but was|got)(?:\s+value)?\s*:\s*(\S.*)$/i;

/** `Expected: 3` and `Received: 4` on lines of their own, each once. */
function labelledLines(lines: readonly string[]): Expectation | null {
  const only = (label: RegExp): string | null => {
    const found = lines.flatMap((line) => label.exec(line)?.[1] ?? []);
    return found.length === 1 ? (found[0] as string).trimEnd() : null;
  };
  const [expected, actual] = [only(EXPECTED_LABEL), only(ACTUAL_LABEL)];
  return expected === null || actual === null ? null : { expected, actual };
}

/** JUnit 4 and 5: `expected:<1> but was:<2>`. */
function junitSentence(lines: readonly string[]): Expectation | null {
  const line = lines.find((one) => one.includes('but was:'));
  const [before = '', after = ''] = splitOnce(line ?? '', 'but was:');
  const at = before.search(/\bexpected:/);
  if (at < 0) return null;
  const value = (text: string): string | null => /^<(.*)>$/.exec(text.trim())?.[1] ?? null;
  const [expected, actual] = [value(before.slice(at + 'expected:'.length)), value(after)];
  return expected === null || actual === null ? null : { expected, actual };
}

const CHAI = /^\s*(?:\w*Error:\s+)?expected (\S.*)$/;
const CHAI_VERBS = [' to strictly equal ', ' to deeply equal ', ' to deep equal ', ' to equal ', ' to be '];

/** Chai and Vitest: `expected 4 to equal 3`; a negation says nothing of what should be. */
function chaiSentence(lines: readonly string[]): Expectation | null {
  const said = CHAI.exec(lines[0] ?? '')?.[1];
  if (said === undefined) return null;
  const verb = CHAI_VERBS.find((words) => said.split(words).length === 2);
  if (verb === undefined) return null;
  const [actual = '', expected = ''] = splitOnce(said, verb);
  if (actual.endsWith(' not')) return null;
  // What follows ` to be ` may be a property of the value rather than one: `to be true`, but `to be a string`.
  if (verb === ' to be ' && /^(?:an?|above|below|at|within|close|of|one) /.test(expected)) return null;
  return { expected: expected.replace(/ \/\/ Object\.is equality$/, '').trim(), actual: actual.trim() };
}

/** Node's assert: `actual !== expected` in the paragraph after the sentence that it always says. */
function nodeAssertion(lines: readonly string[]): Expectation | null {
  const at = lines.findIndex((line) => /Expected values to be strictly equal:\s*$/.test(line));
  const next = lines.slice(at + 1).find((line) => line.trim() !== '');
  if (at < 0 || next === undefined) return null;
  const parts = next.split(' !== ');
  if (parts.length !== 2) return null;
  return { expected: (parts[1] as string).trim(), actual: (parts[0] as string).trim() };
}

const READERS: readonly Reader[] = [labelledDiff, labelledLines, junitSentence, nodeAssertion, chaiSentence];

function splitOnce(text: string, by: string): string[] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)];
}

/** Frames of the runners and of what was installed: not the test's own. */
const FOREIGN = /(?:^|[\\/])node_modules[\\/]|^node:|^internal[\\/]/;

/** `at f (file:12:3)`, `❯ file:12:3` */
const FRAME =
  /^\s*(?:at |❯ )(?:[^()]{0,300} \()?(?:file:\/\/)?([^\s():][^():]{0,999}|[A-Za-z]:\\[^():]{0,999}):(\d{1,7}):\d{1,7}\)?\s*$/;
/** Python's own last line: `tests/test_a.py:3: AssertionError`. */
const PYTHON = /^(\S{1,1000}\.py):(\d{1,7}): \w/;

/** The first place of a trace that is neither the runner's nor a package's; null when none is named. */
export function readPlace(text: string): Place | null {
  for (const line of linesOf(text)) {
    const found = FRAME.exec(line) ?? PYTHON.exec(line);
    const [, file = '', number = ''] = found ?? [];
    if (found !== null && !FOREIGN.test(file)) return { file, line: Number(number) };
  }
  return null;
}
