/** The two pages for everybody: in every theme, in narrow places, and for those whom motion disturbs. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expectAccessible } from '../editor/accessible';
import type { Editor } from '../editor/editor';
import { EVERY_THEME } from '../editor/themes';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { brief } from '../scenario/cli/briefs';
import { pictureFailures } from './failures';
import { KeyboardUser } from './keyboard';
import { drawSidebar, expectFits } from './narrow';
import { giveEditorBack, takeEditor } from './oneEditor';

const LONG = `src/${'a-name-without-an-end-'.repeat(8)}.txt`;
/** Nobody's: as long as one, and of letters alone. */
const TOKEN = `ghp_${'aZbYcXdWeV'.repeat(4).slice(0, 36)}`;
const BRIEF_FILE = '.countersign/briefs/greet.md';
const BRIEF = brief({
  front: [
    'title: Say bonjour',
    'agent: command',
    `command: printf "key = ${TOKEN}\\n" > src/greeting.txt; printf x > ${LONG}; for i in 1 2 3 4 5; do echo x > out$i.txt; done`,
    'scope: { change: [src/**], avoid: [docs/**] }',
    'checks: [{ name: tests, run: "echo it is not; false" }]',
    'reviewer: Developer <dev@example.com>',
  ],
});
/** Pixels: what a sidebar takes that was drawn as small as is usual, and an editor beside another one. */
const NARROW = 300;

describe('the pages', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    repository = makeRepository({ files: { 'src/greeting.txt': 'hello\n', [BRIEF_FILE]: BRIEF } });
    editor = await takeEditor();
    const args = [resolve('dist/cli.js'), 'run', BRIEF_FILE, '--json'];
    // Exit 1: there is something to decide.
    const { id } = await promisify(execFile)(process.execPath, args, {
      cwd: repository.dir,
      env: editor.places.env,
    }).then(
      ({ stdout }) => JSON.parse(stdout) as { id: string },
      ({ stdout }: { stdout: string }) => JSON.parse(stdout) as { id: string },
    );
    window = await editor.open(repository.dir, { width: 1280, height: 900 });
    await window.show('Countersign');
    const form = await window.frameOf('brief');
    await form.getByRole('button', { name: 'greet' }).first().click();
    await form.getByRole('textbox', { name: 'Goal' }).waitFor();
    await window.evaluate((api, task) => api.commands.executeCommand('countersign.openReview', task), id);
    const review = await window.frameOf('review');
    await review.locator('.verdict-words', { hasText: 'Not ready' }).waitFor();
    // Everything that can be open is.
    await review.getByRole('button', { name: 'Request correction' }).click();
    await review.getByRole('button', { name: 'Reject…' }).click();
    const listed = review.locator('[data-part=findings]');
    const details = listed.getByRole('button', { name: /^Details/ });
    await details.first().waitFor();
    for (const one of await details.all()) await one.click();
    await listed.getByRole('button', { name: /^Widen the scope… 5 places/ }).click();
    await listed.getByRole('button', { name: /^Revert this file… src.greeting/ }).click();
    for (const page of [form, review]) {
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) (one as HTMLDetailsElement).open = true;
      });
    }
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  const pages = () => Promise.all(['brief', 'review'].map((page) => window.frameOf(page)));

  for (const theme of EVERY_THEME) {
    it(`can be used by everybody in the theme ${theme}`, async () => {
      await window.theme(theme);
      for (const page of await pages()) await expectAccessible(page);
      await window.screenshot(`pages-${theme}`);
    });
  }

  it('take answers by keyboard, and keep the focus beside them', async () => {
    const [, review] = await pages();
    const user = new KeyboardUser(window);
    const listed = review!.locator('[data-part=findings]');
    const group = listed.getByRole('listitem').filter({ hasText: 'scope/outside' });
    await group.locator('.reason dl', { hasText: 'scope.change: out1.txt, out2.txt' }).waitFor();
    await group.getByRole('textbox', { name: /^Why all 5 places belong/ }).focus();
    await user.type('They belong to it.');
    await user.press('Control+Enter');
    await group.getByText('Brief amended for 5 places: They belong to it.').waitFor();
    await user.waitAt(review!, 'Change the reason 5 places, scope/outside');
    await user.goTo(review!, 'Take the answer back: 5 places, scope/outside');
    await user.press('Enter');
    await user.waitAt(review!, 'Accept all 5 places… 5 places, scope/outside');
    // A credential cannot be accepted: its key leads to where that is said.
    const secret = listed.getByRole('listitem').filter({ hasText: 'secrets/added' });
    await secret.getByText('Takes the file back to the base').focus();
    await user.press('Escape');
    await user.waitAt(review!, 'Revert this file… src/greeting.txt:1, secrets/added');
    await secret.focus();
    await user.press('x');
    await user.waitAt(review!, 'Accept… src/greeting.txt:1, secrets/added');
    const accept = secret.getByRole('button', { name: /^Accept…/, disabled: true });
    await accept.and(review!.locator(':focus')).waitFor();
    const id = await accept.getAttribute('aria-describedby');
    assert.match(await secret.locator(`[id="${id}"]`).innerText(), /No reason makes it fine/);
  });

  it('move nothing for whoever wants no motion', async () => {
    await window.page.emulateMedia({ reducedMotion: 'reduce' });
    for (const page of await pages()) {
      const moving = await page.evaluate(() =>
        document.getAnimations().flatMap((one) => (one.playState === 'running' ? [one.constructor.name] : [])),
      );
      assert.deepEqual(moving, []);
    }
  });

  it('fit into a narrow sidebar and a narrow editor', async () => {
    await drawSidebar(window, NARROW);
    // A second editor beside it takes the rest of the width.
    await window.evaluate(async (api) => {
      const document = await api.workspace.openTextDocument({ content: 'beside' });
      await api.window.showTextDocument(document, api.ViewColumn.Beside);
    });
    await window.page.setViewportSize({ width: 3 * NARROW + 60, height: 900 });
    for (const page of await pages()) await expectFits(page, NARROW + 40);
    await window.screenshot('pages-narrow');
  });
});
