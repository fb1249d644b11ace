/** The prompt of a correction pass, from the evidence of the task and what the reviewer asks. */
import { fail } from '../errors';
import { composeCorrection, requireCorrection } from '../review/correction';
import type { TaskContext } from './context';
import { packetOf } from './inspect';
import type { Task } from './task';

export interface CorrectionWish {
  readonly text: string | null;
  /** Ids of findings to take up; empty = every open one. */
  readonly findings: readonly string[];
  /** The person said that it may be one more than the budget of one. */
  readonly again: boolean;
}

/** Throws TASK_STATE, CORRECTION_SPENT, CORRECTION_EMPTY, FINDING_UNKNOWN. */
export async function correctionPrompt(context: TaskContext, task: Task, wish: CorrectionWish): Promise<string> {
  if (task.state !== 'ready') fail('TASK_STATE', `task ${task.id} is ${task.state}: only a ready one can be corrected`);
  requireCorrection(task.corrections, wish.again);
  const { brief } = await context.terms(task);
  const packet = await packetOf(context, task);
  const { text, findings } = wish;
  return composeCorrection({ brief, packet, findings, ...(text === null ? {} : { text }) });
}
