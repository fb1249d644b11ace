/** Which changes the agent's own index would have called unchanged: flags and forged file data. */
import { randomBytes } from 'node:crypto';
import { lstat, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change, RunObservations } from '../../core/drift/diff';
import { CountersignError } from '../../core/errors';
import { readRegularFileBelow } from './regularFile';
import { indexGit } from './stage';

/** Largest index looked at, in bytes: about four million files. */
const MAX_INDEX = 512 * 1024 * 1024;

type IndexHidden = RunObservations['indexHidden'];

/**
 * Compares a copy of the index in the clone with what really changed. Runs through the shadow, so the clone's
 * configuration is not read. An agent that deleted its index hides nothing with it.
 */
export async function findIndexHidden(
  shadow: string,
  workTree: string,
  changes: readonly Change[],
  signal?: AbortSignal,
): Promise<IndexHidden> {
  const source = join(workTree, '.git', 'index');
  const stat = await lstat(source).catch(() => null);
  if (stat === null || changes.length === 0) return [];
  const bytes = await readRegularFileBelow(workTree, '.git/index', MAX_INDEX);
  if (bytes === null) return [{ path: '.git/index', how: 'unreadable-index' }];
  const index = join(shadow, `agent-index.${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(index, bytes, { mode: 0o600 });
    await utimes(index, stat.atime, new Date(Math.floor(stat.mtimeMs) - 1));
    return await compare({ shadow, workTree, index }, changes, signal);
  } catch (thrown) {
    if (thrown instanceof CountersignError && thrown.code === 'GIT_FAILED') {
      return [{ path: '.git/index', how: 'unreadable-index' }];
    }
    throw thrown;
  } finally {
    await rm(index, { force: true });
  }
}

async function compare(
  place: { shadow: string; workTree: string; index: string },
  changes: readonly Change[],
  signal?: AbortSignal,
): Promise<IndexHidden> {
  const git = indexGit(place);
  const seen = new Set(await git.list(['diff-files', '--name-only', '-z', '--ignore-submodules=all'], { signal }));
  const now = new Map<string, string | null>();
  for (const change of changes) {
    if (change.newMode !== '160000') now.set(change.path, change.newOid);
    if (change.oldPath !== null) now.set(change.oldPath, null);
  }
  if ([...now.keys()].every((path) => seen.has(path))) return [];
  const hidden: { path: string; how: 'assume-unchanged' | 'skip-worktree' | 'stat' }[] = [];
  for (const record of await git.list(['ls-files', '-v', '-s', '-z'], { signal })) {
    const entry = /^(\S) (\d{6}) ([0-9a-f]+) \d\t(.*)$/s.exec(record);
    if (entry === null) continue;
    const [, tag, mode, oid, path] = entry as unknown as [string, string, string, string, string];
    const actual = now.get(path);
    if (actual === undefined || actual === oid || seen.has(path)) continue;
    const how = howHidden(tag);
    // Submodules were not compared, so nothing was seen of one that became something else.
    if (mode !== '160000' || how !== 'stat') hidden.push({ path, how });
  }
  return hidden;
}

/** `ls-files -v`: `S` skip-worktree, lower case assume-unchanged. */
function howHidden(tag: string): 'assume-unchanged' | 'skip-worktree' | 'stat' {
  if (tag === 'S' || tag === 's') return 'skip-worktree';
  return tag === tag.toLowerCase() ? 'assume-unchanged' : 'stat';
}
