/** Where a branch is checked out, and whether git is in the middle of something there. */
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { Repository } from '../../core/events';
import { shortRef } from '../../core/signoff/delivery';
import { openGit } from './git';
import { lstatOrNull } from './landPaths';
import { gitDirOf } from './repository';

/** A working tree and its git directory (of a linked one: `.git/worktrees/<id>`). */
export interface CheckoutPlace {
  readonly root: string;
  readonly gitDir: string;
}

/** What git leaves in the git directory while an operation is under way (see git-status(1), wt-status.c). */
const OPERATIONS: readonly (readonly [file: string, name: string])[] = [
  ['MERGE_HEAD', 'a merge'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase or a series of patches'],
  ['sequencer', 'a series of cherry-picks or reverts'],
  ['BISECT_LOG', 'a bisection'],
];

/**
 * The working tree that has the ref checked out; null when none has.
 *
 * @throws LANDING_BUSY when several have it, when it is being rebased or bisected, or when its working tree is not there
 */
export async function checkoutOf(repository: Repository, ref: string): Promise<CheckoutPlace | null> {
  const found: CheckoutPlace[] = [];
  for (const entry of await workingTrees(repository)) {
    const place = await placeOf(repository, entry);
    if (place !== null) await requireNotReplayed(place, ref);
    if (entry.branch !== ref) continue;
    if (place !== null) found.push(place);
    else if (!entry.prunable)
      fail('LANDING_BUSY', `${shortRef(ref)} is checked out in ${entry.root}, which is not there`);
  }
  if (found.length > 1) {
    fail('LANDING_BUSY', `${shortRef(ref)} is checked out in ${found.map(({ root }) => root).join(' and in ')}`, {
      fix: 'leave it checked out in one of them only',
    });
  }
  return found[0] ?? null;
}

/** Throws LANDING_BUSY while an operation of git's is under way there, or another process holds its index. */
export async function requireIdle({ root, gitDir }: CheckoutPlace): Promise<void> {
  for (const [file, name] of OPERATIONS) {
    if ((await lstatOrNull(join(gitDir, file))) !== null) fail('LANDING_BUSY', `${name} is in progress in ${root}`);
  }
  const lock = join(gitDir, 'index.lock');
  if ((await lstatOrNull(lock)) !== null) {
    fail('LANDING_BUSY', `another git process holds the index of ${root}`, {
      fix: `wait for it to end, then sign off again; if none runs, remove ${lock}`,
    });
  }
}

interface WorkingTree {
  readonly root: string;
  readonly branch: string | null;
  readonly prunable: boolean;
  readonly main: boolean;
}

async function workingTrees(repository: Repository): Promise<readonly WorkingTree[]> {
  const listed = await openGit(repository.commonDir).run(['worktree', 'list', '--porcelain', '-z']);
  const entries = listed.stdout
    .toString('utf8')
    .split('\0\0')
    .filter((entry) => entry !== '');
  return entries.flatMap((entry, index) => {
    const fields = entry.split('\0');
    const value = (name: string) =>
      fields.find((field) => field.startsWith(`${name} `))?.slice(name.length + 1) ?? null;
    const root = value('worktree');
    if (root === null || fields.includes('bare')) return [];
    const prunable = fields.some((field) => field === 'prunable' || field.startsWith('prunable '));
    return [{ root, branch: value('branch'), prunable, main: index === 0 }];
  });
}

/** Git guesses the main working tree from the name of the git directory; where that is wrong, the hand-off knew it. */
async function placeOf(repository: Repository, { root, main }: WorkingTree): Promise<CheckoutPlace | null> {
  const candidates = main ? [root, repository.root] : [root];
  for (const candidate of candidates) {
    if ((await lstatOrNull(join(candidate, '.git'))) === null) continue;
    const gitDir = await realpath(await gitDirOf(candidate));
    if (!main || gitDir === (await realpath(repository.commonDir))) return { root: await realpath(candidate), gitDir };
  }
  return null;
}

/** A rebase or bisection has its branch in its files only: HEAD is detached meanwhile. */
async function requireNotReplayed({ root, gitDir }: CheckoutPlace, ref: string): Promise<void> {
  for (const [file, name] of [
    ['rebase-merge/head-name', ref],
    ['rebase-apply/head-name', ref],
    ['BISECT_START', shortRef(ref)],
  ] as const) {
    const text = await readFile(join(gitDir, file), 'utf8').catch(() => null);
    if (text?.trim() === name) fail('LANDING_BUSY', `${shortRef(ref)} is being rebased or bisected in ${root}`);
  }
}
