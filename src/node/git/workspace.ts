/** A task's folders from hand-off to clean-up: the git side of a task, composed. */
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Change } from '../../core/drift/diff';
import { fail } from '../../core/errors';
import { folderSchema, type Repository, type Snapshot, type Workspace } from '../../core/events';
import { jsonOf } from '../../core/json';
import type { WorkspacePort, WorkspaceRequest } from '../../core/ports/workspace';
import { writeFileAtomic } from '../store/atomicFile';
import { openLook, removeCheckouts, touchedLooks } from './checkout';
import { makeClone } from './clone';
import { copyIgnored } from './copyIgnored';
import { diffTrees } from './diff';
import { keepStandardFilters } from './filters';
import { type Fingerprint, readFingerprint } from './fingerprint';
import { folderName } from './folderName';
import { identifyFolder, isSameFolder, makeFolder, removeEmptyParents, removeFolder } from './folders';
import { isHandTouched, openHand, removeHand, takeHand } from './hand';
import { isBuildFolder } from './ignore';
import { listIgnored } from './ignoredFiles';
import { indexOf } from './indexFile';
import { pin, refsOf, unpin } from './pin';
import { openReader } from './reader';
import { openReadingRoom } from './readingRoom';
import { readRecord, writeRecord } from './record';
import { readRegularFile } from './regularFile';
import { renewFolder, settleRenewal } from './renew';
import { keepBefore, readBefore } from './repositoryBefore';
import { revertPaths } from './revert';
import { makeShadow } from './shadow';
import { adoptTree, assertFolders, lookAt, takeSnapshot } from './snapshot';
import { assertRulesReadable, populated } from './stage';
import { readCarriedConfig } from './userConfig';
import { walk } from './walk';

/** Largest note of unfinished folders that is read, in bytes. */
const MAX_NOTE = 64 * 1024;

/**
 * The git side of tasks, below a state directory. `isolation`: `shared` only where agents run in a sandbox that keeps the
 * user's git directory read-only; `copied` gives each task its own objects, and guards against accidents only.
 */
export function createWorkspaces(stateDir: string, isolation: Workspace['isolation'] = 'copied'): WorkspacePort {
  /** By shadow: what a snapshot had to compare anyway, until its drift is judged. */
  const compared = new Map<string, { readonly tree: string; readonly changes: readonly Change[] }>();
  /** By shadow: folders for people are opened one after the other. */
  const looking = new Map<string, Promise<void>>();
  return {
    prepare: (request, signal) => prepare(stateDir, isolation, request, null, signal),
    restore: (request, snapshot, signal) => prepare(stateDir, isolation, request, snapshot, signal),
    settled,
    isThere: ({ worktree }) => isSameFolder(worktree),
    look: (_task, workspace, signal) => lookAt(workspace, signal),
    snapshot: async (request, signal) => {
      // Of a renewal that a dead process left, only the folder that the journal names is one.
      await settleRenewal(stateDir, request.workspace);
      const { changes, ...taken } = await takeSnapshot(request, signal);
      compared.set(request.workspace.shadow.path, { tree: taken.snapshot.tree, changes });
      return taken;
    },
    adopt: adoptTree,
    revert: revertPaths,
    diff: async ({ shadow, base }, tree) => {
      const known = compared.get(shadow.path);
      compared.delete(shadow.path);
      return {
        changes: known?.tree === tree ? known.changes : await diffTrees(shadow.path, base, tree),
        reader: openReader(shadow.path, base, tree),
      };
    },
    remove: async (_task, workspace) => {
      compared.delete(workspace.shadow.path);
      looking.delete(workspace.shadow.path);
      await keepBefore(workspace);
      return remove(stateDir, workspace);
    },
    unpin: (task, repository) => unpin(repository, task),
    refs: (task, repository) => refsOf(repository, task),
    checkout: async (request, signal) => {
      const opening = () => openLook(stateDir, request, signal);
      return (await inTurn(looking, request.workspace.shadow.path, opening)).path;
    },
    reading: (request, signal) => openReadingRoom(stateDir, request, signal),
    touched: async (workspace) => (await touchedLooks(workspace)).map(({ path }) => path),
    hand: {
      open: (request, signal) =>
        inTurn(looking, request.workspace.shadow.path, () => openHand(stateDir, request, signal)),
      take: takeHand,
      isTouched: isHandTouched,
      isThere: isSameFolder,
      remove: (workspace, folder) => removeHand(stateDir, workspace, folder),
      renew: (request, signal) => renewFolder(stateDir, request, signal),
      settle: (workspace) => settleRenewal(stateDir, workspace),
    },
    discard: async ({ folder, workspace }) => {
      if (workspace !== null) await remove(stateDir, workspace);
      await removeFolder(await identifyFolder(folder));
    },
    sweep: (task, repository) => sweep(stateDir, task, repository),
  };
}

