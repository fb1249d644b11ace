/**
 * The review packet: everything that a reviewer needs to decide about one snapshot, as one record. `show --json` prints
 * it, the Markdown and the terminal summary render it, the editor shows it. This file is its shape; `packet.ts` makes it.
 */
import * as z from 'zod';
import { driftReportSchema, driftVerdictSchema } from '../drift/report';
import { deliveryModeSchema, errorSchema, grantSchema, signoffSchema, usageSchema } from '../events';
import { columnsSchema, overlaySchema } from '../verify/columns';
import { receiptSchema } from '../verify/receipt';
import { checkStatusSchema, countsSchema, resultsRefSchema, testFailureSchema } from '../verify/verification';
import { choiceSchema } from './afterwards/choices';
import { afterwardsSchema } from './afterwards/outcome';
import { criterionAcceptanceSchema, criterionEvidenceSchema, unexplainedChangesSchema } from './criteria/matrix';
import { packetReviewSchema } from './reviewer/packetReview';
import { proposalSchema } from './reviewer/review';

export const packetCheckSchema = columnsSchema.extend({
  name: z.string(),
  command: z.string(),
  status: checkStatusSchema,
  exit: z.number().int().nullable(),
  seconds: z.number(),
  /** The tree that the check ran at; null when it never ran. */
  tree: z.string().nullable(),
  /** True when that is not the tree under review: the result says nothing about it. */
  stale: z.boolean(),
  counts: countsSchema.optional(),
  /** Failed tests that the check's report tells of, the first of them. */
  failures: z.array(testFailureSchema).default([]),
  /** The file of all its tests by name; null where no report tells them. */
  results: resultsRefSchema.nullable().default(null),
  /** What its runner was asked for beside the command, to tell them; null when nothing was added. */
  asked: z.string().nullable().default(null),
  note: z.string().nullable(),
  /** Where the whole output is, relative to the task's folder, and its first and last part; null when it never ran. */
  log: z.object({ path: z.string(), bytes: z.number().int(), head: z.string(), tail: z.string() }).nullable(),
});
export type PacketCheck = z.infer<typeof packetCheckSchema>;

/** `review`: the brief leaves the criterion to the reviewer's own eyes. */
export const proofSchema = z.enum(['proven', 'unproven', 'review']);
export type Proof = z.infer<typeof proofSchema>;

export const packetCriterionSchema = z.object({
  /** As it begins with it, or by its place: what a test, a comment or a person calls it. */
  id: z.string().default(''),
  text: z.string(),
  proof: proofSchema,
  /** The check that the brief names as its proof. */
  check: z.string().nullable(),
  /** Why the proof is what it is, in words. */
  because: z.string(),
  /** What the reviewer holds of it: a proposal, which changes no proof. */
  proposed: proposalSchema.omit({ criterion: true }).optional(),
  /** What speaks for and against it, the first of each kind; `more` counts the rest. */
  evidence: z.array(criterionEvidenceSchema).default([]),
  more: z.number().int().default(0),
  /** A named person's word for it. It is no proof, and answers the want of one. */
  accepted: criterionAcceptanceSchema.optional(),
});
export type PacketCriterion = z.infer<typeof packetCriterionSchema>;

