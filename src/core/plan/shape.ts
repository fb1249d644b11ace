/** One planner asked, its answer read and held; asked once more where it cannot be used; and then there is no plan. */
import { readAnswer } from './answer';
import { type Held, holdAnswer } from './hold';
import { noPlan } from './noPlan';
import type { Proposal } from './plan';
import { askAgain, composePlanPrompt, isFinal, type PlanMaterial } from './prompt';

/** UTF-16 units of an answer that is read; who says more gave none. */
export const ANSWER_LIMIT = 256 * 1024;

/** A text that a planner answered (null: it had no end), as a proposal; or what is wrong with it, in words for the planner and for people. */
export function readPlan(
  text: string | null,
  { wish, offer, run }: Pick<PlanMaterial, 'wish' | 'offer' | 'run'>,
): Held {
  if (text === null || text.length > ANSWER_LIMIT)
    return { proposal: null, problem: 'it is far longer than an answer may be' };
  const read = readAnswer(text, run, isFinal(wish));
  return read.answer === null ? { proposal: null, problem: read.problem } : holdAnswer(read.answer, wish, offer);
}

/** An answer that does not fit is asked for once more. */
const ATTEMPTS = 2;

/**
 * @param ask puts one question and resolves to the answer's text; null when it had no end
 * @param tell told when an answer cannot be used
 * @throws PLAN_NONE when neither answer can be used, and what `ask` throws
 */
export async function askForPlan(
  material: PlanMaterial,
  ask: (prompt: string) => Promise<string | null>,
  tell: (message: string) => void,
): Promise<Proposal> {
  const question = composePlanPrompt(material);
  let prompt = question;
  let problem = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const held = readPlan(await ask(prompt), material);
    if (held.proposal !== null) return held.proposal;
    problem = held.problem;
    tell(`the answer cannot be used (${problem})`);
    prompt = askAgain(question, problem, material.run);
  }
  throw noPlan(problem);
}
