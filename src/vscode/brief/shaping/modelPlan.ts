/** A plan of one of the editor's language models: the host has the question and holds the answer, as for every planner. Pure. */
import { noPlan } from '../../../core/plan/noPlan';
import type { Plan } from '../../../core/plan/plan';
import type { ParamsIn, Result } from '../../../host/rpc';

export interface AskedModel {
  readonly id: string;
  readonly name: string;
  /** Null when the answer had no end. */
  ask(prompt: string): Promise<string | null>;
}

/** What is needed of the line to the host; it fits. */
export interface PlanLink {
  request<M extends 'brief/shape-prompt' | 'brief/shape-answer'>(method: M, params: ParamsIn<M>): Promise<Result<M>>;
}

/** An answer that does not fit is asked for once more. */
const ATTEMPTS = 2;
const MOST_NAME = 400;
/** More than an answer may have: that is what the host says of it then. */
const TOO_LONG = ' '.repeat(300_000);

/** Throws PLAN_NONE when there is no answer of use, STOPPED when it was stopped, and what the host throws. */
export async function askEditorModel(
  link: PlanLink,
  wish: ParamsIn<'brief/shape-prompt'>,
  model: AskedModel,
): Promise<Plan> {
  const begun = performance.now();
  const { prompt: question, run } = await link.request('brief/shape-prompt', wish);
  let prompt = question;
  let problem = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const text = (await model.ask(prompt)) ?? TOO_LONG;
    const held = await link.request('brief/shape-answer', {
      ...{ ...wish, run, text },
      model: { id: model.id.slice(0, MOST_NAME), name: model.name.slice(0, MOST_NAME) },
      seconds: (performance.now() - begun) / 1_000,
    });
    if (held.plan !== null) return held.plan;
    problem = held.problem ?? '';
    prompt = held.again ?? question;
  }
  throw noPlan(problem);
}
