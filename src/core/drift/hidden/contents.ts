/**
 * What the new contents of files hide: `hidden/bidi`, `hidden/invisible`, `hidden/binary`, `hidden/oversize`,
 * `hidden/unreadable`, and `hidden/diff-suppressed` by NUL bytes. Judges added lines only: what stood in the base is
 * not the agent's.
 */

import { visible } from '../../visible';
import { hasNewContent } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { AddedLine, BlobContent, Change } from '../diff';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import { characterFaults, nameOf } from './characters';
import { isBinaryName, isTextName, looksBinary, needsALook } from './textual';

const READS_AT_ONCE = 64;
/** Characters of a line shown on each side of a fault. */
const EXCERPT = 60;

/** One blob is read for each file with new content; added lines are asked for only where a byte is out of the ordinary. */
export async function judgeContents(context: RuleContext): Promise<readonly RawFinding[]> {
  const changed = context.changes.filter(hasNewContent);
  return (await mapConcurrently(changed, READS_AT_ONCE, (change) => judgeContent(change, context))).flat();
}

async function judgeContent(change: Change, context: RuleContext): Promise<readonly RawFinding[]> {
  const { path } = change;
  const blob = await context.reader.blob(change.newOid ?? '', context.limits.oversizeBytes);
  if (blob === null) {
    return [{ rule: 'hidden/unreadable', path, message: `${path} could not be read.`, evidence: 'no such blob' }];
  }
  if (blob.tooLarge || blob.size > context.limits.oversizeBytes) return [await oversize(change, blob, context)];
  if (looksBinary(blob.bytes, path)) return [await binary(change, context)];
  if (!needsALook(blob.bytes)) return [];
  const lines = isAllNew(change) ? linesOf(blob.bytes) : await context.reader.addedLines(change);
  return lines.flatMap((line) => unseenInLine(path, line));
}

/** A file that was as large before is only a warning: it is not the agent's, but nobody has judged the change. */
async function oversize(change: Change, blob: BlobContent, { reader, limits }: RuleContext): Promise<RawFinding> {
  const before = change.oldOid === null ? null : await reader.blob(change.oldOid, 0);
  const grown = blob.size - (before?.size ?? 0) > limits.oversizeBytes || (before?.size ?? 0) <= limits.oversizeBytes;
  const limit = `the limit of ${limits.oversizeBytes} bytes`;
  return {
    rule: 'hidden/oversize',
    severity: grown ? 'block' : 'warn',
    path: change.path,
    message: grown
      ? `${change.path} has ${blob.size} bytes, over ${limit}.`
      : `${change.path} was over ${limit} before; its change was not read.`,
    evidence: `${blob.size} bytes`,
  };
}

async function binary(change: Change, { reader }: RuleContext): Promise<RawFinding> {
  const { path } = change;
  const evidence = change.status === 'A' ? 'new binary' : 'changed binary';
  const before = change.oldOid === null || isTextName(path) ? null : await reader.blob(change.oldOid);
  const wasText = before !== null && before.size > 0 && !before.tooLarge && !looksBinary(before.bytes, path);
  if (isTextName(path) || (wasText && !isBinaryName(path))) {
    const message = `${path} is text with NUL bytes in it, which make git show no diff.`;
    return { rule: 'hidden/diff-suppressed', path, message, evidence: 'NUL bytes in text' };
  }
  return { rule: 'hidden/binary', path, message: `${path} is a ${evidence}.`, evidence };
}

function unseenInLine(path: string, { line, text }: AddedLine): readonly RawFinding[] {
  const faults = characterFaults(text.endsWith('\r') ? text.slice(0, -1) : text, line === 1);
  return (['bidi', 'invisible'] as const).flatMap((problem): RawFinding[] => {
    const found = faults.filter((fault) => fault.problem === problem);
    const first = found[0];
    if (first === undefined) return [];
    const names = [...new Set(found.map((fault) => nameOf(fault.codePoint)))].join(', ');
    const excerpt = visible(text.slice(Math.max(0, first.index - EXCERPT), first.index + EXCERPT));
    const effect = problem === 'bidi' ? 'reorders what you see' : 'cannot be seen';
    return [
      {
        rule: `hidden/${problem}`,
        path,
        line,
        message: `${names} ${effect}.`,
        evidence: `${names}: ${excerpt.trim()}`,
      },
    ];
  });
}

/** A file that takes a link's place is new as text, although its path is not. */
function isAllNew(change: Change): boolean {
  return change.status === 'A' || change.status === 'T';
}

function linesOf(bytes: Uint8Array): readonly AddedLine[] {
  // `ignoreBOM` keeps the mark in the text, so that the rule for it is in one place.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return text.split('\n').map((content, index) => ({ line: index + 1, text: content }));
}
