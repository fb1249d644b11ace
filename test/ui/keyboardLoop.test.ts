/** The main loop without a mouse: from the palette to the branch, by keys alone. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import type { TestRepository } from '../fixtures/repository';
import { makeCourier, TASK } from './courier';
import { pictureFailures } from './failures';
import { KeyboardUser } from './keyboard';
import { giveEditorBack, takeEditor } from './oneEditor';

describe('the main loop by keyboard alone', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  let user: KeyboardUser;
  pictureFailures(() => window);

  before(async () => {
    repository = makeCourier();
    editor = await takeEditor();
    window = await editor.open(repository.dir);
    user = new KeyboardUser(window);
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  it('drafts a brief and hands it off', async () => {
    await user.command('Countersign: New Brief');
    await window.page.getByText('What does the brief begin from?').waitFor();
    await user.choose('feature');
    const form = await window.frameOf('brief');
    await form.locator('#f-goal:focus').waitFor();
    await user.type(TASK.goal);
    await user.goTo(form, 'Pattern 1');
    await user.write('src/http/**');
    await user.goTo(form, /^Criterion 1\./);
    await user.write(TASK.criteria[0].text);
    await user.goTo(form, /^Criterion 2\./);
    await user.write(TASK.criteria[1].text);
    // From proven by review to proven by the check.
    await user.goTo(form, 'Proven by: Criterion 2');
    await user.press('ArrowDown');
    await user.goTo(form, 'Agent');
    await user.press('ArrowDown');
    await user.goTo(form, /^More/);
    await user.press('Enter');
    await user.goTo(form, 'Title');
    await user.write(TASK.title);
    await form.locator('.bar .why', { hasText: 'Not ready' }).waitFor();
    await user.goTo(form, 'Command that does the work', 'Shift+Tab');
    await user.write('node tools/agent.mjs');
    // At once: what was said of the brief without the command is no answer to it.
    await user.press('Control+Enter');
    await form.locator('.done', { hasText: 'Handed off as' }).waitFor();
    const briefs = join(repository.dir, '.countersign/briefs');
    const text = readFileSync(join(briefs, readdirSync(briefs)[0] ?? ''), 'utf8');
    assert.ok(text.includes(`- [ ] ${TASK.criteria[1].text} (check: tests)`), text);
  });

  it('opens the review from the list of tasks', async () => {
    const row = window.tree('Tasks').filter({ hasText: TASK.title });
    await row.filter({ hasText: 'ready, blocked' }).waitFor();
    await user.command('Countersign: Focus on Tasks View');
    await user.goToRow('Tasks', TASK.title);
    await user.press('Enter');
    const page = await window.frameOf('review');
    await page.getByRole('heading', { name: TASK.title }).waitFor();
  });

  it('accepts a finding with a reason', async () => {
    const page = await window.frameOf('review');
    await user.goTo(page, 'Accept… src/settings.js, scope/outside');
    await user.press('Enter');
    await user.type('The shorter timeout was agreed.');
    await user.press('Control+Enter');
    await page.getByText('Accepted: The shorter timeout was agreed.').first().waitFor();
    await user.waitAt(page, 'Change the reason src/settings.js, scope/outside');
    await page.locator('.verdict', { hasText: 'Ready: everything is answered' }).waitFor();
  });

  it('signs off, and confirms', async () => {
    const page = await window.frameOf('review');
    // The key does nothing before it is known what a sign-off would do.
    await page.locator('.verdict').getByRole('button', { name: 'Sign off…', disabled: false }).waitFor();
    await user.press('Control+Enter');
    await user.goTo(page, 'Sign off and merge…');
    await user.press('Enter');
    const dialog = window.page.getByRole('dialog');
    await dialog.getByText(`Sign off “${TASK.title}”?`).waitFor();
    await dialog.locator('.monaco-button:focus', { hasText: 'Sign off and merge' }).waitFor();
    await user.press('Enter');
    await page.locator('.verdict', { hasText: 'Signed off and delivered' }).waitFor();
    const message = repository.git('log', '-1', '--format=%B', 'main');
    assert.match(message, /The shorter timeout was agreed\./);
    assert.match(message, /^Countersigned-by: Reviewer <reviewer@example.com>$/m);
  });

  it('adopts a branch, whose review opens', async () => {
    const theirs = repository.git('commit-tree', '-p', 'main', '-m', 'Theirs', 'main^1^{tree}');
    repository.git('branch', 'theirs', theirs);
    await user.command('View: Close All Editors');
    await user.command('Countersign: Adopt a Branch…');
    await user.choose('theirs');
    await user.choose(readdirSync(join(repository.dir, '.countersign/briefs'))[0] ?? '');
    const page = await window.frameOf('review', 'adopted from theirs');
    await page.locator('header', { hasText: 'adopted from theirs' }).waitFor();
  });
});
