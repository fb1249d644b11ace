/** What the page shows of the criteria matrix. Every text was made visible by the editor already. */
import * as z from 'zod/mini';
import { mark, text } from '../shared/shapes';

/** A piece of evidence, named by its place when it is opened. */
const pieceSchema = z.object({
  mark,
  /** What kind of thing it is, in a word. */
  kind: text,
  /** The test, the check or the place. */
  name: text,
  detail: text,
  /** The check's place in the list of checks, where it is on this page; else null, and the editor opens it. */
  check: z.nullable(z.int().check(z.gte(0))),
});
export type PagePiece = z.infer<typeof pieceSchema>;

export const criterionSchema = z.object({
  id: text,
  mark,
  text,
  because: text,
  evidence: z.array(pieceSchema),
  /** Evidence that is not named here, in words; empty when all is. */
  more: text,
  /** What the reviewer holds of it, which proves nothing; empty when nothing. */
  proposed: text,
  /** A person's word for it, and whose; empty when nobody gave theirs. */
  accepted: text,
  /** Why that says nothing of the tree under review; empty when it does. */
  stale: text,
  /** Whether a person can give their word for it, and the text that they begin with. */
  accepts: z.boolean(),
  begin: text,
  /** Whether there is a word to take back. */
  withdraws: z.boolean(),
  /** Why neither can be done now; empty when it can. */
  why: text,
});
export type PageCriterion = z.infer<typeof criterionSchema>;

export const unexplainedSchema = z.object({
  lead: text,
  /** Changed places, each named by its number when it is opened. */
  items: z.array(z.object({ place: text, detail: text })),
  more: text,
});
export type PageUnexplained = z.infer<typeof unexplainedSchema>;
