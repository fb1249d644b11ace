/** `tests/weakened` and inline snapshots: what the cases of a file prove less than before. */
import { append } from '../append';
import type { RawFinding, Severity } from '../report';
import { type Loss, lossesOf } from './comparison';
import { elsewhereOf } from './elsewhere';
import { findingIn, grouped, type Said } from './finding';
import type { Asserting, TestCase, TestFile, TestHelper } from './model';
import type { Pairing } from './pairing';
import type { Side } from './sides';
import { isNamedAfter } from './subjects';
import { listed, titleOf } from './texts';

export interface Surroundings {
  /** Whether the change touches anything but tests and prose. */
  readonly sourceChanged: boolean;
  /** Functions that assert, in all changed files. */
  readonly helpers: ReadonlySet<string>;
}

const EXPECTED = 'expected value changed without the code it tests';

/** Compares the cases that were paired. */
export function judgeCases(before: Side, after: Side, pairing: Pairing, around: Surroundings): readonly RawFinding[] {
  // Of a case that does not run, more is not said.
  const running =
    after.file.skip !== null && after.file.conditional !== true
      ? []
      : pairing.pairs.filter(([, is]) => is.skip === null || is.conditional);
  const pairs = running.map(([was, is]) => [titleOf(is), was, is] as const);
  const rows = running.flatMap(([was, is]) => rowLosses(was, is, pairing, around));
  return [...compare(before, after, pairs, pairing, around, rows), ...patienceLosses(before, after, pairing)];
}

/** Compares what stands outside the cases: functions that assert, tries and time of the file, doubles. */
export function judgeFile(before: Side, after: Side, pairing: Pairing, around: Surroundings): readonly RawFinding[] {
  const pairs = helperPairs(before.file, after.file);
  return [...compare(before, after, pairs, pairing, around, []), ...mockLosses(before, after)];
}

/** What is said of one place, and of many like it after their number. */
interface Told extends Said {
  readonly many: string;
}

const MANY: Readonly<Record<Loss['kind'], string>> = {
  fewer: 'places assert less than before',
  weaker: 'places assert less than before',
  muted: 'places assert to no effect',
  guarded: 'places assert only on a condition now',
  opposite: 'places assert the opposite of what they did',
  expected: 'expected values changed without the code that they are of',
  snapshot: 'inline snapshots are rewritten',
};

type Compared = readonly [name: string, before: Asserting, after: Asserting];

function compare(
  before: Side,
  after: Side,
  pairs: readonly Compared[],
  pairing: Pairing,
  around: Surroundings,
  more: readonly Told[],
): readonly RawFinding[] {
  const elsewhere = elsewhereOf(before, after, pairing, around.helpers);
  const losses = pairs.flatMap(([name, was, is]) =>
    lossesOf(was, is, elsewhere)
      .flatMap((loss) => saidOf(name, loss, is, around))
      .map((told) => (before.place.kind === 'inline' && name.endsWith('()') ? doubtful(told) : told)),
  );
  const kinds = new Map<string, Told[]>();
  for (const said of [...losses, ...more]) append(kinds, `${said.many} ${said.severity ?? 'block'}`, said);
  return [...kinds.values()].flatMap((found) => grouped(after, found, (count) => `${count} ${found[0]?.many}`));
}

/** Beside code, a function that may fail is as likely a part of it as of its tests. */
function doubtful(told: Told): Told {
  return told.severity === 'block' ? { ...told, severity: 'warn' } : told;
}

/** Functions of a name in their order: methods of several classes have the same. */
function helperPairs(before: TestFile, after: TestFile): readonly Compared[] {
  const waiting = new Map<string, TestHelper[]>();
  for (const helper of (after.helpers ?? []).toReversed()) append(waiting, helper.name, helper);
  const [many, now] = [numbersOf(before), numbersOf(after)];
  return (before.helpers ?? []).flatMap((was) => {
    const is = many.get(was.name) === now.get(was.name) ? waiting.get(was.name)?.pop() : undefined;
    if (is === undefined) return [];
    return [[was.name === '' ? 'outside the cases' : `${was.name}()`, was, is] as const];
  });
}

