/** A change by one real agent in the window, and the opinion of a second one on it, asked for and read there. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { packageExtension } from '../../.ci/package';
import { Editor } from '../editor/editor';
import { layPlaces, type Places } from '../editor/places';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { answerTo } from '../fixtures/scripted/reviewing';
import { type Model, questionIn, startModel } from './model';
import { installed, realAgent } from './realAgents';

const VSIX = 'test/output/countersign.vsix';
const SCENARIOS = {
  work: [
    { do: 'write', path: 'src/answer.txt', text: 'forty-two\n' },
    { do: 'say', text: 'The answer is written.' },
  ],
  review: [
    { do: 'look', path: 'src/answer.txt' },
    { do: 'answer', from: (said: string) => answerTo('good', questionIn(said)) },
  ],
} as const;

const BRIEF = `---
countersign: 1
title: Write the answer
agent: codex
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

describe('Codex works and OpenCode reviews, in a window', () => {
  const cast = [realAgent('codex'), realAgent('opencode')];
  let model: Model;
  let repository: TestRepository;
  let places: Places;
  let editor: Editor;
  let window: Window;

  before(async () => {
    mkdirSync('test/output', { recursive: true });
    packageExtension(VSIX);
    model = await startModel(SCENARIOS);
    repository = makeRepository({ files: { 'src/question.txt': 'What is it?\n' } });
    repository.git('config', 'user.name', 'Reviewer');
    repository.git('config', 'user.email', 'reviewer@example.com');
    places = layPlaces({}, {});
    for (const agent of cast) agent.prepareHome(join(places.folder, 'home'), model.url);
    const agents = Object.fromEntries(cast.map((agent) => [agent.id, installed(agent, model.url)]));
    writeFileSync(join(places.folder, 'config.yaml'), stringify({ agents }));
    editor = await Editor.startIn(places, { vsix: VSIX });
    window = await editor.open(repository.dir, { width: 1400, height: 900 });
    await window.show('Countersign');
  });
  after(async () => {
    await editor?.end();
    await model?.close();
    repository?.remove();
  });

  it('asks whom, waits in sight, and shows what was found', async () => {
    const brief = join(repository.outside, 'brief.md');
    writeFileSync(brief, BRIEF);
    const run = spawn(process.execPath, ['dist/cli.js', 'run', brief, '--repo', repository.dir], { env: places.env });
    assert.equal(await new Promise((resolve) => run.once('close', resolve)), 0);

    const row = window.tree('Tasks').filter({ hasText: 'Write the answer' });
    await row.filter({ hasText: 'ready, clean' }).waitFor();
    await row.click();
    const page = await window.frameOf('review');
    await page.getByRole('button', { name: 'Ask a reviewer' }).click();
    await window.choose('OpenCode');
    await window.notification('Waiting for a second opinion').waitFor();

    await page.getByText('it is wrong for empty input').first().waitFor({ timeout: 150_000 });
    await page.getByRole('region', { name: 'Second opinion' }).getByText('OpenCode 1.18.33').first().waitFor();
    await row.filter({ hasText: 'ready, needs attention' }).waitFor();
    const signoff = page.getByRole('button', { name: 'Sign off…' });
    assert.equal(await signoff.getAttribute('aria-disabled'), 'true');
  });
});
