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
} as const;
