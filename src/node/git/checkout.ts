/**
 * Clean checkouts of a commit, for checks and reviewers. Code of the agent runs in them, so each has a git directory of
 * its own, like the agent's clone; its index for us lies in the shadow, and a checkout's tree is read through the shadow.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, toCountersignError } from '../../core/errors';
import type { Folder } from '../../core/events';
import type { Checkout, CheckoutPort, CheckoutRequest } from '../checks/checkoutPort';
import {
  type CheckoutNote,
  type CheckoutUse,
  indexOfCheckout,
  noteCheckout,
  noteNext,
  notesOf,
  readNotes,
  removeCheckout,
  removeUnnoted,
} from './checkoutNotes';
import { makeClone } from './clone';
import { folderName } from './folderName';
import { isSameFolder, makeFolder } from './folders';
import { openGit } from './git';
import { hasOwnHistory } from './handHistory';
import { listIgnoredTop } from './ignoredFiles';
import { withIndexCopy } from './indexFile';
import { layOver } from './overlay';
import { readRecord } from './record';
import { stage, stageTracked } from './stage';

type Place = CheckoutRequest['workspace'];

/** Checkouts below `checkouts/<repository>/<slug>-<tree>/` of a state directory. */
export function createCheckouts(stateDir: string): CheckoutPort {
  return {
    open: async (request, signal) => {
      await removeChecks(stateDir, request.workspace.shadow, request.snapshot.tree);
      const folder = await makeCheckout(stateDir, request, 'check', signal);
      return { folder, readable: [join(request.repository.commonDir, 'objects')] };
    },
    treeOf: treeOfCheckout,
    remove: ({ workspace, snapshot }) => removeChecks(stateDir, workspace.shadow, snapshot.tree),
    baseTree: ({ workspace }) =>
      openGit(workspace.shadow.path).text(['rev-parse', '--verify', '--end-of-options', `${workspace.base}^{tree}`]),
    overlay: ({ workspace, snapshot }, laid, signal) => layOver(workspace.shadow.path, snapshot.tree, laid, signal),
    ignored: ({ workspace }, folder) => listIgnoredTop(workspace.shadow.path, folder.path),
    sameAsBase: async ({ workspace }, tree, paths) => {
      const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', workspace.base, tree];
      const changed = await openGit(workspace.shadow.path).list(args);
      return !changed.some((path) => paths.some((named) => path === named || path.startsWith(`${named}/`)));
    },
  };
}

/**
 * A folder with exactly the files of the newest snapshot, for a person: the one that was made before, if nothing in it
 * was touched since, or a new one beside it. One call at a time for a shadow.
 * Throws CHECKOUT_FAILED, STORAGE_FAILED, STOPPED.
 */
export async function openLook(stateDir: string, request: CheckoutRequest, signal: AbortSignal): Promise<Folder> {
  const { workspace, snapshot } = request;
  if (!(await isSameFolder(workspace.shadow))) fail('CHECKOUT_FAILED', 'the folders of the task are gone');
  await removeUnnoted(stateDir, workspace.shadow.path, 'look');
  for (const note of await readNotes(workspace.shadow.path)) {
    if (note.use !== 'look' || note.tree !== snapshot.tree) continue;
    // One that was deleted may get its name again, and must not be taken for filled.
    if (!(await isSameFolder(note.folder))) await removeCheckout(stateDir, workspace.shadow.path, note.folder);
    else if (!(await isTouched(workspace, note, signal))) return note.folder;
  }
  return makeCheckout(stateDir, request, 'look', signal);
}

/** The folders for people that hold what their snapshot does not: they are theirs now. */
export async function touchedLooks(workspace: Place): Promise<Folder[]> {
  const touched: Folder[] = [];
  if (!(await isSameFolder(workspace.shadow))) return touched;
  for (const note of await readNotes(workspace.shadow.path)) {
    if (note.use === 'check' || !(await isSameFolder(note.folder))) continue;
    if ((await isTouched(workspace, note)) || (await hasOwnHistory(note))) touched.push(note.folder);
  }
  return touched;
}

/**
 * Deletes all checkouts that were made through a shadow, as far as they still are the folders that were made. What a
 * person changed in one stays. Returns the paths that went.
 */
