/** A review as a packet shows it: what stands, and for which tree. */
import * as z from 'zod';
import type { Finding } from '../../drift/report';
import { asFinding } from './asFinding';
import { droppedSchema, type Review, reviewFindingSchema, reviewSchema } from './review';
import { standingOf } from './standing';

export const packetReviewSchema = z.object({
  ...reviewSchema.pick({
    agent: true,
    same: true,
    tree: true,
    none: true,
    unexplained: true,
    unseen: true,
    refused: true,
    usage: true,
    seconds: true,
    confinement: true,
  }).shape,
  /** True when it is of another tree or brief than the one under review: it says nothing about this one. */
  stale: z.boolean(),
  findings: z.array(reviewFindingSchema),
  /** What the reviewer said and could not show, by reason, the first of it; `droppedCount` is all. */
  dropped: z.array(droppedSchema),
  droppedCount: z.number().int(),
});
export type PacketReview = z.infer<typeof packetReviewSchema>;

const DROPPED_SHOWN = 50;

/** The review of a packet; null when none was asked for. */
export function packetReviewOf(
  review: Review | null,
  subject: { readonly tree: string | null; readonly brief: string },
): PacketReview | null {
  if (review === null) return null;
  const { agent, same, tree, none, findings, unexplained, dropped, unseen, refused, usage, seconds, confinement } =
    review;
  const stale = tree !== subject.tree || review.brief !== subject.brief;
  return {
    ...{ agent, same, tree, stale, none, findings, unexplained, unseen, refused, usage, seconds, confinement },
    dropped: dropped.slice(0, DROPPED_SHOWN),
    droppedCount: dropped.length,
  };
}

/** The findings of a stored review that is of the tree under review, like all others; none of any other. */
export function opinionsOf(
  review: Review | null,
  subject: { readonly tree: string | null; readonly brief: string },
): readonly Finding[] {
  return review === null || standingOf(review, subject) !== 'valid' ? [] : review.findings.map(asFinding);
}
