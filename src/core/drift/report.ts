/** The drift report: what a diff does that its brief did not ask for. Section 3 of the interface, as a schema. */
import * as z from 'zod';
import { answersTo, ruleOf } from './rules';
import { answerSchema, type Severity, severitySchema } from './vocabulary';

export { type Answer, type Severity, severitySchema } from './vocabulary';

/** One of the places that a finding is about. */
export const placeSchema = z.object({
  /** The id that the place would have as a finding of its own: what an answer to a group remembers. */
  id: z.string(),
  path: z.string(),
  line: z.number().int().nullable(),
});
export type Place = z.infer<typeof placeSchema>;

const storedFindingSchema = z.object({
  /** Stable hash of rule, path and evidence, of a group of rule and cause; repeats carry an ordinal. */
  id: z.string(),
  rule: z.string(),
  severity: severitySchema,
  /** Of a group, its first place. */
  path: z.string().nullable(),
  line: z.number().int().nullable(),
  message: z.string(),
  evidence: z.string(),
  boundary: z.string().nullable(),
  /** Why it matters, in one sentence: the rule's. */
  why: z.string().optional(),
  /** The answers that make sense here. */
  answers: z.array(answerSchema).optional(),
  /** Where it is: one place, all of a group, none of what is about no path. */
  places: z.array(placeSchema).optional(),
});

/** Reports of earlier versions said neither why nor which answers, and had no groups. */
export const findingSchema = storedFindingSchema.transform((stored) => {
  const { id, rule, severity, path, line } = stored;
  return {
    ...stored,
    why: stored.why ?? ruleOf(rule)?.why ?? '',
    answers: stored.answers ?? [...answersTo(rule, { severity, reverts: path !== null, grantable: true })],
    places: stored.places ?? (path === null ? [] : [{ id, path, line }]),
  };
});
export type Finding = z.infer<typeof findingSchema>;

export const dependencyChangeSchema = z.object({
  /** The purl type: `npm`, `pypi`, ... */
  ecosystem: z.string(),
  manifest: z.string(),
  name: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  direct: z.boolean(),
  group: z.string().nullable(),
  purl: z.string(),
});
export type DependencyChange = z.infer<typeof dependencyChangeSchema>;

export const driftVerdictSchema = z.enum(['clean', 'attention', 'blocked']);
export type DriftVerdict = z.infer<typeof driftVerdictSchema>;

export const driftReportSchema = z.object({
  schema: z.literal(1),
  brief: z.string(),
  base: z.string(),
  head: z.string().nullable(),
  tree: z.string(),
  verdict: driftVerdictSchema,
  stats: z.object({ files: z.number(), insertions: z.number(), deletions: z.number() }),
  findings: z.array(findingSchema),
  dependencies: z.array(dependencyChangeSchema),
});
export type DriftReport = z.infer<typeof driftReportSchema>;

/** A finding before the engine has given it its id and its granted severity. */
export interface RawFinding {
  readonly rule: string;
  /** The rule's own severity when the case decides it; absent = the table's. */
  readonly severity?: Severity;
  readonly path: string | null;
  readonly line?: number | null;
  readonly message: string;
  readonly evidence: string;
  /** Whether `approval.allow` of the finding's boundary turns it into `info`. Default true. */
  readonly grantable?: boolean;
  /**
   * What many findings of the rule have in common, in a few words that neither count nor list: those of one rule,
   * severity and cause become one. Absent = as the table says.
   */
  readonly cause?: string;
}
