/** Results of the brief's checks at one snapshot, bound to its tree: as stored, as sent, as shown. */
import * as z from 'zod';
import { checkStatusSchema, countsSchema } from './checkStatus';
import { columnsSchema, overlaySchema } from './columns';

export { type CheckStatus, type Counts, checkStatusSchema, countsSchema } from './checkStatus';

/** A test that failed, as the report tells it: text of the agent's own tests, shown and never believed. */
export const testFailureSchema = z.object({
  name: z.string(),
  message: z.string(),
  /** Where the report tells them apart; else null. */
  expected: z.string().nullable(),
  actual: z.string().nullable(),
  /** As the report names it; it may be no path of the repository. */
  file: z.string().nullable(),
  line: z.number().int().nullable(),
});
export type TestFailure = z.infer<typeof testFailureSchema>;

/** Where the tests of a check are by name, and what that file was when it was written. */
export const resultsRefSchema = z.object({
  format: z.string(),
  /** Relative to the task's folder. */
  path: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  /** Names in it. */
  count: z.number().int(),
});
export type ResultsRef = z.infer<typeof resultsRefSchema>;

export const checkResultSchema = columnsSchema.extend({
  name: z.string(),
  command: z.string(),
  status: checkStatusSchema,
  exit: z.number().int().nullable(),
  signal: z.string().nullable(),
  seconds: z.number(),
  startedAt: z.string().optional(),
  /** Tree of the checkout before the check, and after it. */
  tree: z.string(),
  treeAfter: z.string().nullable(),
  counts: countsSchema.nullable(),
  /** Evidence that was written before failures were read has none. */
  failures: z.array(testFailureSchema).default([]),
  /** The tests by name; null where no report tells them. Older evidence has none. */
  results: resultsRefSchema.nullable().default(null),
  /** What the runner was asked for beside the command, to tell its results; null when nothing was added. */
  asked: z.string().nullable().default(null),
  /** Why the status is not `passed`, or why counts are absent though a report was named. */
  note: z.string().nullable(),
  log: z.object({
    /** Relative to the task's folder. */
    path: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    /** First and last lines, escapes removed; the middle is in the file. */
    head: z.string(),
    tail: z.string(),
  }),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export const verificationSchema = z.object({
  commit: z.string(),
  tree: z.string(),
  brief: z.string(),
  startedAt: z.string(),
  seconds: z.number(),
  /** How the checks were confined: `bwrap`, `pid-namespace` or `none`. */
  confinement: z.string(),
  setup: z
    .object({ command: z.string(), exit: z.number().nullable(), seconds: z.number(), cached: z.boolean() })
    .nullable(),
  checks: z.array(checkResultSchema),
  /** Names of the variables that the checks were given. */
  environment: z.array(z.string()).optional(),
  /** The tree with the base's tests and check configuration; absent where there is none of its own. */
  overlay: overlaySchema.optional(),
});
export type Verification = z.infer<typeof verificationSchema>;
