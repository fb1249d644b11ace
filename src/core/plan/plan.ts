/** What a planner is asked, and what is made of its answer: briefs that a person edits and owns, each line with its reason. */
import * as z from 'zod';

/** Questions that a planner may ask; more are cut and counted. */
export const MOST_QUESTIONS = 3;
/** Briefs that one intent may be split into. */
export const MOST_BRIEFS = 8;
const MOST_PLACES = 20;

const line = z.number().int().min(1).max(1_000_000_000);

/** Something in the repository that the person pointed at. */
export const placeSchema = z.object({
  /** Repository-relative, with `/`. */
  path: z.string().min(1).max(4_096),
  line: line.nullable().default(null),
});
export type Place = z.output<typeof placeSchema>;

export const answeredSchema = z.object({ question: z.string().min(1).max(1_000), answer: z.string().max(2_000) });

/** What somebody wants shaped. */
export const wishSchema = z.object({
  /** In their own words. */
  intent: z.string().trim().min(1).max(8_000),
  places: z.array(placeSchema).max(MOST_PLACES).default([]),
  /** What was asked in the first round, answered; with one of these there is no further round. */
  answers: z.array(answeredSchema).max(MOST_QUESTIONS).default([]),
  /** Whether the planner must propose now instead of asking. */
  final: z.boolean().default(false),
});
export type Wish = z.output<typeof wishSchema>;

export const lineKindSchema = z.enum(['title', 'goal', 'non-goal', 'change', 'avoid', 'check', 'criterion']);

/** One line of a proposed brief, so that a person can take it or leave it. */
export const planLineSchema = z.object({
  kind: lineKindSchema,
  /** As the brief has it: a pattern, an item with its proof, the command of a check. */
  text: z.string(),
  /** Why the planner proposes it; empty where it did not say. */
  why: z.string(),
  /** Whether the brief holds it. What is not taken has a note. */
  taken: z.boolean(),
  note: z.string().nullable(),
  /** Of a check. */
  check: z.object({ name: z.string(), run: z.string(), timeout: z.number() }).nullable(),
  /** Files of the repository that a pattern matches; null for what is no pattern. */
  files: z.number().int().nullable(),
});
export type PlanLine = z.output<typeof planLineSchema>;

export const plannedBriefSchema = z.object({
  /** `retry.md`; of several briefs `01-retry.md`, in their order. */
  file: z.string(),
  title: z.string(),
  /** Indices of the briefs that have to be delivered before. */
  after: z.array(z.number().int()),
  /** An ordinary brief. */
  text: z.string(),
  lines: z.array(planLineSchema),
});
export type PlannedBrief = z.output<typeof plannedBriefSchema>;

export const questionSchema = z.object({ text: z.string(), why: z.string() });
export type Question = z.output<typeof questionSchema>;

/** Something of an answer that was not used. */
export const droppedSchema = z.object({ what: z.string(), why: z.string() });
export type Dropped = z.output<typeof droppedSchema>;

/** What an answer comes to, held against the repository. */
export const proposalSchema = z.object({
  briefs: z.array(plannedBriefSchema),
  questions: z.array(questionSchema),
  dropped: z.array(droppedSchema),
  /** What whoever reads the proposal should know. */
  notes: z.array(z.string()),
});
export type Proposal = z.output<typeof proposalSchema>;

export const planSchema = proposalSchema.extend({
  schema: z.literal(1),
  intent: z.string(),
  /** `none`: guessed from the repository, without a model. */
  planner: z.object({
    kind: z.enum(['agent', 'editor', 'none']),
    id: z.string(),
    name: z.string(),
    version: z.string().nullable(),
  }),
  /** The commit that it was held against; null where there is no repository. */
  base: z.string().nullable(),
  seconds: z.number(),
  usage: z.object({ tokens: z.record(z.string(), z.number()), costUsd: z.number().nullable() }).nullable(),
  confinement: z.string().nullable(),
  /** What the planner asked to do beyond reading, and was refused. */
  refused: z.array(z.string()),
});
export type Plan = z.output<typeof planSchema>;
