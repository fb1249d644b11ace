/**
 * What a question to a model and its answer have in common. Data is framed by a word that nobody knew before, and the answer
 * must name it: what stands in a text that the model was shown can neither end its frame nor pass for an answer.
 */
import type * as z from 'zod';
import { jsonObjects } from './jsonObjects';

export type ModelAnswer<T> =
  | { readonly answer: T; readonly problem: null }
  | { readonly answer: null; readonly problem: string };

/** A part of a question that is data. */
export function framed(name: string, run: string, text: string): string {
  // Nobody could know the word; should it stand in the data all the same, it frames nothing there.
  return `BEGIN ${name} ${run}\n${text.replaceAll(run, '[the word of this run]')}\nEND ${name} ${run}`;
}

/** Problems of one answer that are told. */
const PROBLEMS_TOLD = 5;

/**
 * The answer in a text, alone, in a fence or between prose; or what is wrong with it, in words for the model and for people.
 * Never throws.
 *
 * @param schema of the object, which has a `run`
 * @param mark   a key that only such an answer has: one without the right run is told apart from none
 */
export function readModelAnswer<S extends z.ZodType>(
  text: string,
  run: string,
  schema: S,
  mark: string,
): ModelAnswer<z.output<S>> {
  const objects = jsonObjects(text);
  const own = objects.findLast((object) => object.run === run);
  if (own === undefined) return { answer: null, problem: problemOfNone(objects, mark) };
  const parsed = schema.safeParse(own);
  if (parsed.success) return { answer: parsed.data, problem: null };
  const told = parsed.error.issues.slice(0, PROBLEMS_TOLD).map(({ path, message }) => `${path.join('.')}: ${message}`);
  return { answer: null, problem: told.join('; ') };
}

function problemOfNone(objects: readonly Readonly<Record<string, unknown>>[], mark: string): string {
  return objects.some((object) => mark in object)
    ? 'the JSON object does not name this run in `run`'
    : 'it holds no JSON object in the form that was asked for';
}
