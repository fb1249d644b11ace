/**
 * What a shadow remembers of the checkouts that were made through it: which folders they are, of which tree, and for
 * whom. A folder is named before it is made, so that the next process finds what this one could not note any more.
 */
import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { type Folder, folderSchema } from '../../core/events';
import { jsonOf } from '../../core/json';
import { writeFileAtomic } from '../store/atomicFile';
import { removeEmptyParents, removeFolder } from './folders';

/**
 * `check`: gone when its verification ends. `look`: a person looks around in it, as long as the task has folders. `hand`:
 * a person works in it.
 */
const useSchema = z.enum(['check', 'look', 'hand']);
export type CheckoutUse = z.infer<typeof useSchema>;

const noteSchema = z.object({
  folder: folderSchema,
  tree: z.string(),
  use: useSchema.default('check'),
  /** Of `hand`: what its refs and stashes were when it was made; absent while it is being made. */
  refs: z.string().optional(),
});
export type CheckoutNote = z.infer<typeof noteSchema>;

const nextSchema = z.object({ next: z.string() });

/** The folder of the notes, which must be there before anything is noted. */
export function notesOf(shadow: string): string {
  return join(shadow, 'checkouts');
}

/** The index through which a checkout is read. */
export function indexOfCheckout(shadow: string, folder: Folder): string {
  return join(notesOf(shadow), `${basename(folder.path)}.index`);
}

/** Says which folder is made next. */
export async function noteNext(shadow: string, use: CheckoutUse, next: string): Promise<void> {
  await writeFileAtomic(nextOf(shadow, use), JSON.stringify({ next }));
}

/** Notes a folder that was made. */
export async function noteCheckout(shadow: string, note: CheckoutNote): Promise<void> {
  await writeFileAtomic(noteOf(shadow, note.folder), JSON.stringify(note));
  await rm(nextOf(shadow, note.use), { force: true });
}

/** The checkouts of a shadow; a note that is none of ours is passed over. */
export async function readNotes(shadow: string): Promise<CheckoutNote[]> {
  const names = await readdir(notesOf(shadow)).catch(() => []);
  const notes: CheckoutNote[] = [];
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const text = await readFile(join(notesOf(shadow), name), 'utf8').catch(() => '');
    const note = noteSchema.safeParse(jsonOf(text));
    if (note.success) notes.push(note.data);
  }
  return notes;
}

/** A process that died between making a checkout's folder and noting it left it empty; rmdir takes no other. */
export async function removeUnnoted(stateDir: string, shadow: string, use: CheckoutUse): Promise<void> {
  const text = await readFile(nextOf(shadow, use), 'utf8').catch(() => '');
  const noted = nextSchema.safeParse(jsonOf(text));
  if (!noted.success) return;
  await rmdir(noted.data.next).catch(() => undefined);
  await removeEmptyParents(noted.data.next, stateDir);
  await rm(nextOf(shadow, use), { force: true });
}

/** Deletes a checkout, if it still is the folder that was made, and what is noted of it. Returns whether it went. */
export async function removeCheckout(stateDir: string, shadow: string, folder: Folder): Promise<boolean> {
  const gone = await removeFolder(folder);
  await rm(noteOf(shadow, folder), { force: true });
  await rm(indexOfCheckout(shadow, folder), { force: true });
  await removeEmptyParents(folder.path, stateDir);
  return gone;
}

/** Each use has its own: looks are opened while checks are. */
function nextOf(shadow: string, use: CheckoutUse): string {
  return join(notesOf(shadow), use === 'check' ? 'next' : `next-${use}`);
}

function noteOf(shadow: string, folder: Folder): string {
  return join(notesOf(shadow), `${basename(folder.path)}.json`);
}
