/** Methods about what follows a correction: going on by hand. */
import * as z from 'zod';
import { named, nothing, path, person } from './words';

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
} as const;