function numbersOf({ helpers = [] }: TestFile): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { name } of helpers) numbers.set(name, (numbers.get(name) ?? 0) + 1);
  return numbers;
}

function saidOf(name: string, loss: Loss, after: Asserting, { sourceChanged }: Surroundings): readonly Told[] {
  const said = (line: number | null, message: string, evidence: string, severity: Severity = 'block'): Told => ({
    many: MANY[loss.kind],
    rule: loss.kind === 'snapshot' ? 'tests/snapshot' : 'tests/weakened',
    ...{ severity, line, message: `“${name}” ${message}`, evidence: `${name}: ${evidence}` },
  });
  switch (loss.kind) {
    case 'fewer': {
      const gone = listed(loss.lost.map(({ text }) => text));
      if (loss.trivial !== null) {
        return [said(loss.trivial.line, 'asserts something that cannot fail instead', arrow(gone, loss.trivial.text))];
      }
      const line = after.assertions[0]?.line ?? lineOfCase(after);
      const what = loss.all ? 'asserts nothing any more' : `lost ${count(loss.lost.length)}`;
      return [said(line, what, gone, loss.doubtful ? 'warn' : 'block')];
    }
    case 'muted':
      return [
        said(
          loss.now.line,
          `still asserts, but to no effect: ${loss.now.muted}`,
          listed(loss.lost.map(({ text }) => text)),
        ),
      ];
    case 'weaker':
      return [
        said(
          loss.now.line,
          `asserts less: ${loss.now.strength} where it was ${loss.was.strength}`,
          arrow(loss.was.text, loss.now.text),
          loss.sure ? 'block' : 'warn',
        ),
      ];
    case 'guarded':
      return [said(loss.now.line, 'asserts only on a condition now', loss.now.text, 'warn')];
    case 'opposite': {
      const severity = loss.alone && !sourceChanged ? 'block' : 'warn';
      return [
        said(loss.now.line, 'asserts the opposite of what it did', arrow(loss.was.text, loss.now.text), severity),
      ];
    }
    case 'expected':
      return sourceChanged
        ? []
        : [said(loss.now.line, `has an ${EXPECTED}`, arrow(loss.was.text, loss.now.text), 'warn')];
    case 'snapshot':
      return [said(loss.now.line, 'has its inline snapshot rewritten', arrow(loss.was.text, loss.now.text))];
  }
}

/** Longest text that is shown from its beginning: of longer ones, from where they differ. */
const SHOWN = 120;
const LEAD = 20;

