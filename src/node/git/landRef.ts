/** Moves a ref by compare-and-swap, so that a process that dies leaves no doubt whether it moved. */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../../core/errors';
import type { Landing, Repository } from '../../core/events';
import { hardenedArguments, hardenedEnvironment } from './environment';
import { fullDiskError } from './fullDisk';
import { openGit } from './git';
import { DURABLE } from './landCommit';
import { lstatOrNull } from './landPaths';
import { holdsIndexLock } from './landStaging';

export interface RefMove {
  readonly ref: string;
  /** Null: the ref must not exist. */
  readonly from: string | null;
  readonly to: string;
  readonly by: { readonly name: string; readonly email: string };
  /** For the reflog. */
  readonly why: string;
}

/** The commit of a ref, or null when there is none. */
export async function tipOf(gitDir: string, ref: string): Promise<string | null> {
  const found = await openGit(gitDir).run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], {
    exits: [0, 1, 128],
  });
  return found.exit === 0 ? found.stdout.toString('utf8').trim() : null;
}

/**
 * Moves the ref if it is still at `from`. Git prepares the transaction and holds the ref's lock; only when it said so is
 * it told to commit. So when this process dies, either no lock is held and nothing will move, or a lock is held until the
 * ref has moved: `settledTip` waits for that.
 *
 * @returns false when git would not: the ref is elsewhere, or locked by another process
 * @throws STORAGE_FAILED when the disk is full
 */
export async function moveRef(gitDir: string, { ref, from, to, by, why }: RefMove): Promise<boolean> {
  const child = spawn(
    'git',
    [...hardenedArguments(gitDir, null, DURABLE), 'update-ref', '--no-deref', '-m', why, '-z', '--stdin'],
    {
      cwd: gitDir,
      env: hardenedEnvironment({ GIT_COMMITTER_NAME: by.name, GIT_COMMITTER_EMAIL: by.email }),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // A git that refuses ends early; what it did not read is no error of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.write(`start\0update ${ref}\0${to}\0${from ?? '0'.repeat(to.length)}\0prepare\0`);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < 8_000) complaint += chunk.toString('utf8');
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const prepared = said.includes('prepare: ok');
    said += chunk.toString('utf8');
    if (!prepared && said.includes('prepare: ok')) child.stdin.end('commit\0');
  });
  const exit = await ended.catch((error: Error) => fail('GIT_MISSING', `git was not started: ${error.message}`));
  if (exit === 0 && said.includes('commit: ok')) return true;
  const full = await fullDiskError('update-ref', complaint, [gitDir]);
  if (full !== null) throw full;
  return false;
}

/** How long a git that outlived its parent may take to end its transaction, in milliseconds. */
const SETTLE_MS = 3_000;
const POLL_MS = 25;

/**
 * The commit of a landing's ref once no transaction that the dead process began can still move it. Locks that are left
 * because that git died too are removed, when they are certainly of this landing.
 *
 * @throws LANDING_BUSY when another process holds the ref
 */
export async function settledTip({ commonDir }: Repository, landing: Landing): Promise<string | null> {
  const { ref, checkout } = landing;
  const refLock = join(commonDir, `${ref}.lock`);
  // Git locks HEAD too while it moves the branch that is checked out.
  const locks = checkout === null ? [refLock] : [refLock, join(checkout.gitDir, 'HEAD.lock')];
  for (let waited = 0; waited < SETTLE_MS && (await anyExists(locks)); waited += POLL_MS) await sleep(POLL_MS);
  for (const lock of locks) {
    if (!(await anyExists([lock]))) continue;
    if (!(await isOfLanding(lock, landing))) {
      fail('LANDING_BUSY', `another git process holds ${ref}`, { fix: `end it; if none runs, remove ${lock}` });
    }
    await rm(lock, { force: true });
  }
  return tipOf(commonDir, ref);
}

/** It holds the commit that was to be landed, or nothing yet and was made while this landing held the index. */
async function isOfLanding(lock: string, { new: landed, checkout }: Landing): Promise<boolean> {
  const holds = (await readFile(lock, 'utf8').catch(() => '')).trim();
  if (holds !== '' || checkout === null) return holds === landed;
  const [ours, theirs] = [await lstatOrNull(checkout.staging), await lstatOrNull(lock)];
  return (await holdsIndexLock(checkout)) && ours !== null && theirs !== null && theirs.mtimeNs >= ours.birthtimeNs;
}

async function anyExists(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if ((await lstatOrNull(path)) !== null) return true;
  return false;
}
