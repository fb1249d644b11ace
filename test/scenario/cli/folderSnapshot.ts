/** Everything below a folder: paths, kinds, modes and contents. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** One line for each entry below `dir`, sorted: two folders are the same byte for byte when the lists are equal. */
export function snapshotOfFolder(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const stat = lstatSync(join(dir, path));
      return `${stat.mode.toString(8)} ${contentOf(join(dir, path), stat)} ${path}`;
    });
}

function contentOf(path: string, stat: ReturnType<typeof lstatSync>): string {
  if (stat?.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  return stat?.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '-';
}
