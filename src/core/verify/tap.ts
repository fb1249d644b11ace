/** Test Anything Protocol, versions 12 to 14: https://testanything.org */
import { named, type Reading, Tally, type TestCase } from './tally';
import { readDiagnosis } from './tapDiagnosis';

const POINT = /^( *)(not )?ok\b(?: +(\d+))?(?: +(?:- )?)?(.*)$/;
const DIRECTIVE = /(?:^|\s)#\s*(SKIP|TODO)\b/i;
const PLAN = /^(\d{1,9})\.\.(\d{1,9})\s*(?:#.*)?$/;
/** A subtest is indented by four columns for each level below the first. */
const INDENT = 4;

/** TAP 14: names the test whose subtests follow, before they do. */
const SUBTEST = /^( *)# Subtest: (.*)$/;
/** Depth of subtests beyond which names are not kept. */
const MOST_NAMES = 100;

/** Whether a test failed at one depth of subtests. */
interface Level {
  failed: boolean;
}

/** A test point, and the lines of the block behind it. */
interface Point {
  readonly name: string;
  /** Names of the tests that it is a part of. */
  readonly suites: readonly string[];
  readonly block: readonly string[];
}

/** Reads a TAP stream; never throws. */
export function readTap(text: string): Reading {
  const tally = new Tally();
  const levels: Level[] = [];
  const suites: string[] = [];
  let planned: number | null = null;
  let points = 0;
  for (const { line, block } of withDiagnostics(text)) {
    const plan = PLAN.exec(line);
    if (plan !== null) planned = Math.max(0, Number(plan[2]) - Number(plan[1]) + 1);
    if (/^ *Bail out!/.test(line)) tally.add(line.trim(), 'failed');
    const subtest = SUBTEST.exec(line);
    if (subtest !== null) nameSuite(suites, depthOf(subtest), subtest[2]!);
    const point = POINT.exec(line);
    if (point === null) continue;
    const depth = depthOf(point);
    if (depth === 0) points++;
    suites.length = Math.min(suites.length, depth);
    addPoint(tally, levels, depth, { name: point[4]!, suites, block }, statusOf(point));
  }
  if (planned === null && points === 0) return { why: 'TAP without a plan and without a test' };
  // What was planned and did not run did not pass.
  tally.addUnnamed(Math.max(0, (planned ?? points) - points), 'failed');
  return { report: tally.report('tap') };
}

/**
 * A test point that sums up the subtests before it is not a test of its own, unless it failed where none of them did.
 * `levels[d]` is what came at depth d since the last point of a lesser depth.
 */
function addPoint(
  tally: Tally,
  levels: Level[],
  depth: number,
  { name, suites, block }: Point,
  status: TestCase['status'],
): void {
  const inner = levels[depth + 1];
  levels.length = Math.min(levels.length, depth + 1);
  levels[depth] = { failed: status === 'failed' || (levels[depth]?.failed ?? false) };
  const sums = inner !== undefined && (status !== 'failed' || inner.failed);
  if (!sums) tally.add(named(suites, plainName(name)), status, () => readDiagnosis(block));
}

/** Without the directive and its reason, which may change while the test stays; a test without a name has only those. */
function plainName(description: string): string {
  const directive = DIRECTIVE.exec(description);
  if (directive === null) return description.trim();
  const name = description.slice(0, directive.index).trim();
  return name === '' ? description.slice(directive.index + directive[0].length).trim() : name;
}

function depthOf([, indent = '']: readonly string[]): number {
  return Math.floor(indent.length / INDENT);
}

function nameSuite(suites: string[], depth: number, name: string): void {
  if (depth > Math.min(suites.length, MOST_NAMES)) return;
  suites.length = depth;
  suites.push(name.trim());
}

function statusOf([, , failed, , text]: RegExpExecArray): TestCase['status'] {
  const directive = DIRECTIVE.exec(text!)?.[1]?.toUpperCase();
  if (directive === 'SKIP') return 'skipped';
  // "Not ok" is expected of a TODO, and "ok" is no proof yet.
  if (directive === 'TODO') return 'skipped';
  return failed === undefined ? 'passed' : 'failed';
}

/** A line outside YAML blocks, with the lines of the block that follows it. */
interface Explained {
  readonly line: string;
  readonly block: readonly string[];
}

/**
 * The lines outside YAML blocks, each with the block behind it. A block ends at `...` or, when it was never closed, at a
 * line that is indented less.
 */
function* withDiagnostics(text: string): Generator<Explained> {
  let indent: number | null = null;
  let before: { readonly line: string; readonly block: string[] } | null = null;
  for (const line of text.split(/\r?\n/)) {
    const depth = line.length - line.trimStart().length;
    if (indent !== null && line.trim() !== '' && depth < indent) indent = null;
    if (indent === null && /^ +---\s*$/.test(line)) {
      indent = depth;
    } else if (indent !== null) {
      if (line.trim() === '...') indent = null;
      else if (before !== null && before.block.length < BLOCK_LINES) before.block.push(line.slice(indent));
    } else {
      if (before !== null) yield before;
      before = { line, block: [] };
    }
  }
  if (before !== null) yield before;
}

/** Lines of a block that are read. */
const BLOCK_LINES = 1_000;
