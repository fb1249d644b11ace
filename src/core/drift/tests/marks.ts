/** `tests/skipped` and `tests/focused`: what no longer runs, or makes others not run. */
import { append } from '../append';
import type { RawFinding, Severity } from '../report';
import { findingIn, lineOf, namesOf } from './finding';
import type { TestCase } from './model';
import type { Pairing } from './pairing';
import type { Side } from './sides';

interface Marked {
  readonly test: TestCase;
  readonly severity: Severity;
  readonly born: boolean;
}

/** Judges the head side of a file by what its cases were; `before` null: the file is new. */
export function judgeMarks(before: Side | null, after: Side, pairing: Pairing): readonly RawFinding[] {
  const whole = skippedFile(before, after);
  if (whole !== null) return [whole, ...judgeFocus(after, pairing)];
  const skipped = [
    ...pairing.pairs.flatMap(([was, is]) => newlySkipped(was, is, before?.file.skip ?? null)),
    ...pairing.fresh.flatMap(bornSkipped),
  ];
  const moved = before === null ? [] : otherwiseSkipped(before, after, pairing);
  return [...together(after, skipped), ...moved, ...judgeFocus(after, pairing)];
}

function skippedFile(before: Side | null, after: Side): RawFinding | null {
  const { skip, skipLine = 1, conditional = false } = after.file;
  if (skip === null) return null;
  const was = before?.file;
  if (was && was.skip !== null && (was.conditional !== true || conditional)) return null;
  const severity = before === null ? (conditional ? 'info' : 'warn') : conditional ? 'warn' : 'block';
  const when = conditional ? ' on a condition' : '';
  const message =
    before === null
      ? `The new file is skipped as a whole${when}: ${skip}`
      : `The file is now skipped as a whole${when}: ${skip}`;
  return findingIn(after, {
    rule: 'tests/skipped',
    severity,
    line: skipLine,
    message,
    evidence: lineOf(after, skipLine),
  });
}

function newlySkipped(was: TestCase, is: TestCase, fileWas: string | null): readonly Marked[] {
  if (is.skip === null || fileWas !== null) return [];
  if (was.skip !== null && (!was.conditional || is.conditional)) return [];
  return [{ test: is, severity: is.conditional ? 'warn' : 'block', born: false }];
}

/** More cases than this are not asked for the condition of their skip. */
const MOST_ASKED = 500;
const CONDITION =
  /\b(?:skip_?(?:if|unless)|run_?if|ignore_?if|(?:dis|en)abled(?:if|on)\w*|assume(?:True|False|That)|cfg_attr)\b[ \t]*\(([^\n]{1,300})/i;

/** Cases that are still skipped on a condition, and it is another: who turns it sees to it that they do not run. */
function otherwiseSkipped(before: Side, after: Side, { pairs }: Pairing): readonly RawFinding[] {
  const both = pairs.filter(([was, is]) => was.skip !== null && is.skip !== null && was.conditional && is.conditional);
  if (both.length === 0 || both.length > MOST_ASKED) return [];
  const [old, now] = [before.text.split('\n'), after.text.split('\n')];
  const groups = new Map<string, TestCase[]>();
  for (const [was, is] of both) {
    const [from, to] = [conditionOf(was, old), conditionOf(is, now)];
    if (from !== null && to !== null && from !== to) append(groups, `${from} → ${to}`, is);
  }
  return [...groups].map(([change, tests]) => {
    const who = tests.length === 1 ? `“${namesOf(tests)}” is` : `${tests.length} cases are`;
    const message = `${who} skipped on another condition than before`;
    const line = tests[0]?.skipLine ?? tests[0]?.line ?? null;
    return findingIn(after, { rule: 'tests/skipped', severity: 'warn', line, message, evidence: change });
  });
}

/** The condition in the line of a case or in the annotations above, without white space; null where none is seen. */
function conditionOf({ skipLine, line }: TestCase, lines: readonly string[]): string | null {
  let from = (skipLine ?? line) - 1;
  while (from > 0 && /^\s*[@#[]/.test(lines[from - 1] ?? '')) from--;
  const said = CONDITION.exec(lines.slice(from, skipLine ?? line).join('\n'))?.[1];
  return said === undefined ? null : untilClosed(said).replace(/\s+/g, '');
}

/** The text up to the bracket that closes what was opened before it. */
function untilClosed(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && depth-- === 0) return text.slice(0, at);
  }
  return text;
}

/** Of a new case the condition is how it was meant. */
function bornSkipped(test: TestCase): readonly Marked[] {
  return test.skip === null ? [] : [{ test, severity: test.conditional ? 'info' : 'warn', born: true }];
}

/** One finding for the cases that one mark skips. */
function together(after: Side, skipped: readonly Marked[]): readonly RawFinding[] {
  const groups = new Map<string, Marked[]>();
  for (const each of skipped) append(groups, JSON.stringify([each.severity, each.born, each.test.skip]), each);
  return [...groups.values()].map((group) => {
    const tests = group.map(({ test }) => test);
    const [first] = group as [Marked, ...Marked[]];
    const { skip, skipLine, line } = first.test;
    const at = skipLine ?? line;
    const how = first.severity === 'block' || (first.born && first.severity === 'warn') ? '' : ' on a condition';
    const who = tests.length === 1 ? `“${namesOf(tests)}”` : `${tests.length} cases`;
    const message = first.born
      ? `${who} ${tests.length === 1 ? 'is' : 'are'} new and skipped${how} from the start: ${skip}`
      : `${who} ran before and ${tests.length === 1 ? 'is' : 'are'} now skipped${how}: ${skip}`;
    const evidence = `${skip}: ${namesOf(tests)}`;
    return findingIn(after, { rule: 'tests/skipped', severity: first.severity, line: at, message, evidence });
  });
}

function judgeFocus(after: Side, { pairs, fresh }: Pairing): readonly RawFinding[] {
  const focused = [...pairs.filter(([was]) => was.focus === null).map(([, is]) => is), ...fresh].filter(
    ({ focus }) => focus !== null,
  );
  const groups = new Map<string, TestCase[]>();
  for (const test of focused) append(groups, test.focus ?? '', test);
  return [...groups].map(([word, tests]) => {
    const line = tests[0]?.focusLine ?? tests[0]?.line ?? null;
    const message = `${word} makes ${tests.length === 1 ? 'one case run' : `${tests.length} cases run`} and no other`;
    return findingIn(after, { rule: 'tests/focused', line, message, evidence: `${word}: ${namesOf(tests)}` });
  });
}