async function prepare(
  stateDir: string,
  isolation: Workspace['isolation'],
  request: WorkspaceRequest,
  from: Pick<Snapshot, 'commit'> | null,
  signal: AbortSignal,
): Promise<Workspace> {
  const { repository, task, base } = request;
  const home = taskFolder(stateDir, repository, task);
  const start = from?.commit ?? request.start ?? base;
  // The note is of the folders that go, or of an earlier try to take their place.
  if (request.instead != null) await removeForNew(stateDir, request.instead, request);
  const before = request.worked === true ? await readBefore(home) : null;
  try {
    if (signal.aborted) fail('STOPPED', 'stopped');
    const worktrees = join(stateDir, 'worktrees', folderName(repository.name));
    const slug = folderName(request.slug);
    await note(home, { made: [], next: join(home, SHADOW) });
    const shadow = await makeFolder(home, SHADOW);
    await note(home, { made: [shadow], next: join(worktrees, slug) });
    const worktree = await makeFolder(worktrees, slug);
    await note(home, { made: [shadow, worktree], next: null });
    // What is compared with before was not confined, and is not taken for confined from now on.
    const holding = before === null ? isolation : 'copied';
    const workspace: Workspace = { worktree, shadow, base, branch: request.branch, isolation: holding };
    // Side by side, but neither is left running when the other fails: what was made is about to be deleted then.
    const steps = [pin(repository, task, base), fill(stateDir, workspace, { ...request, start, before }, signal)];
    for (const step of await Promise.allSettled(steps)) if (step.status === 'rejected') throw step.reason;
    // The note stays: until the journal has the folders too, it alone knows them.
    return workspace;
  } catch (thrown) {
    await sweep(stateDir, task, repository);
    // A restored task was pinned before; what that keeps is not this attempt's to give up.
    if (from === null && request.instead == null) await unpin(repository, task).catch(() => undefined);
    throw thrown;
  }
}

/** Begins what is asked of one shadow after what was asked before. */
function inTurn<T>(turns: Map<string, Promise<void>>, shadow: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(shadow) ?? Promise.resolve()).then(work);
  turns.set(shadow, mine.then(ignore, ignore));
  return mine;
}

function ignore(): void {}

function taskFolder(stateDir: string, repository: Pick<Repository, 'id'>, task: string): string {
  return join(stateDir, 'repos', repository.id, 'tasks', task);
}

const SHADOW = 'shadow.git';

/** The folders of a preparation, so that the next process knows what this one made. */
const noteSchema = z.object({
  made: z.array(folderSchema),
  /** The path that is made next: a process that died between making and noting left it empty. */
  next: z.string().nullable(),
});

function noteOf(home: string): string {
  return join(home, 'preparing.json');
}

async function note(home: string, content: z.infer<typeof noteSchema>): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeFileAtomic(noteOf(home), JSON.stringify(content));
}

