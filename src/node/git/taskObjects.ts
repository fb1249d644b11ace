/**
 * Reads the snapshots of tasks out of the user's repository, for people who look at them: through a git directory of
 * ours that holds nothing but the way to the objects, so that neither the repository's configuration nor any attribute
 * decides what is shown.
 */
import { MODE } from '../../core/drift/changes';
import type { Change } from '../../core/drift/diff';
import { fail } from '../../core/errors';
import type { Repository } from '../../core/events';
import type { ObjectsPort, TreeEntry } from '../../core/ports';
import { diffTrees } from './diff';
import { openGit } from './git';
import { type ObjectView, viewObjects } from './gitDirectory';
import { ObjectBatch } from './plumbing';

export function createTaskObjects(): ObjectsPort {
  return { changes: changesBetween, entry: entryAt };
}

/** Throws NOT_A_REPOSITORY when it is not where it was any more. */
async function view(commonDir: string): Promise<ObjectView> {
  return viewObjects(commonDir).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT' && thrown.code !== 'ENOTDIR') throw thrown;
    return fail('NOT_A_REPOSITORY', `the repository of the task is no longer at ${commonDir}`, {
      fix: 'bring it back to where it was',
    });
  });
}

async function changesBetween({ commonDir }: Repository, from: string, to: string): Promise<readonly Change[]> {
  if (from === to) return [];
  const objects = await view(commonDir);
  try {
    return await diffTrees(objects.gitDir, from, to);
  } finally {
    await objects.close();
  }
}

async function entryAt(
  { commonDir }: Repository,
  commit: string,
  path: string,
  most: number,
): Promise<TreeEntry | null> {
  // Git would read such a name as a way to somewhere.
  if (path.includes('\0') || path.split('/').some((name) => name === '' || name === '.' || name === '..')) return null;
  const { gitDir, close } = await view(commonDir);
  const objects = new ObjectBatch(gitDir);
  try {
    const listed = await openGit(gitDir).list(['ls-tree', '-z', '--full-tree', commit, '--', path]);
    const entry = /^(\d{6}) (blob|commit) ([0-9a-f]+)\t(.*)$/s.exec(listed[0] ?? '');
    // A folder's name lists what is in it, and a name that is no UTF-8 text is not the one that was asked for.
    if (entry === null || entry[4] !== path) return null;
    const [, mode = '', , oid = ''] = entry;
    if (mode === MODE.gitlink) return submodule(mode, oid, most);
    const blob = await objects.read(oid, most);
    return blob === null ? null : { oid, mode, size: blob.size, bytes: blob.bytes };
  } finally {
    await objects.close();
    await close();
  }
}

/** Its commit is another repository's: only the name of it is known here. */
function submodule(mode: string, oid: string, most: number): TreeEntry {
  const name = Buffer.from(oid);
  return { oid, mode, size: name.length, bytes: name.subarray(0, most) };
}
