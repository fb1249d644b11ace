import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Desk, makeDesk } from './desk';
import { REAL_AGENTS } from './realAgents';

const SCENARIOS = {
  work: [
    { do: 'write', path: 'src/answer.txt', text: 'forty-one\n' },
    { do: 'say', text: 'The answer is written.' },
  ],
  correct: [
    { do: 'look', path: 'src/answer.txt' },
    { do: 'replace', path: 'src/answer.txt', old: 'forty-one', text: 'forty-two' },
    { do: 'say', text: 'The answer is right now.' },
  ],
} as const;

const brief = (agent: string) => `---
countersign: 1
title: Write the answer
agent: ${agent}
scope: { change: [src/answer.txt] }
budget: { minutes: 3 }
checks:
  - { name: answer, run: grep -qx forty-two src/answer.txt }
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Write the answer into its file
## Acceptance criteria
- [ ] the answer is forty-two (check: answer)
## Context
SCENARIO: work
`;

for (const agent of REAL_AGENTS) {
  describe(`${agent.package} through the command line`, () => {
    let desk: Desk;
    before(async () => {
      desk = await makeDesk([agent], SCENARIOS, { 'src/question.txt': 'What is it?\n' });
      writeFileSync(join(desk.repository.outside, 'brief.md'), brief(agent.id));
    });
    after(() => desk.clear());

    it('goes from a brief over a correction to a signed and merged change', async () => {
      const { repository, countersign } = desk;
      const first = await countersign('run', join(repository.outside, 'brief.md'));
      assert.deepEqual([first.exit, first.answer.state, first.answer.verdict], [1, 'ready', 'blocked']);
      const id = String(first.answer.id);

      const refused = await countersign('signoff', id, '--deliver', 'merge');
      assert.equal(refused.exit, 1);

      const corrected = await countersign('correct', id, '-m', 'It is forty-two. SCENARIO: correct');
      assert.deepEqual([corrected.exit, corrected.answer.state, corrected.answer.turn], [0, 'ready', 2]);
      assert.equal(corrected.answer.verdict, 'clean');

      const signed = await countersign('signoff', id, '--deliver', 'merge');
      assert.deepEqual([signed.exit, signed.answer.state], [0, 'delivered']);
      assert.equal(repository.git('show', 'HEAD:src/answer.txt'), 'forty-two');
      assert.match(repository.git('log', '-1', '--format=%B'), /Countersigned-by: Reviewer <reviewer@example\.com>/);
    });
  });
}
