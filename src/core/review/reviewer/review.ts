/** A review: the second opinion on one tree, as it is stored. Its findings were checked; what could not be shown is gone. */
import * as z from 'zod';
import { usageSchema } from '../../events';

export const reviewSeveritySchema = z.enum(['major', 'minor', 'nit']);
export type ReviewSeverity = z.infer<typeof reviewSeveritySchema>;

const placeSchema = z.object({ path: z.string(), line: z.number().int().nullable() });
export type ReviewPlace = z.infer<typeof placeSchema>;

export const reviewFindingSchema = z.object({
  /** A stable hash of what is said about what, whoever says it; never the id of a drift finding. */
  id: z.string(),
  severity: reviewSeveritySchema,
  /** 1-based number of the acceptance criterion that it is about; null when it is about none. */
  criterion: z.number().int().nullable(),
  /** What else of the brief it is about, in the reviewer's words. */
  clause: z.string().nullable(),
  path: z.string(),
  /** Of the result; null for a file that went. */
  line: z.number().int().nullable(),
  /** Text that stands in the diff or in the file. */
  quote: z.string(),
  message: z.string(),
  suggestion: z.string().nullable(),
});
export type ReviewFinding = z.infer<typeof reviewFindingSchema>;

/** What the reviewer holds of a criterion: a proposal, which proves nothing. */
export const proposalSchema = z.object({
  criterion: z.number().int(),
  proof: z.enum(['proven', 'unproven']),
  because: z.string(),
  places: z.array(placeSchema),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** A changed place that serves no criterion, as far as the reviewer sees. */
export const unexplainedSchema = z.object({ path: z.string(), line: z.number().int().nullable(), why: z.string() });
export type Unexplained = z.infer<typeof unexplainedSchema>;

/** What was said and could not be shown. */
export const droppedSchema = z.object({ what: z.enum(['finding', 'criterion', 'hunk']), why: z.string() });
export type Dropped = z.infer<typeof droppedSchema>;

/** What the reviewer was not shown, because the change is too large: it could read it in the folder. */
export const unseenSchema = z.object({ hunks: z.number().int(), lines: z.number().int(), paths: z.array(z.string()) });
export type Unseen = z.infer<typeof unseenSchema>;

export const reviewSchema = z.object({
  schema: z.literal(1),
  tree: z.string(),
  /** Hash of the brief. */
  brief: z.string(),
  /** Null when nobody could be asked. */
  agent: z.object({ id: z.string(), name: z.string(), version: z.string().nullable() }).nullable(),
  /** The agent that made the change reviewed it too. */
  same: z.boolean(),
  confinement: z.string().nullable(),
  /** RFC 3339. */
  startedAt: z.string(),
  seconds: z.number(),
  /** Why there is no review; null when there is one. */
  none: z.string().nullable(),
  findings: z.array(reviewFindingSchema),
  criteria: z.array(proposalSchema),
  unexplained: z.array(unexplainedSchema),
  dropped: z.array(droppedSchema),
  unseen: unseenSchema,
  /** What the agent asked to do beyond reading, and was refused. */
  refused: z.array(z.string()),
  usage: usageSchema.nullable(),
  /** What it answered, cut: one text for each time that it was asked. */
  answers: z.array(z.string()),
});
export type Review = z.infer<typeof reviewSchema>;

/** Why there is no review of what a person, or the end of the work, stopped. */
export const REVIEW_STOPPED = 'it was stopped';

/** UTF-16 units of a reason. */
export const NONE_LIMIT = 2_000;

export const NOTHING_UNSEEN: Unseen = { hunks: 0, lines: 0, paths: [] };

/** The record of a review that did not come about. Of an attempt, what is known of it stays. */
export function noReview(none: string, known: Pick<Review, 'tree' | 'brief' | 'startedAt'> & Partial<Review>): Review {
  return {
    schema: 1,
    agent: null,
    same: false,
    confinement: null,
    seconds: 0,
    unseen: NOTHING_UNSEEN,
    refused: [],
    usage: null,
    answers: [],
    ...known,
    none: none.slice(0, NONE_LIMIT),
    findings: [],
    criteria: [],
    unexplained: [],
    dropped: [],
  };
}
