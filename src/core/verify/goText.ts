/** What `go test -v` prints for people: `=== RUN`, `--- PASS`, and a line for each package, behind its tests. */
import { GoTests } from './goTests';
import type { Reading, TestCase } from './tally';

/** A test may have printed before it on the same line. Go 1.20 and later mark such lines with a control character. */
const FRAME = /=== (RUN|NAME|CONT|PAUSE)\s{1,10}(\S{1,1000})$/;
const END = /--- (PASS|FAIL|SKIP): (\S{1,1000}) \(\d{1,9}(?:\.\d{1,9})?s\)$/;
/** `ok`, `FAIL` or `?` before the path of a package: everything since the last one was about it. */
const PACKAGE = /^(ok {2}|FAIL|\? {3})\t(\S{1,1000})(?:\t.{0,1000}| \[[a-z ]{1,100}\])$/;

const STATUS: Readonly<Record<string, TestCase['status']>> = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' };
/** Characters of a line that are looked at, its last ones: frames of a test's own are short. */
const LINE_LIMIT = 4_000;
/** Lines of a test's output that are kept. */
const MOST_LINES = 100;

interface Told {
  status: TestCase['status'] | null;
  readonly lines: string[];
}

/** Reads the output; never throws. */
export function readGoText(text: string): Reading {
  const tests = new GoTests();
  let told = new Map<string, Told>();
  let current: Told | null = null;
  for (const whole of text.split('\n')) {
    const line = whole.slice(-LINE_LIMIT).trimEnd();
    const [, , framed] = FRAME.exec(line) ?? [];
    const [, word, ended] = END.exec(line) ?? [];
    const [, result, path = ''] = PACKAGE.exec(line) ?? [];
    const name = framed ?? ended;
    if (name !== undefined) {
      current = told.get(name) ?? { status: null, lines: [] };
      told.set(name, current);
      if (word !== undefined && current.status !== 'failed') current.status = STATUS[word] ?? null;
    } else if (result !== undefined) {
      addTold(tests, path, told);
      tests.tellPackage(path, result === 'FAIL' ? 'failed' : 'passed');
      told = new Map();
      current = null;
    } else if (current !== null && current.lines.length < MOST_LINES) current.lines.push(line);
  }
  // Output that was cut, or a run that was stopped: nobody knows of which package.
  if (told.size > 0) addTold(tests, '(unfinished)', told);
  return tests.isEmpty ? { why: 'no output of `go test`: it tells of no package' } : tests.report();
}

function addTold(tests: GoTests, path: string, told: ReadonlyMap<string, Told>): void {
  for (const [name, { status, lines }] of told) {
    tests.tell(path, name, status);
    for (const line of lines) tests.tell(path, name, null, line);
  }
}
