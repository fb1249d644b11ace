/** Files of a folder by patterns, among whatever a check may have made there. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileMatcher } from '../../core/brief/scope';
import { REPORT_LIMITS } from '../../core/verify/tally';

/** Entries of folders that are looked at, and how deep. */
const MOST_ENTRIES = 500_000;
const DEEPEST = 50;

/** Whether a name stands for several files. A brief's pattern (`pattern.ts`) has these signs only. */
export function isPattern(name: string): boolean {
  return /[*?{]/.test(name);
}

/**
 * Paths, with `/`, of the regular files below a folder that one of the patterns matches, in order, at most one more than
 * are read of one check. Neither links nor `.git` are followed, and `node_modules` only where a pattern names it.
 */
export async function findFiles(folder: string, patterns: readonly string[]): Promise<string[]> {
  const matches = compileMatcher(patterns);
  const skipped = new Set([
    '.git',
    ...(patterns.some((each) => each.includes('node_modules')) ? [] : ['node_modules']),
  ]);
  const found: string[] = [];
  let entries = 0;
  const open = [{ path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const list = await readdir(join(folder, next.path), { withFileTypes: true }).catch(() => []);
    list.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of list) {
      if (++entries > MOST_ENTRIES || found.length > REPORT_LIMITS.files) return found.sort();
      const path = `${next.path}${entry.name}`;
      if (entry.isFile() && matches(path)) found.push(path);
      else if (entry.isDirectory() && !skipped.has(entry.name) && next.depth < DEEPEST) {
        open.push({ path: `${path}/`, depth: next.depth + 1 });
      }
    }
  }
  return found.sort();
}
