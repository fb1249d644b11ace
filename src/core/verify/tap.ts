/** Test Anything Protocol, versions 12 to 14: https://testanything.org */
import { Tally, type TestCase, type TestReport } from './tally';

const POINT = /^( *)(not )?ok\b(?: +(\d+))?(?: +(?:- )?)?(.*)$/;
const DIRECTIVE = /(?:^|\s)#\s*(SKIP|TODO)\b/i;
const PLAN = /^(\d{1,9})\.\.(\d{1,9})\s*(?:#.*)?$/;
/** A subtest is indented by four columns for each level below the first. */
const INDENT = 4;

/** Whether a test failed at one depth of subtests. */
interface Level {
  failed: boolean;
}

/** Reads a TAP stream; never throws. */
export function readTap(text: string): { readonly report: TestReport } | { readonly why: string } {
  const tally = new Tally();
  const levels: Level[] = [];
  let planned: number | null = null;
  let points = 0;
  for (const line of withoutDiagnostics(text)) {
    const plan = PLAN.exec(line);
    if (plan !== null) planned = Math.max(0, Number(plan[2]) - Number(plan[1]) + 1);
    if (/^ *Bail out!/.test(line)) tally.add(line.trim(), 'failed');
    const point = POINT.exec(line);
    if (point === null) continue;
    const depth = Math.floor(point[1]!.length / INDENT);
    if (depth === 0) points++;
    addPoint(tally, levels, depth, point[4]!, statusOf(point));
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
function addPoint(tally: Tally, levels: Level[], depth: number, name: string, status: TestCase['status']): void {
  const inner = levels[depth + 1];
  levels.length = Math.min(levels.length, depth + 1);
  levels[depth] = { failed: status === 'failed' || (levels[depth]?.failed ?? false) };
  const sums = inner !== undefined && (status !== 'failed' || inner.failed);
  if (!sums) tally.add(name.replace(DIRECTIVE, ' ').trim(), status);
}

function statusOf([, , failed, , text]: RegExpExecArray): TestCase['status'] {
  const directive = DIRECTIVE.exec(text!)?.[1]?.toUpperCase();
  if (directive === 'SKIP') return 'skipped';
  // "Not ok" is expected of a TODO, and "ok" is no proof yet.
  if (directive === 'TODO') return 'skipped';
  return failed === undefined ? 'passed' : 'failed';
}

/** The lines outside YAML blocks. A block ends at `...` or, when it was never closed, at a line that is indented less. */
function* withoutDiagnostics(text: string): Generator<string> {
  let block: number | null = null;
  for (const line of text.split(/\r?\n/)) {
    const indent = line.length - line.trimStart().length;
    if (block !== null && line.trim() !== '' && indent < block) block = null;
    if (block === null && /^ +---\s*$/.test(line)) block = indent;
    else if (block !== null) block = line.trim() === '...' ? null : block;
    else yield line;
  }
}
