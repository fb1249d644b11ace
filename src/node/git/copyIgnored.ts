/** Copies ignored files that a task needs (`.env.test`, local certificates) from the user's tree into the agent's. */
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
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
    if (!(await lstat(from)).isFile() || !(await makeFolders(workTree, posix.dirname(path)))) continue;
    await copyFile(from, join(workTree, path), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    copied.push(path);
  }
  return copied;
}

/** Makes the folders of a relative path, and none behind a link. Returns false when there is one on the way. */
async function makeFolders(top: string, path: string): Promise<boolean> {
  let place = top;
  for (const name of path.split('/')) {
    place = join(place, name);
    await mkdir(place).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EEXIST') throw thrown;
    });
    if (!(await lstat(place)).isDirectory()) return false;
  }
  return true;
}