function arrow(was: string, now: string): string {
  let same = 0;
  while (same < was.length && was[same] === now[same]) same++;
  const from = same > SHOWN - LEAD ? same - LEAD : 0;
  const part = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + SHOWN)}${text.length > from + SHOWN ? '…' : ''}`;
  return from > 0 ? `${was.slice(0, SHOWN / 2)}${part(was)} → ${part(now)}` : `${part(was)} → ${part(now)}`;
}

function lineOfCase(after: Asserting): number | null {
  return 'line' in after && typeof after.line === 'number' ? after.line : null;
}

function count(assertions: number): string {
  return assertions === 1 ? 'an assertion' : `${assertions} assertions`;
}

/** Rows of a table that are gone, or expect something else. */
function rowLosses(was: TestCase, is: TestCase, { fresh }: Pairing, { sourceChanged }: Surroundings): readonly Told[] {
  if (!was.rows || !is.rows || was.rows.length === 0) return [];
  const now = new Set(is.rows);
  const lost = was.rows.filter((row) => !now.has(row));
  const old = new Set(was.rows);
  const gained = is.rows.filter((row) => !old.has(row));
  const name = titleOf(is);
  const said = { rule: 'tests/weakened', line: is.line } as const;
  if (lost.length > gained.length && is.rows.length < was.rows.length) {
    const others = fresh.map(({ body = '' }) => body).join(' ');
    const missing = lost.filter((row) => !others.includes(row.replace(/^[[({]|[\])}]$/g, '')));
    if (missing.length === 0 || fresh.some(({ rows }) => rows === null)) return [];
    const message = `“${name}” lost ${missing.length === 1 ? 'a row' : `${missing.length} rows`} of its table`;
    const many = 'cases run with fewer rows of data than before';
    return [{ ...said, many, severity: 'block', message, evidence: `${name}: ${listed(missing)}` }];
  }
  if (sourceChanged || was.body !== is.body) return [];
  const start = (row: string) => row.slice(0, Math.max(0, row.lastIndexOf(',')));
  const starts = new Map(gained.map((row) => [start(row), row]));
  const changed = lost.flatMap((row) => {
    const other = start(row) === '' ? undefined : starts.get(start(row));
    return other === undefined ? [] : [`${row} → ${other}`];
  });
  if (changed.length === 0) return [];
  const message = `“${name}” has an ${EXPECTED}`;
  return [{ ...said, many: MANY.expected, severity: 'warn', message, evidence: `${name}: ${listed(changed)}` }];
}

/** Jest's, Vitest's and Cypress' limit is about this: a limit below it, where there was none, gives no more time. */
const USUAL_TIMEOUT = 5_000;

function patienceLosses(before: Side, after: Side, { pairs }: Pairing): readonly RawFinding[] {
  const inFile = raised(before, before.file.patience, after.file.patience).map((change) => ({
    name: 'the file',
    line: null,
    change,
  }));
  const inCases = pairs.flatMap(([was, is]) =>
    raised(before, was.patience, is.patience).map((change) => ({ name: titleOf(is), line: is.line, change })),
  );
  const all = [...inFile, ...inCases];
  const [first] = all;
  if (first === undefined) return [];
  const evidence = listed(all.map(({ name, change }) => `${name}: ${change}`));
  const message = 'Tests are given more tries or time than before';
  return [findingIn(after, { rule: 'tests/weakened', severity: 'warn', line: first.line, message, evidence })];
}

function raised({ place }: Side, was: ReadonlyMap<string, number>, is: ReadonlyMap<string, number>): readonly string[] {
  const hasDefault = /^(?:javascript|jsx|typescript|tsx)$/.test(place.language ?? '');
  return [...is].flatMap(([key, value]) => {
    const usual = key === 'retries' ? 0 : hasDefault ? USUAL_TIMEOUT : Infinity;
    const old = was.get(key);
    return value > (old ?? usual) ? [`${key} ${old ?? 'unset'} → ${value}`] : [];
  });
}

/** A double newly put over what the file tests. */
function mockLosses(before: Side, after: Side): readonly RawFinding[] {
  const fresh = [...after.file.mocks].filter(([name]) => !before.file.mocks.has(name));
  return fresh.flatMap(([name, line]) => {
    const isSubject = isNamedAfter(after.path, name);
    if (!isSubject && !isImported(before.file, name)) return [];
    const message = isSubject
      ? `A double now stands for ${name}, which this file is named after`
      : `A double now stands for ${name}, which this file tested as it is`;
    return [
      findingIn(after, {
        rule: 'tests/weakened',
        severity: isSubject ? 'block' : 'warn',
        line,
        message,
        evidence: `double of ${name}`,
      }),
    ];
  });
}

/** Packages are mocked to keep a test from the outside; modules of the project may be what is tested. */
function isImported({ imports }: TestFile, name: string): boolean {
  if (imports === undefined || !imports.has(name)) return false;
  return /^(?:\.|@\/|~\/|#|src\/)/.test(name) || (name.includes('.') && !name.includes('/'));
}