/** Something that sign-off waits for, with the words to type. */
export const decisionSchema = z.object({
  kind: z.enum(['finding', 'check', 'permission', 'evidence']),
  /** Finding id, check name, permission request, or the kind of evidence that is missing. */
  id: z.string(),
  what: z.string(),
  /** The option of `countersign signoff` that answers it; null when nothing but new work does. */
  answer: z.string().nullable(),
  /** Of a permission: a yes adds to the brief, for the whole task. */
  amends: z.boolean().optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const packetReceiptsSchema = z.object({
  list: z.array(
    z.object({
      check: z.string(),
      column: receiptSchema.shape.column,
      status: checkStatusSchema,
      tree: z.string(),
      digest: z.string(),
    }),
  ),
  /** They are of another tree than the one under review. */
  stale: z.boolean(),
  /** One digest for all of them. */
  digest: z.string(),
  /** Whether the sign-off names exactly these; null before it, and where it names none. */
  signed: z.boolean().nullable(),
  /** Whether the note of the delivered commit has them; null where there is none to look at. */
  note: z.enum(['match', 'differs', 'missing']).nullable(),
  /** Files that the receipts name by digest and that are not as they were. */
  altered: z.array(z.object({ path: z.string(), state: z.enum(['changed', 'missing']) })).default([]),
});
export type PacketReceipts = z.infer<typeof packetReceiptsSchema>;

export const packetSchema = z.object({
  id: z.string(),
  state: z.string(),
  verdict: driftVerdictSchema,
  /** Why the verdict is what it is, the gravest first. Empty when it is clean. */
  reasons: z.array(z.string()),
  decisions: z.array(decisionSchema),
  title: z.string(),
  /** Hash of the brief as it was handed off. */
  brief: z.string(),
  goal: z.string(),
  nonGoals: z.array(z.string()),
  scope: z.object({ change: z.array(z.string()), avoid: z.array(z.string()), allow: z.array(z.string()) }),
  budget: z.object({
    files: z.number().optional(),
    lines: z.number().optional(),
    minutes: z.number().optional(),
    tokens: z.number().optional(),
    usd: z.number().optional(),
  }),
  unchecked: z.string().nullable(),
  setup: z.string().nullable(),
  reviewer: z.string().nullable(),
  origin: z.enum(['human', 'machine']),
  base: z.string(),
  branch: z.string(),
  /** Full ref that a delivery goes to unless another is named; null when none was checked out at hand-off. */
  target: z.string().nullable(),
  snapshot: z.object({ commit: z.string(), tree: z.string() }).nullable(),
  turn: z.number().int(),
  corrections: z.object({ used: z.number().int(), allowed: z.number().int() }),
  /** What became of the newest correction; null where there was none, and where the journal does not say what was sent. */
  correction: afterwardsSchema.nullable().default(null),
  checks: z.array(packetCheckSchema),
  /** What was laid over the result for the last column; absent where nothing was. */
  overlay: overlaySchema.optional(),
  /** How the checks were confined; null when none ran. */
  confinement: z.string().nullable(),
  drift: driftReportSchema.nullable(),
  /** Evidence that is of another tree or another brief than the one under review. */
  stale: z.array(z.enum(['verification', 'drift', 'review'])),
  criteria: z.array(packetCriterionSchema),
  /** Changes that serve no criterion; null where nobody looked. */
  unexplained: unexplainedChangesSchema.nullable().default(null),
  /** The second opinion; null when none was asked for. */
  review: packetReviewSchema.nullable().default(null),
  /** The review that is being made now; `agent` is null where nobody is chosen yet. */
  reviewing: z.object({ agent: z.string().nullable() }).nullable().default(null),
  /** Whether sign-off waits for a review of exactly this tree. */
  reviewRequired: z.boolean().default(false),
  size: z.object({ files: z.number(), insertions: z.number(), deletions: z.number() }).nullable(),
  /** Changed paths in scope and out of it, and findings at a boundary that the brief does not grant. */
  meter: z.object({ inside: z.number(), outside: z.number(), boundary: z.number() }).nullable(),
  agent: z.object({
    id: z.string(),
    version: z.string().optional(),
    usage: usageSchema.optional(),
    /** How the agent's processes were confined. */
    confinement: z.string().nullable(),
    /** Why the last turn ended, as the agent named it. */
    stop: z.string().nullable(),
    survivors: z.array(z.string()),
    /** Work of others that this task took over: where it was found, and who wrote it as its commits say. */
    adopted: z
      .object({
        name: z.string(),
        ref: z.string().nullable(),
        commit: z.string(),
        commits: z.number().int(),
        authors: z.array(z.object({ name: z.string(), email: z.string() })),
      })
      .optional(),
  }),
  /** Permissions that were refused to the agent. */
  refused: z.array(z.object({ what: z.string(), by: z.string(), why: z.string() })),
  /** What people added to the brief while the agent worked; `scope` has it too. */
  grants: z.array(grantSchema).default([]),
  /** Paths that a person took back to the base, by turn. */
  reverted: z
    .array(
      z.object({ turn: z.number().int(), by: z.string(), paths: z.array(z.string()), split: z.string().optional() }),
    )
    .default([]),
  /** A person goes on by hand now, in this folder; null while nobody does. */
  takenOver: z.object({ by: z.string(), path: z.string() }).nullable().default(null),
  /** What is left to do when the corrections are spent; empty before. */
  choices: z.array(choiceSchema).default([]),
  /** Turns that a person made by hand, and what they say of it. */
  byHand: z.array(z.object({ turn: z.number().int(), by: z.string(), message: z.string() })).default([]),
  /** What each turn used by its agent's own account: null is what it did not tell. The newest turns. */
  spending: z
    .array(
      z.object({
        turn: z.number().int().nullable(),
        agent: z.string(),
        role: z.string(),
        seconds: z.number().nullable(),
        tokens: z.number().nullable(),
        usd: z.number().nullable(),
        /** The tokens are a part of what was used. */
        atLeast: z.boolean(),
        /** What the numbers are, in words. */
        meaning: z.string(),
        /** What was beyond the brief's budget, in words. */
        over: z.string().nullable(),
      }),
    )
    .default([]),
  /** The agent's last message: a claim, never evidence. */
  agentWords: z.string().nullable(),
  error: errorSchema.nullable(),
  /** Why the task was rejected. */
  rejected: z.string().nullable(),
  signoff: signoffSchema.optional(),
  /** Absent where nothing was checked. */
  receipts: packetReceiptsSchema.optional(),
  delivery: z
    .object({ mode: deliveryModeSchema, ref: z.string().nullable(), commit: z.string().nullable() })
    .nullable(),
});
export type Packet = z.infer<typeof packetSchema>;
