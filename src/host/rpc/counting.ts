/** The method about many tasks at once: their figures. */
import * as z from 'zod';
import { statsSchema } from '../../core/stats/statsSchema';
import { path } from './words';

export const COUNTING = {
  /**
   * The figures of the tasks that a list shows: those that were deleted are gone, those that were put aside are left out
   * unless asked for. Read anew from the journals each time.
   */
  'stats/read': {
    params: z.object({
      /** A folder in one repository; absent = the tasks of all. */
      repo: path.optional(),
      /** Tasks that were handed off at that time or later. */
      since: z.iso.datetime({ offset: true }).optional(),
      /** Tasks whose first turn was this agent's. */
      agent: z.string().max(200).optional(),
      archived: z.boolean().default(false),
    }),
    result: z.object({
      stats: statsSchema,
      /** Tasks that would have been counted but were put aside. */
      aside: z.number().int(),
      /** Every agent that has a task, whatever was asked for. */
      agents: z.array(z.string()),
      /** Tasks whose journals cannot be read. */
      problems: z.array(z.object({ id: z.string(), file: z.string(), code: z.string(), message: z.string() })),
    }),
  },
} as const;
