/** What the page shows of a correction that is done. Every text was made visible by the editor already. */
import * as z from 'zod/mini';
import { mark, row, text } from '../shared/shapes';

/** What can be opened of it, named by its place when it is. */
const opens = z.enum(['', 'log', 'diff']);

const brokenSchema = z.object({
  mark,
  what: text,
  message: text,
  /** Tests that fail now, the first of them; `more` counts the rest. */
  tests: z.array(text),
  more: text,
  opens,
});
export type PageBroken = z.infer<typeof brokenSchema>;

const itemSchema = z.object({
  mark,
  what: text,
  /** As it was sent; empty where its name says it. */
  message: text,
  /** What says so. */
  because: text,
  /** What the agent says of it, a claim; empty when nothing. */
  says: text,
  opens,
});
export type PageCorrected = z.infer<typeof itemSchema>;

export const choiceSchema = z.object({
  choice: z.enum(['sign-off', 'take-over', 'split', 'reject']),
  words: text,
  does: text,
  /** Why it cannot be done now; empty when it can. */
  why: text,
});
export type PageChoice = z.infer<typeof choiceSchema>;

export const afterwardsSchema = z.object({
  /** Empty where no correction is told of. */
  lead: text,
  /** What broke, in one sentence; or that nothing did, as far as is known. */
  broken: z.object({ mark, items: z.array(brokenSchema), more: text }),
  items: z.array(itemSchema),
  notes: z.array(text),
  earlier: z.array(row),
  /** Empty while a correction is foreseen. */
  choices: z.array(choiceSchema),
  choicesLead: text,
  /** A person goes on by hand now; null while nobody does. */
  taken: z.nullable(z.object({ lead: text, why: text })),
});
export type Afterwards = z.infer<typeof afterwardsSchema>;
