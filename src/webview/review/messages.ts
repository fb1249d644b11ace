/**
 * What the editor and the review page say to each other; each side parses what arrives. Every text of a page has been
 * made visible by the editor already, and the page writes it into text nodes only.
 */
import * as z from 'zod/mini';
import { mark, row, text } from '../shared/shapes';

export type { Mark, Row, Tone } from '../shared/shapes';

const finding = z.object({ rule: text, place: text, message: text, evidence: text, answer: text });
export type PageFinding = z.infer<typeof finding>;

const pageSchema = z.object({
  /** Language tag of the texts. */
  language: text,
  title: text,
  verdict: mark,
  reasons: z.array(text),
  goal: text,
  nonGoals: z.array(text),
  /** Files in scope and out of it, findings at a boundary; null before there is a diff. */
  meter: z.nullable(z.object({ inside: z.number(), outside: z.number(), boundary: z.number(), words: text })),
  /** The few numbers that a reviewer looks at first. */
  facts: z.array(row),
  scope: z.array(row),
  criteria: z.array(z.object({ mark, text, because: text })),
  checks: z.array(z.object({ mark, name: text, command: text, details: text, output: text })),
  checksNote: text,
  findings: z.array(z.object({ mark, findings: z.array(finding), more: text })),
  findingsNote: text,
  dependencies: z.array(row),
  /** What happens next, and the words to type for it. */
  next: z.object({ lead: text, notes: z.array(text), commands: z.array(z.object({ label: text, command: text })) }),
  about: z.array(row),
  /** The agent's last message, a claim; empty when it said nothing. */
  agentWords: text,
  canStop: z.boolean(),
  /** The page's own words in the user's language. */
  words: z.record(z.string(), text),
});
export type ReviewPage = z.infer<typeof pageSchema>;

/** From the editor to the page. */
export const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('page'), page: pageSchema }),
  /** Why there is no page, or no newer one. */
  z.object({ type: z.literal('problem'), text }),
  /** Something was done, to be said aloud. */
  z.object({ type: z.literal('said'), text }),
]);
export type Notice = z.infer<typeof noticeSchema>;

/** From the page to the editor: what the person wants. It names things; it never carries what to copy or open. */
export const intentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('copy-packet') }),
  /** Which of the page's commands, by its place. */
  z.object({ type: z.literal('copy-command'), index: z.int().check(z.gte(0), z.lt(100)) }),
  z.object({ type: z.literal('open-packet') }),
  z.object({ type: z.literal('open-transcript') }),
  z.object({ type: z.literal('stop') }),
]);
export type Intent = z.infer<typeof intentSchema>;
