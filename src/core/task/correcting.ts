/** The prompt of a correction pass, from the evidence of the task and what the reviewer asks. */
import { fail } from '../errors';
import { sentOf } from '../review/afterwards/sending';
import type { Sent } from '../review/afterwards/sent';
import {
  type Correction,
  type CorrectionRequest,
  composeCorrection,
  correctionPrompt,
  requireCorrection,
  requireSomething,
} from '../review/correction';
import type { Remark } from '../review/remark';
import type { TaskContext } from './context';
import { packetOf } from './inspect';
import type { Task } from './task';

/** What a person wants corrected. */
export interface CorrectionWish {
  readonly text: string | null;
  /** Ids of exactly the findings to take up; null, with nothing else named either = every open one. */
  readonly findings: readonly string[] | null;
  /** Ids of findings to be justified, or taken back. */
  readonly justify: readonly string[];
  readonly remarks: readonly Remark[];
}

/** The parts of the prompt as they would be sent now. Throws TASK_STATE, FINDING_UNKNOWN. */
export async function previewCorrection(context: TaskContext, task: Task, wish: CorrectionWish): Promise<Correction> {
  return composeCorrection(await materialOf(context, task, wish));
}

/**
 * The prompt of the next turn, and the record of what it asks for.
 *
 * @param body what the person made of the composed body; null = as composed
 * @param again the person said that it may be one more than the budget of one
 * @throws TASK_STATE, CORRECTION_SPENT, CORRECTION_EMPTY, FINDING_UNKNOWN
 */
export async function promptOfCorrection(
  context: TaskContext,
  task: Task,
  wish: CorrectionWish,
  { body, again }: { readonly body: string | null; readonly again: boolean },
): Promise<{ readonly prompt: string; readonly sent: Sent }> {
  const material = await materialOf(context, task, wish);
  requireCorrection(task.corrections, again);
  const composed = composeCorrection(material);
  if (body === null) requireSomething(material);
  else if (body.trim() === '') fail('CORRECTION_EMPTY', 'the text of the correction is empty');
  const edited = body !== null && body.trim() !== composed.body.trim() ? body : null;
  return { prompt: correctionPrompt(body ?? composed.body, composed.fixed), sent: sentOf(material, edited) };
}

async function materialOf(context: TaskContext, task: Task, wish: CorrectionWish): Promise<CorrectionRequest> {
  if (task.state !== 'ready') fail('TASK_STATE', `task ${task.id} is ${task.state}: only a ready one can be corrected`);
  const { brief } = await context.terms(task);
  const packet = await packetOf(context, task);
  const { text, findings, ...named } = wish;
  return {
    ...{ brief, packet, ...named },
    ...(text === null ? {} : { text }),
    ...(findings === null ? {} : { findings }),
  };
}
