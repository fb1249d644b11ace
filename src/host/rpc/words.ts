/** Shapes that the methods share. */
import * as z from 'zod';
import { remarkSchema } from '../../core/review/remark';

export const id = z.string().min(1).max(200);
export const path = z.string().min(1).max(4_096);
/** A task as a person names it; of several that fit, those of the repository around `repo` come first. */
export const named = { id, repo: path.optional() };
export const person = z.string().min(1).max(400);
export const prose = z.string().max(100_000);
export const nothing = z.object({});
/** A brief that is not handed off: `file` is where it is, for messages only; null for one that has no file. */
export const draft = z.object({ text: z.string().max(4 * 1024 * 1024), file: z.string().max(4_096).nullable() });
/** What readiness says of a brief. */
export const readinessSchema = z.object({
  rule: z.string(),
  severity: z.enum(['block', 'warn']),
  message: z.string(),
  /** 1-based line of the brief, or null when it is about no line of it. */
  line: z.number().int().nullable(),
});
const findingIds = z.array(z.string().max(200)).max(10_000);
/** What a reviewer wants corrected. */
export const wished = {
  text: prose.optional(),
  /** Exactly these; absent, with nothing else named either = every open one. */
  findings: findingIds.optional(),
  /** Findings that the agent is asked to justify, or to take back. */
  justify: findingIds.default([]),
  remarks: z.array(remarkSchema).max(1_000).default([]),
};
