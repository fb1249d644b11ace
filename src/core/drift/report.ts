/** The drift report: what a diff does that its brief did not ask for. Section 3 of the interface, as a schema. */
import * as z from 'zod';

export const severitySchema = z.enum(['block', 'warn', 'info']);
export type Severity = z.infer<typeof severitySchema>;

export const findingSchema = z.object({
  /** Stable hash of rule, path and evidence; repeats carry an ordinal. */
  id: z.string(),
  rule: z.string(),
  severity: severitySchema,
  path: z.string().nullable(),
  line: z.number().int().nullable(),
  message: z.string(),
  evidence: z.string(),
  boundary: z.string().nullable(),
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
}
