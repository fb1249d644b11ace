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
  return [...together(after, skipped), ...judgeFocus(after, pairing)];
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
