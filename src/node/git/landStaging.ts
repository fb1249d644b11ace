/**
 * The staging folder of a landing, inside the git directory of the working tree: what will be written, the index to come,
 * what the files to be replaced looked like, and the lock on the index. The lock is a second name of a file in the
 * staging folder, so that whoever comes after a crash can tell our lock from anybody else's.
 */
import { createHash } from 'node:crypto';
import { link, open, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { fail } from '../../core/errors';
import type { Landing } from '../../core/events';
import { lstatOrNull } from './landPaths';

export const STAGING_PREFIX = 'countersign-landing-';
const STAGING_NAME = /^countersign-landing-[0-9a-f]{12}$/;

export type Checkout = NonNullable<Landing['checkout']>;

/** The places in the staging folder. */
export function placesOf(checkout: Checkout) {
  const { staging, gitDir } = checkout;
  const token = basename(staging).slice(STAGING_PREFIX.length);
  return {
    token,
    files: join(staging, 'files'),
    /** The index to come. It goes when the real one is in place: while it is there, the landing is not finished. */
    index: join(staging, 'index'),
    manifest: join(staging, 'manifest.json'),
    lock: join(staging, 'lock'),
    indexLock: join(gitDir, 'index.lock'),
    /** Copies of what was unexpectedly in the way; stays. */
    kept: join(gitDir, 'countersign-kept', token),
  };
}

const manifestSchema = z.strictObject({
  v: z.literal(1),
  /** SHA-256 of the user's index that `index` was made from. */
  index: z.string(),
  /** Signature of every file to be replaced or removed, as it was when git called it clean. */
  seen: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

export async function writeManifest(checkout: Checkout, manifest: Manifest): Promise<void> {
  const { manifest: path } = placesOf(checkout);
  await writeFile(path, JSON.stringify(manifest), { mode: 0o600 });
  await syncFile(path);
}

/** Throws STORAGE_FAILED when it is not there or not what we wrote. */
export async function readManifest(checkout: Checkout): Promise<Manifest> {
  const { manifest: path } = placesOf(checkout);
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (thrown) {
    return fail('STORAGE_FAILED', `${path} cannot be read`, { cause: thrown });
  }
}

/** Locks the index, as git does, for as long as the staging lives. Throws LANDING_BUSY when somebody else holds it. */
export async function lockIndex(checkout: Checkout): Promise<void> {
  if (await holdsIndexLock(checkout)) return;
  const { lock, indexLock } = placesOf(checkout);
  await writeFile(lock, `countersign ${basename(checkout.staging)}\n`);
  try {
    await link(lock, indexLock);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') {
      fail('LANDING_BUSY', `another git process holds the index of ${checkout.root}`, {
        fix: `wait for it to end, then sign off again; if none runs, remove ${indexLock}`,
      });
    }
    fail('STORAGE_FAILED', `the index of ${checkout.root} cannot be locked: ${String(thrown)}`, { cause: thrown });
  }
}

/** Whether the lock on the index is ours. */
export async function holdsIndexLock(checkout: Checkout): Promise<boolean> {
  const { lock, indexLock } = placesOf(checkout);
  const [ours, there] = [await lstatOrNull(lock), await lstatOrNull(indexLock)];
  return ours !== null && there !== null && ours.dev === there.dev && ours.ino === there.ino;
}

/** Gives the index free, if it is ours, and deletes the staging folder. */
export async function discardStaging(checkout: Checkout): Promise<void> {
  if (!isStaging(checkout)) fail('STORAGE_FAILED', `${checkout.staging} is no staging folder of ours`);
  if (await holdsIndexLock(checkout)) await unlink(placesOf(checkout).indexLock);
  const stat = await lstatOrNull(checkout.staging);
  // A git that outlived its parent may still be writing here; it fails as soon as its folder is gone.
  if (stat?.isDirectory()) await rm(checkout.staging, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** The name alone would not do: it comes from a journal. */
function isStaging({ staging, gitDir }: Checkout): boolean {
  return dirname(staging) === gitDir && STAGING_NAME.test(basename(staging));
}

/** What tells a file from any other and from a later state of itself; null when nothing is there. */
export async function signatureOf(path: string): Promise<string | null> {
  const stat = await lstatOrNull(path);
  if (stat === null) return null;
  return [stat.dev, stat.ino, stat.mode, stat.size, stat.mtimeNs, stat.ctimeNs].join(':');
}

/** SHA-256 of a file's content; of no file, of nothing. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    hash.update(await readFile(path));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
  return hash.digest('hex');
}

/** Forces a file or folder to disk. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (thrown) {
    // Windows cannot force a folder, nor a file that is open for reading only.
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'EISDIR' && code !== 'EINVAL') throw thrown;
  } finally {
    await handle.close();
  }
}
