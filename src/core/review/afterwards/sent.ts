/**
 * What a correction asked for, as its event records it: each thing by itself, so that the evidence of the next tree can
 * say of each what became of it. Bounded; what did not fit is counted.
 */
import * as z from 'zod';
import { checkStatusSchema } from '../../verify/checkStatus';
import { testListSchema } from '../../verify/comparison';

/** Things of one correction that are recorded. */
export const ITEMS_MOST = 300;
/** Places of one finding that are recorded by id; all are counted. */
export const PLACES_MOST = 50;
/** UTF-16 units of one text. */
export const TEXT_MOST = 300;

export const sentKindSchema = z.enum(['check', 'finding', 'opinion', 'remark', 'text']);
export type SentKind = z.infer<typeof sentKindSchema>;

export const sentItemSchema = z.object({
  kind: sentKindSchema,
  /** The check's name or the finding's id; null of what a person said. */
  id: z.string().max(400).nullable(),
  /** The finding's rule; null of everything else. */
  rule: z.string().max(200).nullable(),
  path: z.string().max(8_192).nullable(),
  line: z.number().int().nullable(),
  /** What the finding says, or the person. */
  message: z.string().max(TEXT_MOST),
  /** The agent was asked to say why, or to take it back. */
  justify: z.boolean().optional(),
  /** Of a finding. */
  severity: z.string().max(20).optional(),
  places: z.object({ total: z.number().int(), ids: z.array(z.string().max(400)).max(PLACES_MOST) }).optional(),
  /** Of an opinion: what it quotes. */
  quote: z.string().max(TEXT_MOST).optional(),
  /** Of a check: how it had ended, and the tests that had failed. */
  status: checkStatusSchema.optional(),
  tests: testListSchema.optional(),
});
export type SentItem = z.infer<typeof sentItemSchema>;

export const sentSchema = z.object({
  /** The tree that it is said of. */
  tree: z.string().max(64),
  items: z.array(sentItemSchema).max(ITEMS_MOST),
  /** Things that were sent and are not among the items. */
  omitted: z.number().int(),
  /** A person changed the composed text: it may ask for less, or for more. */
  edited: z.boolean(),
});
export type Sent = z.infer<typeof sentSchema>;
