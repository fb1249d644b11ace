/**
 * Brings the working tree that has the target checked out up to date: first everything is prepared in the staging folder
 * under the index lock (`stageCheckout`), then, after the ref moved, files are exchanged one rename each and the index
 * follows (`finishCheckout`). Finishing can be repeated from any point at which it was cut off: a staged file that is
 * still there has not been placed, and one that is gone has been.
 */
import { copyFile, mkdir, readdir, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { removeEmptyParents } from './folders';
import { joinNul } from './git';
import { Exchange } from './landExchange';
import { readEntries, requireClean } from './landObstacles';
import { lstatOrNull } from './landPaths';
import {
  digestOf,
  discardStaging,
  lockIndex,
  placesOf,
  readManifest,
  signatureOf,
  syncFile,
  writeManifest,
} from './landStaging';
import { type CheckoutTarget, GITLINK, type LandedPath, openCheckout } from './landTarget';

/** Prepares everything and locks the index. Throws LANDING_BUSY, LANDING_DIRTY; the caller then discards the staging. */
export async function stageCheckout(target: CheckoutTarget): Promise<void> {
  const { checkout, changes } = target;
  const places = placesOf(checkout);
  await mkdir(places.files, { recursive: true, mode: 0o700 });
  await lockIndex(checkout);
  // Signatures before git looks: what changes in between no longer has the signature, and is kept aside later.
  const seen: Record<string, string> = {};
  for (const { path, before } of changes) {
    if (before === null) continue;
    const signature = await signatureOf(join(checkout.root, path));
    if (signature !== null) seen[path] = signature;
  }
  await requireClean(target);
  const index = await digestOf(join(checkout.gitDir, 'index'));
  await prepareIndex(target, changes);
  await stageFiles(target);
  await writeManifest(checkout, { v: 1, index, seen });
  await syncFile(places.index);
  await syncFile(checkout.staging);
}

/**
 * Exchanges the files, puts the new index in place, gives the lock free and removes the staging.
 *
 * @returns copies of what was unexpectedly in the way
 */
export async function finishCheckout(target: CheckoutTarget): Promise<readonly string[]> {
  const { checkout, changes } = target;
  const places = placesOf(checkout);
  if ((await lstatOrNull(places.index)) !== null) {
    await lockIndex(checkout);
    const manifest = await readManifest(checkout);
    const untouched = (await digestOf(join(checkout.gitDir, 'index'))) === manifest.index;
    if (!untouched) await prepareIndex(target, await stillOld(target));
    const exchange = new Exchange(checkout, manifest.seen);
    for (const change of changes)
      if (change.after === null) await exchange.remove(change.path, change.before?.mode === GITLINK);
    for (const change of changes) {
      if (change.after?.mode === GITLINK) await exchange.makeFolder(change.path);
      else if (change.after !== null) await exchange.place(change.path);
    }
    for (const { path, after } of changes) {
      if (after === null) await removeEmptyParents(join(checkout.root, path), checkout.root);
    }
    await replaceIndex(target);
  }
  await discardStaging(checkout);
  return listKept(places.kept);
}

/** The user's index with the landed entries in it, everything else as it is: in the staging folder. */
async function prepareIndex(target: CheckoutTarget, changes: readonly LandedPath[]): Promise<void> {
  const { checkout } = target;
  const { index } = placesOf(checkout);
  const git = openCheckout(target);
  await rm(index, { force: true });
  await copyIfPresent(join(checkout.gitDir, 'index'), index);
  const leaving = changes.filter(({ after, before }) => after === null && before !== null);
  const records = [
    ...leaving.map(({ path, before }) => `0 ${'0'.repeat(before?.oid.length ?? 40)}\t${path}`),
    ...changes.flatMap(({ path, after }) => (after === null ? [] : [`${after.mode} ${after.oid}\t${path}`])),
  ];
  const env = { GIT_INDEX_FILE: index };
  await git.run(['update-index', '-z', '--index-info'], { env, input: joinNul(records) });
}

/** Writes the new files into the staging folder, converted as git would convert them for this working tree. */
async function stageFiles(target: CheckoutTarget): Promise<void> {
  const { checkout, changes } = target;
  const { files, index } = placesOf(checkout);
  const paths = changes.flatMap(({ path, after }) => (after === null || after.mode === GITLINK ? [] : [path]));
  if (paths.length === 0) return;
  const git = openCheckout(target, files);
  const env = { GIT_INDEX_FILE: index };
  await git.run(['checkout-index', '-z', '--stdin', '-f', '-q'], { env, input: joinNul(paths) });
  for (const path of paths) {
    const staged = join(files, path);
    const stat = await lstatOrNull(staged);
    if (stat?.isFile()) await syncFile(staged);
  }
}

/** Changes whose entry in the user's index is still the old one, after somebody else wrote it. */
async function stillOld(target: CheckoutTarget): Promise<LandedPath[]> {
  const git = openCheckout(target);
  const entries = readEntries(await git.list(['ls-files', '-z', '-s', '-v']));
  return target.changes.filter(({ path, before }) => {
    const entry = entries.get(path);
    if (entry === undefined || before === null) return entry === undefined && before === null;
    return entry.oid === before.oid && entry.mode === before.mode && entry.stage === '0';
  });
}

async function replaceIndex(target: CheckoutTarget): Promise<void> {
  const { checkout } = target;
  const { index, token } = placesOf(checkout);
  const fresh = join(checkout.staging, `index-${token}-${process.pid}`);
  await copyFile(index, fresh);
  const git = openCheckout(target);
  // Exit 1 only says that other files of the user's differ from the index.
  const env = { GIT_INDEX_FILE: fresh };
  await git.run(['update-index', '-q', '--ignore-submodules', '--refresh'], { env, exits: [0, 1] });
  await syncFile(fresh);
  await rename(fresh, join(checkout.gitDir, 'index'));
  await syncFile(checkout.gitDir);
  await unlink(index);
}

async function copyIfPresent(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown;
  });
}

/** Every file below the folder, absolute; nothing when it is not there. */
async function listKept(folder: string): Promise<string[]> {
  const stat = await lstatOrNull(folder);
  if (stat === null) return [];
  if (!stat.isDirectory()) return [folder];
  const names = (await readdir(folder)).toSorted();
  return (await Promise.all(names.map((name) => listKept(join(folder, name))))).flat();
}
