/**
 * What the editor and the review page say to each other; each side parses what arrives, and what does not fit is dropped.
 * The page's intents name things (ids, places in a list); they never carry what to open, copy or run. What a person typed
 * is the only text that they carry.
 */
import * as z from 'zod/mini';
import { text } from '../shared/shapes';
import { afterwardsSchema } from './afterwardsModel';
import {
  correctionSchema,
  decideSchema,
  deliverySchema,
  draftSchema,
  evidenceSchema,
  fileSchema,
  findingSchema,
  headSchema,
  historySchema,
  signoffSchema,
  sinceSchema,
  wordsSchema,
} from './model';

/** Raised when a page and an editor of different versions would misunderstand each other. */
export const MESSAGES_VERSION = 1;

/** Items of one chunk of a long list. */
export const CHUNK = 500;
/** Longest reason, as the host takes it. */
export const REASON_MOST = 4_000;
/** Longest text of a correction, as the host takes it. */
export const PROSE_MOST = 100_000;

const place = z.int().check(z.gte(0), z.lt(1_000_000));
const v = z.literal(MESSAGES_VERSION);

function notice<T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) {
  return z.object({ v, type: z.literal(type), ...shape });
}

/** Chunks of one list carry its number; the list stands when `total` items have come. */
const chunk = { list: place, from: place, total: place };

/** Sections that a command opens. */
export const formSchema = z.enum(['correction', 'signoff', 'reject']);
export type Form = z.infer<typeof formSchema>;

/** From the editor to the page. */
export const noticeSchema = z.discriminatedUnion('type', [
  /** The first: the user's language and the page's own words in it. */
  notice('words', { language: text, words: wordsSchema }),
  notice('head', { head: headSchema }),
  notice('decide', { decide: decideSchema }),
  notice('since', { since: z.nullable(sinceSchema) }),
  notice('afterwards', { afterwards: z.nullable(afterwardsSchema) }),
  notice('evidence', { evidence: evidenceSchema }),
  notice('history', { history: z.nullable(historySchema) }),
  notice('findings', { ...chunk, items: z.array(findingSchema) }),
  notice('files', { ...chunk, items: z.array(fileSchema) }),
  notice('draft', { draft: draftSchema }),
  notice('correction', { correction: z.nullable(correctionSchema) }),
  notice('signoff', { signoff: z.nullable(signoffSchema) }),
  /** What is being done, since when (milliseconds since the epoch); null when nothing is. */
  notice('busy', { busy: z.nullable(z.object({ words: text, since: z.number() })) }),
  /** What went wrong, and where on the page it belongs; empty when that is over. */
  notice('problem', { at: z.enum(['page', 'correction', 'signoff', 'reject']), text }),
  /** Something was done, to be said aloud. */
  notice('said', { text }),
  /** Opens a form, because a command asked for it. */
  notice('open', { form: formSchema }),
]);
export type Notice = z.infer<typeof noticeSchema>;
/** A notice without its version, as the parts that compose it see it. */
export type News = Notice extends infer One ? (One extends Notice ? Omit<One, 'v'> : never) : never;

const id = text.check(z.minLength(1), z.maxLength(400));
const reason = text.check(z.maxLength(REASON_MOST));
/** A field whose text is not kept yet: `accept:<finding>`, `override:<place of the check>`, `criterion:<place>`, `reject`. */
const field = text.check(z.minLength(1), z.maxLength(420));

/** The field for why it may be signed off without a review. */
export const OVERRIDE_REVIEW = 'override:review';

/** From the page to the editor: what the person wants. */
export const intentSchema = z.discriminatedUnion('type', [
  notice('ready', {}),
  notice('copy-packet', {}),
  notice('open-packet', {}),
  notice('open-transcript', {}),
  notice('open-brief', {}),
  notice('open-changes', {}),
  /** What the turns after the compared one changed. */
  notice('open-since', {}),
  notice('open-file', { list: place, index: place }),
  /** At which of its places. */
  notice('open-finding', { id, place }),
  notice('show-log', { check: place }),
  notice('brief-from-check', { check: place }),
  notice('include', { id, on: z.boolean() }),
  notice('justify', { id, on: z.boolean() }),
  /** An empty reason takes the answer back. */
  notice('accept', { id, reason }),
  /** Answers a finding with an amendment of the brief. */
  notice('widen', { id, reason }),
  notice('override', { check: place, reason }),
  /** Answers that there is no review although one is required. */
  notice('override-review', { reason }),
  notice('ask-review', {}),
  /** A piece of evidence of a criterion, and a change that serves none, by their places. */
  notice('open-evidence', { criterion: place, piece: place }),
  notice('open-unexplained', { index: place }),
  /** A person's word for a criterion of the tree that the page showed; an empty reason takes it back. */
  notice('accept-criterion', { criterion: place, tree: id, reason }),
  notice('revert', { id }),
  /** The sections on how the task came about were opened. */
  notice('history', {}),
  notice('view', { list: place, index: place, on: z.boolean() }),
  notice('since', { turn: z.nullable(place) }),
  notice('text', { field, text: reason }),
  notice('compose', { anew: z.boolean() }),
  notice('take-back', {}),
  notice('correction-text', { text: text.check(z.maxLength(PROSE_MOST)) }),
  notice('send-correction', { again: z.boolean() }),
  notice('delivery', { mode: deliverySchema, to: text.check(z.maxLength(1_024)) }),
  /** Evidence of one thing that a correction asked for, or broke. */
  notice('open-corrected', { of: z.enum(['broken', 'items']), place }),
  /** Opens the folder in which a person goes on by hand. */
  notice('take-over', {}),
  /** Asks which files go to a brief of their own. */
  notice('split', {}),
  notice('hand-in', {}),
  notice('give-up', {}),
  /** Names the tree that the page showed. */
  notice('sign-off', { tree: id }),
  notice('reject', { reason }),
  notice('restore', {}),
  notice('resume', { asItStands: z.boolean() }),
  notice('stop', {}),
  notice('answer', { request: id, allow: z.boolean() }),
]);
export type Intent = z.infer<typeof intentSchema>;
/** An intent without its version, as the page's parts send it. */
export type Wish = Intent extends infer One ? (One extends Intent ? Omit<One, 'v'> : never) : never;

/** A message of the page, or null when it is none: a page cannot be answered with an error. */
export function parseIntent(sent: unknown): Intent | null {
  const parsed = intentSchema.safeParse(sent);
  return parsed.success ? parsed.data : null;
}
