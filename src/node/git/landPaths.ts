/** Paths of a working tree, never reached through links. */
import { lstat } from 'node:fs/promises';

/** `a/b/c` → `a`, `a/b`. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What is at a path, not following links; null when nothing is. */
export async function lstatOrNull(path: string) {
  try {
    return await lstat(path, { bigint: true });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw thrown;
  }
}
