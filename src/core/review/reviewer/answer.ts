/** What a reviewer may answer. */
import * as z from 'zod';
import { type ModelAnswer, readModelAnswer } from '../../modelAnswer';
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

/**
 * The answer in a text, or what is wrong with it, in words for the reviewer and for people.
 *
 * @param criteria how many acceptance criteria the brief has: something must be said of each
 */
export function readAnswer(text: string, run: string, criteria: number): ModelAnswer<ReviewAnswer> {
  const read = readModelAnswer(text, run, answerSchema, 'findings');
  if (read.answer === null) return read;
  const judged = new Set(read.answer.criteria.map(({ criterion }) => criterion));
  const silent = Array.from({ length: criteria }, (_, index) => index + 1).filter((index) => !judged.has(index));
  if (silent.length === 0) return read;
  return { answer: null, problem: `criteria: nothing is said of criterion ${silent.slice(0, 20).join(', ')}` };
}
