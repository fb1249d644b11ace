/** The snapshot of a turn: walk, stage, commit in the shadow, copy into the user's repository. */
import { join } from 'node:path';
import { type Change, NO_OBSERVATIONS, type RunObservations } from '../../core/drift/diff';
import { CountersignError, fail } from '../../core/errors';
import type { Snapshot, Workspace } from '../../core/events';
import type { AdoptRequest, SnapshotRequest } from '../../core/ports/workspace';
import { diffTrees } from './diff';
import { findUnfiltered } from './filters';
import { isSameFolder } from './folders';
import { type Git, openGit } from './git';
import { compareClone, compareRepository } from './gitState';
import { findIndexHidden } from './hiddenIndex';
import { listIgnored } from './ignoredFiles';
import { indexOf, withIndexCopy } from './indexFile';
import { replacedRef, snapshotRef } from './pin';
import { pipeGit } from './plumbing';
import { readRecord, type ShadowRecord } from './record';
import { indexGit, type Staged, stage } from './stage';

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

/** Longest that a snapshot may take, in milliseconds; one of 60,000 new files takes seconds. */
const SNAPSHOT_LIMIT = 900_000;

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
  const record = await readRecord(workspace);
  return within(LOOK_LIMIT, signal, async (limited) => {
    const { tree } = await stageWorkspace(workspace, record, { keep: false, signal: limited });
    return { tree, changes: await diffTrees(workspace.shadow.path, workspace.base, tree, limited) };
  });
}

/**
 * What an agent leaves, or puts there after the walk, may hold git for ever: a FIFO where git reads rules. `limit` in
 * milliseconds. Throws SNAPSHOT_FAILED.
 */
async function within<T>(limit: number, signal: AbortSignal, work: (limited: AbortSignal) => Promise<T>): Promise<T> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
  try {
    return await work(limited);
  } catch (thrown) {
    if (signal.aborted || !limited.aborted) throw thrown;
    return fail('SNAPSHOT_FAILED', `it did not end within ${limit / 1_000} seconds`, { cause: thrown });
  }
}

interface TakenSnapshot {
  readonly snapshot: Snapshot;
  readonly observations: RunObservations;
  readonly changes: readonly Change[];
}

/** Makes the snapshot of a turn, and tells how it differs from the base. Nothing of the agent's may run any more. */
export function takeSnapshot(request: SnapshotRequest, signal: AbortSignal): Promise<TakenSnapshot> {
  return within(SNAPSHOT_LIMIT, signal, (limited) => takeWithin(request, limited));
}

/** As long as a snapshot may take. Throws SNAPSHOT_FAILED. */
export function withinSnapshotLimit<T>(signal: AbortSignal, work: (limited: AbortSignal) => Promise<T>): Promise<T> {
  return within(SNAPSHOT_LIMIT, signal, work);
}

/** The snapshot of a commit of somebody else's: its tree on top of it. The folder is not asked, the user's repository is. */
export function adoptTree(request: AdoptRequest, signal: AbortSignal): Promise<Omit<TakenSnapshot, 'changes'>> {
  return within(SNAPSHOT_LIMIT, signal, async (limited) => {
    const { workspace, turn, parent, tree } = request;
    await assertFolders(workspace);
    const shadow = workspace.shadow.path;
    const found = await openGit(shadow).text(['rev-parse', '--verify', '--quiet', `${parent}^{tree}`]);
    if (found !== tree) fail('SNAPSHOT_FAILED', `the commit ${parent} has the tree ${found}, not ${tree}`);
    const commit = await deliver(request, await commitTree(shadow, tree, request), limited);
    const confined = workspace.isolation === 'shared';
    const git = await compareRepository(request.repository, await readRecord(workspace), { shadow, confined });
    return { snapshot: { turn, commit, tree }, observations: { ...NO_OBSERVATIONS, git } };
  });
}

