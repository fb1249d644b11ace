/** What can be told of what a person said: whether something changed there. Whether it is right is theirs to see. */
import type { ChangedFile, Hunk } from '../reviewer/changedFile';
import { plural } from '../words';
import { type Judgement, judged } from './judged';
import type { SentItem } from './sent';

/** Lines around a remark that count as its place. */
const NEAR = 3;

/** @param changed what changed between the two trees; null where that is not known */
export function judgeRemark(item: SentItem, changed: readonly ChangedFile[] | null): Judgement {
  if (changed === null) return judged('open', 'it is not known what changed');
  const files = changed.filter(({ change }) => change.path === item.path || change.oldPath === item.path);
  if (files.length === 0) return judged('not-fixed', 'the file did not change');
  const { line } = item;
  const there =
    line === null ||
    files.some(
      ({ change, hunks }) => change.newOid === null || hunks.length === 0 || hunks.some((hunk) => touches(hunk, line)),
    );
  return judged('open', there ? 'something changed there' : 'the file changed, and not at this place');
}

/** @param changed what changed between the two trees; null where that is not known */
export function judgeText(changed: readonly ChangedFile[] | null): Judgement {
  if (changed === null) return judged('open', 'it is not known what changed');
  if (changed.length === 0) return judged('not-fixed', 'no file changed');
  return judged('open', `${plural(changed.length, 'file')} changed`);
}

/** Whether a hunk adds or removes something near a line of the old file. */
function touches({ oldStart, lines, unread }: Hunk, line: number): boolean {
  let at = oldStart;
  for (const text of lines) {
    if (!text.startsWith(' ') && Math.abs(at - line) <= NEAR) return true;
    if (!text.startsWith('+')) at += 1;
  }
  return unread > 0;
}