export async function removeCheckouts(stateDir: string, workspace: Place): Promise<string[]> {
  const gone: string[] = [];
  const shadow = workspace.shadow.path;
  if (!(await isSameFolder(workspace.shadow))) return gone;
  for (const use of ['check', 'look', 'hand'] as const) await removeUnnoted(stateDir, shadow, use);
  const kept = new Set((await touchedLooks(workspace)).map(({ path }) => path));
  for (const { folder } of await readNotes(shadow)) {
    if (!kept.has(folder.path) && (await removeCheckout(stateDir, shadow, folder))) gone.push(folder.path);
  }
  return gone;
}

/** Deletes the checkouts that checks left: all of them, or those of one tree. */
export async function removeChecks(stateDir: string, shadow: Folder, tree?: string): Promise<void> {
  if (!(await isSameFolder(shadow))) return;
  await removeUnnoted(stateDir, shadow.path, 'check');
  for (const note of await readNotes(shadow.path)) {
    if (note.use === 'check' && (tree === undefined || note.tree === tree))
      await removeCheckout(stateDir, shadow.path, note.folder);
  }
}

/**
 * Makes the folder with exactly the files of the snapshot. Throws CHECKOUT_FAILED, STORAGE_FAILED, STOPPED; then leaves
 * nothing behind.
 */
export async function makeCheckout(
  stateDir: string,
  { repository, workspace, snapshot, slug }: CheckoutRequest,
  use: CheckoutUse,
  signal: AbortSignal,
  branch: string | null = null,
): Promise<Folder> {
  const shadow = workspace.shadow.path;
  const record = await readRecord(workspace);
  const parent = join(stateDir, 'checkouts', folderName(repository.name));
  const name = `${folderName(slug)}-${snapshot.tree.slice(0, 12)}${use === 'check' ? '' : `-${use}`}`;
  await mkdir(notesOf(shadow), { recursive: true });
  await noteNext(shadow, use, join(parent, name));
  const folder = await makeFolder(parent, name);
  try {
    await noteCheckout(shadow, { folder, tree: snapshot.tree, use });
    await makeClone({
      workTree: folder.path,
      shadow,
      index: indexOfCheckout(shadow, folder),
      repository,
      commit: snapshot.commit,
      // With the base's tests laid over it, the tree is not the commit's.
      tree: snapshot.tree,
      branch,
      isolation: workspace.isolation,
      config: record.carried,
      files: record.files,
      signal,
      // A person commits under their own name.
      ...(use === 'hand' ? { committer: [] } : {}),
    });
    return folder;
  } catch (thrown) {
    await removeCheckout(stateDir, shadow, folder);
    const error = toCountersignError(thrown);
    if (error.code === 'STOPPED' || error.code === 'STORAGE_FAILED') throw error;
    return fail('CHECKOUT_FAILED', error.message, { cause: thrown });
  }
}

/** Whether a folder holds anything that its tree does not, what the base ignores aside. What cannot be read counts. */
export async function isTouched(
  workspace: Place,
  { folder, tree }: CheckoutNote,
  signal?: AbortSignal,
): Promise<boolean> {
  const shadow = workspace.shadow.path;
  const marks = await readRecord(workspace);
  try {
    const staged = await withIndexCopy(indexOfCheckout(shadow, folder), false, (index) =>
      stage({ shadow, workTree: folder.path, index, marks, signal }),
    );
    const unread = [...staged.oversize, ...staged.unreadable, ...staged.walk.unreadable, ...staged.nested];
    return staged.tree !== tree || unread.length > 0;
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    return true;
  }
}

async function treeOfCheckout({ workspace }: CheckoutRequest, { folder }: Checkout): Promise<string> {
  if (!(await isSameFolder(folder))) fail('CHECKOUT_FAILED', `${folder.path} is no longer the folder that was made`);
  const shadow = workspace.shadow.path;
  const marks = await readRecord(workspace);
  return withIndexCopy(indexOfCheckout(shadow, folder), false, (index) =>
    stageTracked({ shadow, workTree: folder.path, index, marks }),
  );
}
