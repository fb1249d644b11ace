/**
 * Clean checkouts of a commit, for checks and reviewers. Code of the agent runs in them, so each has a git directory of
 * its own, like the agent's clone; its index for us lies in the shadow, and a checkout's tree is read through the shadow.
 */
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { fail, toCountersignError } from '../../core/errors';
import { type Folder, folderSchema } from '../../core/events';
import type { Checkout, CheckoutPort, CheckoutRequest } from '../checks/checkoutPort';
import { writeFileAtomic } from '../store/atomicFile';
import { makeClone } from './clone';
import { folderName } from './folderName';
import { isSameFolder, makeFolder, removeEmptyParents, removeFolder } from './folders';
import { openGit } from './git';
import { withIndexCopy } from './indexFile';
import { readRecord } from './record';
import { stageTracked } from './stage';

const noteSchema = z.object({ folder: folderSchema, tree: z.string() });
type Note = z.infer<typeof noteSchema>;
const nextSchema = z.object({ next: z.string() });

/** Checkouts below `checkouts/<repository>/<slug>-<tree>/` of a state directory. */
export function createCheckouts(stateDir: string): CheckoutPort {
  return {
    open: (request, signal) => openCheckout(stateDir, request, signal),
    treeOf: treeOfCheckout,
    remove: async ({ workspace, snapshot }) => void (await removeCheckouts(stateDir, workspace.shadow, snapshot.tree)),
    sameAsBase: async ({ workspace }, tree, paths) => {
      const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', workspace.base, tree];
      const changed = await openGit(workspace.shadow.path).list(args);
      return !changed.some((path) => paths.some((named) => path === named || path.startsWith(`${named}/`)));
    },
  };
}

/**
 * Makes the folder with exactly the files of the snapshot. Throws CHECKOUT_FAILED, STORAGE_FAILED, STOPPED; then leaves
 * nothing behind.
 */
async function openCheckout(stateDir: string, request: CheckoutRequest, signal: AbortSignal): Promise<Checkout> {
  const { repository, workspace, snapshot } = request;
  const shadow = workspace.shadow.path;
  await removeCheckouts(stateDir, workspace.shadow, snapshot.tree);
  const record = await readRecord(workspace);
  const parent = join(stateDir, 'checkouts', folderName(repository.name));
  const name = `${folderName(request.slug)}-${snapshot.tree.slice(0, 12)}`;
  await mkdir(notesOf(shadow), { recursive: true });
  await writeFileAtomic(nextOf(shadow), JSON.stringify({ next: join(parent, name) }));
  const folder = await makeFolder(parent, name);
  const note: Note = { folder, tree: snapshot.tree };
  try {
    await writeFileAtomic(noteOf(shadow, folder), JSON.stringify(note));
    await rm(nextOf(shadow), { force: true });
    await makeClone({
      workTree: folder.path,
      shadow,
      index: indexOfCheckout(shadow, folder),
      repository,
      commit: snapshot.commit,
      branch: null,
      isolation: workspace.isolation,
      config: record.carried,
      files: record.files,
      signal,
    });
    return { folder, readable: [join(repository.commonDir, 'objects')] };
  } catch (thrown) {
    await removeCheckout(stateDir, shadow, folder);
    const error = toCountersignError(thrown);
    if (error.code === 'STOPPED' || error.code === 'STORAGE_FAILED') throw error;
    return fail('CHECKOUT_FAILED', error.message, { cause: thrown });
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

/**
 * Deletes the checkouts that were made through a shadow, all of them or those of one tree, as far as they still are the
 * folders that were made. Returns the paths that went.
 */
export async function removeCheckouts(stateDir: string, shadow: Folder, tree?: string): Promise<string[]> {
  const gone: string[] = [];
  if (!(await isSameFolder(shadow))) return gone;
  await removeUnnoted(stateDir, shadow.path);
  for (const { folder, tree: made } of await readNotes(shadow.path)) {
    if (tree !== undefined && made !== tree) continue;
    if (await removeCheckout(stateDir, shadow.path, folder)) gone.push(folder.path);
  }
  return gone;
}

/** A process that died between making a checkout's folder and noting it left it empty; rmdir takes no other. */
async function removeUnnoted(stateDir: string, shadow: string): Promise<void> {
  const text = await readFile(nextOf(shadow), 'utf8').catch(() => null);
  const noted = nextSchema.safeParse(text === null ? null : parseJson(text));
  if (!noted.success) return;
  await rmdir(noted.data.next).catch(() => undefined);
  await removeEmptyParents(noted.data.next, stateDir);
  await rm(nextOf(shadow), { force: true });
}

async function removeCheckout(stateDir: string, shadow: string, folder: Folder): Promise<boolean> {
  const gone = await removeFolder(folder);
  await rm(noteOf(shadow, folder), { force: true });
  await rm(indexOfCheckout(shadow, folder), { force: true });
  await removeEmptyParents(folder.path, stateDir);
  return gone;
}

async function readNotes(shadow: string): Promise<Note[]> {
  const names = await readdir(notesOf(shadow)).catch(() => []);
  const notes: Note[] = [];
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const text = await readFile(join(notesOf(shadow), name), 'utf8');
    const note = noteSchema.safeParse(parseJson(text));
    if (note.success) notes.push(note.data);
  }
  return notes;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function notesOf(shadow: string): string {
  return join(shadow, 'checkouts');
}

/** Names the folder that is made next. */
function nextOf(shadow: string): string {
  return join(notesOf(shadow), 'next');
}

function noteOf(shadow: string, folder: Folder): string {
  return join(notesOf(shadow), `${basename(folder.path)}.json`);
}

function indexOfCheckout(shadow: string, folder: Folder): string {
  return join(notesOf(shadow), `${basename(folder.path)}.index`);
}
