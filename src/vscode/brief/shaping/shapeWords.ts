/** What shaping says in every state: the names of what can be pressed, and what is said aloud. Pure. */
import type { Plan } from '../../../core/plan/plan';
import type { Translate } from '../../translate';

/** What is said aloud when a plan is there. */
export function arrivalOf({ briefs, questions }: Plan, t: Translate): string {
  if (questions.length === 1) return t('The planner asks a question.');
  if (questions.length > 1) return t('The planner asks {0} questions.', questions.length);
  return briefs.length === 1 ? t('A brief is proposed.') : t('{0} briefs are proposed.', briefs.length);
}

/** What is said aloud when so many lines were taken. */
export function takenWords(count: number, t: Translate): string {
  return count === 1 ? t('Took 1 line. Undo takes it back.') : t('Took {0} lines. Undo takes them back.', count);
}

/** The words of the page that never change. */
export function shapeWords(t: Translate): Record<string, string> {
  return {
    shape: t('Shape…'),
    shapeHint: t('From one sentence and the places that you point at, a planner proposes the brief'),
    sentence: t('What do you want?'),
    sentenceHint: t('One sentence, in your own words'),
    places: t('Where? Files and folders that it is about'),
    fromEditor: t('From Editor'),
    fromFiles: t('Choose…'),
    remove: t('Remove'),
    planner: t('Planner'),
    ask: t('Shape'),
    askAgain: t('Shape Again'),
    answer: t('Answer and Shape'),
    stop: t('Stop'),
    running: t('Planning for {0}', '{0}'),
    questions: t('The planner asks'),
    open: t('Empty leaves it open'),
    proposal: t('Proposal'),
    brief: t('Brief {0}', '{0}'),
    close: t('Close'),
    noSentence: t('say what you want first'),
    noLines: t('no line is ticked'),
  };
}
