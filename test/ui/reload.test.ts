/** The window is a client: reloading it changes nothing about a task at work, and loses nothing that was typed. */
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import type { TestRepository } from '../fixtures/repository';
import { letWork, makeCourier, TASK, taskBrief, WAITING_COMMAND } from './courier';
import { untilHolds } from './eventually';
import { pictureFailures } from './failures';
import { giveEditorBack, takeEditor } from './oneEditor';

const REASON = 'The shorter timeout was agreed.';
const HALF = 'Send a body as it co';

describe('reloading the window', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    repository = makeCourier();
    repository.write({ '.countersign/briefs/retry.md': taskBrief({ command: WAITING_COMMAND }) });
    editor = await takeEditor();
    window = await editor.open(repository.dir);
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  const row = (state: string) => window.tree('Tasks').filter({ hasText: TASK.title }).filter({ hasText: state });

  it('leaves a task at work, its review and a half-typed brief', async () => {
    await window.show('Countersign');
    const start = await window.frameOf('brief');
    await start.getByRole('button', { name: 'retry', exact: true }).click();
    await start.locator('.bar .state', { hasText: /Ready/ }).waitFor();
    await start.getByRole('button', { name: /^Hand Off/ }).click();
    await (await window.openReview(row('running')))
      .getByText(/^At work: running/)
      .first()
      .waitFor();
    await start.getByRole('button', { name: 'New Brief' }).click();
    await start.getByLabel('Goal').fill('');
    // No pause before the reload: what was typed is in no file yet.
    await start.getByLabel('Goal').pressSequentially(HALF);
    await window.reload();
    const form = await window.frameOf('brief');
    await untilHolds(form.getByLabel('Goal'), HALF);
    await row('running').waitFor();
    await (await window.frameOf('review'))
      .getByText(/^At work: running/)
      .first()
      .waitFor();
  });

  it('leaves it to come to its review by itself', async () => {
    letWork(editor.places);
    await row('ready, blocked').waitFor();
    await (await window.frameOf('review')).getByText('Not ready', { exact: true }).waitFor();
  });

  it('keeps answers, half a reason, and what was viewed', async () => {
    const page = await window.frameOf('review');
    await page.getByRole('button', { name: 'Accept… src/settings.js' }).first().click();
    await page.getByLabel(/^Why it is fine/).fill(REASON);
    await page.getByRole('button', { name: 'Keep the reason' }).click();
    await page.getByText(`Accepted: ${REASON}`).first().waitFor();
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel(/^Why it is turned down/).pressSequentially('On second thou');
    // Whatever the page said before is with the editor when this is.
    await page.getByRole('checkbox', { name: 'viewed: src/http/client.js' }).check();
    await page.getByText('viewed 1 of 4').waitFor();
    await window.reload();
    const again = await window.frameOf('review');
    await again.getByText(`Accepted: ${REASON}`).first().waitFor();
    await again.getByText('viewed 1 of 4').waitFor();
    await untilHolds(again.getByLabel(/^Why it is turned down/), 'On second thou');
    const form = await window.frameOf('brief');
    await untilHolds(form.getByLabel('Goal'), HALF);
  });
});
