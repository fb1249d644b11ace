import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { type Model, startModel } from './model';
import { installed, REAL_AGENTS } from './realAgents';

const SCENARIOS = {
  work: [
    { do: 'write', path: 'src/answer.txt', text: 'forty-one\n' },
    { do: 'say', text: 'The answer is written.' },
  ],
  correct: [
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
    let repository: TestRepository;
    let model: Model;
    let environment: NodeJS.ProcessEnv;

    before(async () => {
      assert.ok(existsSync('dist/cli.js'), 'run `npm run build` first');
      model = await startModel(SCENARIOS);
      repository = makeRepository({ files: { 'src/question.txt': 'What is it?\n' } });
      repository.git('config', 'user.name', 'Reviewer');
      repository.git('config', 'user.email', 'reviewer@example.com');
      const home = join(repository.outside, 'home');
      mkdirSync(home);
      agent.prepareHome(home, model.url);
      const config = join(repository.outside, 'config.yaml');
      writeFileSync(config, stringify({ agents: { [agent.id]: installed(agent, model.url) }, idleMinutes: 1 }));
      writeFileSync(join(repository.outside, 'brief.md'), brief(agent.id));
      environment = {
        ...process.env,
        HOME: home,
        COUNTERSIGN_HOME: join(repository.outside, 'state'),
        COUNTERSIGN_CONFIG: config,
      };
    });
    after(async () => {
      await countersign('host', 'stop');
      await model.close();
      repository.remove();
    });

    /** Runs the built command line; its exit code and the document that it printed. */
    async function countersign(...args: string[]): Promise<{ exit: number | null; answer: Record<string, unknown> }> {
      const child = spawn(process.execPath, ['dist/cli.js', ...args, '--json', '--repo', repository.dir], {
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
      return { exit, answer: JSON.parse(output || '{}') as Record<string, unknown> };
    }

    it('goes from a brief over a correction to a signed and merged change', async () => {
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
