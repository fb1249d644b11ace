/** Ends a landing whose process died: forward when the ref moved, back when it did not. Can itself be repeated. */
import type { Landing, Repository } from '../../core/events';
import { openGit } from './git';
import { finishCheckout } from './landCheckout';
import { lstatOrNull } from './landPaths';
import { settledTip } from './landRef';
import { discardStaging } from './landStaging';
import { resumedTarget } from './landTarget';

/**
 * Ends the landing.
 *
 * @returns whether the commit was delivered, and copies of what was unexpectedly in the way
 * @throws LANDING_BUSY another git process holds the ref or the index; nothing was changed, and it can be tried again
 */
export async function recoverLanding(
  repository: Repository,
  landing: Landing,
): Promise<{ delivered: boolean; kept: readonly string[] }> {
  const { old, checkout } = landing;
  const tip = await settledTip(repository, landing);
  if (tip === landing.new) {
    if (checkout === null || old === null || (await lstatOrNull(checkout.staging)) === null) {
      return { delivered: true, kept: [] };
    }
    const target = await resumedTarget(repository, checkout, old, landing.new);
    return { delivered: true, kept: await finishCheckout(target) };
  }
  // Not yet moved, or moved and gone on from: either way the working tree is what its user made of it.
  if (checkout !== null) await discardStaging(checkout);
  return { delivered: tip !== null && tip !== old && (await holds(repository, tip, landing.new)), kept: [] };
}

async function holds(repository: Repository, tip: string, commit: string): Promise<boolean> {
  const answer = await openGit(repository.commonDir).run(['merge-base', '--is-ancestor', commit, tip], {
    exits: [0, 1, 128],
  });
  return answer.exit === 0;
}
