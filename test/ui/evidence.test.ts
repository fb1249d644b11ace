/**
 * What proves the work, and what a second reader holds of it, in a window: the columns of the checks, the tests that
 * differ by name, the opinion with its findings, one that does not come about, and one that became old. Then what closes
 * the task: a person's word for a criterion, what a correction came to, and going on by hand.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expectAccessible } from '../editor/accessible';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import type { TestRepository } from '../fixtures/repository';
import { buildScriptedAgent } from '../fixtures/scripted/build';
import { runTask } from './courier';
import { eventually } from './eventually';
import { pictureFailures } from './failures';
import { KeyboardUser } from './keyboard';
import { expectFits } from './narrow';
import { giveEditorBack, takeEditor } from './oneEditor';
import { isTriedNarrow, pictureThemes, themesToTry } from './pictures';
import { BROKEN, DISCOUNT, LEFT_BEHIND, makePricing, NAMED, pricingBrief } from './pricing';

const SIZE = { width: 1280, height: 900 };
/** So high that a review has room. */
const WHOLE = { width: 1280, height: 4_400 };
/** What is left of an editor beside another one, with the activity bar. */
const NARROW = { width: 420, height: 6_400 };
const LONELY = 'Give a discount that nobody reads';
const ASKED = 'Give a discount that somebody is asked about';
const PERSON = 'Reviewer <reviewer@example.com>';
const TRIED = 'I have tried it with a calculator.';
const BRIEF_FILE = '.countersign/briefs/discount.md';
const UNTIL_REVIEWED = { timeout: 120_000 };

