/** Methods about the shape of a brief: from a sentence and some places to briefs that a person edits and owns. */
import * as z from 'zod';
import { MOST_QUESTIONS, planSchema, wishSchema } from '../../core/plan/plan';
import { id, nothing, path } from './words';

/** An answer names its question by its words, or by its number in what was asked about this very sentence before. */
const answerSchema = z.object({
  question: z.union([z.string().min(1).max(1_000), z.number().int().min(1).max(MOST_QUESTIONS)]),
  answer: z.string().max(2_000),
});

const wish = {
  repo: path,
  ...wishSchema.omit({ answers: true }).shape,
  answers: z.array(answerSchema).max(MOST_QUESTIONS).default([]),
};

export const SHAPING = {
  /**
   * Asks a planner, or guesses where there is none. `plan` is the client's own name for it, for progress and for stopping.
   * Throws PLAN_NONE when there is no answer of use, STOPPED, USAGE, AGENT_*, COMMAND_FAILED, SANDBOX_REQUIRED, HOST_BUSY,
   * POLICY_INVALID and what a checkout throws.
   */
  'brief/shape': {
    params: z.object({
      ...wish,
      plan: id,
      /** The id of an agent, or `none`; absent = as the configuration says, else an installed agent. */
      planner: z.string().min(1).max(200).optional(),
      /** Of the `command` planner: reads the question from its input and prints the answer. */
      command: z.string().min(1).max(10_000).optional(),
      /** For both answers together. */
      minutes: z.number().positive().max(600).optional(),
    }),
    result: planSchema,
  },
  'brief/shape-stop': { params: z.object({ plan: id }), result: nothing },
  /** The same question for a model that the client asks itself; it can read nothing but what is in it. */
  'brief/shape-prompt': { params: z.object(wish), result: z.object({ prompt: z.string(), run: z.string() }) },
  /** Holds what such a model answered. `again`: what to ask it once more where its answer cannot be used. */
  'brief/shape-answer': {
    params: z.object({
      ...wish,
      run: z.string().min(1).max(100),
      text: z.string().max(1024 * 1024),
      /** What people call the model. */
      model: z.object({ id: z.string().max(400), name: z.string().max(400) }),
      seconds: z.number().min(0),
    }),
    result: z.object({ plan: planSchema.nullable(), problem: z.string().nullable(), again: z.string().nullable() }),
  },
  /** Who would plan if nobody were named: the id of an agent, or null for a guess. */
  'brief/shape-planner': { params: nothing, result: z.object({ planner: z.string().nullable() }) },
} as const;
