/** Methods about briefs that are not handed off yet: what they lack, what they match, whether their checks pass today. */
import * as z from 'zod';
import { checkStatusSchema, countsSchema } from '../../core/verify/verification';
import { draft, id, nothing, path, readinessSchema } from './words';

/** A pattern of the brief's scope, and what it matches in the commit that is checked out. */
export const patternMatchesSchema = z.object({
  pattern: z.string(),
  kind: z.enum(['change', 'avoid']),
  files: z.number().int(),
  /** The first matches, in git's order. */
  examples: z.array(z.string()).max(20),
  /** Why it is no pattern; null when it is one. */
  problem: z.string().nullable(),
});
export type PatternMatches = z.infer<typeof patternMatchesSchema>;

export const agentListingSchema = z.object({
  id: z.string(),
  name: z.string(),
  installed: z.boolean(),
  path: z.string().nullable(),
  version: z.string().nullable(),
  install: z.string(),
  signIn: z.string(),
});
export type AgentListing = z.infer<typeof agentListingSchema>;

export const templateSchema = z.object({
  /** Of a built-in one its id; of the team's own the name of its file without the ending. */
  name: z.string(),
  title: z.string(),
  origin: z.enum(['built-in', 'repository']),
  /** What a brief from it begins with, as `brief new` would write it: from facts and policy, with a reviewer. */
  draft: z.string(),
});

/** What a draft is made from: `DraftFacts` of the core, read from the repository around a folder. */
export const draftFactsSchema = z.object({
  /** Top of the working tree around the folder; null where there is no repository. */
  root: z.string().nullable(),
  /** Short name of the branch that is checked out. */
  branch: z.string().nullable(),
  testCommand: z.string().nullable(),
  lintCommand: z.string().nullable(),
  setup: z.string().nullable(),
  languages: z.array(z.string()),
  sourceFolders: z.array(z.string()),
  testFolders: z.array(z.string()),
  user: z.string().nullable(),
  templates: z.array(templateSchema),
});
export type RepositoryDraftFacts = z.infer<typeof draftFactsSchema>;

export const trialResultSchema = z.object({
  status: checkStatusSchema,
  exit: z.number().int().nullable(),
  seconds: z.number(),
  counts: countsSchema.nullable(),
  note: z.string().nullable(),
  /** The last part of the output, escapes removed. */
  output: z.string(),
  /** Commit that it ran at. */
  base: z.string(),
  confinement: z.string(),
});
export type TrialResult = z.infer<typeof trialResultSchema>;

export const DRAFTING = {
  /** Readiness as `task/run` would judge it, and what the patterns match. A brief that does not parse is findings, not an error. */
  'brief/inspect': {
    params: z.object({ repo: path, brief: draft, agent: z.string().max(200).optional() }),
    result: z.object({
      ready: z.boolean(),
      findings: z.array(readinessSchema),
      patterns: z.array(patternMatchesSchema),
    }),
  },
  'brief/facts': { params: z.object({ repo: path }), result: draftFactsSchema },
  /**
   * Runs one check of the brief at the commit that is checked out, as verification would: setup, clean checkout,
   * confinement. `trial` is the client's own name for it, for progress and for stopping. Throws STOPPED when stopped.
   */
  'brief/try': {
    params: z.object({ repo: path, brief: draft, check: z.string().max(200), trial: id }),
    result: trialResultSchema,
  },
  'brief/try-stop': { params: z.object({ trial: id }), result: nothing },
  'agents/list': {
    params: z.object({ versions: z.boolean().default(false) }),
    result: z.object({ agents: z.array(agentListingSchema), default: z.string().nullable() }),
  },
  /**
   * The agents of the editor's setting `countersign.agents`, laid below those of `config.yaml`; they take the place of
   * what was defined before, and are kept for the next host. What cannot be used is told, and the rest taken.
   */
  'agents/define': {
    params: z.object({ agents: z.record(z.string().max(200), z.unknown()) }),
    result: z.object({ refused: z.array(z.object({ id: z.string(), why: z.string() })) }),
  },
} as const;
