/** Methods about work that others pushed. */
import * as z from 'zod';
import { draft, id, path, readinessSchema } from './words';

export const branchSchema = z.object({
  /** Full name of the ref. */
  ref: z.string(),
  /** As people write it. */
  name: z.string(),
  /** Time of its newest commit, RFC 3339. */
  at: z.string(),
  author: z.string(),
  subject: z.string(),
});
export type BranchListing = z.infer<typeof branchSchema>;

export const ADOPTING = {
  /**
   * Makes a task in review of a branch, a revision or a pull request that somebody pushed: no agent runs. A second time,
   * after it moved, it is the next turn of the same task (`again`). Throws BRIEF_*, BRIEF_NOT_READY, REVISION_NOT_FOUND,
   * ADOPT_EMPTY, ADOPT_UNREACHABLE, ADOPT_REFUSED, ADOPT_LIVE.
   */
  'task/adopt': {
    params: z.object({
      repo: path,
      /** As a person names it: `fix/retry`, `#12`, `pull/12`, the address of a pull request, any revision. */
      ref: z.string().min(1).max(1_024),
      brief: draft,
      /** What it is compared with: where it left that history is the base; absent = what is checked out. */
      base: z.string().max(1_024).optional(),
      origin: z.enum(['human', 'machine']),
    }),
    result: z.object({ id, again: z.boolean(), warnings: z.array(readinessSchema) }),
  },
  /** Branches that could be adopted, the newest first, at most 200: those that what is checked out does not hold yet. */
  'repository/branches': {
    params: z.object({ repo: path }),
    result: z.object({ branches: z.array(branchSchema) }),
  },
} as const;
