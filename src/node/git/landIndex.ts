/** The index to come: the user's own with the landed entries in it, made in the staging folder and put in place by a rename. */
import { randomBytes } from 'node:crypto';
import { rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { joinNul } from './git';
import { copyIndex } from './indexFile';
import { readEntries } from './landObstacles';
import { placesOf, syncFile } from './landStaging';
import { type CheckoutTarget, type LandedPath, openCheckout } from './landTarget';

/** Makes the index to come: everything that the user staged stays; the entries of the changes become the landed ones. */
export async function prepareIndex(target: CheckoutTarget, changes: readonly LandedPath[]): Promise<void> {
  const fresh = freshName(target);
  await copyIndex(join(target.checkout.gitDir, 'index'), fresh).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown;
  });
  // Deletions first, so that a file can become a folder and a folder a file.
  const records = [
    ...changes.flatMap(({ path, before, after }) =>
      after === null && before !== null ? [`0 ${'0'.repeat(before.oid.length)}\t${path}`] : [],
    ),
    ...changes.flatMap(({ path, after }) => (after === null ? [] : [`${after.mode} ${after.oid}\t${path}`])),
  ];
  const env = { GIT_INDEX_FILE: fresh };
  await openCheckout(target).run(['update-index', '-z', '--index-info'], { env, input: joinNul(records) });
  await syncFile(fresh);
  await rename(fresh, placesOf(target.checkout).index);
}

/** Changes whose entry in the user's index is still the old one: after a crash somebody may have written the index. */
export async function stillOld(target: CheckoutTarget): Promise<LandedPath[]> {
  const entries = readEntries(await openCheckout(target).list(['ls-files', '-z', '-s', '-v']));
  return target.changes.filter(({ path, before }) => {
    const entry = entries.get(path);
    if (entry === undefined || before === null) return entry === undefined && before === null;
    return entry.oid === before.oid && entry.mode === before.mode && entry.stage === '0';
  });
}

/** Puts the index to come in place of the user's, knowing the files that were exchanged. */
export async function replaceIndex(target: CheckoutTarget): Promise<void> {
  const { gitDir } = target.checkout;
  const { index } = placesOf(target.checkout);
  const fresh = freshName(target);
  await copyIndex(index, fresh);
  // Exit 1 only says that other files of the user's differ from the index.
  const env = { GIT_INDEX_FILE: fresh };
  await openCheckout(target).run(['update-index', '-q', '--ignore-submodules', '--refresh'], { env, exits: [0, 1] });
  await syncFile(fresh);
  await rename(fresh, join(gitDir, 'index'));
  await syncFile(gitDir);
  await unlink(index);
}

/** A name that no git of an earlier attempt, which may still run, holds a lock for. */
function freshName({ checkout }: CheckoutTarget): string {
  return join(checkout.staging, `index-${randomBytes(6).toString('hex')}`);
}
