import assert from 'node:assert/strict';
import { MOST_QUESTIONS } from '../../../src/core/plan/plan';
import { answered, problem, proposed, RUN, said, wish } from './sample';

describe('the answer of a planner', () => {
  it('is one object of this run, alone, in a fence or between prose', () => {
    for (const text of [
      said([answered()]),
      `Sure! {not json} Here:\n\`\`\`json\n${said([answered()])}\n\`\`\`\nGood luck.`,
      `{"run":"another","briefs":[]}\n${said([answered()])}`,
    ]) {
      assert.deepEqual(
        proposed(text).briefs.map(({ file }) => file),
        ['retry-on-429.md'],
      );
    }
  });

  it('may say things short', () => {
    const { briefs } = proposed(
      said([answered({ goal: 'Retry on 429.', nonGoals: ['a queue'], change: ['src/http'] })]),
    );
    assert.match(briefs[0]?.text ?? '', /## Goal\nRetry on 429\.\n\n## Non-goals\n- a queue\n/);
  });

  it('is none when it is prose, another language, another run, or has no end', () => {
    assert.match(problem(''), /no JSON object/);
    assert.match(problem('I would change src/http.'), /no JSON object/);
    assert.match(problem('Ich würde src/http ändern: { "bereich": "src/http" }'), /no JSON object/);
    assert.match(problem(said([answered()]).replace(RUN, 'made-up')), /does not name this run/);
    assert.match(problem(`${said([answered()])}${' '.repeat(1024 * 1024)}`), /far longer/);
    assert.match(problem('{"run":'.repeat(20_000)), /no JSON object/);
    assert.match(problem('['.repeat(100_000)), /no JSON object/);
  });

  it('is none when it says nothing, or does not fit', () => {
    assert.match(problem(said([])), /neither proposes a brief nor asks/);
    assert.match(problem(said([answered({ change: [] })])), /change/);
    assert.match(problem(said([answered({ criteria: 'all' })])), /criteria/);
    assert.match(problem(said([answered({ checks: [{ name: 'tests' }] })])), /checks\.0\.run/);
    assert.match(problem(said(Array.from({ length: 31 }, () => answered()))), /briefs/);
  });

  it('may ask at most three things, once', () => {
    const questions = [1, 2, 3, 4, 5].map((number) => ({ text: `Question ${number}?\u202e`, why: 'it depends' }));
    const only = proposed(said([], { questions }));
    assert.deepEqual([only.briefs, only.questions.length, only.dropped.length], [[], MOST_QUESTIONS, 2]);
    assert.equal(only.questions[0]?.text, 'Question 1?\\u{202e}');
    const both = proposed(said([answered()], { questions: questions.slice(0, 1) }));
    assert.deepEqual([both.briefs.length, both.questions.length], [1, 1]);
    for (const final of [wish({ final: true }), wish({ answers: [{ question: 'Question 1?', answer: 'yes' }] })]) {
      assert.match(problem(said([], { questions }), { wish: final }), /proposes no brief/);
      const told = proposed(said([answered()], { questions }), { wish: final });
      assert.deepEqual(
        [told.questions, told.dropped.map(({ why }) => why)[0]],
        [[], 'there is one round of questions'],
      );
    }
  });
});
