/** The words that every finding is made of: how grave it is, and what a person can say to it. */
import * as z from 'zod';

export const severitySchema = z.enum(['block', 'warn', 'info']);
export type Severity = z.infer<typeof severitySchema>;

/**
 * What a person can do about a finding. `revert`: take the paths back to the base. `accept`: with a reason, once. `widen`:
 * say that it belongs to the task, as an amendment to the brief. `ask`: have the agent mend or justify it.
 */
export const ANSWERS = ['revert', 'accept', 'widen', 'ask'] as const;
export const answerSchema = z.enum(ANSWERS);
export type Answer = z.infer<typeof answerSchema>;
