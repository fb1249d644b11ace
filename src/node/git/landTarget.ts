/** The working tree that a landing has to bring up to date: where it is, what changes there, and git bound to it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { Landing, Repository } from '../../core/events';
import type { LandingRequest } from '../../core/ports/landing';
import { visible } from '../../core/visible';
import { parseChanges } from './diff';
import { type Git, openGit } from './git';
import { checkoutOf, requireIdle } from './landOccupied';
import { STAGING_PREFIX } from './landStaging';
import { readCarriedConfig } from './userConfig';

/** Mode of a submodule in a tree. */
export const GITLINK = '160000';

/** A path that differs between the target's tree and the landed one. A side that does not exist is null. */
export interface LandedPath {
  readonly path: string;
  readonly before: { readonly mode: string; readonly oid: string } | null;
  readonly after: { readonly mode: string; readonly oid: string } | null;
}

export interface CheckoutTarget {
  readonly checkout: NonNullable<Landing['checkout']>;
  readonly changes: readonly LandedPath[];
  /** How the user's git converts line ends and filtered files here, as `key=value`. */
  readonly conversions: readonly string[];
}

/**
 * The working tree that has the target checked out; null when there is none.
 *
 * @throws LANDING_BUSY an operation of git's is under way there
 */
export async function readTarget(
  { repository, ref }: Pick<LandingRequest, 'repository' | 'ref'>,
  old: string | null,
  tree: string,
): Promise<CheckoutTarget | null> {
  const place = await checkoutOf(repository, ref);
  if (place === null || old === null) return null;
  await requireIdle(place);
  const changes = await landedPaths(repository, old, tree);
  const staging = join(place.gitDir, `${STAGING_PREFIX}${randomBytes(6).toString('hex')}`);
  return targetOf(repository, { ...place, staging, paths: changes.map((change) => change.path) }, changes);
}

/** The same for a landing that was begun before. */
export async function resumedTarget(
  repository: Repository,
  checkout: CheckoutTarget['checkout'],
  from: string,
  to: string,
): Promise<CheckoutTarget> {
  return targetOf(repository, checkout, await landedPaths(repository, from, to));
}

async function targetOf(
  { commonDir }: Repository,
  checkout: CheckoutTarget['checkout'],
  changes: readonly LandedPath[],
): Promise<CheckoutTarget> {
  const carried = await readCarriedConfig({ root: checkout.root, commonDir });
  return { checkout, changes, conversions: carried.map(([key, value]) => `${key}=${value}`) };
}

/** Git on the user's working tree, or on another folder as if it were that one. */
export function openCheckout({ checkout, conversions }: CheckoutTarget, workTree = checkout.root): Git {
  return openGit(checkout.gitDir, workTree, conversions);
}

/** What differs between two trees, path by path, with no pairing of renames. */
async function landedPaths(repository: Repository, from: string, to: string): Promise<LandedPath[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--raw', `${from}^{tree}`, `${to}^{tree}`];
  const changes = parseChanges(await openGit(repository.commonDir).list(args));
  return changes.map(({ path, oldMode, oldOid, newMode, newOid }) => {
    if (path.includes('\ufffd')) {
      fail('REPOSITORY_UNSUPPORTED', `the name ${visible(path)} is no UTF-8 text`, {
        fix: 'deliver as a branch, and merge it with git',
      });
    }
    return {
      path,
      before: oldMode === null || oldOid === null ? null : { mode: oldMode, oid: oldOid },
      after: newMode === null || newOid === null ? null : { mode: newMode, oid: newOid },
    };
  });
}
