/** Columns for people. */
import { visible } from '../core/visible';

/** Rows under their headings, in columns as wide as their widest cell; the last column is as long as it is. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = [head, ...rows.map((row) => row.map(visible))];
  const widths = head.map((_, column) => Math.max(...shown.map((row) => [...(row[column] ?? '')].length)));
  return shown
    .map((row) => row.map((cell, column) => padded(cell, column === row.length - 1 ? 0 : widths[column]!)).join('  '))
    .join('\n');
}

const padded = (cell: string, width: number) => cell + ' '.repeat(Math.max(0, width - [...cell].length));
