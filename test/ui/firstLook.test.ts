/** What somebody sees who has just installed the extension: the empty list of tasks, and then the first task's review. */
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
import { giveEditorBack, takeEditor } from './oneEditor';

const BRIEF = brief({
  front: [
    'title: Say bonjour',
    'agent: command',
    'command: printf "bonjour\\n" > src/greeting.txt',
    'scope: { change: [src/**] }',
    'checks: [{ name: tests, run: grep -q bonjour src/greeting.txt }]',
    'reviewer: Developer <dev@example.com>',
  ],
});

describe('a first look at the extension', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    repository = makeRepository({ files: { 'src/greeting.txt': 'hello\n' } });
    editor = await takeEditor();
    window = await editor.open(repository.dir);
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  it('welcomes in the empty list of tasks, in every theme', async () => {
    await window.show('Countersign');
    await window.page.getByText('No tasks yet.').waitFor();
    for (const theme of EVERY_THEME) {
      await window.theme(theme);
      await window.screenshot(`welcome-${theme}`);
    }
  });

  it('says why nothing can be handed off where there is no brief', async () => {
    await window.evaluate((api) => void api.commands.executeCommand('countersign.handOff'));
    await window.notification('the active editor shows no brief').waitFor();
  });

  it('lists a task that was handed off outside of the window', async () => {
    repository.write({ '../brief.md': BRIEF });
    const args = [resolve('dist/cli.js'), 'run', '../brief.md'];
    await promisify(execFile)(process.execPath, args, { cwd: repository.dir, env: editor.places.env });
    await window.tree('Tasks').filter({ hasText: 'Say bonjour' }).waitFor();
  });

  it('shows its review, which everybody can use, in every theme', async () => {
    await window.command('Countersign: Open Review');
    await window.choose('Say bonjour');
    for (const theme of EVERY_THEME) {
      await window.theme(theme);
      const frame = await window.frameOf('review');
      await frame.getByRole('heading', { name: 'Say bonjour' }).waitFor();
      await window.screenshot(`review-${theme}`);
      await expectAccessible(frame);
    }
  });

  it('changes nothing in the folder', () => {
    assert.equal(repository.git('status', '--porcelain'), '');
    assert.equal(repository.git('branch', '--format=%(refname:short)'), 'main');
  });
});
