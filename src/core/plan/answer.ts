/**
 * Reads what a planner answered: one JSON object, alone, in a fence or between prose. It must name the run that it answers,
 * a word that nobody knew before: what stands in a file cannot pass for an answer, even when it is repeated.
 */
import * as z from 'zod';
import { jsonObjects } from '../jsonObjects';

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

export type ReadAnswer =
  | { readonly answer: PlanAnswer; readonly problem: null }
  | { readonly answer: null; readonly problem: string };

/** Problems of one answer that are told. */
const PROBLEMS_TOLD = 5;

/** The answer in a text, or what is wrong with it, in words for the planner and for people. Never throws. */
export function readAnswer(text: string, run: string, final: boolean): ReadAnswer {
  const objects = jsonObjects(text);
  const own = objects.findLast((object) => object.run === run);
  if (own === undefined) return { answer: null, problem: problemOfNone(objects) };
  const parsed = answerSchema.safeParse(own);
  if (!parsed.success) {
    const told = parsed.error.issues
      .slice(0, PROBLEMS_TOLD)
      .map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { answer: null, problem: told.join('; ') };
  }
  const { briefs, questions } = parsed.data;
  if (briefs.length > 0 || (!final && questions.length > 0)) return { answer: parsed.data, problem: null };
  return { answer: null, problem: final ? 'it proposes no brief' : 'it neither proposes a brief nor asks anything' };
}

function problemOfNone(objects: readonly Readonly<Record<string, unknown>>[]): string {
  return objects.some((object) => 'briefs' in object)
    ? 'the JSON object does not name this run in `run`'
    : 'it holds no JSON object in the form that was asked for';
}
