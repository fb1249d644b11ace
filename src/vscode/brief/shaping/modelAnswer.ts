/** One question to a language model of the editor, and its whole answer. Pure. */
import { CountersignError, fail } from '../../../core/errors';
import type { Translate } from '../../translate';
import { modelProblem } from './modelProblem';

/** UTF-16 units of an answer; who says more is ended. */
export const MOST_ANSWER = 256 * 1024;

/** What is needed of a model. */
export interface Askable {
  /** 0 where it does not say. */
  readonly mostTokens: number;
  count(text: string): PromiseLike<number>;
  send(text: string): PromiseLike<AsyncIterable<string>>;
}

/**
 * @param isStopped whether a person stopped it meanwhile
 * @returns what it answered; null when the answer had no end
 * @throws STOPPED; PLAN_NONE when it gives no answer, with what to do
 */
export async function answerOf(
  model: Askable,
  prompt: string,
  isStopped: () => boolean,
  t: Translate,
): Promise<string | null> {
  const stopped = () => new CountersignError('STOPPED', t('the plan was stopped'));
  try {
    if (model.mostTokens > 0 && (await model.count(prompt)) > model.mostTokens) {
      fail('PLAN_NONE', t('the question is larger than this model takes'), {
        fix: t('point at fewer places, or choose another planner'),
      });
    }
    if (isStopped()) throw stopped();
    let answer = '';
    for await (const part of await model.send(prompt)) {
      if (isStopped()) throw stopped();
      answer += part;
      if (answer.length > MOST_ANSWER) return null;
    }
    if (isStopped()) throw stopped();
    return answer;
  } catch (thrown) {
    // A request that was cancelled fails in the words of whoever made the model.
    throw isStopped() ? stopped() : modelProblem(thrown, t);
  }
}
