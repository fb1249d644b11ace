/** Three real agents for one change: the first plans it, the second makes it, the third reviews it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Packet, packetSchema } from '../../src/core/review/packet';
import { type Desk, makeDesk } from './desk';
import { ANSWER, FILES, SCENARIOS, WISH } from './play';
import { realAgent } from './realAgents';

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
      const shaped = await countersign('brief', 'shape', WISH, '--planner', planner, '-o', file);
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
      assert.equal(repository.git('show', 'HEAD:src/answer.txt'), ANSWER);
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
