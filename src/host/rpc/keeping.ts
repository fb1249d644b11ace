/** Methods about the task as a thing that is kept: files reverted, put aside, deleted, opened elsewhere. */
import * as z from 'zod';
import { named, nothing, path, person } from './words';

export const KEEPING = {
  /**
   * Takes changed paths back to the base, in a snapshot of its own that is verified anew: a turn of the reviewer's, with
   * the one before kept. Of a rename both sides. Throws TASK_STATE when the task is not ready; REVERT_REFUSED, and changes
   * nothing, for a path that the task did not change, one that cannot come back, and a folder with changes that nobody
   * reviewed.
   */
  'task/revert': {
    params: z.object({ ...named, paths: z.array(z.string().min(1).max(8_192)).min(1).max(10_000), by: person }),
    result: nothing,
  },
  /** Puts a task that nothing drives aside, or takes it back. */
  'task/archive': { params: z.object({ ...named, on: z.boolean() }), result: nothing },
  /** What a task keeps on the disk. */
  'task/disk': {
    params: z.object(named),
    result: z.object({
      folders: z.array(
        z.object({ what: z.enum(['worktree', 'shadow', 'checkout', 'record']), path, bytes: z.number() }),
      ),
      bytes: z.number(),
      /** There is more than was counted: millions of files, or folders very deep. */
      cut: z.boolean().default(false),
    }),
  },
  /**
   * Deletes the folders and the record of a task that nothing drives. Its snapshots stay in the repository, below
   * `refs/countersign/<task>/`, and what its folder holds beside them is kept in one more first. `kept`: folders of
   * `task/checkout` in which somebody changed something; they stay.
   */
  'task/delete': {
    params: z.object(named),
    result: z.object({ refs: z.array(z.string()), kept: z.array(z.string()).default([]) }),
  },
  /**
   * A clean checkout of the newest snapshot, to look around in; it goes with the task's folders. The same as before if
   * nothing in it was touched since.
   */
  'task/checkout': { params: z.object(named), result: z.object({ path }) },
} as const;
