/** `boundary/*` by content: added lines of code that do what a boundary stands for, wherever they stand. */
import { boundariesOfLine } from './boundaryContents';
import { hasNewContent } from './changes';
import { mapConcurrently } from './concurrent';
import type { AddedLine, Change } from './diff';
import type { ContentRule, RuleContext } from './input';
import type { RawFinding } from './report';
import { ruleOf } from './rules';
import { isTestData } from './testData';

const READS_AT_ONCE = 16;
/** Beyond it a line is looked at no further: it was not written by hand. */
const LONGEST_LINE = 1_000;
/** Prose speaks about things; it does not do them. */
const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc|html?|svg|csv|lock|snap|map)$/i;

/** One finding a file and boundary that the path itself does not belong to. */
export const judgeBoundaryLines: ContentRule = async (context) => {
  const changed = context.changes.filter(
    (change) => hasNewContent(change) && !PROSE.test(change.path) && !isTestData(change.path),
  );
  return { findings: (await mapConcurrently(changed, READS_AT_ONCE, (change) => linesOf(change, context))).flat() };
};

async function linesOf(change: Change, context: RuleContext): Promise<readonly RawFinding[]> {
  const known = new Set(context.boundaries.of(change.path));
  const found = new Map<string, AddedLine>();
  for (const line of await context.reader.addedLines(change)) {
    if (line.text.length > LONGEST_LINE) continue;
    for (const name of [...boundariesOfLine(line.text), ...context.boundaries.ofLine(line.text)]) {
      if (!known.has(name) && !found.has(name)) found.set(name, line);
    }
  }
  const allowed = new Set(context.brief.front.approval.allow);
  return [...found].map(([name, { line, text }]): RawFinding => {
    const rule = `boundary/${name}`;
    const message = `${change.path} gains a line that belongs to the boundary ${name}. ${ruleOf(rule)?.why ?? ''}`;
    const severity = allowed.has(name) ? 'info' : 'warn';
    return { rule, severity, path: change.path, line, message, evidence: text.trim() };
  });
}
