/** What became of a correction, as a packet has it. */
import * as z from 'zod';
import { testListSchema } from '../../verify/comparison';
import { sentKindSchema } from './sent';

/**
 * `fixed`: the evidence of the new tree says so. `not-fixed` and `worse`: it says that, too. `open`: no evidence can tell;
 * somebody must look.
 */
export const outcomeSchema = z.enum(['fixed', 'not-fixed', 'worse', 'open']);
export type Outcome = z.infer<typeof outcomeSchema>;

export const correctedItemSchema = z.object({
  kind: sentKindSchema,
  /** As it was sent. */
  id: z.string().nullable(),
  rule: z.string().nullable(),
  path: z.string().nullable(),
  line: z.number().int().nullable(),
  message: z.string(),
  justify: z.boolean(),
  outcome: outcomeSchema,
  /** What says so, in words. */
  because: z.string(),
  /** The finding of now that it became; the check keeps its name. */
  now: z.string().nullable(),
  /** What the agent says of it: a claim. Null where it was not asked, or said nothing. */
  says: z.string().nullable(),
});
export type CorrectedItem = z.infer<typeof correctedItemSchema>;

/** What was clean before and is not now. */
export const regressionSchema = z.object({
  /** `tests`: of a check that had failed before, tests that had not. */
  kind: z.enum(['check', 'tests', 'finding']),
  /** The check's name or the finding's id, as they stand in the packet. */
  id: z.string(),
  rule: z.string().nullable(),
  path: z.string().nullable(),
  line: z.number().int().nullable(),
  message: z.string(),
  /** Tests that fail now and did not before; empty where they are not known by name. */
  tests: testListSchema,
  /** `correction`: it was there when the correction ended. `later`: a later turn, of a person, brought it. */
  since: z.enum(['correction', 'later']),
});
export type Regression = z.infer<typeof regressionSchema>;

const countsSchema = z.object({
  fixed: z.number().int(),
  notFixed: z.number().int(),
  worse: z.number().int(),
  open: z.number().int(),
  regressions: z.number().int(),
});
export type OutcomeCounts = z.infer<typeof countsSchema>;

export const afterwardsSchema = z.object({
  /** The turn of the newest correction that is done. */
  turn: z.number().int(),
  by: z.string(),
  /** What is compared: the snapshot that it was asked for, and the one under review. */
  before: z.object({ turn: z.number().int(), tree: z.string() }),
  after: z.object({ turn: z.number().int(), tree: z.string() }),
  /** A person changed the text before it was sent: it may have asked for less, or for more. */
  edited: z.boolean(),
  /** False where the evidence of before is not there any more: regressions cannot be told. */
  compared: z.boolean(),
  regressions: z.array(regressionSchema),
  /** Regressions beyond those listed. */
  moreRegressions: z.number().int(),
  items: z.array(correctedItemSchema),
  /** What was sent and not recorded one by one. */
  omitted: z.number().int(),
  counts: countsSchema,
  /** The passes before it, oldest first, each as its own turn left it. */
  earlier: z.array(z.object({ turn: z.number().int(), by: z.string(), counts: countsSchema })),
});
export type Afterwards = z.infer<typeof afterwardsSchema>;
