/** Writes the briefs of a plan, and beside them a record of how they came about. Overwrites nothing. */
import { lstat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fail } from '../core/errors';
import type { Plan } from '../core/plan/plan';
import { writeNewFile } from './newFile';
import { safeJson } from './output';

/**
 * One brief goes into a file, or into a folder under its own name; several go into a folder.
 *
 * @param target as a person named it, relative to `cwd`
 * @returns the briefs, relative to `cwd` where they lie below it
 * @throws FILE_EXISTS before anything is written, STORAGE_FAILED
 */
export async function writePlan(plan: Plan, target: string, cwd: string): Promise<string[]> {
  const path = resolve(cwd, target);
  const isFolder = /[\\/]$/.test(target) || (await kindOf(path)) === 'folder';
  const [only] = plan.briefs;
  const single = plan.briefs.length === 1 && only !== undefined;
  const folder = isFolder ? path : single ? dirname(path) : path.replace(/\.md$/, '');
  const files = single && !isFolder ? [path] : plan.briefs.map(({ file }) => join(folder, file));
  const record = single ? recordOf(files[0] ?? path) : join(folder, 'plan.json');
  for (const file of [...files, record]) {
    if ((await kindOf(file)) !== null) fail('FILE_EXISTS', `${file} is there already`);
  }
  const { briefs, ...about } = plan;
  const reasons = briefs.map(({ text: _text, ...brief }) => brief);
  for (const [index, { text }] of briefs.entries()) await write(files[index] ?? path, text);
  await write(record, `${safeJson({ ...about, briefs: reasons }, 2)}\n`);
  return files.map((file) => {
    const below = relative(cwd, file);
    return below.startsWith('..') ? file : below;
  });
}

/** `retry.plan.json` beside `retry.md`. */
function recordOf(file: string): string {
  return `${file.replace(/\.md$/, '')}.plan.json`;
}

async function write(file: string, text: string): Promise<void> {
  if (!(await writeNewFile(file, text))) fail('FILE_EXISTS', `${file} is there already`);
}

async function kindOf(path: string): Promise<'folder' | 'other' | null> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'other';
  } catch {
    return null;
  }
}
