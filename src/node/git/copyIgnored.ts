/** Copies ignored files that a task needs (`.env.test`, local certificates) from the user's tree into the agent's. */
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { compileMatcher } from '../../core/brief/scope';
import type { Repository } from '../../core/events';
import { openGit } from './git';
import { gitDirOf } from './repository';

/**
 * Copies the files that the user's own rules ignore and a pattern names. Regular files only; nothing is overwritten and
 * nothing is written through a link. Returns the paths. Throws PATTERN_INVALID.
 */
export async function copyIgnored(
  repository: Repository,
  workTree: string,
  patterns: readonly string[],
): Promise<string[]> {
  if (patterns.length === 0) return [];
  const matches = compileMatcher(patterns);
  const git = openGit(await gitDirOf(repository.root), repository.root);
  const ignored = await git.list(['ls-files', '-z', '--others', '--ignored', '--exclude-standard']);
  const copied: string[] = [];
  for (const path of ignored.filter((candidate) => !candidate.endsWith('/') && matches(candidate))) {
    const from = join(repository.root, path);
    const to = join(workTree, path);
    if (!(await lstat(from)).isFile()) continue;
    await mkdir(dirname(to), { recursive: true });
    const folder = await realpath(dirname(to));
    if (folder !== workTree && !folder.startsWith(workTree + sep)) continue;
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    copied.push(path);
  }
  return copied;
}
