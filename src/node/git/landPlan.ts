/** What a landing would move, found out without moving anything; and every reason why it may not. */
import { fail } from '../../core/errors';
import type { Repository } from '../../core/events';
import type { LandingPlan, LandingRequest } from '../../core/ports/landing';
import { branchRef, deliveryShape, shortRef } from '../../core/signoff/delivery';
import { parseTrailers } from '../../core/signoff/trailers';
import { visible } from '../../core/visible';
import { openGit } from './git';
import { writeCommit } from './landCommit';
import { mergeCommits } from './landMerge';
import { requireClean } from './landObstacles';
import { tipOf } from './landRef';
import { readTarget } from './landTarget';

/** Conflicting files named in a refusal. */
const NAMED = 10;

/**
 * Computes the landing.
 *
 * @throws REVISION_NOT_FOUND the target does not exist (only `branch` makes one)
 * @throws LANDING_CONFLICT   it moved and cannot be merged, naming the files
 * @throws LANDING_DIRTY      a path to change is not clean where the target is checked out
 * @throws LANDING_BUSY       an operation of git's is under way there
 * @throws LANDING_MOVED      `branch`: the branch is there and is not this task's
 */
export async function planLanding(request: LandingRequest, signal: AbortSignal): Promise<LandingPlan> {
  const { mode, snapshot, repository } = request;
  await requireSnapshot(repository, snapshot);
  if (mode === 'none') {
    return { old: null, tree: snapshot.tree, moved: false, probe: snapshot.commit, checkout: null };
  }
  branchRef(request.ref);
  const git = openGit(repository.commonDir);
  if ((await git.run(['symbolic-ref', '--quiet', request.ref], { exits: [0, 1, 128] })).exit === 0) {
    fail('REPOSITORY_UNSUPPORTED', `${shortRef(request.ref)} is an alias of another branch`, {
      fix: 'name that branch with --to',
    });
  }
  const old = await tipOf(repository.commonDir, request.ref);
  const shape = deliveryShape(mode, { tip: old, base: request.base, snapshot: snapshot.commit });
  if (old === null && !shape.mayCreate) {
    fail('REVISION_NOT_FOUND', `there is no branch ${shortRef(request.ref)}`, {
      fix: 'name an existing branch with --to',
    });
  }
  if (!shape.ontoTarget && old !== null) await requireOurs(request, old);
  const moved = shape.ontoTarget && old !== request.base;
  const tree = moved && old !== null ? await mergedTree(request, old, signal) : snapshot.tree;
  const probe = moved && old !== null ? await probeCommit(request, old, tree) : snapshot.commit;
  const target = await readTarget(request, old, tree);
  if (target !== null) await requireClean(target);
  return { old, tree, moved, probe, checkout: target?.checkout ?? null };
}

/** What was signed is what is there: the snapshot's commit has the tree that the request names. */
async function requireSnapshot(repository: Repository, snapshot: LandingRequest['snapshot']): Promise<void> {
  const git = openGit(repository.commonDir);
  const tree = await git.run(['rev-parse', '--verify', '--quiet', `${snapshot.commit}^{tree}`], { exits: [0, 1, 128] });
  if (tree.exit !== 0) fail('REVISION_NOT_FOUND', `the snapshot ${snapshot.commit} is not in the repository`);
  if (tree.stdout.toString('utf8').trim() === snapshot.tree) return;
  fail('INTERNAL', `the snapshot ${snapshot.commit} does not have the tree ${snapshot.tree}`);
}

/** A branch of deliveries is moved only while its newest commit is one that we made for this very task. */
async function requireOurs({ repository, ref, task }: LandingRequest, tip: string): Promise<void> {
  const trailers = parseTrailers(await openGit(repository.commonDir).text(['log', '-1', '--format=%B', tip]));
  if (trailers.kind === 'delivered' && trailers.task === task) return;
  fail(
    'LANDING_MOVED',
    `the branch ${shortRef(ref)} is there already, and its newest commit is not a delivery of ${task}`,
    {
      fix: 'name another branch with --to, or delete that one',
    },
  );
}

async function mergedTree({ repository, ref, snapshot }: LandingRequest, old: string, signal: AbortSignal) {
  const merged = await mergeCommits(repository.commonDir, old, snapshot.commit, signal);
  if (merged.clean) return merged.tree;
  const named = merged.paths.slice(0, NAMED).map(visible).join(', ');
  const more = merged.paths.length > NAMED ? ` and ${merged.paths.length - NAMED} more` : '';
  return fail(
    'LANDING_CONFLICT',
    `${shortRef(ref)} moved since the hand-off, and merging conflicts in ${named}${more}`,
  );
}

function probeCommit({ repository, snapshot, by }: LandingRequest, old: string, tree: string): Promise<string> {
  const message = 'Countersign: the merge, for checks only\n';
  return writeCommit(repository.commonDir, { tree, parents: [old, snapshot.commit], message, by });
}
