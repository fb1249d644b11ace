/** The smallest change that makes one text of another: what is not changed keeps its cursors, marks and folds. */

export interface TextChange {
  /** UTF-16 offsets in the text before. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Null when the texts are the same. Never cuts a pair of surrogates or a CRLF. */
export function changeBetween(before: string, after: string): TextChange | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  while (head > 0 && isInside(before, head, after)) head--;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  while (tail > 0 && isInside(before, before.length - tail, after, after.length - tail)) tail--;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

export function applyChange(text: string, { start, end, text: written }: TextChange): string {
  return text.slice(0, start) + written + text.slice(end);
}

/** The change that takes one back. `before` is the text that it was applied to. */
export function inverseOf(change: TextChange, before: string): TextChange {
  return {
    start: change.start,
    end: change.start + change.text.length,
    text: before.slice(change.start, change.end),
  };
}

/** Whether a place lies between two units that belong together, in either text. */
function isInside(one: string, at: number, other: string, otherAt = at): boolean {
  return splitsAt(one, at) || splitsAt(other, otherAt);
}

function splitsAt(text: string, at: number): boolean {
  const [left, right] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  if (left === 0x0d && right === 0x0a) return true;
  return left >= 0xd800 && left <= 0xdbff && right >= 0xdc00 && right <= 0xdfff;
}