describe('the evidence', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  let user: KeyboardUser;
  pictureFailures(() => window);

  before(async () => {
    repository = makePricing();
    repository.write({ [BRIEF_FILE]: pricingBrief() });
    editor = await takeEditor({ 'comments.openView': 'never' });
    const agent = join(editor.places.folder, 'agent');
    mkdirSync(agent);
    const scripted = await buildScriptedAgent(agent);
    const config = { agents: { second: scripted('reviews', 'good') }, review: { agent: 'second' } };
    writeFileSync(join(editor.places.folder, 'config.yaml'), JSON.stringify(config));
    const briefs = [
      pricingBrief({ review: '{ command: node tools/reviewer.mjs }' }),
      pricingBrief({ title: LONELY, review: '{ command: exit 7, required: true }' }),
      pricingBrief({ title: ASKED }),
    ];
    for (const brief of briefs) await runTask(editor.places, repository, brief);
    window = await editor.open(repository.dir, SIZE);
    user = new KeyboardUser(window);
    await window.show('Countersign');
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  async function review(title: string): Promise<Frame> {
    const page = await window.openReview(window.tree('Tasks').filter({ hasText: title }), title);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByRole('region', { name: 'Second opinion' }).waitFor();
    return page;
  }

  /** The whole page in themes and in a narrow place; everybody can use it there. */
  async function picture(page: Frame, name: string): Promise<void> {
    await window.page.setViewportSize(WHOLE);
    for (const theme of themesToTry(name)) {
      await window.theme(theme);
      await expectAccessible(page);
      await window.screenshot(`${name}-${theme}`);
    }
    await window.theme('dark');
    if (isTriedNarrow(name)) {
      await window.evaluate((api) => api.commands.executeCommand('workbench.action.closeSidebar'));
      await window.page.setViewportSize(NARROW);
      await expectFits(page, NARROW.width);
      await window.screenshot(`${name}-narrow`);
    }
    await window.page.setViewportSize(SIZE);
    await window.show('Countersign');
  }

  it('is asked for in the brief, with what a turn may cost', async () => {
    const form = await window.frameOf('brief');
    await form.getByRole('button', { name: 'discount' }).first().click();
    await form.getByText(/^More/).click();
    await form.getByLabel('Given by').selectOption('command');
    await form.getByRole('textbox', { name: 'Command that reads the question' }).focus();
    await user.type('review-diff --json');
    await user.goTo(form, 'Minutes at most');
    await user.type('10');
    await user.goTo(form, 'Sign-off waits for a second opinion on exactly its tree');
    await user.press('Space');
    await form.getByLabel('Tokens', { exact: true }).focus();
    await user.type('200000');
    await user.press('Tab');
    await user.type('1.50');
    const text = () => readFileSync(join(repository.dir, BRIEF_FILE), 'utf8');
    const review = 'review: { agent: command, command: review-diff --json, minutes: 10, required: true }';
    await eventually(text, (now) => now.includes(review) && now.includes('budget: { tokens: 200000, usd: 1.5 }'));
    await window.page.setViewportSize({ width: 1280, height: 1_900 });
    for (const theme of themesToTry('brief-budget')) {
      await window.theme(theme);
      await expectAccessible(form);
      await window.screenshot(`brief-budget-${theme}`);
    }
    await window.theme('dark');
    await window.page.setViewportSize(SIZE);
    await user.press('Control+Z');
    await form.getByRole('button', { name: 'Close', exact: true }).click();
  });

  it('says where each check ran and how that ended', async () => {
    const page = await review(DISCOUNT);
    const columns = page.getByRole('table', { name: /tests/ });
    await columns.getByRole('row', { name: /^base .*failed/ }).waitFor();
    await columns.getByRole('row', { name: /^result with the base's tests .*failed/ }).waitFor();
    await page.getByRole('heading', { name: 'Newly passing (2)' }).waitFor();
    await page.getByRole('heading', { name: 'Ran at the base, skipped now (1)' }).waitFor();
    await picture(page, 'evidence');
  });

  it('names the tests that differ, and the focus stays where the rest was asked for', async () => {
    const page = await review(DISCOUNT);
    const names = page.getByRole('list', { name: 'Newly failing (14): tests' });
    const last = names.getByRole('listitem').filter({ hasText: BROKEN.at(-1)! });
    assert.equal(await last.count(), 0);
    await page.getByRole('heading', { level: 1 }).focus();
    await user.goTo(page, /^Show \d+ more: Newly failing/);
    await user.press('Enter');
    await last.waitFor();
    await user.waitAt(page, 'Show fewer: Newly failing (14), tests');
  });

  it('leads from what the reviewer found to the line, where it stands as an opinion and can be answered', async () => {
    const page = await review(DISCOUNT);
    await page.getByRole('heading', { level: 1 }).focus();
    await user.goTo(page, 'Open diff: src/price.js:10, review/major');
    await user.press('Enter');
    await window.page.getByRole('tab', { name: /price\.js \(base ↔ turn 1\)/ }).waitFor();
    const thread = window.page.locator('.review-widget').filter({ hasText: 'review/major' });
    await thread.getByText(/· an opinion ·/).waitFor();
    await thread.getByText(/^Suggestion: Throw a RangeError/).waitFor();
    await pictureThemes(window, 'opinion-thread');
    await thread.getByRole('button', { name: /^Leave Out of Correction/ }).click();
    await thread.getByRole('button', { name: /^Include in Correction/ }).waitFor();
    await thread.getByRole('button', { name: /^Accept Finding/ }).click();
    await window.page.locator('.quick-input-widget input:focus').waitFor();
    await user.type('Whoever calls it sees to that.');
    await user.press('Enter');
    // What is resolved is folded.
    await thread.waitFor({ state: 'hidden' });
    await window.command('Countersign: Back to Review');
    const again = await window.frameOf('review');
    await again.getByText('Accepted: Whoever calls it sees to that.').first().waitFor();
  });

  it('keeps a task without the review that it needs from the branch, unless somebody says why', async () => {
    const page = await review(LONELY);
    await picture(page, 'review-missing');
    await page.getByRole('heading', { level: 1 }).focus();
    await user.goTo(page, 'Override… Second opinion');
    await user.press('Enter');
    await user.waitAt(page, 'Why it may be signed off without a second opinion; this becomes part of the record');
    await user.type('I have read it myself.');
    await user.press('Control+Enter');
    await page.getByText('Overridden: I have read it myself.').first().waitFor();
    await user.waitAt(page, 'Change the reason Second opinion');
  });

  it('leads to a test that names a criterion, and takes a word for what nothing proves', async () => {
    const page = await review(ASKED);
    const heading = page.getByRole('heading', { name: 'Acceptance criteria (2)' });
    await heading.focus();
    await user.goTo(page, '✗ check tests: failed');
    await user.press('Enter');
    await page.locator('#check-0:focus').waitFor();
    await heading.focus();
    await user.goTo(page, 'Accept… AC-1');
    await user.press('Enter');
    await user.waitAt(page, 'Why AC-1 is met, in your words; this becomes part of the record, for the tree shown here');
    await user.type(TRIED);
    await user.press('Control+Enter');
    await page.getByText(`Accepted by ${PERSON}: ${TRIED}`).waitFor();
    await user.waitAt(page, 'Change the reason AC-1');
    await picture(page, 'review-unasked');
    await heading.focus();
    await user.goTo(page, `✓ test test/price.test.js › ${NAMED}: passed, new`);
    await user.press('Enter');
    await window.page.getByRole('tab', { name: /price\.test\.js \(base ↔ turn 1\)/ }).waitFor();
  });

  it('is asked for by keyboard, and is old after a correction', async () => {
    const page = await review(ASKED);
    await page.getByRole('heading', { name: 'Second opinion' }).focus();
    await user.goTo(page, 'Ask a reviewer');
    await user.press('Enter');
    const opinion = page.getByRole('region', { name: 'Second opinion' });
    await opinion.getByText('1 major').waitFor(UNTIL_REVIEWED);
    await page.getByRole('button', { name: 'Request correction' }).click();
    await page.getByRole('button', { name: 'Send the correction' }).click();
    await opinion.getByText(/stale: of another tree/).waitFor(UNTIL_REVIEWED);
    // Its checks have ended, too.
    await page.getByRole('region', { name: 'After the correction' }).waitFor(UNTIL_REVIEWED);
  });

  it('says first what a correction broke, then what became of each thing that was sent', async () => {
    const page = await window.frameOf('review');
    const closing = page.getByRole('region', { name: 'After the correction' });
    const shown = async () => {
      const items = await closing.locator('.corrected-item').allInnerTexts();
      return items.map((text) => text.split('\n')[0]?.replace(/\s+/g, ' ').trim()).join('\n');
    };
    const wanted = [
      '✗ broken by the correction check finished',
      '? for your eyes review/major · src/price.js:3',
      '✓ fixed check tests',
      '✓ fixed tests/skipped · test/price.test.js:10',
    ];
    await eventually(shown, (now) => now === wanted.join('\n'));
    const matrix = page.getByRole('region', { name: 'Acceptance criteria (2)' });
    await matrix.getByText(TRIED).waitFor();
    await matrix.getByText(/^Given for tree .*: it says nothing of this one\.$/).waitFor();
    await picture(page, 'review-stale');
  });

  it('is gone on with by hand, in a folder of its own, and handed in', async () => {
    const page = await window.frameOf('review');
    const closing = page.getByRole('region', { name: 'After the correction' });
    const choice = (name: string) => closing.locator('.choices li').filter({ has: page.getByRole('button', { name }) });
    await choice('Sign off…').getByText('Not now: ').waitFor();
    await closing.getByRole('heading').first().focus();
    await user.goTo(page, 'Take over by hand…');
    const [opened] = await Promise.all([window.page.context().waitForEvent('page'), user.press('Enter')]);
    await opened.waitForURL(/[?&]folder=/, { waitUntil: 'commit' });
    const folder = new URL(opened.url()).searchParams.get('folder') ?? '';
    await opened.close();
    await closing.getByText(`${PERSON} has taken it over, in ${folder}.`, { exact: true }).waitFor();
    await choice('Take over by hand…').getByText(`Not now: ${PERSON} has taken it over`).waitFor();
    await picture(page, 'taken-over');
    const file = join(folder, 'src/price.js');
    writeFileSync(file, readFileSync(file, 'utf8').replace(LEFT_BEHIND, ''));
    await closing.getByRole('heading').first().focus();
    await user.press('Control+Enter');
    await page.getByRole('status').getByText(`: ${PERSON} has taken it over.`).waitFor();
    await user.goTo(page, 'Check my changes');
    await user.press('Enter');
    await window.page.locator('.quick-input-widget input:focus').waitFor();
    await user.type('Finished it.');
    await user.press('Enter');
    await page.getByText(/^turn 3 · tree/).waitFor(UNTIL_REVIEWED);
    await page.getByText(`${PERSON} made turn 3 by hand`).waitFor();
    await closing.getByText('Nothing that was clean before is dirty now').waitFor();
  });

  it('is counted on a page of its own, which says where delegation pays', async () => {
    await window.command('Countersign: Show Statistics');
    const page = await window.frameOf('stats');
    await page.getByRole('status').getByText('3 tasks').waitFor();
    await page.getByRole('row', { name: /^tests\/skipped/ }).waitFor();
    await picture(page, 'statistics');
    await page.getByLabel('Handed off').focus();
    await user.press('ArrowUp');
    await page.getByRole('status').getByText('3 tasks').waitFor();
    await user.goTo(page, 'With archived tasks');
    await user.press('Space');
    await user.goTo(page, 'Refresh');
    await user.press('Enter');
    await page.getByRole('table', { name: 'Work by agent' }).waitFor();
  });
});
