/**
 * Folders in which a person goes on with a task by hand: a clean checkout of a snapshot with a git directory of its own,
 * on the task's branch. What they leave becomes a snapshot as an agent's does: walked, staged and committed through the
 * shadow, and never through the git directory in the folder.
 */

import type { RunObservations } from '../../core/drift/diff';
import { fail } from '../../core/errors';
import type { Folder, Snapshot, Workspace } from '../../core/events';
import type { HandRequest, TakeHandRequest } from '../../core/ports/hand';
import { isTouched, makeCheckout } from './checkout';
import {
  type CheckoutNote,
  indexOfCheckout,
  noteCheckout,
  readNotes,
  removeCheckout,
  removeUnnoted,
} from './checkoutNotes';
import { diffTrees } from './diff';
import { findUnfiltered } from './filters';
import { isSameFolder } from './folders';
import { compareRepository } from './gitState';
import { hasOwnHistory, historyOf } from './handHistory';
import { fillIndex, withIndexCopy } from './indexFile';
import { readRecord } from './record';
import { readRegularFile } from './regularFile';
import { commitTree, deliver, observed, withinSnapshotLimit } from './snapshot';
import { indexGit, stage } from './stage';

/** The largest index that is there at all, in bytes. */
const MAX_INDEX = 512 * 1024 * 1024;

/**
 * A folder with the snapshot's files: one that holds exactly these already, or a new one. One call at a time for a shadow.
 * Throws CHECKOUT_FAILED, STORAGE_FAILED, STOPPED.
 */
export async function openHand(stateDir: string, request: HandRequest, signal: AbortSignal): Promise<Folder> {
  const { workspace, snapshot, branch } = request;
  const shadow = workspace.shadow.path;
  if (!(await isSameFolder(workspace.shadow))) fail('CHECKOUT_FAILED', 'the folders of the task are gone');
  await removeUnnoted(stateDir, shadow, 'hand');
  for (const note of await handNotes(shadow)) {
    // One that was deleted may get its name again; one without refs was never finished, and nobody was given it.
    if (note.refs === undefined || !(await isSameFolder(note.folder)))
      await removeCheckout(stateDir, shadow, note.folder);
    else if (note.tree === snapshot.tree && !(await isTouched(workspace, note, signal))) return note.folder;
  }
  const folder = await makeCheckout(stateDir, request, 'hand', signal, branch);
  await noteCheckout(shadow, { folder, tree: snapshot.tree, use: 'hand', refs: await historyOf(folder.path) });
  return folder;
}

/** The snapshot of what a person left in such a folder. Throws SNAPSHOT_FAILED. */
export async function takeHand(
  request: TakeHandRequest,
  signal: AbortSignal,
): Promise<{ readonly snapshot: Snapshot; readonly observations: RunObservations }> {
  const { workspace, folder, turn } = request;
  const shadow = workspace.shadow.path;
  if (!(await isSameFolder(folder)) || !(await isSameFolder(workspace.shadow))) {
    fail('SNAPSHOT_FAILED', `${folder.path} is no longer the folder that was made for taking over`, {
      fix: `go on without it: \`countersign resume ${request.task} --as-it-stands\``,
    });
  }
  return withinSnapshotLimit(signal, async (limited) => {
    const record = await readRecord(workspace);
    const { base } = workspace;
    const index = await indexFor(shadow, base, folder);
    const staged = await withIndexCopy(index, true, (copy) =>
      stage({ shadow, workTree: folder.path, index: copy, marks: record, signal: limited }),
    );
    const changes = await diffTrees(shadow, base, staged.tree, limited);
    const git = indexGit({ shadow, workTree: folder.path, index });
    const unfiltered = await findUnfiltered(git, changes, record, limited);
    const commit = await deliver(request, await commitTree(shadow, staged.tree, request), limited);
    const confined = workspace.isolation === 'shared';
    const repository = await compareRepository(request.repository, record, { shadow, confined });
    const note = (await handNotes(shadow)).find((one) => one.folder.path === folder.path);
    if (note !== undefined) await noteCheckout(shadow, { ...note, tree: staged.tree });
    return {
      snapshot: { turn, commit, tree: staged.tree },
      // What a person did to the git of this folder is theirs; what the agent did to the user's stands as before.
      observations: { ...observed(staged, record, unfiltered), ignored: [], indexHidden: [], git: repository },
    };
  });
}

/** Whether a folder holds what its snapshot does not, or history of its own. What is gone holds nothing. */
export async function isHandTouched(workspace: Workspace, folder: Folder): Promise<boolean> {
  if (!(await isSameFolder(folder))) return false;
  const note = (await handNotes(workspace.shadow.path)).find((one) => one.folder.path === folder.path);
  return note === undefined || (await isTouched(workspace, note)) || (await hasOwnHistory(note));
}

/** Deletes a folder, if it still is the one that was made. Returns whether it went. */
export function removeHand(stateDir: string, workspace: Workspace, folder: Folder): Promise<boolean> {
  return removeCheckout(stateDir, workspace.shadow.path, folder);
}

async function handNotes(shadow: string): Promise<readonly CheckoutNote[]> {
  return (await readNotes(shadow)).filter(({ use }) => use === 'hand');
}

/** The index of the folder; made anew where the shadow is another than the one through which the folder was made. */
async function indexFor(shadow: string, base: string, folder: Folder): Promise<string> {
  const index = indexOfCheckout(shadow, folder);
  if ((await readRegularFile(index, MAX_INDEX)) === null) await fillIndex(shadow, index, base);
  return index;
}
