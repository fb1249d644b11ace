/** Where findings stand in the differences of a task, and how one is found from another. */
import type { Finding } from '../../core/drift/report';
import type { Packet } from '../../core/review/packetSchema';
import { findingsIn } from '../../core/review/reviewer/opinions';
import type { FileChange } from '../../host/rpc/reading';
import { inReviewOrder, type Span, sideOf } from './changePairs';
import type { SnapshotPlace } from './snapshotPlace';

export interface FindingSpot {
  /** Of the place: a finding may have many. */
  readonly id: string;
  readonly finding: Finding;
  readonly place: SnapshotPlace;
  /** 0-based, as the editor counts. */
  readonly line: number;
}

/** Threads of one task: nobody reads more, and each is an object of the editor. The review has them all. */
export const MOST_SPOTS = 1_000;

/**
 * The places of findings, in the order of review: on the snapshot, or on the base for what is not there any
 * more. None of a report, or of a review, that is of another tree, because its lines are.
 */
export function findingSpots(
  { id, drift, stale, review }: Pick<Packet, 'id' | 'drift' | 'stale'> & Partial<Pick<Packet, 'review'>>,
  changes: readonly FileChange[],
  span: Span,
): readonly FindingSpot[] {
  const findings = findingsIn({ drift: stale.includes('drift') ? null : drift, review });
  const ranks = ranksOf(changes, findings);
  const spots = findings.flatMap((finding) =>
    finding.places.map(({ id: spot, path, line }): FindingSpot => {
      const place = { task: id, at: sideOf(changes, path, span), path };
      return { id: spot, finding, place, line: Math.max(0, (line ?? 1) - 1) };
    }),
  );
  return spots
    .toSorted((a, b) => rankOf(ranks, a.place.path) - rankOf(ranks, b.place.path) || a.line - b.line)
    .slice(0, MOST_SPOTS);
}

/**
 * The spot after (or before) a place, going round at the end.
 *
 * @param from null = from the beginning
 * @param step 1 forward, -1 back
 * @returns null when there is none at all
 */
export function neighbour(
  spots: readonly FindingSpot[],
  changes: readonly FileChange[],
  from: { readonly path: string; readonly line: number } | null,
  step: 1 | -1,
): FindingSpot | null {
  const [first, last] = [spots[0] ?? null, spots.at(-1) ?? null];
  if (from === null) return step === 1 ? first : last;
  const ranks = ranksOf(changes, [...new Set(spots.map(({ finding }) => finding))]);
  const here = rankOf(ranks, from.path);
  const beyond = ({ place, line }: FindingSpot) =>
    step * (rankOf(ranks, place.path) - here || (place.path === from.path ? line - from.line : 0)) > 0;
  return step === 1 ? (spots.find(beyond) ?? first) : (spots.findLast(beyond) ?? last);
}

function ranksOf(changes: readonly FileChange[], findings: readonly Finding[]): ReadonlyMap<string, number> {
  const ordered = inReviewOrder(changes, findings);
  const ranks = new Map(ordered.map(({ path }, index) => [path, index]));
  // The old name of a renamed file stands where the new one does.
  for (const { path, oldPath } of ordered)
    if (oldPath !== null && !ranks.has(oldPath)) ranks.set(oldPath, ranks.get(path) ?? 0);
  return ranks;
}

/** A path that did not change comes last. */
function rankOf(ranks: ReadonlyMap<string, number>, path: string): number {
  return ranks.get(path) ?? ranks.size;
}
