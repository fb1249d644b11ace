/**
 * Reads what a reviewer answered: one JSON object, alone, in a fence or between prose. It must name the run that it answers,
 * a word that nobody knew before: what stands in a diff cannot pass for an answer, even when it is repeated.
 */
import * as z from 'zod';
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

/** Places where an object could begin that are tried in vain. */
const MOST_TRIED = 20;

/** The outermost JSON objects in a text, in order. Braces in prose and broken objects are passed over. */
export function jsonObjects(text: string): Readonly<Record<string, unknown>>[] {
  const found: Record<string, unknown>[] = [];
  let tried = 0;
  for (let start = nextStart(text, 0); start >= 0 && tried < MOST_TRIED; ) {
    const end = endOfObject(text, start);
    const object = end === null ? null : parseObject(text.slice(start, end));
    if (object === null) tried += 1;
    else found.push(object);
    start = nextStart(text, object === null || end === null ? start + 1 : end);
  }
  return found;
}

/** The next brace with a quotation mark behind it: only so an object of ours begins. */
function nextStart(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    let next = at + 1;
    while (next < text.length && BLANKS.has(text[next]!)) next += 1;
    if (text[next] === '"') return at;
  }
  return -1;
}

const BLANKS: ReadonlySet<string> = new Set([' ', '\n', '\r', '\t']);

/** Behind the brace that closes the one at `start`; null when none does. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
