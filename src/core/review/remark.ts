/** What a reviewer says about a place in the result: part of the next correction. */
import * as z from 'zod';

export const remarkSchema = z.object({
  path: z.string().min(1).max(8_192),
  /** 1-based line of the snapshot under review; null for the whole file. */
  line: z.number().int().min(1).nullable(),
  text: z.string().min(1).max(10_000),
});
export type Remark = z.infer<typeof remarkSchema>;
