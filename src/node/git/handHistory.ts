/** Whether a person committed or stashed something in a folder that they were given to work in. */
import { join } from 'node:path';
import type { CheckoutNote } from './checkoutNotes';
import { readFingerprint } from './fingerprint';

/** What the folder's git directory has that a collection of garbage or a deletion would lose: HEAD, refs and stashes. */
export async function historyOf(folder: string): Promise<string> {
  const facts = Object.entries(await readFingerprint(join(folder, '.git')));
  const own = facts.filter(([name]) => name === 'file HEAD' || name.startsWith('ref ') || name.startsWith('stash'));
  return JSON.stringify(own.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** False of folders that are not for work, and of one that was never finished: nobody was given it. */
export async function hasOwnHistory({ folder, use, refs }: CheckoutNote): Promise<boolean> {
  return use === 'hand' && refs !== undefined && (await historyOf(folder.path)) !== refs;
}
