/**
 * What the review page shows, section by section. Every text has been made visible by the editor already, and the page
 * writes it into text nodes only.
 */
import * as z from 'zod/mini';
import { mark, row, text, tone } from '../shared/shapes';
import { criterionSchema, unexplainedSchema } from './criteriaModel';
import { WORD_KEYS } from './wordKeys';

/** Where a number leads: to a section of the page, perhaps with a filter, or to the diff. */
export const targetSchema = z.enum([
  'brief',
  'changes',
  'checks',
  'criteria',
  'decide',
  'dependencies',
  'files',
  'findings',
  'findings-block',
  'findings-warn',
  'findings-info',
  'findings-open',
  'opinion',
  'since',
]);
export type Target = z.infer<typeof targetSchema>;

/** What a person can begin from the top of the page. */
export const deedSchema = z.enum(['correct', 'sign-off', 'reject', 'restore', 'resume', 'as-it-stands', 'stop']);
export type Deed = z.infer<typeof deedSchema>;

const count = z.int().check(z.gte(0));

const factSchema = z.object({ tone, words: text, to: targetSchema });
export type Fact = z.infer<typeof factSchema>;

const tileSchema = z.object({ label: text, facts: z.array(factSchema) });

const actionSchema = z.object({
  deed: deedSchema,
  words: text,
  /** What it will do, in one sentence. */
  does: text,
  /** Why it cannot be done now; empty when it can. */
  why: text,
});
export type Action = z.infer<typeof actionSchema>;

/** What an action is called in a sentence: without the sign that a form follows. */
export const nameOf = ({ words }: Action): string => words.replace(/…$/, '');

export const headSchema = z.object({
  title: text,
  /** Whether an agent has said anything that could be read. */
  hasTranscript: z.boolean(),
  revision: text,
  /** The tree that the page shows: a sign-off names it. Empty before there is a snapshot. */
  tree: text,
  verdict: mark,
  /** How many things need a decision, in words. */
  count: text,
  /** Where that leads. */
  countTo: targetSchema,
  reasons: z.array(text),
  goal: text,
  tiles: z.array(tileSchema),
  /** The one action that the state asks for; null when there is nothing to do. */
  primary: z.nullable(actionSchema),
  others: z.array(actionSchema),
  /** The permission that the agent asks for. */
  asking: z.nullable(
    z.object({
      request: text,
      question: text,
      /** What a yes is called: it may count once, or for the task. */
      allow: text,
      /** Why it cannot be answered here now; empty when it can. */
      why: text,
    }),
  ),
  /** Why what is shown may not be what is; empty when it is. */
  stale: text,
  /** What became of a task that is decided, and how to undo it; empty while it is not. */
  outcome: text,
  /** The one sentence at the foot: what sign-off will do; empty when there is nothing to sign off. */
  foot: text,
});
export type Head = z.infer<typeof headSchema>;

export const decisionSchema = z.object({
  kind: z.enum(['finding', 'check', 'evidence']),
  /** Finding id, or a check's place in the list of checks. */
  id: text,
  mark,
  what: text,
  /** The rule, or where it is. */
  detail: text,
});
export const decideSchema = z.object({
  title: text,
  items: z.array(decisionSchema),
  /** Decisions that are not listed here, in words; empty when all are. */
  more: text,
  /** What is said when nothing needs a decision. */
  none: text,
});
export type Decide = z.infer<typeof decideSchema>;

const sinceItem = z.object({ mark, what: text, detail: text });
export type SinceItem = z.infer<typeof sinceItem>;
export const sinceSchema = z.object({
  /** The turns that can be compared with, the newest first; and the one that is. */
  turns: z.array(z.object({ turn: count, words: text })),
  turn: z.nullable(count),
  lead: text,
  /** Whether there are changes to open. */
  opens: z.boolean(),
  groups: z.array(z.object({ title: text, items: z.array(sinceItem), more: text })),
});
export type Since = z.infer<typeof sinceSchema>;

export const findingSchema = z.object({
  id: text,
  severity: z.enum(['block', 'warn', 'info']),
  mark,
  rule: text,
  place: text,
  message: text,
  /** Why it matters, in one sentence. */
  why: text,
  /** Of a reviewer's finding, what it suggests; and who says it, of which part of the brief. Else empty. */
  suggestion: text,
  about: text,
  evidence: text,
  /** Of a group, each of its places, named by its number when it is opened; else empty. */
  places: z.array(text),
  /** Whether it is at one place, so that it can be opened. */
  opens: z.boolean(),
  /** Whether its files can be taken back to the base. */
  reverts: z.boolean(),
  /** What the scope would be if it was made part of the task; empty when it cannot be. */
  amends: z.array(row),
  /** Why it cannot be accepted; empty when it can. */
  acceptNot: text,
  /** Whether sign-off waits for an answer to it. */
  asks: z.boolean(),
});
export type PageFinding = z.infer<typeof findingSchema>;

export const fileSchema = z.object({
  path: text,
  /** What happened to it, in words; the former name of a renamed one. */
  what: text,
  size: text,
  tone,
  /** Why it stands where it stands. */
  risk: text,
});
export type PageFile = z.infer<typeof fileSchema>;

