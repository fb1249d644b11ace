/** The figures of many tasks: what `countersign stats --json` prints, and what the host sends. */
import * as z from 'zod';
import { coversSchema } from '../events';
import { taskStateSchema } from '../task/summary';

const count = z.number().int().min(0);

/** The middle and the ninetieth part of a hundred, by nearest rank; null where there is nothing to order. */
const spreadSchema = z.object({ count, median: z.number().nullable(), p90: z.number().nullable() });
export type Spread = z.infer<typeof spreadSchema>;

const groupSchema = z.object({
  tasks: count,
  signed: count,
  rejected: count,
  /** Signed without a correction, and without a turn of a person. */
  firstPass: count,
  /** `firstPass` of those that were signed or rejected; null while none was. */
  yield: z.number().min(0).max(1).nullable(),
  corrections: count,
  /** Tasks with at least one correction. */
  corrected: count,
  /** Tasks of which a person took paths back to the base. */
  reverted: count,
  /** Tasks of which a person made a turn by hand. */
  byHand: count.default(0),
  /** Seconds from hand-off to the first time that it was ready. */
  toReady: spreadSchema,
  /** Seconds from then to the sign-off. */
  toSignoff: spreadSchema,
  /** Signed tasks with at least one overridden check, accepted finding, amended brief; and how many of each in all. */
  signoffs: z.object({
    overridden: count,
    accepted: count,
    amended: count,
    overrides: count,
    acceptances: count,
    amendments: count,
  }),
  /** Findings that block and that warn: of each task the most that one report had. */
  drift: z.object({ block: count, warn: count, tasks: count }),
});
export type Group = z.infer<typeof groupSchema>;

const ruleSchema = z.object({
  rule: z.string(),
  findings: count,
  tasks: count,
  agents: z.array(z.object({ agent: z.string(), findings: count, tasks: count })),
});
export type RuleFigures = z.infer<typeof ruleSchema>;

const costSchema = z.object({
  agent: z.string(),
  /** `executor`, `reviewer`, ... */
  role: z.string(),
  tasks: count,
  turns: count,
  seconds: z.number().min(0),
  /** Turns whose tokens, and whose cost, are known. */
  counted: count,
  priced: count,
  /** Sums over the known turns; null where none is known. */
  tokens: z.number().nullable(),
  usd: z.number().nullable(),
  /** At least one number is only a part of what was used. */
  atLeast: z.boolean(),
  tokensPerTurn: spreadSchema,
  tokensPerTask: spreadSchema,
  usdPerTurn: spreadSchema,
  usdPerTask: spreadSchema,
  /** What the agent's token counts cover, as its turns were reported. */
  covers: z.array(coversSchema),
  /** The same in words. */
  meanings: z.array(z.string()),
});
export type CostFigures = z.infer<typeof costSchema>;

export const statsSchema = z.object({
  /** What was asked for. */
  since: z.string().nullable(),
  agent: z.string().nullable(),
  /** Tasks by the state that they are in. */
  states: z.partialRecord(taskStateSchema, count),
  total: groupSchema,
  agents: z.array(groupSchema.extend({ agent: z.string() })),
  rules: z.array(ruleSchema),
  cost: z.array(costSchema),
  /** What these figures leave out because nobody knows it. */
  unknown: z.object({
    /** Turns without a token count, and without a cost. */
    tokens: count,
    usd: count,
    /** Drift reports with findings whose rules are not in the journal. */
    rules: count,
  }),
});
export type Stats = z.infer<typeof statsSchema>;
