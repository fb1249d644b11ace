/**
 * A brief shaped in the sidebar, by keyboard: a guess of which a part is taken and taken back, a planner that is stopped,
 * one that asks first, and one that splits the wish.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { parseBrief } from '../../src/core/brief/parse';
import { expectAccessible } from '../editor/accessible';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import type { TestRepository } from '../fixtures/repository';
import { buildScriptedAgent } from '../fixtures/scripted/build';
import { makeCourier } from './courier';
import { eventually, untilHolds } from './eventually';
import { pictureFailures } from './failures';
import { KeyboardUser } from './keyboard';
import { drawSidebar, expectFits } from './narrow';
import { giveEditorBack, takeEditor } from './oneEditor';
import { isTriedNarrow, themesToTry } from './pictures';

const SIZE = { width: 1280, height: 900 };
/** So high that the sidebar shows all of it. */
const WHOLE = { width: 1280, height: 2_400 };
/** Pixels, of a sidebar: as usual, and drawn small. */
const USUAL = 380;
const NARROW = 240;
const WISH = 'Retry idempotent requests in src/http/client.js when the server answers 429';
const UNTIL_PLANNED = { timeout: 120_000 };

describe('a brief that is shaped', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  let user: KeyboardUser;
  let form: Frame;
  pictureFailures(() => window);

  before(async () => {
    repository = makeCourier();
    editor = await takeEditor();
    const agent = join(editor.places.folder, 'agent');
    mkdirSync(agent);
    const scripted = await buildScriptedAgent(agent);
    const agents = {
      asks: { name: 'Asking planner', ...scripted('plans', 'asks') },
      splits: { name: 'Splitting planner', ...scripted('plans', 'splits') },
      waits: { name: 'Waiting planner', ...scripted('slow') },
    };
    writeFileSync(join(editor.places.folder, 'config.yaml'), JSON.stringify({ agents }));
    window = await editor.open(repository.dir, SIZE);
    user = new KeyboardUser(window);
    await window.show('Countersign');
    await drawSidebar(window, USUAL);
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  const briefs = () => readdirSync(join(repository.dir, '.countersign/briefs')).sort();
  const text = (name: string) => readFileSync(join(repository.dir, '.countersign/briefs', name), 'utf8');

  async function beginBrief(): Promise<void> {
    await user.command('Countersign: New Brief');
    await user.choose('feature');
    form = await window.frameOf('brief');
    await form.locator('#f-goal:focus').waitFor();
  }

  /** Ends in the box for the sentence. */
  async function openShaping(): Promise<void> {
    await user.goTo(form, 'Shape…');
    await user.press('Enter');
    await user.waitAt(form, 'What do you want?');
  }

  /** With a planner, by the beginning of its name in the list. */
  async function shape(planner: string): Promise<void> {
    await user.type(WISH);
    await user.goTo(form, 'Planner');
    await form.locator('#shape-planner option', { hasText: planner }).waitFor({ state: 'attached' });
    await user.type(planner);
    await form.locator('#shape-planner option:checked', { hasText: planner }).waitFor({ state: 'attached' });
    await user.goTo(form, 'Shape');
    await user.press('Enter');
  }

  /** In every theme and in a narrow sidebar; everybody can use it there. */
  async function picture(name: string): Promise<void> {
    await window.page.setViewportSize(WHOLE);
    await form.locator('#f-shape').evaluate((one) => one.scrollIntoView());
    for (const theme of themesToTry(name)) {
      await window.theme(theme);
      await expectAccessible(form);
      await window.screenshot(`${name}-${theme}`, window.page.locator('.part.sidebar'));
    }
    await window.theme('dark');
    if (isTriedNarrow(name)) {
      await drawSidebar(window, NARROW);
      await expectFits(form, NARROW + 40);
      await window.screenshot(`${name}-narrow`, window.page.locator('.part.sidebar'));
      await drawSidebar(window, USUAL);
    }
    await window.page.setViewportSize(SIZE);
  }

  /** The files that a brief may change; one that is being written is no brief. */
  function changeOf(name: string): string {
    try {
      return parseBrief(text(name), name).front.scope.change.join();
    } catch {
      return '';
    }
  }

  it('is guessed without a model: what is ticked goes into form and file, and back', async () => {
    await window.evaluate(
      async (api, file) => {
        await api.window.showTextDocument(api.Uri.file(file));
      },
      join(repository.dir, 'src/http/client.js'),
    );
    await beginBrief();
    await openShaping();
    const [name = ''] = briefs();
    const before = text(name);
    await user.goTo(form, 'From Editor');
    await user.press('Enter');
    await form.getByText('src/http/client.js:1').waitFor();
    await user.goTo(form, 'Remove: src/http/client.js:1', 'Shift+Tab');
    await user.press('Enter');
    await user.waitAt(form, 'From Editor');
    await user.press('Enter');
    await form.getByText('src/http/client.js:1').waitFor();
    await user.goTo(form, 'What do you want?', 'Shift+Tab');
    await shape('No model');
    const proposal = form.getByRole('region', { name: 'Proposal' });
    await proposal.getByText('A guess, without a model. Read every line.').waitFor(UNTIL_PLANNED);
    await picture('shape-guess');
    await user.waitAt(form, 'Proposal');
    await user.goTo(form, /^May change: test.http.client.test.js/);
    await user.press('Space');
    await user.goTo(form, 'Take Ticked Lines (7)');
    await user.press('Enter');
    await user.waitAt(form, 'Shape…');
    await untilHolds(form.getByRole('textbox', { name: 'Goal' }), WISH);
    await eventually(
      () => changeOf(name),
      (change) => change === 'src/http/client.js',
    );
    assert.match(text(name), new RegExp(`^${WISH}$`, 'm'));
    await picture('shape-taken');
    await user.goTo(form, 'Undo');
    await user.press('Enter');
    await eventually(
      () => text(name),
      (now) => now === before,
    );
  });

  it('is stopped by keyboard while a planner works', async () => {
    await beginBrief();
    await openShaping();
    await shape('Waiting');
    await form.getByText(/^Planning for [1-9]/).waitFor(UNTIL_PLANNED);
    await picture('shape-running');
    await user.waitAt(form, 'Stop');
    await user.press('Enter');
    await form.getByRole('status').getByText('Planning was stopped.').waitFor(UNTIL_PLANNED);
    await user.waitAt(form, 'Shape');
  });

  it('is proposed once the questions are answered', async () => {
    await beginBrief();
    await openShaping();
    await shape('Asking');
    const question = form.getByRole('textbox', { name: 'How often?' });
    await question.waitFor(UNTIL_PLANNED);
    await picture('shape-questions');
    await user.waitAt(form, 'How often?');
    await user.type('three times');
    await user.goTo(form, 'Answer and Shape');
    await user.press('Enter');
    const proposal = form.getByRole('region', { name: 'Proposal' });
    await proposal.getByText('Change the text three times').waitFor(UNTIL_PLANNED);
    await picture('shape-proposal');
  });

  it('becomes two briefs from the first page, and the first one is opened', async () => {
    await user.goTo(form, 'Close');
    await user.press('Enter');
    await form.getByRole('heading', { name: 'Briefs of this repository' }).waitFor();
    await openShaping();
    await shape('Splitting');
    await form.getByRole('button', { name: 'Write 2 Briefs' }).waitFor(UNTIL_PLANNED);
    await picture('shape-split');
    await user.goTo(form, 'Write 2 Briefs');
    await user.press('Enter');
    await form.locator('#f-goal:focus').waitFor();
    await untilHolds(form.locator('#f-goal'), 'The text of the file is another one.');
    assert.deepEqual(briefs().slice(0, 2), ['01-change-the-text.md', '02-test-the-text.md']);
    assert.match(text('02-test-the-text.md'), /title: Test the text/);
  });
});
