/** The drift of any two trees of a repository from any brief: no task, no agent, no host. */
import type { Brief } from '../core/brief/brief';
import type { Policy } from '../core/brief/policy';
import { POLICY_FILE } from '../core/brief/policyFile';
import { NO_OBSERVATIONS, type TreeReader } from '../core/drift/diff';
import type { DriftReport } from '../core/drift/report';
import type { Closable } from '../core/ports/machine';
import { diffTrees } from './git/diff';
import { viewObjects } from './git/gitDirectory';
import { openReader } from './git/reader';
import { identifyRepository } from './git/repository';
import { locateRevisions, type Revision } from './revisions';

export interface ComparisonRequest {
  /** A folder in the repository. */
  readonly folder: string;
  /** The revision before the change; the team's policy is read from it. */
  readonly base: string;
  /** The revision after it, or null for the working tree as it is now, untracked files included. */
  readonly head: string | null;
}

/** Two trees, found and ready to be compared. Lives until `close`. */
export interface Comparison extends Closable {
  /** The base as it was named, its object (a commit or a tree), and its tree. */
  readonly base: { readonly name: string; readonly oid: string; readonly tree: string };
  /** The object at the other end, or null for a working tree. */
  readonly head: string | null;
  readonly tree: string;
  /** Where both trees can be read: a git directory of ours. */
  readonly gitDir: string;
}

/**
 * Finds the two sides. Changes nothing in the repository.
 *
 * @throws REVISION_NOT_FOUND, SNAPSHOT_FAILED, GIT_FAILED, and the repository's errors
 */
export async function openComparison({ folder, base: name, head }: ComparisonRequest): Promise<Comparison> {
  if (head === null) {
    // Only what is checked out needs a place where it is.
    const repository = await identifyRepository(folder);
    const { revisions } = await locateRevisions(folder, [name]);
    const { workingTreeOf } = await import('./git/workingTree');
    return { base: named(name, revisions[0]!), head, ...(await workingTreeOf(repository)) };
  }
  const { commonDir, revisions } = await locateRevisions(folder, [name, head]);
  const [before, after] = [named(name, revisions[0]!), named(head, revisions[1]!)];
  return { base: before, head: after.oid, tree: after.tree, ...(await viewObjects(commonDir)) };
}

function named(name: string, { commit, tree }: Revision): Comparison['base'] {
  return { name, oid: commit ?? tree, tree };
}

/**
 * Judges the difference of the two trees, no merge base, by a brief that the policy of the base tightens.
 *
 * @throws POLICY_INVALID, GIT_FAILED
 */
export async function driftOf(comparison: Comparison, brief: Brief): Promise<DriftReport> {
  const { base, head, tree, gitDir } = comparison;
  const reader = openReader(gitDir, base.tree, tree);
  reader.begin();
  try {
    const comparing = Promise.all([diffTrees(gitDir, base.tree, tree), policyOf(reader, base.name)]);
    // Git works while the rules are loaded.
    const [[changes, policy], { computeDrift }] = await Promise.all([comparing, import('../core/drift/drift')]);
    return await computeDrift({
      brief: policy === null ? brief : (await import('../core/brief/applyPolicy')).applyPolicy(brief, policy).brief,
      base: base.oid,
      head,
      tree,
      changes,
      reader,
      observations: NO_OBSERVATIONS,
      policy,
    });
  } finally {
    await reader.close();
  }
}

async function policyOf(reader: TreeReader, base: string): Promise<Policy | null> {
  const blob = await reader.at('base', POLICY_FILE);
  if (blob === null) return null;
  const { parsePolicy } = await import('../core/brief/policy');
  return parsePolicy(blob.bytes, `${base}:${POLICY_FILE}`);
}
