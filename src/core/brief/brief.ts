/**
 * The brief: the contract between the person who asks and the agent who works. The format is section 1 of the
 * interface: a Markdown file with YAML front matter. This file is its shape; `parse.ts` reads and writes it.
 */
import * as z from 'zod';

/** The classes of change that need a human decision unless a brief grants them. A policy may add names of its own. */
export const BOUNDARIES = [
  'dependencies',
  'tests',
  'checks',
  'ci',
  'config',
  'secrets',
  'auth',
  'billing',
  'security',
  'schema',
  'binary',
  'license',
] as const;

export type Boundary = (typeof BOUNDARIES)[number];

// One line: titles and names end up in commit messages and trailers.
const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u);
export const commandLine = z.string().trim().min(1).max(10_000);
export const patternSchema = z.string().min(1).max(1024);

export const checkSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a name of letters, digits, `.`, `_`, `-`')
    .describe('what sign-off, criteria and logs call it'),
  run: commandLine.describe('a shell command, run in a clean checkout of the snapshot'),
  timeout: z.number().int().min(1).max(86_400).default(600).describe('seconds'),
  // One text stays one text: a list of it would change the hash of briefs that are out there.
  report: z
    .union([patternSchema, z.array(patternSchema).min(1).max(20)])
    .optional()
    .describe('result files that the command writes, a path, a pattern or several: JUnit, CTRF, TAP and others'),
});

export const budgetSchema = z
  .strictObject({
    files: z.number().int().min(1).optional(),
    lines: z.number().int().min(1).optional(),
    minutes: z.number().positive().max(10_080).optional(),
    // Of each turn, as `minutes`.
    tokens: z.number().int().min(1).optional(),
    usd: z.number().positive().max(1_000_000).optional(),
  })
  .default({});

/** Non-goals that can be checked: what must be as it was, wherever it stands. */
export const keepSchema = z
  .strictObject({
    exports: z.array(patternSchema).max(100).default([]).describe('files whose public surface stays'),
    files: z.array(patternSchema).max(1000).default([]).describe('files that stay where they are'),
    symbols: z
      .array(
        z
          .string()
          .regex(/^[^#\s][^#]*#[^#\s]+$/u, '`path#name`')
          .max(1024),
      )
      .max(100)
      .default([])
      .describe('`path#name`: code whose text stays'),
  })
  // No default: it would change the hash of every brief that says nothing of it.
  .optional();

/** The second opinion: who reviews, how long it may take, and whether sign-off waits for it. */
export const reviewTermsSchema = z
  .strictObject({
    agent: name.optional().describe('the id of the agent that reviews'),
    command: commandLine
      .optional()
      .describe('for `agent: command`: reads the question from its input, prints the answer'),
    required: z.boolean().optional().describe('sign-off waits for a review of exactly its tree'),
    minutes: z.number().positive().max(600).optional(),
  })
  // No default: it would change the hash of every brief that says nothing of it.
  .optional();

export const frontMatterSchema = z.strictObject({
  countersign: z.literal(1),
  title: name.optional(),
  agent: name.optional(),
  command: commandLine.optional(),
  setup: commandLine.optional(),
  copy: z.array(patternSchema).max(100).default([]).describe('ignored files that the task needs, such as `.env`'),
  scope: z.strictObject({
    change: z.array(patternSchema).min(1).max(1000),
    avoid: z.array(patternSchema).max(1000).default([]),
  }),
  keep: keepSchema,
  budget: budgetSchema,
  checks: z.array(checkSchema).max(50).default([]),
  unchecked: z.string().trim().min(1).max(1000).optional().describe('why there is no check'),
  approval: z.strictObject({ allow: z.array(name).max(50).default([]) }).default({ allow: [] }),
  reviewer: name.optional().describe('`Name <email>`: who signs off'),
  review: reviewTermsSchema,
});

export type FrontMatter = z.output<typeof frontMatterSchema>;
export type Check = z.output<typeof checkSchema>;

/** How a criterion says that it is proven: by a named check, by the reviewer's own eyes, or not said. */
export type CriterionProof =
  | { readonly kind: 'check'; readonly check: string }
  | { readonly kind: 'review' }
  | { readonly kind: 'none' };

export interface Criterion {
  /** The text without the list marker, the box and the proof. */
  readonly text: string;
  readonly proof: CriterionProof;
  /** 1-based line in the file. */
  readonly line: number;
}

/** A parsed brief. `source` is the file byte for byte as it was read (as text); `hash` names its canonical form. */
export interface Brief {
  readonly source: string;
  /** SHA-256, lower-case hex, of the canonical form. */
  readonly hash: string;
  readonly title: string;
  readonly front: FrontMatter;
  readonly goal: string;
  readonly nonGoals: readonly string[];
  readonly criteria: readonly Criterion[];
  readonly context: string;
  /** Sections that the format does not know, in order: people's own words. An empty name: before the first heading. */
  readonly otherSections: readonly { readonly name: string; readonly text: string; readonly line: number }[];
  /** 1-based lines of front matter keys (dotted, e.g. `scope.change.0`) and of sections (`# Goal`). */
  readonly lines: Readonly<Record<string, number>>;
}

/** `Name <email>` taken apart. */
export interface Person {
  readonly name: string;
  readonly email: string;
}
