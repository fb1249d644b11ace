/** The tree of the user's working tree as it is now, without writing a byte into their repository. */
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { Closable } from '../../core/ports/machine';
import type { RepositoryFacts } from '../../core/ports/repository';
import { joinNul } from './git';
import { copyIndex, fillIndex, indexOf } from './indexFile';
import { gitDirOf } from './repository';
import { makeShadow } from './shadow';
import { indexGit, stage } from './stage';
import { readCarriedConfig } from './userConfig';

export interface WorkingTree extends Closable {
  readonly tree: string;
  /** Reads the tree and everything that the repository holds; lives until `close`. */
  readonly gitDir: string;
}

/**
 * Stages the working tree, untracked files included, in a temporary git directory that borrows the repository's objects.
 * It starts from a copy of the user's index, so that unchanged files are not read again, without the flags by which an
 * index hides changes. Throws SNAPSHOT_FAILED when something cannot be read.
 */
export async function workingTreeOf(repository: RepositoryFacts, signal?: AbortSignal): Promise<WorkingTree> {
  const gitDir = await realpath(await mkdtemp(join(tmpdir(), 'countersign-')));
  const close = () => rm(gitDir, { recursive: true, force: true });
  try {
    const { marks } = await makeShadow(gitDir, repository, repository.head, readCarriedConfig(repository));
    const place = { shadow: gitDir, workTree: repository.root, index: indexOf(gitDir) };
    await takeIndex(await gitDirOf(repository.root), gitDir, repository.head);
    await clearFlags(place);
    const staged = await stage({ ...place, marks, signal });
    const unread = [...staged.walk.unreadable, ...staged.unreadable][0];
    if (unread !== undefined) fail('SNAPSHOT_FAILED', `${unread.path || repository.root}: ${unread.reason}`);
    return { tree: staged.tree, gitDir, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function takeIndex(from: string, gitDir: string, head: string): Promise<void> {
  const index = indexOf(from);
  const present = await stat(index).catch(() => null);
  if (present === null) return fillIndex(gitDir, indexOf(gitDir), head);
  await copyIndex(index, indexOf(gitDir));
}

/** Files that a sparse checkout left out are absent, not deleted: they keep their flag. */
async function clearFlags(place: { shadow: string; workTree: string; index: string }): Promise<void> {
  const git = indexGit(place);
  const flagged = (await git.list(['ls-files', '-v', '-z'])).filter((record) => /^[a-zS] /.test(record));
  if (flagged.length === 0) return;
  const paths = flagged.map((record) => record.slice(2));
  const there = await Promise.all(paths.map((path) => stat(join(place.workTree, path)).catch(() => null)));
  const input = joinNul(paths.filter((_path, index) => there[index] !== null));
  await git.run(['update-index', '--no-assume-unchanged', '-z', '--stdin'], { input });
  await git.run(['update-index', '--no-skip-worktree', '-z', '--stdin'], { input });
}
