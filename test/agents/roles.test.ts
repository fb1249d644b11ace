/** Three real agents for one change: the first plans it, the second makes it, the third reviews it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Packet, packetSchema } from '../../src/core/review/packet';
import { answerTo } from '../fixtures/scripted/reviewing';
import { type Desk, makeDesk } from './desk';
import { questionIn, runOf, type Scenarios } from './model';
import { realAgent } from './realAgents';

const PLAN = {
  questions: [],
  briefs: [
    {
      title: 'Answer the question',
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

/** Finds fault with the first attempt, and none with the second. */
function opinionOn(said: string): string {
  const question = questionIn(said);
  return answerTo(question.includes('+or about that') ? 'good' : 'flatters', question);
}

const SCENARIOS: Scenarios = {
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

const FILES = {
  'src/question.txt': 'What is it, of all things?\n',
  'package.json': `${JSON.stringify({ name: 'x', scripts: { test: 'grep -qx forty-two src/answer.txt' } })}\n`,
};

/** Each agent has each role once. */
const CASTS = [
  ['opencode', 'copilot', 'codex'],
  ['codex', 'opencode', 'copilot'],
  ['copilot', 'codex', 'opencode'],
  ['qwen', 'opencode', 'qwen'],
] as const;
/** Modes that only read, of those that have one that works inside our sandbox. */
const READING: Readonly<Record<string, RegExp>> = { opencode: /in its mode `plan`/, qwen: /in its mode `plan`/ };

for (const [planner, worker, reviewer] of CASTS) {
  describe(`${planner} plans, ${worker} works, ${reviewer} reviews`, () => {
    let desk: Desk;
    before(async () => {
      const cast = [...new Set([planner, worker, reviewer])].map(realAgent);
      desk = await makeDesk(cast, SCENARIOS, FILES);
    });
    after(() => desk.clear());

    it('through the command line, from a sentence to a merged change', async () => {
      const { repository, countersign, model } = desk;
      const file = join(repository.outside, 'brief.md');
      const shaped = await countersign('brief', 'shape', 'answer the question', '--planner', planner, '-o', file);
      assert.equal(shaped.exit, 0, JSON.stringify(shaped.answer));
      const proposed = readFileSync(file, 'utf8');
      assert.match(proposed, /src\/answer\.txt[\s\S]*npm test[\s\S]*The answer stands in a file of its own/);
      assert.ok(toldOf(model, 'of all things'), 'the planner read the repository');

      // A person owns the brief: who works, who reviews and who signs is theirs to say.
      const terms = `countersign: 1\nagent: ${worker}\nreview: { agent: ${reviewer}, required: true }\n`;
      assert.match(proposed, /^reviewer: Reviewer <reviewer@example\.com>/m);
      writeFileSync(file, proposed.replace(/^agent:.*\n/m, '').replace('countersign: 1\n', terms));
      const first = packetOf(await countersign('run', file), 1);
      assert.deepEqual([first.state, first.verdict, first.agent.id], ['ready', 'attention', worker]);
      assert.deepEqual([first.review?.none, first.review?.same], [null, false]);
      assert.equal(first.review?.agent?.id, reviewer);
      assert.ok(first.review?.agent?.version != null, 'it says which version it is');
      assert.match(first.review?.confinement ?? '', /bubblewrap/);
      if (READING[reviewer] !== undefined) assert.match(first.review?.confinement ?? '', READING[reviewer]);
      assert.deepEqual(
        first.review?.findings.map(({ severity, path, line }) => [severity, path, line]),
        [['major', 'src/answer.txt', 1]],
      );
      const questions = model.requests
        .map(({ body }) => JSON.stringify(body))
        .filter((body) => body.includes('BEGIN DIFF'));
      assert.ok(
        questions.length > 0 && questions.every((body) => !body.includes('it is perfect')),
        'it was told the story',
      );
      assert.equal((await countersign('signoff', first.id)).exit, 1);

      const second = packetOf(await countersign('correct', first.id, '-m', 'No doubts.'), 0);
      assert.deepEqual([second.turn, second.verdict, second.review?.findings], [2, 'clean', []]);
      const signed = packetOf(await countersign('signoff', first.id, '--deliver', 'merge'), 0);
      assert.deepEqual(signed.signoff?.review, { agent: reviewer, standing: 'valid' });
      assert.equal(repository.git('show', 'HEAD:src/answer.txt'), 'forty-two\nfor certain');
    });
  });
}

function packetOf({ exit, answer }: Awaited<ReturnType<Desk['countersign']>>, expected: number): Packet {
  assert.equal(exit, expected, JSON.stringify(answer).slice(0, 4_000));
  return packetSchema.parse(answer);
}

/** Whether what a tool gave was put before the model. */
function toldOf({ requests }: Desk['model'], words: string): boolean {
  return requests.some(({ body }) => JSON.stringify(body).includes(words));
}
