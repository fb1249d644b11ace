/**
 * Takes the pictures of the README in a real window, with the packaged extension: a plausible project, a few tasks, and
 * one of them in review. Look at each before it is committed.
 *
 *   npm run pictures
 */
import { execFile } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import type { TestRepository } from '../fixtures/repository';
import { makeCourier, TASK, taskBrief, WAITING_COMMAND } from '../ui/courier';
import { mochaGlobalSetup } from '../ui/setup';
import { VSIX } from '../ui/vsix';

const FOLDER = resolve('media/readme');
/** A README is read on slow lines too. */
const MOST_BYTES = 150 * 1024;
const SIZE = { width: 1200, height: 750 };
/** Where the border of the sidebar is drawn to: for the form, and for the list. */
const WIDE = 440;
const NARROW = 330;

const SETTINGS = {
  'comments.openView': 'never',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.editor.editorActionsLocation': 'default',
  'editor.minimap.enabled': false,
  'diffEditor.useInlineViewWhenSpaceIsLimited': false,
  'remote.autoForwardPorts': false,
};

/** Tasks beside the one that is reviewed. */
const DELIVERED = taskBrief({
  title: 'Name the request in every error',
  goal: 'Whoever reads an error sees which request it was.',
  command: `printf '%s\\n' '/** Names a request in messages. */' 'export const nameOf = ({ method, url }) => \`\${method} \${url}\`;' > src/http/name.js`,
});
const RUNNING = taskBrief({
  title: 'Give up on slow name lookups',
  goal: 'A name that is not found within two seconds is an error.',
  command: WAITING_COMMAND,
});

async function pictures(): Promise<void> {
  await mochaGlobalSetup();
  mkdirSync(FOLDER, { recursive: true });
  const repository = makeCourier();
  const editor = await Editor.start({ vsix: VSIX, settings: SETTINGS });
  try {
    repository.write({ '.countersign/briefs/retry-after.md': BRIEF });
    const window = await editor.open(repository.dir, SIZE);
    await window.show('Countersign');
    await drawSidebar(window, WIDE);
    await pictureBrief(window);
    await makeTasks(editor, repository);
    await drawSidebar(window, NARROW);
    await pictureReview(window);
    await pictureDiff(window);
    await drawSidebar(window, WIDE);
    await pictureTasks(window);
  } finally {
    await editor.end();
    repository.remove();
  }
}

async function makeTasks(editor: Editor, repository: TestRepository): Promise<void> {
  const command = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [resolve('dist/cli.js'), ...args, '--json'], {
      cwd: repository.dir,
      env: editor.places.env,
    }).catch((error: { stdout: string }) => error);
    return JSON.parse(stdout) as { id: string };
  };
  const run = (name: string, text: string, ...args: string[]) => {
    writeFileSync(join(repository.outside, name), text);
    return command('run', `../${name}`, ...args);
  };
  const { id } = await run('delivered.md', DELIVERED);
  await command('signoff', id);
  await run('retry.md', taskBrief());
  await run('running.md', RUNNING, '--detach');
}

const BRIEF = `---
countersign: 1
title: Honour Retry-After
agent: command
command: node tools/agent.mjs
scope:
  change: [src/http/**, test/http/**]
  avoid: [src/settings.js]
budget: { files: 8, lines: 300, minutes: 30 }
checks:
  - { name: tests, run: node --test }
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Wait as long as the server asks before a request is sent again.

## Non-goals
- changing the public interface

## Acceptance criteria
- [ ] Retry-After in seconds and as a date (check: tests)
- [ ] never more than a minute (check: tests)

## Context
The retries live in src/http/retry.js.
`;

/** Draws the border of the sidebar elsewhere. */
async function drawSidebar({ page }: Window, to: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('there is no sidebar');
  await page.mouse.move(box.x + box.width, 400);
  await page.mouse.down();
  await page.mouse.move(to, 400, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}

async function take(window: Window, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await window.page.mouse.move(SIZE.width / 2, SIZE.height - 5);
  await window.page.screenshot({ path });
  const { size } = statSync(path);
  process.stdout.write(`${path}: ${(size / 1024).toFixed(0)} KB\n`);
  if (size > MOST_BYTES) throw new Error(`${path} is too large`);
}

async function pictureBrief(window: Window): Promise<void> {
  const start = await window.frameOf('brief');
  await start.getByRole('button', { name: 'retry-after', exact: true }).click();
  await start.locator('.bar .state', { hasText: /Ready/ }).waitFor();
  await start.getByRole('button', { name: /^Open File \.countersign/ }).click();
  await window.page.locator('.view-lines', { hasText: 'Honour Retry-After' }).waitFor();
  await fold(window, 'Tasks');
  await start.getByLabel('Goal').click();
  await take(window, 'brief');
  await fold(window, 'Tasks');
  await fold(window, 'Brief');
}

/** Folds or unfolds a view of the sidebar. */
async function fold({ page }: Window, view: string): Promise<void> {
  await page.locator('.sidebar .pane-header', { hasText: view }).locator('.codicon').first().click();
}

function closeEditors(window: Window): Promise<unknown> {
  return window.evaluate((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
}

async function pictureTasks(window: Window): Promise<void> {
  await closeEditors(window);
  await window.tree('Tasks').filter({ hasText: 'Name the request' }).click();
  const page = await window.frameOf('review');
  await page.locator('.verdict', { hasText: 'Signed off and delivered' }).waitFor();
  await take(window, 'tasks');
}

async function pictureReview(window: Window): Promise<void> {
  await closeEditors(window);
  await window.tree('Tasks').filter({ hasText: 'Done this week' }).click();
  await window.tree('Tasks').filter({ hasText: TASK.title }).click();
  const page = await window.frameOf('review');
  await page.getByText('Not ready', { exact: true }).waitFor();
  await page.getByText('viewed 0 of 4').waitFor();
  await take(window, 'review');
}

async function pictureDiff(window: Window): Promise<void> {
  const page = await window.frameOf('review');
  await page.getByRole('button', { name: 'Open diff: src/settings.js' }).first().click();
  await window.page.locator('.review-widget').first().waitFor();
  // What the editor does for itself comes and goes in the status bar.
  await window.page.getByText('Activating Extensions').waitFor({ state: 'hidden' });
  const analyzing = window.page.locator('.statusbar-item', { hasText: 'Analyzing' });
  await analyzing.waitFor({ timeout: 10_000 }).catch(() => undefined);
  await analyzing.waitFor({ state: 'hidden', timeout: 120_000 });
  await take(window, 'diff');
}

await pictures();
