/** Methods about what follows a correction: going on by hand, and splitting. */
import * as z from 'zod';
import { named, nothing, path, person } from './words';

/** Paths that go, or patterns of what stays: then everything else goes. */
const splitting = {
  paths: z.array(z.string().min(1).max(8_192)).max(20_000).default([]),
  keep: z.array(z.string().min(1).max(1_024)).max(1_000).default([]),
};
const planned = z.object({ paths: z.array(z.string()), commit: z.string(), brief: z.string() });

export const CLOSING = {
  /**
   * A clean folder of the tree under review, on the task's branch, for a person to go on by hand. The task stays ready;
   * correction, revert and sign-off are refused until it is handed in or given up. Whoever has taken it over gets their
   * folder again. Throws TASK_STATE, TAKEN_OVER, CHECKOUT_FAILED.
   */
  'task/take-over': { params: z.object({ ...named, by: person }), result: z.object({ path }) },
  /** What they left there becomes a turn of its own, verified and judged like any. Throws TASK_STATE. */
  'task/hand-in': {
    params: z.object({ ...named, by: person, message: z.string().max(4_000).optional() }),
    result: nothing,
  },
  /** Nothing changes. The folder stays when it holds what no snapshot has, unless it is to be discarded. Throws TASK_STATE. */
  'task/give-up': {
    params: z.object({ ...named, by: person, discard: z.boolean().default(false) }),
    result: z.object({ path, kept: z.boolean() }),
  },
  /** What `task/split` would do: the paths that go, the commit that keeps them, and the draft of a brief for them. */
  'task/preview-split': { params: z.object({ ...named, ...splitting }), result: planned },
  /**
   * Takes paths back to the base as a turn of the reviewer's; the snapshot before keeps what was done there. The draft is
   * for the client to keep: the host writes no brief. Throws TASK_STATE, TAKEN_OVER, SPLIT_REFUSED, PATTERN_INVALID,
   * REVERT_REFUSED.
   */
  'task/split': {
    params: z.object({
      ...named,
      ...splitting,
      /** The snapshot that the person saw; absent = the one under review. Another one under review refuses. */
      commit: z.string().max(64).optional(),
      by: person,
    }),
    result: planned,
  },
} as const;
