/** The snapshot of a turn: walk, stage, commit in the shadow, fetch into the user's repository. */
import { pathToFileURL } from 'node:url';
import type { Change, RunObservations } from '../../core/drift/diff';
import { fail } from '../../core/errors';
import type { Snapshot, Workspace } from '../../core/events';
import type { SnapshotRequest } from '../../core/ports';
import { diffTrees } from './diff';
import { isSameFolder } from './folders';
import { openGit } from './git';
import { writeRef } from './gitDirectory';
import { compareClone, compareRepository } from './gitState';
import { findIndexHidden } from './hiddenIndex';
import { listIgnored } from './ignoredFiles';
import { indexOf, withIndexCopy } from './indexFile';
import { snapshotRef } from './pin';
import { readRecord, type ShadowRecord } from './record';
import { type Staged, stage } from './stage';

/** Who a snapshot is by: nobody's name stands under what nobody has read yet. */
const AUTHOR = {
  GIT_AUTHOR_NAME: 'Countersign',
  GIT_AUTHOR_EMAIL: 'countersign@localhost',
  GIT_COMMITTER_NAME: 'Countersign',
  GIT_COMMITTER_EMAIL: 'countersign@localhost',
};

/** By default git syncs nothing; what the user's repository receives is to survive a power cut. */
export const DURABLE: readonly string[] = ['core.fsync=committed,loose-object,reference,index'];

/** Longest that a look may take, in milliseconds. */
const LOOK_LIMIT = 120_000;

/** Most files that are named of one repository inside. */
const MAX_NAMED = 200;

/** Throws SNAPSHOT_FAILED when a folder of the task is no longer the one that we made. */
export async function assertFolders(workspace: Workspace): Promise<void> {
  for (const folder of [workspace.worktree, workspace.shadow]) {
    if (!(await isSameFolder(folder))) {
      fail('SNAPSHOT_FAILED', `${folder.path} is no longer the folder that was made for the task`);
    }
  }
}

/** The tree of the folder as it is now, and how it differs from the base. Commits nothing and keeps no index. */
export async function lookAt(
  workspace: Workspace,
  signal: AbortSignal,
): Promise<{ tree: string; changes: readonly Change[] }> {
  await assertFolders(workspace);
  const record = await readRecord(workspace.shadow.path);
  // The agent may be at work: a FIFO that appears after the walk, where git reads rules, would hold git for ever.
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LOOK_LIMIT)]);
  const staged = await stageWorkspace(workspace, record, { keep: false, signal: limited });
  return { tree: staged.tree, changes: await diffTrees(workspace.shadow.path, workspace.base, staged.tree, limited) };
}

/** Makes the snapshot of a turn, and tells how it differs from the base. Nothing of the agent's may run any more. */
export async function takeSnapshot(
  request: SnapshotRequest,
  signal: AbortSignal,
): Promise<{ snapshot: Snapshot; observations: RunObservations; changes: readonly Change[] }> {
  const { workspace } = request;
  await assertFolders(workspace);
  const shadow = workspace.shadow.path;
  const record = await readRecord(shadow);
  const staged = await stageWorkspace(workspace, record, { keep: true, signal });
  const confined = workspace.isolation === 'shared';
  const comparing = diffTrees(shadow, workspace.base, staged.tree, signal);
  const [changes, commit, indexHidden, ignored, clone, repository] = await Promise.all([
    comparing,
    commitTree(shadow, staged.tree, request).then((made) => deliver(request, made, signal)),
    comparing.then((known) => findIndexHidden(shadow, workspace.worktree.path, known, signal)),
    listIgnored(shadow, workspace.worktree.path, signal),
    compareClone(workspace, record),
    compareRepository(request.repository, record, { shadow, confined }),
  ]);
  const before = new Set(record.ignored);
  return {
    snapshot: { turn: request.turn, commit, tree: staged.tree },
    observations: {
      ...observed(staged, record),
      ignored: ignored.filter((path) => !before.has(path)),
      indexHidden,
      git: [...clone, ...repository],
    },
    changes,
  };
}

async function stageWorkspace(
  workspace: Workspace,
  record: ShadowRecord,
  options: { keep: boolean; signal?: AbortSignal | undefined },
): Promise<Staged> {
  const shadow = workspace.shadow.path;
  return withIndexCopy(indexOf(shadow), options.keep, (index) =>
    stage({ shadow, workTree: workspace.worktree.path, index, marks: record, signal: options.signal }),
  );
}

function observed(staged: Staged, record: ShadowRecord) {
  const before = new Set(record.nested);
  const nested = staged.nested.filter(({ path }) => !before.has(path));
  return {
    special: staged.walk.special,
    oversize: staged.oversize,
    unreadable: [...staged.walk.unreadable, ...staged.unreadable],
    nested: nested.map(({ path, files }) => ({ path, files: files.slice(0, MAX_NAMED) })),
  };
}

async function commitTree(shadow: string, tree: string, request: SnapshotRequest): Promise<string> {
  const args = ['commit-tree', '--no-gpg-sign', '-p', request.parent, '-F', '-', tree];
  return openGit(shadow).text(args, { input: request.message, env: AUTHOR });
}

/**
 * Brings the commit into the user's repository, where it is restorable whatever happens to our folders. Git checks every
 * object on the way (`transfer.fsckObjects`): names such as `.GIT` or `..` do not come through. Returns the commit.
 */
async function deliver(request: SnapshotRequest, commit: string, signal: AbortSignal): Promise<string> {
  const shadow = request.workspace.shadow.path;
  const ref = snapshotRef(request.task, request.turn);
  await writeRef(shadow, ref, commit);
  const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules'];
  const user = openGit(request.repository.commonDir);
  await user
    .run(['fetch', ...flags, '--refmap=', pathToFileURL(shadow).href, `+${ref}:${ref}`], {
      config: ['transfer.fsckObjects=true', 'protocol.file.allow=always', ...DURABLE],
      signal,
    })
    .catch((thrown) => {
      if (thrown.code !== 'GIT_FAILED') throw thrown;
      return fail('SNAPSHOT_FAILED', `the snapshot did not reach the repository: ${thrown.message}`, { cause: thrown });
    });
  return commit;
}
