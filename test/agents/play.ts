/** One change that three real agents make together: what their model says to the planner, the worker and the reviewer. */
import { answerTo } from '../fixtures/scripted/reviewing';
import { questionIn, runOf, type Scenarios } from './model';

/** What a person wants. */
export const WISH = 'answer the question';

export const FILES = {
  'src/question.txt': 'What is it, of all things?\n',
  'package.json': `${JSON.stringify({ name: 'x', scripts: { test: 'grep -qx forty-two src/answer.txt' } })}\n`,
};

export const TITLE = 'Answer the question';

const PLAN = {
  questions: [],
  briefs: [
    {
      title: TITLE,
      goal: { text: 'The answer stands in a file of its own. SCENARIO: work', why: 'somebody asks for it' },
      nonGoals: [{ text: 'the question stays as it is', why: 'it is what was asked' }],
      change: [{ pattern: 'src/answer.txt', why: 'the answer goes there', new: true }],
      avoid: [{ pattern: 'src/question.txt', why: 'it is not the answer' }],
      criteria: [{ text: 'the answer is forty-two', check: 'test', why: 'it is what it is' }],
      checks: [{ name: 'test', run: 'npm test', why: 'the project has it' }],
      budget: { files: 1, lines: 10, minutes: 3 },
      after: [],
    },
  ],
};

/** The first attempt is found fault with, the second one is not. */
export const SCENARIOS: Scenarios = {
  plan: [
    { do: 'look', path: 'src/question.txt' },
    { do: 'answer', from: (question) => JSON.stringify({ run: runOf(question), ...PLAN }) },
  ],
  work: [
    { do: 'write', path: 'src/answer.txt', text: 'forty-two\nor about that\n' },
    { do: 'say', text: 'The answer is written, and it is perfect.' },
  ],
  correct: [
    { do: 'look', path: 'src/answer.txt' },
    { do: 'replace', path: 'src/answer.txt', old: 'or about that', text: 'for certain' },
    { do: 'say', text: 'No doubt is left.' },
  ],
  review: [
    { do: 'look', path: 'src/answer.txt' },
    { do: 'answer', from: opinionOn },
  ],
};

export const ANSWER = 'forty-two\nfor certain';

function opinionOn(said: string): string {
  const question = questionIn(said);
  return answerTo(question.includes('+or about that') ? 'good' : 'flatters', question);
}
