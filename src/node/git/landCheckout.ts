/**
 * Brings the working tree that has the target checked out up to date: first everything is prepared in the staging folder
 * under the index lock (`stageCheckout`), then, after the ref moved, files are exchanged one rename each and the index
 * follows (`finishCheckout`). Finishing can be repeated from any point at which it was cut off: a staged file that is
 * still there has not been placed, and one that is gone has been.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeEmptyParents } from './folders';
import { joinNul } from './git';
import { Exchange } from './landExchange';
import { prepareIndex, replaceIndex, stillOld } from './landIndex';
import { requireClean } from './landObstacles';
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
import { type CheckoutTarget, GITLINK, openCheckout } from './landTarget';

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
  await requireClean(target, checkout.staging);
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

/** Writes the new files into the staging folder, converted as git would convert them for this working tree. */
async function stageFiles(target: CheckoutTarget): Promise<void> {
  const { checkout, changes } = target;
  const { files, index } = placesOf(checkout);
  const paths = changes.flatMap(({ path, after }) => (after === null || after.mode === GITLINK ? [] : [path]));
  if (paths.length === 0) return;
  const git = openCheckout(target, files);
  const env = { GIT_INDEX_FILE: index };
  await git.run(['checkout-index', '-z', '--stdin', '-f', '-q'], { env, input: joinNul(paths) });
  for (let at = 0; at < paths.length; at += SYNCED_TOGETHER) {
    await Promise.all(paths.slice(at, at + SYNCED_TOGETHER).map((path) => syncStaged(join(files, path))));
  }
}

/** Files forced to disk at a time: many flushes together cost little more than one. */
const SYNCED_TOGETHER = 64;

async function syncStaged(path: string): Promise<void> {
  const stat = await lstatOrNull(path);
  if (stat?.isFile()) await syncFile(path);
}

/** Every file below the folder, absolute; nothing when it is not there. */
async function listKept(folder: string): Promise<string[]> {
  const stat = await lstatOrNull(folder);
  if (stat === null) return [];
  if (!stat.isDirectory()) return [folder];
  const names = (await readdir(folder)).toSorted();
  return (await Promise.all(names.map((name) => listKept(join(folder, name))))).flat();
}
