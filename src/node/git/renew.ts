/**
 * The agent's folder made anew from a snapshot that was not made in it. The new one stands beside the old one until the
 * journal names it; a note in the shadow says which of both a process that died left over.
 */
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { type Folder, folderSchema, type Workspace } from '../../core/events';
import { jsonOf } from '../../core/json';
import type { RenewRequest } from '../../core/ports/hand';
import { writeFileAtomic } from '../store/atomicFile';
import { makeClone } from './clone';
import { copyIgnored } from './copyIgnored';
import { readFingerprint } from './fingerprint';
import { folderName } from './folderName';
import { identifyFolder, isSameFolder, makeFolder, removeEmptyParents, removeFolder } from './folders';
import { indexOf } from './indexFile';
import { MAX_RECORD, readRecord, recordSchema, writeRecord } from './record';
import { readRegularFile } from './regularFile';
import { lookAt } from './snapshot';

const noteSchema = z.object({
  old: folderSchema,
  made: folderSchema.nullable(),
  /** Of the old folder: what it held when it was looked at last, and the record that the shadow had of it. */
  tree: z.string().nullable(),
  record: recordSchema,
});

/** Largest note read, in bytes: a record, and little more. */
const MAX_NOTE = MAX_RECORD + 64 * 1024;

/** Makes the new folder. Until `settleRenewal` the old one stays. Throws what making a clone throws. */
export async function renewFolder(
  stateDir: string,
  { repository, slug, workspace, tree, commit, branch, copy }: RenewRequest,
  signal: AbortSignal,
): Promise<Workspace> {
  const { shadow, worktree: old } = workspace;
  await settleRenewal(stateDir, workspace);
  const record = await readRecord(workspace);
  await note(shadow.path, { old, made: null, tree, record });
  const worktree = await makeFolder(dirname(old.path), folderName(slug));
  await note(shadow.path, { old, made: worktree, tree, record });
  // An index of its own: the old one calls files up to date that are not there yet.
  const index = join(shadow.path, 'renewing.index');
  await rm(index, { force: true });
  await makeClone({
    workTree: worktree.path,
    shadow: shadow.path,
    index,
    ...{ repository, commit, branch, signal },
    isolation: workspace.isolation,
    config: record.carried,
    files: record.files,
  });
  await rename(index, indexOf(shadow.path));
  await copyIgnored(repository, worktree.path, copy);
  const gitDir = join(worktree.path, '.git');
  await writeRecord(shadow.path, {
    ...record,
    cloneGit: await identifyFolder(gitDir),
    ...{ ignored: [], nested: [] },
    // The user's repository is compared with what it was before any agent ran: nothing done to it is taken for its own.
    fingerprints: { ...record.fingerprints, clone: await readFingerprint(gitDir) },
  });
  return { ...workspace, worktree };
}

/**
 * Deletes whichever folder of a renewal is not the one that the journal names. An old one that holds something else by now
 * is somebody's: it stays, and its path is returned.
 */
export async function settleRenewal(stateDir: string, workspace: Workspace): Promise<string | null> {
  const { shadow, worktree } = workspace;
  const bytes = await readRegularFile(noteOf(shadow.path), MAX_NOTE);
  const noted = bytes === null ? null : noteSchema.safeParse(jsonOf(bytes.toString('utf8')));
  if (noted?.success !== true) return null;
  const { old, made, tree, record } = noted.data;
  const kept = !isSame(old, worktree) && (await isTouched({ ...workspace, worktree: old }, tree)) ? old : null;
  // The record may be the new folder's already, beside which everything in the old one would look changed.
  if (isSame(old, worktree)) await writeRecord(shadow.path, record);
  for (const folder of [old, made]) {
    if (folder === null || folder === kept || isSame(folder, worktree)) continue;
    await removeFolder(folder);
    await removeEmptyParents(folder.path, stateDir);
  }
  await rm(noteOf(shadow.path), { force: true });
  return kept?.path ?? null;
}

/** Whether a folder that is still there holds anything else than a tree. What cannot be read counts. */
async function isTouched(workspace: Workspace, tree: string | null): Promise<boolean> {
  if (!(await isSameFolder(workspace.worktree))) return false;
  const looked = await lookAt(workspace, new AbortController().signal).catch(() => null);
  return looked === null || looked.tree !== tree;
}

function isSame(one: Folder, other: Folder): boolean {
  return one.path === other.path && one.dev === other.dev && one.ino === other.ino;
}

function noteOf(shadow: string): string {
  return join(shadow, 'renewing.json');
}

async function note(shadow: string, content: z.infer<typeof noteSchema>): Promise<void> {
  await writeFileAtomic(noteOf(shadow), JSON.stringify(content));
}
