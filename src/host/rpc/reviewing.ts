/** Methods about second opinions. */
import * as z from 'zod';
import { named, nothing, person } from './words';

export const REVIEWING = {
  /**
   * Has the tree under review read by another agent; it ends with the event `reviewed`. Throws TASK_STATE when the task is
   * not ready or is being reviewed, AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_REQUIRED.
   */
  'task/review': {
    params: z.object({
      ...named,
      /** Who is to review; absent = as brief and configuration say, else another agent than the one that did the work. */
      agent: z.string().min(1).max(200).optional(),
      by: person,
    }),
    result: nothing,
  },
  /**
   * A person's word that a criterion of the tree under review is met, in the name that git knows in the repository: an
   * event of the journal, for this tree alone. Throws TASK_STATE when the task is not ready or is being reviewed,
   * SIGNOFF_IDENTITY when git names nobody, SIGNOFF_REFUSED for another tree, and without a reason where the work was
   * read more than once; USAGE for a criterion that is not there or is proven, and where neither the person nor a reviewer
   * says why.
   */
  'task/accept-criterion': {
    params: z.object({
      ...named,
      /** Its id or its number. */
      criterion: z.string().min(1).max(200),
      /** The tree that the person saw; absent = the one under review. */
      tree: z.string().max(64).optional(),
      /** Absent = what the reviewer proposes: of `tree`, or of all that was ever under review, there must be one reading. */
      reason: z.string().max(4_000).optional(),
      /** Takes an earlier word back instead. */
      withdraw: z.boolean().default(false),
    }),
    result: nothing,
  },
} as const;