async function sweep(stateDir: string, task: string, repository: Pick<Repository, 'id'>): Promise<string[]> {
  const home = taskFolder(stateDir, repository, task);
  const bytes = await readRegularFile(noteOf(home), MAX_NOTE);
  const noted = bytes === null ? null : noteSchema.safeParse(jsonOf(bytes.toString('utf8')));
  const { made, next } = noted?.success ? noted.data : { made: [], next: null };
  const gone: string[] = [];
  for (const folder of made) {
    if (!(await removeFolder(folder))) continue;
    gone.push(folder.path);
    await removeEmptyParents(folder.path, stateDir);
  }
  // Only ever an empty folder: rmdir takes no other.
  if (
    next !== null &&
    (await rmdir(next).then(
      () => true,
      () => false,
    ))
  ) {
    gone.push(next);
    await removeEmptyParents(next, stateDir);
  }
  await rm(noteOf(home), { force: true });
  await removeEmptyParents(noteOf(home), stateDir);
  return gone;
}

async function fill(
  stateDir: string,
  workspace: Workspace,
  request: WorkspaceRequest & { readonly start: string; readonly before: Fingerprint | null },
  signal: AbortSignal,
): Promise<void> {
  const { repository, start: commit, before } = request;
  const shadow = workspace.shadow.path;
  const workTree = workspace.worktree.path;
  const carrying = readCarriedConfig(repository).then((all) => keepStandardFilters(all, [stateDir, repository.root]));
  const { marks, files } = await makeShadow(
    shadow,
    repository,
    workspace.base,
    carrying.then(({ config }) => config),
  );
  const { config, notRun } = await carrying;
  const clone = { workTree, shadow, repository, commit, branch: request.branch, config, files, signal };
  await makeClone({ ...clone, index: indexOf(shadow), isolation: workspace.isolation });
  await copyIgnored(repository, workTree, request.copy);
  const gitDir = join(workTree, '.git');
  await writeRecord(shadow, {
    v: 1,
    carried: config.map(([key, value]) => [key, value]),
    notRun: [...notRun],
    ignoreFiles: [...marks.ignoreFiles],
    gitlinks: [...marks.gitlinks],
    files,
    cloneGit: await identifyFolder(gitDir),
    ignored: [],
    nested: [],
    fingerprints: {
      clone: await readFingerprint(gitDir),
      // Where the sandbox keeps the repository read-only, what changes in it is not the agent's doing.
      repository: workspace.isolation === 'shared' ? {} : (before ?? (await readFingerprint(repository.commonDir))),
    },
  });
}

/** Notes what is ignored, and which submodules are filled, before the agent begins: the setup command's doing. */
async function settled(_task: string, workspace: Workspace): Promise<void> {
  await assertFolders(workspace);
  const shadow = workspace.shadow.path;
  const workTree = workspace.worktree.path;
  const record = await readRecord(workspace);
  assertRulesReadable(await walk(workTree, { enter: (_path, name) => !isBuildFolder(name) }));
  const nested = await populated(workTree, record.gitlinks);
  await writeRecord(shadow, { ...record, ignored: await listIgnored(shadow, workTree), nested });
}

/** Deletes the folders of a task that gets others, and what a try to make those left behind. */
async function removeForNew(stateDir: string, old: Workspace, { task, repository }: WorkspaceRequest): Promise<void> {
  await keepBefore(old);
  await settleRenewal(stateDir, old);
  await removeCheckouts(stateDir, old);
  await sweep(stateDir, task, repository);
  for (const folder of [old.worktree, old.shadow]) {
    if (await removeFolder(folder)) await removeEmptyParents(folder.path, stateDir);
  }
}

async function remove(stateDir: string, workspace: Workspace): Promise<string[]> {
  await settleRenewal(stateDir, workspace);
  const gone = await removeCheckouts(stateDir, workspace);
  await rm(noteOf(dirname(workspace.shadow.path)), { force: true });
  for (const folder of [workspace.worktree, workspace.shadow]) {
    if (!(await removeFolder(folder))) continue;
    gone.push(folder.path);
    await removeEmptyParents(folder.path, stateDir);
  }
  return gone;
}
