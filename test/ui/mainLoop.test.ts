/**
 * The main loop in one window: a brief is drafted in the form and handed off, its run is watched, the review says what
 * went too far, a correction mends it, and the sign-off brings it to the branch.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expectAccessible } from '../editor/accessible';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import type { TestRepository } from '../fixtures/repository';
import { letWork, makeCourier, REMARK, TASK, WAITING_COMMAND } from './courier';
import { eventually } from './eventually';
import { pictureFailures } from './failures';
import { giveEditorBack, takeEditor } from './oneEditor';
import { pictureThemes } from './pictures';

describe('the main loop', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  let base: string;
  pictureFailures(() => window);

  before(async () => {
    repository = makeCourier();
    base = repository.git('rev-parse', 'main');
    // The editor would open its panel of comments with the first diff.
    editor = await takeEditor({ 'comments.openView': 'never' });
    window = await editor.open(repository.dir, { width: 1400, height: 900 });
    await window.show('Countersign');
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  const briefs = join('.countersign', 'briefs');
  const text = () => {
    const folder = join(repository.dir, briefs);
    const [file] = existsSync(folder) ? readdirSync(folder) : [];
    return file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  };
  const row = () => window.tree('Tasks').filter({ hasText: TASK.title });
  const review = () => window.frameOf('review');

  it('drafts a brief in the form, and the file follows', async () => {
    const form = await window.frameOf('brief');
    await form.getByRole('button', { name: 'New Brief' }).click();
    await form.getByLabel('Goal').fill(TASK.goal);
    await eventually(text, (now) => now.includes(TASK.goal));
    await fillIn(form);
    const lines = [`title: ${TASK.title}`, ...TASK.scope, TASK.check.run, WAITING_COMMAND, TASK.reviewer];
    await eventually(text, (now) => lines.every((line) => now.includes(line)));
  });

  it('says what is lacking, and that it is ready when nothing is', async () => {
    const form = await window.frameOf('brief');
    const handOff = form.getByRole('button', { name: /^Hand Off/ });
    const ready = form.locator('.bar .state', { hasText: /Ready/ });
    // Before, too: else it is not the goal alone that is lacking.
    await ready.waitFor();
    await form.getByLabel('Goal').fill('');
    await form.getByText(/of \d+ parts are ready/).waitFor();
    await handOff.and(form.locator('[aria-disabled="true"]')).waitFor();
    await form.getByLabel('Goal').fill(TASK.goal);
    await ready.waitFor();
    await handOff.and(form.locator('[aria-disabled="false"]')).waitFor();
    await expectAccessible(form);
    await pictureThemes(window, 'brief');
  });

  it('is handed off by Ctrl+Enter, and its run is watched', async () => {
    const form = await window.frameOf('brief');
    await form.getByLabel('Goal').press('Control+Enter');
    await form.locator('.done', { hasText: 'Handed off as' }).waitFor();
    await row().filter({ hasText: 'running' }).waitFor();
    assert.equal(repository.git('branch', '--format=%(refname:short)'), 'main');
    letWork(editor.places);
    await row().filter({ hasText: 'ready, blocked' }).waitFor();
  });

  it('is reviewed: blocked, with the reason why it cannot be signed off', async () => {
    const page = await window.openReview(row());
    await page.getByText('Not ready', { exact: true }).waitFor();
    await page.locator('.reasons', { hasText: 'scope/outside' }).waitFor();
    const signoff = page.getByRole('button', { name: 'Sign off…' });
    await signoff.and(page.locator('[aria-disabled="true"]')).waitFor();
    await page.getByText(/^Sign off: 1 thing needs a decision first/).waitFor();
    await expectAccessible(page);
    await pictureThemes(window, 'review-blocked');
  });

  it('shows every change with both of its sides', async () => {
    const page = await review();
    await page.getByRole('button', { name: 'Open all changes' }).click();
    const changes = window.page.locator('.multiDiffEntry');
    await changes.filter({ hasText: 'settings.js' }).getByText('30_000').first().waitFor();
    await changes.filter({ hasText: 'settings.js' }).getByText('5_000').first().waitFor();
    await pictureThemes(window, 'changes');
    await window.command('Countersign: Back to Review');
    await review();
  });

  it('shows one file, with the finding beside it', async () => {
    const page = await review();
    await page.getByRole('button', { name: 'Open diff: src/settings.js' }).first().click();
    await window.page.getByRole('tab', { name: /settings\.js \(base ↔ turn 1\)/ }).waitFor();
    await window.page.locator('.review-widget').first().waitFor();
    await pictureThemes(window, 'diff');
    await window.command('Countersign: Back to Review');
  });

  it('has the log of a check, and the whole packet as Markdown', async () => {
    const page = await review();
    await page.getByRole('button', { name: 'Show log: tests' }).first().click();
    await window.page.locator('.view-lines', { hasText: 'a POST is sent once' }).waitFor();
    await (await window.openReview(row())).getByRole('heading', { name: 'About this task' }).click();
    await (await review()).getByRole('button', { name: 'Copy as Markdown' }).click();
    const copied = () => window.evaluate((api) => api.env.clipboard.readText());
    await eventually(copied, (markdown) => markdown.includes(TASK.title) && markdown.includes('src/settings.js'));
  });

  it('is corrected by what is ticked, and by the words that were added', async () => {
    const page = await review();
    await page.getByRole('checkbox', { name: 'Include in correction: src/settings.js' }).first().check();
    await page.getByRole('button', { name: 'Request correction' }).click();
    const body = page.getByLabel('Text of the correction');
    await eventually(
      () => body.inputValue(),
      (now) => now.includes('src/settings.js'),
    );
    await body.press('Control+End');
    await body.pressSequentially(`\n${REMARK}`);
    await pictureThemes(window, 'correction');
    await page.getByRole('button', { name: 'Send the correction' }).click();
    await row().filter({ hasText: 'correcting' }).waitFor();
    letWork(editor.places);
    await row().filter({ hasText: 'ready, clean' }).waitFor();
  });

  it('says what changed since the last look', async () => {
    const page = await review();
    const since = page.getByRole('region', { name: 'Since your last look' });
    await since.getByText('1 finding gone').waitFor();
    await since.getByText('src/settings.js').first().waitFor();
    await pictureThemes(window, 'review-clean');
  });

  it('is signed off after a confirmation, and the change is on the branch with its trailers', async () => {
    const page = await review();
    await page.locator('.verdict').getByRole('button', { name: 'Sign off…' }).click();
    await page.getByRole('radio', { name: /^Merge/ }).check();
    await page
      .getByText(/as Reviewer <reviewer@example.com> and merges it into main/)
      .first()
      .waitFor();
    const tree = await page
      .getByText(/· tree/)
      .first()
      .innerText();
    await pictureThemes(window, 'signoff');
    await page.getByRole('button', { name: 'Sign off and merge…' }).click();
    const dialog = window.page.getByRole('dialog');
    await dialog.getByText(`Sign off “${TASK.title}”?`).waitFor();
    assert.equal(repository.git('rev-parse', 'main'), base);
    await dialog.getByRole('button', { name: 'Sign off and merge' }).click();
    await page.locator('.verdict', { hasText: 'Signed off and delivered' }).waitFor();
    const message = repository.git('log', '-1', '--format=%B', 'main');
    for (const line of [
      /^Retry idempotent/,
      /^Countersigned-by: Reviewer <reviewer@example.com>$/m,
      /^Countersign-Task: /m,
    ]) {
      assert.match(message, line);
    }
    const signed = /^Countersign-Tree: (\w+)$/m.exec(message)?.[1] ?? '';
    assert.equal(signed, repository.git('rev-parse', 'main^{tree}'));
    assert.ok(tree.includes(signed.slice(0, 7)), `${tree} is ${signed}`);
  });

  it('leaves the working tree as the branch is, and the task as delivered', async () => {
    assert.equal(repository.git('status', '--porcelain'), '?? .countersign/');
    assert.ok(existsSync(join(repository.dir, 'src/http/retry.js')));
    assert.equal(repository.git('diff', '--name-only', base, 'main', '--', 'src/settings.js'), '');
    await window.tree('Tasks').filter({ hasText: 'Done this week' }).click();
    await row().filter({ hasText: 'delivered' }).waitFor();
  });

  it('can be read as it went, and how it goes can be read before', async () => {
    await window.command('Countersign: Show Transcript');
    await window.choose(TASK.title);
    await window.page.locator('.view-lines', { hasText: 'Taking the timeout back' }).waitFor();
    await pictureThemes(window, 'transcript');
    const walkthrough = 'countersign.countersign#begin';
    await window.evaluate(
      (api, id) => api.commands.executeCommand('workbench.action.openWalkthrough', id),
      walkthrough,
    );
    await window.page
      .getByRole('button', { name: /Write a brief/ })
      .first()
      .waitFor();
    await pictureThemes(window, 'walkthrough');
  });
});

/** Fills in all but the goal; the draft has its test command already. */
async function fillIn(form: Frame): Promise<void> {
  await form.getByText(/^More/).click();
  await form.getByLabel('Title').fill(TASK.title);
  for (const [index, pattern] of TASK.scope.entries()) {
    const chip = form.locator('#f-scope-change').getByRole('textbox', { name: `Pattern ${index + 1}` });
    await chip.fill(pattern);
  }
  for (const [index, { text, proof }] of TASK.criteria.entries()) {
    const box = form.getByRole('textbox', { name: `Criterion ${index + 1}` });
    if ((await box.count()) === 0) await form.getByRole('button', { name: 'Add a criterion' }).click();
    await box.fill(text);
    await form.getByLabel(`Proven by: Criterion ${index + 1}`).selectOption(proof);
  }
  const proposed = form.getByRole('button', { name: `Remove: Criterion ${TASK.criteria.length + 1}` });
  if ((await proposed.count()) > 0) await proposed.click();
  await form.getByRole('textbox', { name: 'Command', exact: true }).fill(TASK.check.run);
  await form.getByLabel('Agent', { exact: true }).selectOption('command');
  await form.getByRole('textbox', { name: 'Command that does the work' }).fill(WAITING_COMMAND);
  await form.getByLabel('Reviewer').fill(TASK.reviewer);
}
