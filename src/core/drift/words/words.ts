/** `review/*`: added text that addresses the reviewer, and work that says itself that it is not done. */
import { hasNewContent } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { AddedLine, Change } from '../diff';
import type { ContentRule, RuleContext } from '../input';
import type { RawFinding } from '../report';
import { addressesReviewer } from './injection';
import { isUnfinished } from './unfinished';

const READS_AT_ONCE = 16;
/** Beyond it a line is looked at no further: nobody reads it either. */
const LONGEST_LINE = 2_000;

export const judgeWords: ContentRule = async (context) => {
  const changed = context.changes.filter(hasNewContent);
  return { findings: (await mapConcurrently(changed, READS_AT_ONCE, (change) => wordsOf(change, context))).flat() };
};

async function wordsOf(change: Change, { reader }: RuleContext): Promise<readonly RawFinding[]> {
  const lines = (await reader.addedLines(change)).map(({ line, text }) => ({
    line,
    text: text.slice(0, LONGEST_LINE),
  }));
  const { path } = change;
  return [
    ...one('review/injection', path, lines.filter(addressesReviewer), 'addresses whoever reviews it'),
    ...one('review/unfinished', path, lines.filter(isUnfinished), 'says that it is not finished'),
  ];
}

/** One finding for all such lines of a file; the first one is its evidence. */
function one(rule: string, path: string, lines: readonly AddedLine[], what: string): readonly RawFinding[] {
  const [first] = lines;
  if (first === undefined) return [];
  const more = lines.length > 1 ? `, in ${lines.length} places` : '';
  return [{ rule, path, line: first.line, message: `${path} ${what}${more}.`, evidence: first.text.trim() }];
}
