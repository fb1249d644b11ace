/**
 * Brings a signed tree to its target. Nothing of the user's changes but the one ref that was named and, where a working
 * tree has it checked out, the paths that differ there. No hook of the repository runs, no merge driver, no signing
 * program; conversions of text and large files run as the user configured them, because files are written for the user.
 *
 * The order is what makes it safe to be killed at any moment: the landing is journaled; everything that will be written
 * is prepared in a staging folder inside the git directory; the index is locked; the ref moves by compare-and-swap; only
 * then are files exchanged, by renames. Before the ref moved, undoing is deleting the staging; after it, going on is
 * repeating the renames that did not happen (`landRecover.ts`).
 */
import { CountersignError, fail } from '../../core/errors';
import type { DeliveryMode, Landing, TaskEvent } from '../../core/events';
import type { LandingPlan, LandingPort, LandingRequest } from '../../core/ports/landing';
import { deliveryShape, shortRef } from '../../core/signoff/delivery';
import { parseTrailers } from '../../core/signoff/trailers';
import { finishCheckout, stageCheckout } from './landCheckout';
import { writeCommit } from './landCommit';
import { planLanding } from './landPlan';
import { recoverLanding } from './landRecover';
import { moveRef, tipOf } from './landRef';
import { discardStaging } from './landStaging';
import { readTarget } from './landTarget';
import { readNote, writeReceipts } from './receiptNotes';

/** Longest reason that the journal holds, in UTF-16 units. */
const WHY_LIMIT = 4_000;

type Journal = (event: TaskEvent) => Promise<void>;

export function createLandings(): LandingPort {
  return { plan: planLanding, land, note: writeReceipts, noted: readNote, recover: recoverLanding };
}

/**
 * Carries a plan out. Journals `landing`, then `ref-updated` or `landing-abandoned`; `delivered` is the caller's, with the
 * commit that `landing` named.
 *
 * @returns copies of what was unexpectedly in the way, absolute paths; normally none
 * @throws LANDING_MOVED, LANDING_BUSY, LANDING_DIRTY  nothing was changed
 * @throws GIT_FAILED, STORAGE_FAILED  when it happens after the ref moved, `recover` ends the landing
 */
async function land(request: LandingRequest, plan: LandingPlan, journal: Journal): Promise<readonly string[]> {
  if (request.mode === 'none') return [];
  requireSignedTree(request, plan);
  const { repository, ref } = request;
  const commit = await commitOf(request, request.mode, plan);
  const target = await readTarget(request, plan.old, plan.tree);
  const checkout = target === null ? null : target.checkout;
  const landing: Landing = { mode: request.mode, ref, old: plan.old, new: commit, tree: plan.tree, checkout };
  await journal({ type: 'landing', landing });
  const gitDir = checkout?.gitDir ?? repository.commonDir;
  try {
    if (target !== null) await stageCheckout(target);
    const moved = await moveRef(gitDir, {
      ref,
      from: plan.old,
      to: commit,
      by: request.by,
      why: `countersign: ${request.mode}`,
    });
    if (!moved) await explainLostRace(request, plan);
  } catch (thrown) {
    // The ref may have moved although the call failed; then going forward is the only way to a consistent state.
    if ((await tipOf(repository.commonDir, ref)) !== commit) {
      if (checkout !== null) await discardStaging(checkout);
      await journal({ type: 'landing-abandoned', why: messageOf(thrown).slice(0, WHY_LIMIT) });
      throw thrown;
    }
  }
  return await forward(landing, journal, async () => (target === null ? [] : finishCheckout(target)));
}

/** Ends what cannot be taken back. A journal that fails here must not leave the working tree half done. */
async function forward(landing: Landing, journal: Journal, finish: () => Promise<readonly string[]>) {
  const noted = await journal({ type: 'ref-updated', ref: landing.ref, new: landing.new }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const kept = await finish().catch((thrown: unknown) => {
    const why = messageOf(thrown);
    throw new CountersignError(
      'STORAGE_FAILED',
      `${shortRef(landing.ref)} moved, its working tree did not follow: ${why}`,
      {
        fix: 'mend what the message names, then restart the host: it ends the landing',
        cause: thrown,
      },
    );
  });
  if (noted !== null) throw noted;
  return kept;
}

/** The message names the tree that lands, and no other: otherwise the gate would refuse the commit. */
function requireSignedTree({ message, task }: LandingRequest, plan: LandingPlan): void {
  const trailers = parseTrailers(message);
  if (trailers.kind === 'delivered' && trailers.tree === plan.tree && trailers.task === task) return;
  fail('INTERNAL', `the message of the delivery of ${task} does not carry a sign-off of tree ${plan.tree}`);
}

async function commitOf(
  { repository, base, snapshot, message, by }: LandingRequest,
  mode: Exclude<DeliveryMode, 'none'>,
  plan: LandingPlan,
): Promise<string> {
  const { parents } = deliveryShape(mode, { tip: plan.old, base, snapshot: snapshot.commit });
  return writeCommit(repository.commonDir, { tree: plan.tree, parents, message, by });
}

async function explainLostRace({ repository, ref }: LandingRequest, plan: LandingPlan): Promise<never> {
  if ((await tipOf(repository.commonDir, ref)) === plan.old) {
    fail('LANDING_BUSY', `another git process holds ${shortRef(ref)}`, {
      fix: 'wait for it to end, then sign off again',
    });
  }
  return fail('LANDING_MOVED', `${shortRef(ref)} moved while it was being landed`);
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
