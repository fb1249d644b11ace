/**
 * What the editor and the page say to each other about shaping a brief. The page names lines by their ids and a proposal by
 * its number: what they say, and which file is meant, the editor knows.
 */
import * as z from 'zod/mini';
import { text } from '../shared/shapes';

/** As long as a wish may be. */
const MOST_SENTENCE = 8_000;
const MOST_ANSWER = 2_000;

const line = z.object({
  id: text,
  /** What it would be in the brief. */
  kind: text,
  text,
  /** Why it is proposed. */
  why: text,
  /** What else is to be known of it: it takes the place of something, or is there already. */
  note: text,
  /** Whether it is ticked at first. */
  take: z.boolean(),
  /** Nothing would change: it cannot be ticked. */
  isThere: z.boolean(),
});
export type ShapeLine = z.infer<typeof line>;

const brief = z.object({ file: text, title: text, order: text, lines: z.array(line) });
export type ShapeBrief = z.infer<typeof brief>;

const proposal = z.object({
  /** Another one means another proposal: what was ticked in the last is of no use. */
  number: z.number(),
  head: text,
  notes: z.array(text),
  droppedWords: text,
  dropped: z.array(text),
  briefs: z.array(brief),
  /** `lines`: they go into the draft; `files`: each brief becomes a file. */
  into: z.enum(['lines', 'files']),
  /** What the button says; of lines it takes how many. */
  button: text,
});

export const shapeSchema = z.object({
  isOpen: z.boolean(),
  /** What the box begins with. */
  sentence: text,
  places: z.array(text),
  planners: z.array(z.object({ id: text, label: text })),
  planner: text,
  hint: text,
  /** Since when, in milliseconds of the epoch. */
  running: z.nullable(z.object({ since: z.number(), words: text })),
  trouble: text,
  /** Another number means other questions. */
  round: z.number(),
  questions: z.array(z.object({ text, why: text })),
  proposal: z.nullable(proposal),
  words: z.record(z.string(), text),
});
export type ShapePage = z.infer<typeof shapeSchema>;

const sentence = z.string().check(z.maxLength(MOST_SENTENCE));
const number = z.int().check(z.gte(0));
const id = z.string().check(z.maxLength(400));

export const shapeIntentSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open') }),
  z.object({ do: z.literal('close') }),
  /** The box was left: what was typed is kept. */
  z.object({ do: z.literal('keep'), sentence }),
  z.object({ do: z.literal('choose'), planner: id }),
  z.object({ do: z.literal('add-place'), source: z.enum(['editor', 'files']) }),
  z.object({ do: z.literal('remove-place'), index: number }),
  /** With answers, in the order of the questions, it is asked for the last time. */
  z.object({
    do: z.literal('ask'),
    sentence,
    planner: id,
    answers: z.array(z.string().check(z.maxLength(MOST_ANSWER))).check(z.maxLength(10)),
  }),
  z.object({ do: z.literal('stop') }),
  z.object({ do: z.literal('take'), proposal: number, lines: z.array(z.string().check(z.maxLength(40))) }),
  z.object({ do: z.literal('write'), proposal: number }),
]);
export type ShapeIntent = z.infer<typeof shapeIntentSchema>;
