/**
 * Reads the snapshots of tasks out of the user's repository, for people who look at them: through a git directory of
 * ours that holds nothing but the way to the objects, so that neither the repository's configuration nor any attribute
 * decides what is shown.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MODE } from '../../core/drift/changes';
import type { Change } from '../../core/drift/diff';
import { fail } from '../../core/errors';
import type { Closable } from '../../core/ports/machine';
import type { ObjectsPort, TreeEntry } from '../../core/ports/repository';
import { diffTrees } from './diff';
import { viewObjects } from './gitDirectory';
import { diffWithHunks } from './hunks';
import { OpenObjects } from './openObjects';
import type { ObjectBatch } from './plumbing';
import { Recent } from './recent';
import { entryAtPath } from './treeEntry';

/** The port, and how to let go of what it holds open. */
export function createTaskObjects(): ObjectsPort & Closable {
  const open = new OpenObjects(viewObjects);
  const compared = new Recent<readonly Change[]>();
  return {
    changes: async ({ commonDir }, from, to) => {
      if (from === to) return [];
      await requireThere(commonDir);
      const compare = () => open.with(commonDir, (_, gitDir) => diffTrees(gitDir, from, to));
      return compared.of([commonDir, from, to].join('\0'), compare);
    },
    hunks: async ({ commonDir }, from, to) => {
      await requireThere(commonDir);
      return open.with(commonDir, (_, gitDir) => diffWithHunks(gitDir, from, to));
    },
    entry: async ({ commonDir }, commit, path, most) => {
      await requireThere(commonDir);
      return open.with(commonDir, (objects) => entryAt(objects, commit, path, most));
    },
    close: () => open.close(),
  };
}

/** Throws NOT_A_REPOSITORY when it is not where it was any more: a store that is open would not notice. */
async function requireThere(commonDir: string): Promise<void> {
  await stat(join(commonDir, 'objects')).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT' && thrown.code !== 'ENOTDIR') throw thrown;
    fail('NOT_A_REPOSITORY', `the repository of the task is no longer at ${commonDir}`, {
      fix: 'bring it back to where it was',
    });
  });
}

async function entryAt(objects: ObjectBatch, commit: string, path: string, most: number): Promise<TreeEntry | null> {
  // No tree has such names.
  if (path.includes('\0') || path.split('/').some((name) => name === '' || name === '.' || name === '..')) return null;
  const found = await entryAtPath(objects, commit, path);
  if (found === null) return null;
  const { mode, oid } = found;
  if (mode === MODE.gitlink) return submodule(mode, oid, most);
  const blob = await objects.read(oid, most);
  return blob === null ? null : { oid, mode, size: blob.size, bytes: blob.bytes };
}

/** Its commit is another repository's: only the name of it is known here. */
function submodule(mode: string, oid: string, most: number): TreeEntry {
  const name = Buffer.from(oid);
  return { oid, mode, size: name.length, bytes: name.subarray(0, most) };
}
