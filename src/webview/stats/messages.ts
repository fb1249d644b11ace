/**
 * What the editor and the page of statistics say to each other; each side parses what arrives. The page names what it wants
 * by choices of ours; it carries no path and no command.
 */
import * as z from 'zod/mini';
import { text } from '../shared/shapes';

export const PERIODS = ['7', '30', '90', 'all'] as const;
const period = z.enum(PERIODS);
export type Period = z.infer<typeof period>;

/** What the figures are taken of. */
export const choiceSchema = z.object({
  period,
  /** Id of an agent; empty = all. */
  agent: text.check(z.maxLength(200)),
  /** A repository of the window by its place; -1 = every repository of this machine. */
  repository: z.int().check(z.gte(-1), z.lt(1_000)),
  archived: z.boolean(),
});
export type Choice = z.infer<typeof choiceSchema>;

export const FIRST_CHOICE: Choice = { period: 'all', agent: '', repository: 0, archived: false };

const option = z.object({ value: text, words: text });

/** A number that is told large, with what it is of. */
const figure = z.object({ label: text, value: text, detail: text });
export type Figure = z.infer<typeof figure>;

const table = z.object({
  title: text,
  head: z.array(z.object({ words: text, numeric: z.boolean() })),
  /** The first cell names the row. `part`: of the longest bar, 0 to 1; null = the row has none. */
  rows: z.array(z.object({ cells: z.array(text), part: z.nullable(z.number()) })),
  notes: z.array(text),
});
export type StatsTable = z.infer<typeof table>;

export const pageSchema = z.object({
  language: text,
  title: text,
  /** How many tasks these are, and in which states. */
  lead: text,
  choice: choiceSchema,
  periods: z.array(option),
  agents: z.array(option),
  /** Empty where there is no choice. */
  repositories: z.array(option),
  figures: z.array(figure),
  tables: z.array(table),
  /** What nobody knows, or could be read, in words. */
  unknown: z.array(text),
  /** Said instead of figures where there is nothing to count. */
  empty: z.array(text),
  /** Whether it would help to begin with a brief. */
  offersBrief: z.boolean(),
  words: z.record(z.string(), text),
});
export type StatsPage = z.infer<typeof pageSchema>;

/** From the editor to the page. */
export const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('page'), page: pageSchema }),
  z.object({ type: z.literal('problem'), text }),
]);
export type Notice = z.infer<typeof noticeSchema>;

/** From the page to the editor. */
export const intentSchema = z.discriminatedUnion('type', [
  /** The figures of a choice, read anew. */
  z.object({ type: z.literal('read'), choice: choiceSchema }),
  z.object({ type: z.literal('new-brief') }),
]);
export type Intent = z.infer<typeof intentSchema>;

/** A message of the page, or null when it is none. */
export function parseStatsIntent(sent: unknown): Intent | null {
  const parsed = intentSchema.safeParse(sent);
  return parsed.success ? parsed.data : null;
}
