/** What a packet's review says, as far as it says anything of the tree under review. Without schemas: windows load it. */
import type { DriftReport, Finding } from '../../drift/report';
import { asFinding } from './asFinding';
import type { PacketReview } from './packetReview';
import type { ReviewStanding } from './standing';

/** What a packet's review is worth. */
export function standingIn(review: Pick<PacketReview, 'none' | 'stale'> | null): ReviewStanding {
  if (review === null) return 'missing';
  if (review.none !== null) return 'none';
  return review.stale ? 'stale' : 'valid';
}

/** The findings of a review that is of the tree under review, like all others; none of any other. */
export function opinionsIn(review: PacketReview | null | undefined): readonly Finding[] {
  return review == null || standingIn(review) !== 'valid' ? [] : review.findings.map(asFinding);
}

/** What may be answered of a packet: the findings of the drift as they stand in it, then those of a valid review. */
export function findingsIn({ drift, review }: AnswerablePacket): readonly Finding[] {
  return [...(drift?.findings ?? []), ...opinionsIn(review)];
}

export interface AnswerablePacket {
  readonly drift: DriftReport | null;
  /** Packets of earlier versions have none. */
  readonly review?: PacketReview | null | undefined;
}
