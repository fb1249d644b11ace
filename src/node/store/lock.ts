/**
 * Locks that end with their process, however it ends, and that any number of racing processes can take over without
 * ever having two owners.
 *
 * A lock is a folder of numbered claims. The highest number is the one that counts: its file names a process, and the
 * lock is held as long as that process lives and has not released it. To take the lock over is to make the claim with
 * the next number, whole and exclusively (by a hard link); the system lets one process win. Two rules make it safe:
 * - Only the owner deletes claims, and only lower ones than its own. So the highest never goes away and numbers only grow;
 *   a release is written into the claim.
 * - Who has made a claim looks again. A claim that was made late, below a higher one, under a number that had already been
 *   cleaned away, sees the higher one (it was there first) and gives up.
 */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '../../core/errors';
import { jsonOf } from '../../core/json';
import { writeFileAtomic, writeNewFile } from './atomicFile';
import { isAlive, type ProcessIdentity, processIdentity } from './processIdentity';
import { storageFailure, systemCode } from './storageFailure';

export interface Lock {
  readonly folder: string;
  /** Lets the next one in. Resolves also when called again. */
  release(): Promise<void>;
}

const claimSchema = z.object({ pid: z.number().int().positive(), startedAt: z.string(), released: z.boolean() });

/**
 * Takes a lock for this process, until it is released or the process ends.
 *
 * @param folder the lock's own folder; made when it is missing, its parent must exist
 * @throws TASK_LOCKED, naming the process that holds it (this one too); STORAGE_FAILED
 */
export async function acquireLock(folder: string): Promise<Lock> {
  const lock = await tryLock(folder);
  if ('release' in lock) return lock;
  return fail('TASK_LOCKED', `${folder} is held by process ${lock.pid}`);
}

/** The same, but returns who holds it instead of throwing. */
export async function tryLock(folder: string): Promise<Lock | ProcessIdentity> {
  const self = await processIdentity(process.pid);
  if (self === null) return storageFailure(`the lock ${folder}`, new Error('this process cannot be identified'));
  try {
    await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
    for (;;) {
      const highest = await highestClaim(folder);
      const holder = await holderOf(folder, highest);
      if (holder !== null) return holder;
      const won = await claim(folder, highest + 1, self);
      if (won && (await highestClaim(folder)) === highest + 1) return await own(folder, highest + 1, self);
      if (won) await rm(join(folder, String(highest + 1)), { force: true });
    }
  } catch (cause) {
    return storageFailure(`the lock ${folder}`, cause);
  }
}

/** The process that holds a lock, or null when nobody does. */
export async function lockHolder(folder: string): Promise<ProcessIdentity | null> {
  return holderOf(folder, await highestClaim(folder));
}

/** 0 when there is none. */
async function highestClaim(folder: string): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^[1-9]\d*$/.test(name)).reduce((highest, name) => Math.max(highest, Number(name)), 0);
}

/** A claim that is gone was cleaned away by a newer owner; the caller looks again when its own claim does not fit. */
async function holderOf(folder: string, number: number): Promise<ProcessIdentity | null> {
  if (number === 0) return null;
  const text = await readFile(join(folder, String(number)), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  });
  const claimed = claimSchema.safeParse(jsonOf(text));
  if (!claimed.success || claimed.data.released) return null;
  const { pid, startedAt } = claimed.data;
  return (await isAlive({ pid, startedAt })) ? { pid, startedAt } : null;
}

/** Makes the numbered claim, unless somebody else has. */
async function claim(folder: string, number: number, self: ProcessIdentity): Promise<boolean> {
  const draft = join(folder, `draft-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await writeNewFile(draft, JSON.stringify({ ...self, released: false }));
    await link(draft, join(folder, String(number)));
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function own(folder: string, number: number, self: ProcessIdentity): Promise<Lock> {
  for (const name of await readdir(folder)) {
    const passed = /^[1-9]\d*$/.test(name) && Number(name) < number;
    if (passed || (await isAbandonedDraft(name))) await rm(join(folder, name), { force: true });
  }
  let released: Promise<void> | null = null;
  const release = () => writeFileAtomic(join(folder, String(number)), JSON.stringify({ ...self, released: true }));
  return {
    folder,
    release() {
      released ??= release();
      return released;
    },
  };
}

/** The draft of a process that was killed before it could make its claim. */
async function isAbandonedDraft(name: string): Promise<boolean> {
  const pid = /^draft-(\d+)-/.exec(name)?.[1];
  return pid !== undefined && (await processIdentity(Number(pid))) === null;
}
