/** Tests of Go as their packages tell of them, from whichever of the two outputs of `go test`. */
import { named, type Reading, Tally, type TestCase } from './tally';

/** Lines of a failed test's output that are kept. */
const MOST_LINES = 100;

interface Test {
  status: TestCase['status'] | null;
  readonly lines: string[];
}

interface Package {
  readonly tests: Map<string, Test>;
  failed: boolean;
  readonly lines: string[];
}

/** Collects what was told, in order, and adds it up. */
export class GoTests {
  readonly #packages = new Map<string, Package>();

  /** A test that began, ended, or printed a line. A subtest is `Parent/name`. */
  tell(path: string, name: string, status: TestCase['status'] | null, line: string | null = null): void {
    const { tests } = this.#package(path);
    const test = tests.get(name) ?? { status: null, lines: [] };
    tests.set(name, test);
    if (status !== null && test.status !== 'failed') test.status = status;
    if (line !== null && test.lines.length < MOST_LINES) test.lines.push(line);
  }

  /** How a package ended, or what it printed outside of its tests. */
  tellPackage(path: string, end: TestCase['status'] | null, line: string | null = null): void {
    const found = this.#package(path);
    if (end === 'failed') found.failed = true;
    if (line !== null && found.lines.length < MOST_LINES) found.lines.push(line);
  }

  get isEmpty(): boolean {
    return this.#packages.size === 0;
  }

  report(): Reading {
    const tally = new Tally();
    for (const [path, { tests, failed, lines }] of this.#packages) {
      const before = tally.failed;
      addTests(tally, path, tests);
      // It did not compile, panicked outside of a test, or ended itself.
      if (failed && tally.failed === before) tally.add(path, 'failed', () => ({ trace: lines.join('\n') }));
    }
    return { report: tally.report('go') };
  }

  #package(path: string): Package {
    const found = this.#packages.get(path) ?? { tests: new Map(), failed: false, lines: [] };
    this.#packages.set(path, found);
    return found;
  }
}

/** A test that sums up its subtests is none of its own, unless it failed where none of them did. */
function addTests(tally: Tally, path: string, tests: ReadonlyMap<string, Test>): void {
  const sums = new Set<string>();
  const failing = new Set<string>();
  for (const [name, { status }] of tests) {
    const parent = name.slice(0, name.lastIndexOf('/'));
    if (!tests.has(parent)) continue;
    sums.add(parent);
    if (status === 'failed' || status === null) failing.add(parent);
  }
  for (const [name, { status, lines }] of tests) {
    // One that began and never ended did not pass.
    const ended = status ?? 'failed';
    if (sums.has(name) && (ended !== 'failed' || failing.has(name))) continue;
    const trace = () => (status === null ? ['it did not end', ...lines] : lines).join('\n');
    tally.add(named([path], name), ended, () => ({ trace: trace() }));
  }
}
