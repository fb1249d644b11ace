/** Index files of ours: where they are, and how they are copied without losing what their time says. */
import { randomBytes } from 'node:crypto';
import { copyFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { openGit } from './git';

/** Where a git directory keeps its index; the shadow that of the task's own folder. */
export function indexOf(gitDir: string): string {
  return join(gitDir, 'index');
}

/**
 * Works on a copy of an index and, with `keep`, puts the copy in its place afterwards: an index is always whole,
 * whatever dies in between.
 */
export async function withIndexCopy<T>(index: string, keep: boolean, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = `${index}.${randomBytes(6).toString('hex')}`;
  try {
    await copyIndex(index, copy);
    const result = await work(copy);
    if (keep) await rename(copy, index);
    return result;
  } finally {
    await Promise.all([rm(copy, { force: true }), rm(`${copy}.lock`, { force: true })]);
  }
}

/**
 * Copies an index with its time, a little earlier. Git reads a file anew when its time is not older than its index's; a
 * copy with a newer time would believe files that were changed in the instant in which the index was written.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const written = Math.floor((await stat(from)).mtimeMs) - 1;
  await utimes(to, new Date(), new Date(written));
}

/** Fills an index from a commit or tree without any file data: every file will be read. */
export async function fillIndex(gitDir: string, index: string, tree: string): Promise<void> {
  await rm(index, { force: true });
  await openGit(gitDir).run(['read-tree', tree], { env: { GIT_INDEX_FILE: index } });
}
