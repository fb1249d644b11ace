/**
 * Holds an answer against the repository and makes ordinary briefs of it. What names nothing, everything, or what is not a
 * planner's to say is dropped and counted; where no brief is left, there is no plan.
 */
import { TEMPLATES } from '../brief/draft';
import { slugOf } from '../brief/slug';
import { type AnsweredBrief, NOT_ITS_TO_SAY, type PlanAnswer } from './answer';
import { Drops } from './drops';
import type { Budget, HeldBrief } from './held';
import { holdChecks, holdCriteria, holdItems } from './holdChecks';
import { holdScope, leavesSomething, WHY_LIMIT } from './holdScope';
import type { Offer } from './offer';
import { MOST_BRIEFS, MOST_QUESTIONS, type PlannedBrief, type Proposal, type Question, type Wish } from './plan';
import { isFinal } from './prompt';
import { splitBriefs } from './split';
import { lineOf, proseOf } from './texts';
import { linesOf, writeBrief } from './write';

const TITLE_LIMIT = 100;
const GOAL_LIMIT = 2_000;
const QUESTION_LIMIT = 500;

export type Held =
  | { readonly proposal: Proposal; readonly problem: null }
  | { readonly proposal: null; readonly problem: string };

/** Pure: the same answer to the same wish in the same repository gives the same. */
export function holdAnswer(answer: PlanAnswer, wish: Wish, offer: Offer, remark = ''): Held {
  const drops = new Drops();
  const questions = holdQuestions(answer, isFinal(wish), drops);
  const held = answer.briefs.slice(0, MOST_BRIEFS).flatMap((brief, index) => {
    return holdBrief(brief, index + 1, offer, drops) ?? [];
  });
  for (const { title } of answer.briefs.slice(MOST_BRIEFS)) drops.add(title, `more than ${MOST_BRIEFS} briefs`);
  if (held.length === 0 && questions.length === 0) return { proposal: null, problem: whyNone(drops) };
  const split = splitBriefs(held, { paths: offer.paths, avoid: offer.facts.policy?.scope.avoid ?? [] }, drops);
  if (split.briefs === null) return { proposal: null, problem: split.problem };
  const written = writeAll(split.briefs, { wish, offer, remark }, drops);
  if (written.length === 0 && questions.length === 0) return { proposal: null, problem: whyNone(drops) };
  const lost = answer.briefs.length - written.length;
  const notes = [
    ...(lost > 0 && written.length > 0 ? [`${lost} of ${answer.briefs.length} proposed briefs could not be used`] : []),
    ...(written.length > 1 ? ['their scopes share no file; deliver them in this order'] : []),
  ];
  return { proposal: { briefs: written, questions, dropped: [...drops.all], notes }, problem: null };
}

function whyNone(drops: Drops): string {
  const told = drops.all.slice(0, 5).map(({ what, why }) => `${what}: ${why}`);
  return `no brief is left of it${told.length === 0 ? '' : `: ${told.join('; ')}`}`;
}

function holdQuestions({ questions }: PlanAnswer, final: boolean, drops: Drops): Question[] {
  const asked = questions
    .map(({ text, why }) => ({ text: lineOf(text, QUESTION_LIMIT), why: lineOf(why ?? '', WHY_LIMIT) }))
    .filter(({ text }) => text !== '');
  const most = final ? 0 : MOST_QUESTIONS;
  for (const { text } of asked.slice(most)) {
    drops.add(`question ${text}`, final ? 'there is one round of questions' : `more than ${MOST_QUESTIONS} questions`);
  }
  return asked.slice(0, most);
}

/** Null, with the reason among the drops, when nothing that can be handed off is left. */
function holdBrief(brief: AnsweredBrief, number: number, offer: Offer, drops: Drops): HeldBrief | null {
  for (const key of NOT_ITS_TO_SAY) {
    if (Object.hasOwn(brief, key)) drops.add(key, 'it is not a planner’s to say');
  }
  const title = proseOf(brief.title, TITLE_LIMIT);
  const goal = proseOf(brief.goal.text, GOAL_LIMIT);
  const scope = holdScope(brief, offer, drops);
  const checks = holdChecks(brief, offer, drops);
  const criteria = holdCriteria(brief, checks, drops);
  const missing =
    title === '' || goal === ''
      ? 'it has no goal'
      : !leavesSomething(
            scope.change,
            scope.avoid.map(({ pattern }) => pattern),
            offer.paths,
          )
        ? 'nothing of its scope is left'
        : criteria.length === 0
          ? 'none of its criteria says anything'
          : null;
  if (missing !== null) {
    drops.add(`brief ${number} "${title}"`, missing);
    return null;
  }
  return {
    title,
    goal: { text: goal, why: lineOf(brief.goal.why ?? '', WHY_LIMIT) },
    nonGoals: holdItems(brief.nonGoals, 'non-goal', drops),
    ...{ scope, checks, criteria, number, after: brief.after, budget: budgetOf(brief.budget, offer) },
  };
}

/** Never more than the policy lets a brief ask for. */
function budgetOf(said: AnsweredBrief['budget'], { facts: { policy } }: Offer): Budget {
  const usual = TEMPLATES[0]?.budget ?? { files: 15, lines: 500, minutes: 45 };
  const capped = (key: keyof Budget) =>
    Math.min(said?.[key] ?? policy?.budget[key] ?? usual[key], policy?.budget[key] ?? Number.POSITIVE_INFINITY);
  return { files: capped('files'), lines: capped('lines'), minutes: capped('minutes') };
}

function writeAll(
  briefs: readonly HeldBrief[],
  around: { readonly wish: Wish; readonly offer: Offer; readonly remark: string },
  drops: Drops,
): PlannedBrief[] {
  const names = namesOf(briefs);
  const nameOf = new Map(briefs.map(({ number }, index) => [number, names[index] ?? ''] as const));
  const texts = briefs.map((brief) => {
    const after = brief.after.flatMap((number) => nameOf.get(number) ?? []);
    const text = writeBrief(brief, { ...around, after });
    if (text === null) drops.add(`brief ${brief.number} "${brief.title}"`, 'its text would not stay what it says');
    return text;
  });
  const kept = briefs.filter((_, index) => texts[index] !== null);
  const indexOf = new Map(kept.map(({ number }, index) => [number, index] as const));
  return briefs.flatMap((brief, index): PlannedBrief[] => {
    const text = texts[index];
    if (text == null) return [];
    const after = brief.after.flatMap((number) => indexOf.get(number) ?? []);
    return [{ file: names[index] ?? '', title: brief.title, after, text, lines: linesOf(brief, around.offer) }];
  });
}

/** `retry.md`; of several `01-retry.md`, so that lists show them in their order. */
function namesOf(briefs: readonly HeldBrief[]): readonly string[] {
  return briefs.map(({ title }, index) => {
    const name = `${slugOf(title, 'brief')}.md`;
    return briefs.length === 1 ? name : `${String(index + 1).padStart(2, '0')}-${name}`;
  });
}