const failureSchema = z.object({ name: text, message: text, expected: text, actual: text, place: text });
/** One run of a check: where, how it ended, and what there is to know of it. */
const columnSchema = z.object({ label: text, mark, detail: text });
export type PageColumn = z.infer<typeof columnSchema>;

export const checkSchema = z.object({
  name: text,
  /** How intents name it: its place in the list of checks. */
  index: count,
  mark,
  command: text,
  details: text,
  stale: text,
  /** Empty where it has no run but the result's. */
  columns: z.array(columnSchema),
  /** Tests that differ between the columns; `more`: those that are not named here. */
  differences: z.array(z.object({ title: text, tone, names: z.array(text), more: text })),
  /** Sentences about further runs. */
  runs: z.array(text),
  failures: z.array(failureSchema),
  moreFailures: text,
  output: text,
  /** Whether there is a log to show. */
  logged: z.boolean(),
  /** Whether sign-off waits for an answer to it. */
  asks: z.boolean(),
});
export type PageCheck = z.infer<typeof checkSchema>;

/** The second opinion; its findings stand in the list of findings. */
const opinionSchema = z.object({
  mark,
  /** Who gave it, when and of which tree, or why there is none; empty when nobody was asked. */
  lead: text,
  notes: z.array(text),
  /** Of a review of another tree: what it held to serve no criterion. */
  unexplained: z.array(row),
  unexplainedMore: text,
  /** Whether somebody can be asked. */
  asks: z.boolean(),
  askWords: text,
  /** Why nobody can be asked now; empty when somebody can. */
  why: text,
  /** Whether one is being made that can be stopped. */
  stops: z.boolean(),
  /** Whether sign-off waits for it, so that it can be overridden. */
  overrides: z.boolean(),
});
export type Opinion = z.infer<typeof opinionSchema>;

export const evidenceSchema = z.object({
  checks: z.array(checkSchema),
  checksNote: text,
  /** The receipts of all runs, and their digest. */
  receiptsNote: text,
  findingsNote: text,
  filesNote: text,
  criteria: z.array(criterionSchema),
  /** Changes that serve no criterion; null where nobody looked. */
  unexplained: z.nullable(unexplainedSchema),
  dependencies: z.array(row),
  dependenciesMore: text,
  brief: z.array(row),
  goal: text,
  nonGoals: z.array(text),
  about: z.array(row),
  hasTranscript: z.boolean(),
  /** The agent's last message, a claim; empty when it said nothing. */
  agentWords: text,
  /** Null before there is a result that could be reviewed. */
  opinion: z.nullable(opinionSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const historySchema = z.object({
  /** What happened, oldest first: when, and what. */
  events: z.array(row),
  /** Calls of tools as the agent told of them, oldest first. */
  calls: z.array(z.object({ when: text, status: text, what: text, paths: z.array(text) })),
  callsNote: text,
  /** Why there is nothing to see yet; empty when there is. */
  note: text,
});
export type PageHistory = z.infer<typeof historySchema>;

const answerSchema = z.object({ id: text, reason: text, note: text, widens: z.boolean() });
export const draftSchema = z.object({
  /** Answers to findings, by finding id. */
  accepted: z.array(answerSchema),
  /** Findings that have more places now than they were answered for, in words. */
  grown: z.array(z.object({ id: text, words: text })),
  /** Answers to checks, by their place, and to the want of a review, as `review`. */
  overridden: z.array(answerSchema),
  /** Findings that go into the correction. */
  included: z.array(text),
  /** Findings that the agent is asked to justify. */
  justify: z.array(text),
  /** Files that were viewed, by their place in the list of files of this number. */
  viewed: z.object({ list: count, files: z.array(count) }),
  /** What was typed and not kept yet, by field. */
  texts: z.record(z.string(), text),
});
export type PageDraft = z.infer<typeof draftSchema>;

export const correctionSchema = z.object({
  round: text,
  /** Whether the budget of corrections is spent, so that one more must be asked for. */
  spent: z.boolean(),
  picked: text,
  /** Raised whenever `body` was composed anew: until then the page's own text stands. */
  edition: count,
  body: text,
  fixed: text,
  /** The body was edited, and what it was composed of has changed since. */
  outdated: z.boolean(),
  /** There is an earlier text to take back. */
  earlier: z.boolean(),
  /** Why it cannot be sent now; empty when it can. */
  why: text,
});
export type Correction = z.infer<typeof correctionSchema>;

export const deliverySchema = z.enum(['merge', 'squash', 'branch', 'none', 'pull-request']);
export type Delivery = z.infer<typeof deliverySchema>;

export const signoffSchema = z.object({
  choices: z.array(z.object({ mode: deliverySchema, words: text, does: text })),
  mode: deliverySchema,
  to: text,
  /** The branch that is taken when none is named. */
  toDefault: text,
  /** Whether the mode goes to a branch that can be named. */
  named: z.boolean(),
  sentence: text,
  button: text,
  /** Why it cannot be done now; empty when it can. */
  why: text,
});
export type SignoffChoice = z.infer<typeof signoffSchema>;

export const wordsSchema = z.record(z.enum(WORD_KEYS), text);
export type PageWords = z.infer<typeof wordsSchema>;
