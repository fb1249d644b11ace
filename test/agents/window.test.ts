/** Three real agents in a window: the first shapes the brief, the second works, the third reviews, and a person signs off. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { packageExtension } from '../../.ci/package';
import { Editor } from '../editor/editor';
import { layPlaces, type Places } from '../editor/places';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { eventually } from '../ui/eventually';
import { pictureFailures } from '../ui/failures';
import { type Model, startModel } from './model';
import { ANSWER, FILES, SCENARIOS, TITLE, WISH } from './play';
import { installed, realAgent } from './realAgents';

const VSIX = 'test/output/countersign.vsix';
/** Agents take their time to start. */
const PATIENT = { timeout: 150_000 };

describe('Copilot plans, Codex works and OpenCode reviews, in a window', () => {
  const cast = [realAgent('copilot'), realAgent('codex'), realAgent('opencode')];
  let model: Model;
  let repository: TestRepository;
  let places: Places;
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    mkdirSync('test/output', { recursive: true });
    packageExtension(VSIX);
    model = await startModel(SCENARIOS);
    repository = makeRepository({ files: FILES });
    repository.git('config', 'user.name', 'Reviewer');
    repository.git('config', 'user.email', 'reviewer@example.com');
    places = layPlaces({ 'comments.openView': 'never' }, {});
    for (const agent of cast) agent.prepareHome(join(places.folder, 'home'), model.url);
    const agents = Object.fromEntries(cast.map((agent) => [agent.id, installed(agent, model.url)]));
    writeFileSync(join(places.folder, 'config.yaml'), stringify({ agents }));
    editor = await Editor.startIn(places, { vsix: VSIX });
    window = await editor.open(repository.dir, { width: 1400, height: 1_200 });
    await window.show('Countersign');
  });
  after(async () => {
    await editor?.end();
    await model?.close();
    repository?.remove();
  });

  const row = (state: string) => window.tree('Tasks').filter({ hasText: TITLE }).filter({ hasText: state });
  const review = () => window.frameOf('review');

  it('is shaped from a sentence', async () => {
    const form = await window.frameOf('brief');
    await form.getByRole('button', { name: 'New Brief' }).click();
    // The first page can shape a brief too: not that one.
    await form.locator('#f-goal:focus').waitFor();
    await form.getByRole('button', { name: 'Shape…' }).click();
    await form.getByLabel('What do you want?').fill(WISH);
    const copilot = form.locator('#shape-planner option', { hasText: 'Copilot' });
    await copilot.waitFor({ state: 'attached' });
    await form.locator('#shape-planner').selectOption(await copilot.getAttribute('value'));
    await form.getByRole('button', { name: 'Shape', exact: true }).click();
    const proposal = form.getByRole('region', { name: 'Proposal' });
    await proposal.getByText('The answer stands in a file of its own').waitFor(PATIENT);
    for (const box of await proposal.getByRole('checkbox').all()) if (await box.isEnabled()) await box.check();
    await window.screenshot('agents-shaped');
    await form.getByRole('button', { name: /^Take Ticked Lines/ }).click();
    await form.getByLabel('Agent', { exact: true }).selectOption('codex');
    await form.getByText(/^More/).click();
    await form.getByLabel('Given by').selectOption('opencode');
    await form.locator('.bar .state', { hasText: /Ready/ }).waitFor();
  });

  it('is worked on, and read by another agent before a person reads it', async () => {
    const form = await window.frameOf('brief');
    await form.getByLabel('Goal').press('Control+Enter');
    await row('ready, needs attention').waitFor(PATIENT);
    await row('ready').click();
    const page = await review();
    const opinion = page.getByRole('region', { name: 'Second opinion' });
    await opinion.getByText('OpenCode 1.18.33').first().waitFor();
    await page.getByText('it is wrong for empty input').first().waitFor();
    const signoff = page.getByRole('button', { name: 'Sign off…' });
    assert.equal(await signoff.getAttribute('aria-disabled'), 'true');
    await window.screenshot('agents-reviewed');
  });

  it('is corrected, read again, and signed off', async () => {
    const page = await review();
    await page.getByRole('button', { name: 'Request correction' }).click();
    const text = page.getByLabel('Text of the correction');
    await eventually(
      () => text.inputValue(),
      (now) => now.includes('it is wrong for empty input'),
    );
    await text.press('Control+End');
    await text.pressSequentially('\nNo doubts.');
    await page.getByRole('button', { name: 'Send the correction' }).click();
    await row('ready, clean').waitFor(PATIENT);
    await page.getByRole('region', { name: 'Second opinion' }).getByText('OpenCode 1.18.33').first().waitFor(PATIENT);
    await window.screenshot('agents-corrected');
    await page.locator('.verdict').getByRole('button', { name: 'Sign off…' }).click();
    await page.getByRole('radio', { name: /^Merge/ }).check();
    await page.getByRole('button', { name: 'Sign off and merge…' }).click();
    await window.page.getByRole('dialog').getByRole('button', { name: 'Sign off and merge' }).click();
    await page.locator('.verdict', { hasText: 'Signed off and delivered' }).waitFor();
    assert.equal(repository.git('show', 'HEAD:src/answer.txt'), ANSWER);
  });
});
