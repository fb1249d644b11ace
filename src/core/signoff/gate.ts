/** The gate for continuous integration: whether every commit that comes from a task carries a sign-off of its own tree. */
import type { Person } from '../brief/brief';
import { type ReceiptState, receiptProblem, receiptState } from './receipts';
import { parseTrailers, type Trailers } from './trailers';

/** A commit of the range, as `git rev-list base..head` and `git cat-file` tell it. */
export interface GateCommit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Its note in `refs/notes/countersign`; null when there is none here, absent when nobody looked. */
  readonly note?: string | null;
}

export interface GateProblem {
  readonly commit: string;
  readonly problem: string;
}

export interface GateSignature {
  readonly commit: string;
  readonly task: string;
  readonly by: Person;
  readonly brief: string;
  readonly tree: string;
  /** Whether the receipts in the commit's note are those that were signed off; `none`: the sign-off names none. */
  readonly receipts: ReceiptState;
}

export interface GateVerdict {
  readonly ok: boolean;
  readonly problems: readonly GateProblem[];
  readonly signed: readonly GateSignature[];
}

type Read = GateCommit & { readonly trailers: Trailers };
type Delivered = GateCommit & { readonly trailers: Extract<Trailers, { kind: 'delivered' }> };

/** Outcomes of a check that a sign-off may rest on. */
const SOUND: ReadonlySet<string> = new Set(['passed', 'overridden']);

/**
 * Judges the commits of a range. A commit that names a task is either a delivered one, signed off for exactly its own
 * tree with every check passed or overridden, or a snapshot that such a commit of the same task brings in through its
 * second parent. Everything else that names a task is a problem.
 *
 * @param options.requireAll also every other commit must be signed off, merges excepted, and those that a signed-off merge
 *   brings in because its task adopted them: the tree that was signed is what they lead to
 */
export function judgeGate(
  commits: readonly GateCommit[],
  options: { readonly requireAll?: boolean } = {},
): GateVerdict {
  const range = new Map<string, Read>();
  for (const commit of commits) range.set(commit.oid, { ...commit, trailers: parseTrailers(commit.message) });
  const delivered = [...range.values()].filter(isDelivered);
  const covered = new Set(delivered.flatMap((commit) => snapshotsOf(commit, range)));
  const adopted = options.requireAll
    ? new Set(delivered.flatMap((commit) => adoptedBy(commit, range)))
    : new Set<string>();

  const problems: GateProblem[] = [];
  const signed: GateSignature[] = [];
  for (const commit of range.values()) {
    const problem = problemOf(commit, covered, (options.requireAll ?? false) && !adopted.has(commit.oid));
    if (problem !== null) problems.push({ commit: commit.oid, problem });
    else if (isDelivered(commit)) signed.push(signatureOf(commit));
  }
  return { ok: problems.length === 0, problems, signed };
}

function isDelivered(commit: Read): commit is Delivered {
  return commit.trailers.kind === 'delivered';
}

function signatureOf({ oid, note, trailers }: Delivered): GateSignature {
  const { task, by, brief, tree } = trailers;
  return { commit: oid, task, by, brief, tree, receipts: receiptState(trailers, note ?? null) };
}

function problemOf(commit: Read, covered: ReadonlySet<string>, requireAll: boolean): string | null {
  const { trailers } = commit;
  switch (trailers.kind) {
    case 'malformed':
      return `its sign-off cannot be read: ${trailers.problem}`;
    case 'none':
      return requireAll && commit.parents.length < 2 ? 'it carries no sign-off' : null;
    case 'snapshot':
      return covered.has(commit.oid)
        ? null
        : `it is turn ${trailers.turn} of task ${trailers.task}, and no signed-off commit of the range brings it in`;
    case 'delivered':
      return unsound(commit, trailers);
  }
}

function unsound(commit: Read, trailers: Delivered['trailers']): string | null {
  if (trailers.tree !== commit.tree)
    return `it was signed off for tree ${trailers.tree}, and its tree is ${commit.tree}`;
  const broken = trailers.checks.filter((check) => !SOUND.has(check.outcome));
  if (broken.length > 0) {
    return `it was signed off with ${broken.map(({ name, outcome }) => `${name}=${outcome}`).join(' ')}`;
  }
  return receiptProblem(trailers, commit.note ?? null);
}

/** The snapshots of its own task that a merge brings in, from its second parent back to the first other commit. */
function snapshotsOf(merge: Delivered, range: ReadonlyMap<string, Read>): readonly string[] {
  const found = new Set<string>();
  let next = merge.parents[1];
  while (next !== undefined && !found.has(next)) {
    const commit = range.get(next);
    if (commit?.trailers.kind !== 'snapshot' || commit.trailers.task !== merge.trailers.task) break;
    found.add(next);
    next = commit.parents[0];
  }
  return [...found];
}

/** Commits that a merge brings in below a snapshot that says so, and that its first parent does not have. */
function adoptedBy(merge: Delivered, range: ReadonlyMap<string, Read>): readonly string[] {
  const roots = snapshotsOf(merge, range).flatMap((oid) => {
    const { trailers, parents } = range.get(oid)!;
    return trailers.kind === 'snapshot' && trailers.adopted !== null && trailers.adopted === parents[0] ? parents : [];
  });
  if (roots.length === 0) return [];
  const before = reachedFrom(merge.parents.slice(0, 1), range);
  return [...reachedFrom(roots, range)].filter((oid) => !before.has(oid));
}

/** Those commits of the range that lie behind some, themselves included. */
function reachedFrom(oids: readonly string[], range: ReadonlyMap<string, Read>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...oids];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const commit = range.get(next);
    if (commit === undefined || reached.has(next)) continue;
    reached.add(next);
    open.push(...commit.parents);
  }
  return reached;
}
