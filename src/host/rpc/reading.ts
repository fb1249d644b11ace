/** Methods that read what came back: changes, contents, logs, and what a decision would do. They change nothing. */
import * as z from 'zod';
import { findingSchema } from '../../core/drift/report';
import { deliveryModeSchema, errorSchema, journalLineSchema } from '../../core/events';
import type { Reviewed } from '../../core/review/since';
import { checkStatusSchema } from '../../core/verify/verification';
import { named, wished } from './words';

/** A state of the task's files: what it started from, or the snapshot of a turn. */
export const revisionSchema = z.union([z.literal('base'), z.number().int().min(1).max(10_000)]);
export type Revision = z.infer<typeof revisionSchema>;

export const changeSchema = z.object({
  status: z.enum(['A', 'M', 'D', 'R', 'T']),
  /** The path after the change; for a deletion, the path that went. */
  path: z.string(),
  oldPath: z.string().nullable(),
  oldMode: z.string().nullable(),
  newMode: z.string().nullable(),
  oldOid: z.string().nullable(),
  newOid: z.string().nullable(),
  /** Null for binary. */
  insertions: z.number().int().nullable(),
  deletions: z.number().int().nullable(),
});
export type FileChange = z.infer<typeof changeSchema>;

const reviewedSchema = z.enum(['valid', 'none', 'missing']) satisfies z.ZodType<Reviewed>;

const changes = z.object({
  /** At most 20,000, in git's order; `omitted` counts the rest. */
  changes: z.array(changeSchema),
  omitted: z.number().int(),
});

export const READING = {
  /** The brief as it was handed off. */
  'task/brief': { params: z.object(named), result: z.object({ text: z.string() }) },
  /**
   * How the task came about: the newest events that a person cares for, and the newest calls of tools that its agent told
   * of, both oldest first. `omitted`: older calls that are left out.
   */
  'task/history': {
    params: z.object(named),
    result: z.object({
      events: z.array(journalLineSchema),
      calls: z.array(z.object({ at: z.string(), title: z.string(), status: z.string(), paths: z.array(z.string()) })),
      omitted: z.number().int(),
    }),
  },
  /** `to` absent = the newest snapshot. Throws REVISION_NOT_FOUND for a turn without a snapshot. */
  'task/changes': {
    params: z.object({ ...named, from: revisionSchema.default('base'), to: revisionSchema.optional() }),
    result: changes.extend({ to: revisionSchema }),
  },
  /**
   * The content of one path at a revision: at most `most` bytes of it, base64. A link's content is where it leads, a
   * submodule's its commit. Throws FILE_NOT_FOUND when the path is not there.
   */
  'task/blob': {
    params: z.object({
      ...named,
      at: revisionSchema,
      path: z.string().min(1).max(8_192),
      most: z
        .number()
        .int()
        .min(0)
        .max(16 * 1024 * 1024)
        .default(8 * 1024 * 1024),
    }),
    result: z.object({
      oid: z.string(),
      mode: z.string(),
      size: z.number().int(),
      base64: z.string(),
      cut: z.boolean(),
    }),
  },
  /**
   * The whole output of a check, escapes removed; its end where it is larger than 8 MiB. Throws USAGE when the brief has
   * no such check, FILE_NOT_FOUND when it has no output yet.
   */
  'task/evidence': {
    params: z.object({ ...named, check: z.string().max(200) }),
    result: z.object({ text: z.string(), bytes: z.number().int(), cut: z.boolean() }),
  },
  /**
   * What the turns after `turn` changed: in the files, in the findings, in the checks (every check of the brief). In the
   * answer `turn` is the newest one, with which it was compared. Throws REVISION_NOT_FOUND for a turn without a snapshot.
   */
  'task/since': {
    params: z.object({ ...named, turn: z.number().int().min(1) }),
    result: changes.extend({
      turn: z.number().int(),
      appeared: z.array(findingSchema),
      gone: z.array(findingSchema),
      checks: z.array(z.object({ name: z.string(), before: checkStatusSchema, after: checkStatusSchema })),
      /** Whether the snapshot of `turn`, and the newest one, were reviewed; absent = an earlier version does not say. */
      review: z.object({ before: reviewedSchema, after: reviewedSchema }).optional(),
      /** Paths that had no finding to answer at `turn`, and have one now. */
      dirtied: z.array(z.string()),
    }),
  },
  /**
   * The text that `task/correct` would send when nothing else is edited, from the same parameters. `body` is the reviewer's to edit, `fixed` (the scope) is always added by
   * the host. Throws TASK_STATE, FINDING_UNKNOWN.
   */
  'task/preview-correction': {
    params: z.object({
      ...named,
      ...wished,
    }),
    result: z.object({ body: z.string(), fixed: z.string() }),
  },
  /** What `task/signoff` would do now, asked of the same steps. Throws TASK_STATE when the task is neither ready nor signed. */
  'task/preview-signoff': {
    params: z.object({ ...named, deliver: deliveryModeSchema, to: z.string().max(1_024).optional() }),
    result: z.object({
      /** Who git says the user is; null when it does not say. */
      by: z.object({ name: z.string(), email: z.string() }).nullable(),
      /** Full ref that would move; null for `none`. */
      ref: z.string().nullable(),
      /** The target moved since the hand-off: the checks run again on the merged tree first. */
      moved: z.boolean(),
      /** A working tree that has the ref checked out would get the change. */
      checkedOut: z.boolean(),
      /** Why it would be refused, apart from decisions that are still open (the packet names those). */
      refusal: errorSchema.nullable(),
    }),
  },
} as const;
