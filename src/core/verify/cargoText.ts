/**
 * What `cargo test` prints: `test a::b ... ok` for each test (The rustc book, "Tests"), below a line of Cargo's that
 * names the program they are in. Libtest has no other stable format.
 */
import { named, type Reading, Tally, type TestCase } from './tally';

/** `Running unittests src/lib.rs (target/debug/deps/demo-8348ca7a80742723)`, `Doc-tests demo` */
const PROGRAM = /^\s*Running (?:unittests )?(\S{1,1000}) \((\S{1,2000})\)$/;
const DOC_TESTS = /^\s*Doc-tests (\S{1,1000})$/;
const TEST = /^test (\S.{0,1000}?) \.\.\. ?(.*)$/;
const RESULT = /^(ok|FAILED|failed|ignored|bench:)(?:$|[ ,])/;
/** Where tests run one by one and print, the result stands behind what was printed. */
const LATE = /^(ok|FAILED|ignored)$/;
const SUMMARY =
  /^test result: \w{1,20}\. (\d{1,9}) passed; (\d{1,9}) failed; (\d{1,9}) ignored; (\d{1,9}) measured; (\d{1,9}) filtered out/;
const STDOUT = /^---- (\S.{0,1000}?) stdout ----$/;

const STATUS: Readonly<Record<string, TestCase['status']>> = {
  ok: 'passed',
  FAILED: 'failed',
  failed: 'failed',
  ignored: 'skipped',
  'bench:': 'passed',
};
/** Characters of a line that are looked at. */
const LINE_LIMIT = 4_000;
const MOST_LINES = 100;

/** The tests of one program. */
interface Program {
  readonly name: string;
  readonly tests: Map<string, TestCase['status'] | null>;
  readonly outputs: Map<string, string[]>;
}

/** Reads the output; never throws. */
export function readCargoText(text: string): Reading {
  const tally = new Tally();
  let program = begin('');
  let [summaries, waiting, printing] = [0, '', ''];
  for (const whole of text.split('\n')) {
    const line = whole.length > LINE_LIMIT ? whole.slice(0, LINE_LIMIT) : whole.trimEnd();
    const started = programOf(line);
    const [, name, result = ''] = TEST.exec(line) ?? [];
    const summary = SUMMARY.exec(line);
    if (started !== null) {
      finish(tally, program, null);
      [program, waiting, printing] = [begin(started), '', ''];
    } else if (summary !== null) {
      summaries++;
      finish(tally, program, summary.slice(1).map(Number));
      // Cargo's own lines may be missing, as when they were not printed: its programs are told apart by their order.
      [program, waiting, printing] = [begin(program.name), '', ''];
    } else if (name !== undefined) {
      const status = STATUS[RESULT.exec(result)?.[1] ?? ''] ?? null;
      program.tests.set(plain(name), status);
      waiting = status === null ? plain(name) : '';
    } else if (waiting !== '' && LATE.test(line)) {
      program.tests.set(waiting, STATUS[LATE.exec(line)![1]!]!);
      waiting = '';
    } else {
      const heading = STDOUT.exec(line)?.[1];
      if (heading !== undefined) {
        printing = plain(heading);
        program.outputs.set(printing, []);
      } else if (line === 'failures:') printing = '';
      else if (printing !== '') keep(program.outputs.get(printing), line);
    }
  }
  finish(tally, program, null);
  const report = tally.report('cargo');
  return summaries === 0 && report.counts.total === 0
    ? { why: 'no output of `cargo test`: it tells of no test' }
    : { report };
}

function begin(name: string): Program {
  return { name, tests: new Map(), outputs: new Map() };
}

/** A program by its source and the crate that it was built of: the hash behind it changes with every version. */
function programOf(line: string): string | null {
  const [, source, built = ''] = PROGRAM.exec(line) ?? [];
  if (source === undefined) return DOC_TESTS.exec(line)?.[1] ?? null;
  const file = built.slice(Math.max(built.lastIndexOf('/'), built.lastIndexOf('\\')) + 1);
  return `${file.replace(/(?:\.exe)?$/, '').replace(/-[0-9a-f]{16}$/, '')} (${source})`;
}

/** `tests::sp - should panic` is the test `tests::sp`. */
function plain(name: string): string {
  return name.replace(/ - should panic$/, '');
}

const LINE = / \(line (\d{1,7})\)/;

/**
 * Tests of documentation are named by the line that they begin at, which moves with what is above it: named here by
 * their order among those of the same item.
 */
function stable(names: Iterable<string>): ReadonlyMap<string, string> {
  const numbered = [...names].map((name) => [name, Number(LINE.exec(name)?.[1] ?? 0)] as const);
  const seen = new Map<string, number>();
  return new Map(
    numbered
      .sort(([, a], [, b]) => a - b)
      .map(([name]) => {
        const item = name.replace(LINE, '');
        const order = (seen.get(item) ?? 0) + 1;
        seen.set(item, order);
        return [name, order === 1 ? item : `${item} (${order})`];
      }),
  );
}

function keep(lines: string[] | undefined, line: string): void {
  if (lines !== undefined && lines.length < MOST_LINES) lines.push(line);
}

/** Adds the tests of a program that ended, or that never said how it ended. */
function finish(tally: Tally, { name: program, tests, outputs }: Program, summary: readonly number[] | null): void {
  const [, failed = 0] = summary ?? [];
  const told = [...tests.values()].filter((status) => status === 'failed').length;
  const names = stable(tests.keys());
  for (const [name, status] of tests) {
    // One whose result was not seen passed if the summary knows of no other failure.
    const ended = status ?? (summary === null || failed > told ? 'failed' : 'passed');
    tally.add(named([program], names.get(name) ?? name), ended, () => detailOf(outputs.get(name) ?? []));
  }
}

/** Rust's panics name their place: `thread 'a' panicked at src/lib.rs:5:113:` */
function detailOf(lines: readonly string[]) {
  const panic = lines.find((line) => line.includes(' panicked at '));
  const [, file, line] = /panicked at (?:'.{0,1000}', )?(\S{1,1000}?):(\d{1,7}):\d{1,7}:?$/.exec(panic ?? '') ?? [];
  const place = file === undefined ? {} : { file, line: Number(line) };
  return { trace: lines.join('\n').trim(), ...place };
}