async function takeWithin(request: SnapshotRequest, signal: AbortSignal): Promise<TakenSnapshot> {
  const { workspace } = request;
  await assertFolders(workspace);
  const shadow = workspace.shadow.path;
  const record = await readRecord(workspace);
  const staged = await stageWorkspace(workspace, record, { keep: true, signal });
  const confined = workspace.isolation === 'shared';
  const comparing = diffTrees(shadow, workspace.base, staged.tree, signal);
  const [changes, commit, unfiltered, indexHidden, ignored, clone, repository] = await Promise.all([
    comparing,
    commitTree(shadow, staged.tree, request).then((made) => deliver(request, made, signal)),
    comparing.then((known) => findUnfiltered(openStaged(workspace), known, record, signal)),
    comparing.then((known) => findIndexHidden(shadow, workspace.worktree.path, known, signal)),
    listIgnored(shadow, workspace.worktree.path, signal),
    compareClone(workspace, record),
    compareRepository(request.repository, record, { shadow, confined }),
  ]);
  const before = new Set(record.ignored);
  return {
    snapshot: { turn: request.turn, commit, tree: staged.tree },
    observations: {
      ...observed(staged, record, unfiltered),
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

/** Git at the task's folder, on the index of its newest snapshot. */
function openStaged({ shadow, worktree }: Workspace): Git {
  return indexGit({ shadow: shadow.path, workTree: worktree.path, index: indexOf(shadow.path) });
}

/** What the walk and git could not take, of what was not there before. */
export function observed(staged: Staged, record: ShadowRecord, unfiltered: RunObservations['unreadable']) {
  const before = new Set(record.nested);
  const nested = staged.nested.filter(({ path }) => !before.has(path));
  return {
    special: staged.walk.special,
    oversize: staged.oversize,
    unreadable: [...staged.walk.unreadable, ...staged.unreadable, ...unfiltered],
    nested: nested.map(({ path, files }) => ({ path, files: files.slice(0, MAX_NAMED) })),
  };
}

/** A commit of a tree in the shadow, by nobody. */
export async function commitTree(
  shadow: string,
  tree: string,
  request: Pick<SnapshotRequest, 'parent' | 'message'>,
): Promise<string> {
  const args = ['commit-tree', '--no-gpg-sign', '-p', request.parent, '-F', '-', tree];
  return openGit(shadow).text(args, { input: request.message, env: AUTHOR });
}

/**
 * Brings the commit into the user's repository, where it is restorable whatever happens to our folders. Git checks every
 * object on the way (`--strict`): names such as `.GIT` or `..` do not come through. Both gits run on the shadow, the
 * second with the user's objects for its own: a process that nothing confines may have written the configuration of the
 * user's repository, and `fetch` obeys more than ten keys of it that name programs. Returns the commit.
 */
export async function deliver(
  request: Omit<SnapshotRequest, 'parent' | 'message'>,
  commit: string,
  signal: AbortSignal,
): Promise<string> {
  const { shadow, base } = request.workspace;
  const { commonDir } = request.repository;
  const packing = { gitDir: shadow.path, args: ['pack-objects', '--revs', '--stdout', '--window=0', '--quiet'] };
  const unpacking = {
    gitDir: shadow.path,
    args: ['index-pack', '--strict', '--stdin'],
    env: { GIT_OBJECT_DIRECTORY: join(commonDir, 'objects') },
    config: DURABLE,
  };
  try {
    await pipeGit(packing, unpacking, `${commit}\n^${base}\n`, signal);
    const updates = [[snapshotRef(request.task, request.turn), commit] as const];
    if (request.replaces != null) updates.push([replacedRef(request.task, request.replaces), request.replaces]);
    const input = updates.map(([ref, oid]) => `update ${ref}\0${oid}\0\0`).join('');
    await openGit(commonDir).run(['update-ref', '--no-deref', '-z', '--stdin'], { input, config: DURABLE });
  } catch (thrown) {
    if (!(thrown instanceof CountersignError) || thrown.code !== 'GIT_FAILED') throw thrown;
    fail('SNAPSHOT_FAILED', `the snapshot did not reach the repository: ${thrown.message}`, { cause: thrown });
  }
  return commit;
}
