/** Places and differences of texts, for findings. */

/** The first line (from 1) on which a key stands as a key, or else as a word; 1 when it is on none. */
export function lineOfKey(text: string, key: string): number {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const asKey = new RegExp(`(?:^|[\\s"'{,[.<])${escaped}["']?\\s{0,20}[:=>(]`, 'm').exec(text);
  const at = asKey === null ? text.indexOf(key) : asKey.index + asKey[0].indexOf(key);
  return at === -1 ? 1 : lineAt(text, at);
}

/** The line (from 1) of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Lines of a difference that evidence names on each side. */
const MOST_LINES = 3;

/** What changed, on one line: `old → new`, or for longer texts the lines that went and those that came. */
export function differenceOf(before: string | null, after: string | null): string {
  if (before === null || after === null || !(before.includes('\n') || after.includes('\n'))) {
    return `${shortened(before)} → ${shortened(after)}`;
  }
  const gone = linesOnlyIn(before, after);
  const come = linesOnlyIn(after, before);
  if (gone.length === 0 && come.length === 0) return 'lines in another order';
  return `${summary(gone)} → ${summary(come)}`;
}

/** Lines of a text, trimmed, beyond those that the other text has, too. */
export function linesOnlyIn(text: string, other: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of other.split('\n')) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) + 1);
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => {
      const left = counts.get(line) ?? 0;
      counts.set(line, left - 1);
      return left <= 0 && line !== '';
    });
}

function summary(lines: readonly string[]): string {
  if (lines.length === 0) return '(nothing)';
  const more = lines.length > MOST_LINES ? ` (and ${lines.length - MOST_LINES} more lines)` : '';
  return `${lines
    .slice(0, MOST_LINES)
    .map((line) => line.slice(0, 100))
    .join(' ⏎ ')}${more}`;
}

function shortened(text: string | null): string {
  if (text === null) return '(none)';
  if (text === '') return '(empty)';
  return text.length > 180 ? `${text.slice(0, 179)}…` : text;
}
