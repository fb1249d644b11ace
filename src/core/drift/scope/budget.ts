/** `scope/budget` and `scope/empty`: how much changed, against how much was planned. */

import { mapConcurrently } from '../concurrent';
import type { Change, TreeReader } from '../diff';
import type { ContentRule, PathRule } from '../input';
import type { RawFinding } from '../report';

/** Files that are read to tell a reformat from a rewrite; beyond it the share is that of the first ones. */
const SAMPLE = 500;
/** A larger file is not worth reading for a share. */
const SAMPLE_BYTES = 512 * 1024;
const READS_AT_ONCE = 16;

/** Files (a rename is one) and lines (insertions + deletions) over the brief's budget. Reads nothing. */
export const judgeBudget: PathRule = ({ brief, changes }) => {
  const { files, lines } = brief.front.budget;
  const changed = countLines(changes);
  return [
    ...(files !== undefined && changes.length > files ? [over(changes.length, files, 'files')] : []),
    ...(lines !== undefined && changed > lines ? [over(changed, lines, 'lines')] : []),
  ];
};

/** As `judgeBudget`, plus `scope/empty`, and how much of an excess is white space only. */
export const judgeSize: ContentRule = async (context) => {
  if (context.changes.length === 0) {
    return {
      findings: [{ rule: 'scope/empty', path: null, message: 'Nothing changed.', evidence: 'no changed path' }],
    };
  }
  const findings = judgeBudget(context);
  if (findings.length === 0) return { findings };
  const share = await whitespaceShare(context.changes, context.reader);
  if (share === 0) return { findings };
  const note = `About ${Math.round(share * 100)} % of the changed lines are in files that differ in white space only.`;
  return { findings: findings.map((finding) => ({ ...finding, message: `${finding.message} ${note}` })) };
};

function over(actual: number, budget: number, unit: string): RawFinding {
  return {
    rule: 'scope/budget',
    path: null,
    message: `${actual} ${unit} changed; the brief plans for ${budget}.`,
    evidence: `${actual} ${unit}, budget ${budget}`,
  };
}

function countLines(changes: readonly Change[]): number {
  return changes.reduce((sum, change) => sum + (change.insertions ?? 0) + (change.deletions ?? 0), 0);
}

/** The part (0 to 1) of the changed lines of the sampled files that white space alone explains. */
async function whitespaceShare(changes: readonly Change[], reader: TreeReader): Promise<number> {
  const sample = changes.filter((change) => change.status === 'M' && change.oldOid !== change.newOid).slice(0, SAMPLE);
  const reformatted = await mapConcurrently(sample, READS_AT_ONCE, (change) => differsInWhitespaceOnly(change, reader));
  const total = countLines(changes);
  return total === 0 ? 0 : countLines(sample.filter((_, index) => reformatted[index])) / total;
}

async function differsInWhitespaceOnly(change: Change, reader: TreeReader): Promise<boolean> {
  if (change.oldOid === null || change.newOid === null) return false;
  const [before, after] = await Promise.all([
    reader.blob(change.oldOid, SAMPLE_BYTES),
    reader.blob(change.newOid, SAMPLE_BYTES),
  ]);
  if (before === null || after === null || before.tooLarge || after.tooLarge) return false;
  return withoutWhitespace(before.bytes) === withoutWhitespace(after.bytes);
}

function withoutWhitespace(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\s+/g, '');
}
