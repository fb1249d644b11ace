/** What the page keeps over being hidden: where the person was, and what they typed a moment before. */
import * as z from 'zod/mini';

const text = z.string().check(z.maxLength(100_000));
const memorySchema = z.object({
  draft: z.string(),
  unsaved: z.record(z.string(), z.object({ was: text, text })),
  isMoreOpen: z.boolean(),
  scroll: z.number(),
  /** Id of the element that had the focus; empty when none had. */
  focus: z.string(),
});
export type Memory = z.infer<typeof memorySchema>;

const NOTHING: Memory = { draft: '', unsaved: {}, isMoreOpen: false, scroll: 0, focus: '' };

/** What was kept, whatever it is by now. */
export function readMemory(kept: unknown): Memory {
  const parsed = memorySchema.safeParse(kept);
  return parsed.success ? parsed.data : NOTHING;
}
