/**
 * The columns of a check: at the base, at the result, and at the result with the base's tests and check configuration
 * laid over it. The result is the check's own record (`verification.ts`); this is what stands beside it.
 */
import * as z from 'zod';
import { checkStatusSchema, countsSchema } from './checkStatus';
import { comparisonSchema, neededSchema, testListSchema } from './comparison';

export const checkRunSchema = z.object({
  /** Tree of the folder before the check, and after it. */
  tree: z.string(),
  treeAfter: z.string().nullable(),
  status: checkStatusSchema,
  exit: z.number().int().nullable(),
  signal: z.string().nullable(),
  startedAt: z.string(),
  seconds: z.number(),
  counts: countsSchema.nullable(),
  note: z.string().nullable(),
  log: z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() }),
  /** The file with its tests by name, if there is one. */
  results: z.object({ path: z.string(), sha256: z.string() }).nullable().default(null),
});
export type CheckRun = z.infer<typeof checkRunSchema>;

export const columnSchema = z.discriminatedUnion('kind', [
  /** `cached`: an earlier run of the same command at the same tree. */
  z.object({ kind: z.literal('ran'), run: checkRunSchema, cached: z.boolean() }),
  /** The tree is that of the result: so is what the check says of it. */
  z.object({ kind: z.literal('same') }),
  z.object({ kind: z.literal('not-run'), why: z.string() }),
]);
export type Column = z.infer<typeof columnSchema>;

/** What a check has beside its result; evidence of earlier versions, and of other trees than a snapshot, has none. */
export const columnsSchema = z.object({
  base: columnSchema.optional(),
  overlay: columnSchema.optional(),
  comparisons: z
    .object({
      /** From the base to the result. */
      base: comparisonSchema.nullable(),
      /** From the result to the result with the base's tests. */
      overlay: comparisonSchema.nullable(),
      /** Null where it is not known by name. */
      needed: neededSchema.nullable(),
    })
    .optional(),
  /** Further runs at the same tree of a check that failed and had passed at the base. */
  attempts: z.array(checkRunSchema).optional(),
  /** The run in a copy of the agent's folder of a check that failed, and what lies there that git ignores. */
  folder: z.object({ run: checkRunSchema, ignored: testListSchema }).optional(),
});
export type Columns = z.infer<typeof columnsSchema>;

/**
 * The result with the base's tests and check configuration: its tree, which paths were laid over it, and which files with
 * other check configuration stay as the work left them, because they hold more than that.
 */
export const overlaySchema = z.object({ tree: z.string(), laid: testListSchema, left: testListSchema });
export type Overlay = z.infer<typeof overlaySchema>;
