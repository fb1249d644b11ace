/**
 * Reads what a reviewer answered: one JSON object, alone, in a fence or between prose. It must name the run that it answers,
 * a word that nobody knew before: what stands in a diff cannot pass for an answer, even when it is repeated.
 */
import * as z from 'zod';
import { jsonObjects } from '../../jsonObjects';
import { reviewSeveritySchema } from './review';

const said = (most: number) => z.string().trim().min(1).max(most);
const number = z.number().int().min(1).max(1_000_000_000);
const file = said(4_096);

const answerSchema = z.object({
  run: z.string(),
  findings: z
    .array(
      z.object({
        criterion: number.nullish(),
        clause: z.string().max(1_000).nullish(),
        file,
        line: number.nullish(),
        severity: reviewSeveritySchema,
        quote: said(2_000),
        message: said(4_000),
        suggestion: z.string().max(4_000).nullish(),
      }),
    )
    .max(200),
  criteria: z
    .array(
      z.object({
        criterion: number,
        proof: z.enum(['proven', 'unproven']),
        because: said(2_000),
        places: z
          .array(z.object({ file, line: number.nullish() }))
          .max(50)
          .default([]),
      }),
    )
    .max(500),
  unexplained: z
    .array(z.object({ file, line: number.nullish(), why: said(1_000) }))
    .max(200)
    .default([]),
});
export type ReviewAnswer = z.output<typeof answerSchema>;

export type ReadAnswer =
  | { readonly answer: ReviewAnswer; readonly problem: null }
  | { readonly answer: null; readonly problem: string };

/** Problems of one answer that are told. */
const PROBLEMS_TOLD = 5;

/**
 * The answer in a text, or what is wrong with it, in words for the reviewer and for people.
 *
 * @param criteria how many acceptance criteria the brief has: something must be said of each
 */
export function readAnswer(text: string, run: string, criteria: number): ReadAnswer {
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
  const judged = new Set(parsed.data.criteria.map(({ criterion }) => criterion));
  const silent = Array.from({ length: criteria }, (_, index) => index + 1).filter((index) => !judged.has(index));
  if (silent.length === 0) return { answer: parsed.data, problem: null };
  return { answer: null, problem: `criteria: nothing is said of criterion ${silent.slice(0, 20).join(', ')}` };
}

function problemOfNone(objects: readonly Readonly<Record<string, unknown>>[]): string {
  return objects.some((object) => 'findings' in object)
    ? 'the JSON object does not name this run in `run`'
    : 'it holds no JSON object in the form that was asked for';
}
