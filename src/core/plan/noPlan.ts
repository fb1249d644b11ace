import { CountersignError } from '../errors';

/** The error of a planner that gave no answer of use. */
export function noPlan(problem: string): CountersignError {
  return new CountersignError(
    'PLAN_NONE',
    `the planner's answer could not be used, and neither could the second one: ${problem}`,
  );
}
