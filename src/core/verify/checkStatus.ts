/** How a run of a check ended, and what it counted. */
import * as z from 'zod';

export const countsSchema = z.object({
  total: z.number().int(),
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
});
export type Counts = z.infer<typeof countsSchema>;

/**
 * `void`: the tree changed while the check ran, so its result proves nothing. `missing`: the command was not found or
 * the check never ran.
 */
export const checkStatusSchema = z.enum(['passed', 'failed', 'timeout', 'void', 'missing']);
export type CheckStatus = z.infer<typeof checkStatusSchema>;
