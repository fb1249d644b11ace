/** What a planner may answer. */
import * as z from 'zod';
import { type ModelAnswer, readModelAnswer } from '../modelAnswer';

const said = (most: number) => z.string().trim().min(1).max(most);
const why = z.string().max(2_000).nullish();
/** An empty one is dropped later: one line of nothing makes no answer useless. */
const reasoned = (most: number) =>
  z.union([
    z
      .string()
      .max(most)
      .transform((text) => ({ text, why: null })),
    z.object({ text: z.string().max(most), why }),
  ]);
const pattern = z.union([
  said(1_024).transform((one) => ({ pattern: one, why: null, new: false })),
  z.object({ pattern: said(1_024), why, new: z.boolean().nullish() }),
]);
const whole = z.number().int().min(1).max(1_000_000).nullish();

/** Keys by which a planner would grant something or choose somebody: they are dropped, and told. */
export const NOT_ITS_TO_SAY = [
  'approval',
  'allow',
  'agent',
  'command',
  'setup',
  'copy',
  'reviewer',
  'review',
  'keep',
  'unchecked',
] as const;

const briefSchema = z.looseObject({
  title: said(1_000),
  goal: reasoned(4_000),
  nonGoals: z.array(reasoned(2_000)).max(50).default([]),
  change: z.array(pattern).min(1).max(200),
  avoid: z.array(pattern).max(200).default([]),
  criteria: z
    .array(z.object({ text: z.string().max(2_000), check: z.string().max(200).nullish(), why }))
    .min(1)
    .max(50),
  checks: z
    .array(z.object({ name: said(200), run: said(2_000), timeout: whole, why }))
    .max(30)
    .default([]),
  budget: z.object({ files: whole, lines: whole, minutes: z.number().positive().max(10_080).nullish() }).nullish(),
  after: z.array(z.number().int().min(1).max(100)).max(50).default([]),
});

const answerSchema = z.object({
  run: z.string(),
  questions: z.array(reasoned(1_000)).max(50).default([]),
  briefs: z.array(briefSchema).max(30).default([]),
});
export type PlanAnswer = z.output<typeof answerSchema>;
export type AnsweredBrief = PlanAnswer['briefs'][number];

/** The answer in a text, or what is wrong with it, in words for the planner and for people. Never throws. */
export function readAnswer(text: string, run: string, final: boolean): ModelAnswer<PlanAnswer> {
  const read = readModelAnswer(text, run, answerSchema, 'briefs');
  if (read.answer === null) return read;
  const { briefs, questions } = read.answer;
  if (briefs.length > 0 || (!final && questions.length > 0)) return read;
  return { answer: null, problem: final ? 'it proposes no brief' : 'it neither proposes a brief nor asks anything' };
}
