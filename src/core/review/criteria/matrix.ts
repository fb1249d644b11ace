/** The criteria matrix as a packet carries it: what speaks for and against each criterion, and which changes serve none. */
import * as z from 'zod';
import { checkStatusSchema } from '../../verify/checkStatus';
import { reviewSeveritySchema } from '../reviewer/review';

/**
 * Whether something proves its criterion or denies it; `beside`: it names the criterion and decides nothing. Nothing that a
 * model says is ever `for`.
 */
const says = z.enum(['for', 'against', 'beside']);

export const criterionEvidenceSchema = z.discriminatedUnion('kind', [
  /** The check that the brief names. */
  z.object({ kind: z.literal('check'), says, check: z.string(), status: checkStatusSchema, stale: z.boolean() }),
  /** A test whose name has the criterion's id in it. */
  z.object({
    kind: z.literal('test'),
    says,
    check: z.string(),
    name: z.string(),
    /** At the result; `vanished`: it was there at the base. */
    status: z.enum(['passed', 'failed', 'skipped', 'vanished']),
    /** At the base; null where that is not known. */
    before: z.enum(['passed', 'failed', 'skipped', 'absent']).nullable(),
    /** As the report names it. */
    file: z.string().nullable(),
  }),
  /** Changed lines that have the criterion's id in them. */
  z.object({ kind: z.literal('hunk'), says, path: z.string(), line: z.number().int(), lines: z.number().int() }),
  /** A reviewer's finding that is about the criterion. */
  z.object({
    kind: z.literal('remark'),
    says,
    finding: z.string(),
    severity: reviewSeveritySchema,
    path: z.string(),
    line: z.number().int().nullable(),
    message: z.string(),
  }),
]);
export type CriterionEvidence = z.infer<typeof criterionEvidenceSchema>;
export type TestEvidence = Extract<CriterionEvidence, { kind: 'test' }>;

/** A named person's word for a criterion at one tree: of what a reviewer proposed, or of what they looked at themselves. */
export const criterionAcceptanceSchema = z.object({
  by: z.object({ name: z.string(), email: z.string() }),
  /** RFC 3339. */
  at: z.string(),
  reason: z.string(),
  tree: z.string(),
  /** It was given for another tree or brief, and says nothing of the one under review. */
  stale: z.boolean(),
});
export type PacketAcceptance = z.infer<typeof criterionAcceptanceSchema>;

export const unexplainedChangesSchema = z.object({
  /** What could tie a change to a criterion: ids that stand in it, or a reviewer. Empty: nobody did. */
  judges: z.array(z.enum(['ids', 'reviewer'])),
  /** What was not looked through, in words. */
  unread: z.array(z.string()).default([]),
  total: z.number().int(),
  /** The first of them. */
  hunks: z.array(
    z.object({
      path: z.string(),
      line: z.number().int().nullable(),
      /** Changed lines; null where a reviewer names a place that is in no hunk. */
      lines: z.number().int().nullable(),
      /** The reviewer who says so; null = no id stands there. */
      by: z.string().nullable(),
      /** In the reviewer's words; else empty. */
      why: z.string(),
    }),
  ),
});
export type UnexplainedChanges = z.infer<typeof unexplainedChangesSchema>;
