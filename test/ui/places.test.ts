/** Folders that are not one plain repository: each is told what it lacks, or lists the tasks that are its own, once. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { makeRepository, runGit, type TestRepository } from '../fixtures/repository';
import { brief } from '../scenario/cli/briefs';
import { eventually } from './eventually';
import { pictureFailures } from './failures';
import { giveEditorBack, takeEditor } from './oneEditor';

const FILES = { 'src/greeting.txt': 'hello\n', 'deep/er/file.txt': 'one\n' };
const briefOf = (title: string) =>
  brief({
    front: [
      `title: ${title}`,
      'agent: command',
      'command: printf "bonjour\\n" > src/greeting.txt',
      'scope: { change: [src/**] }',
      'checks: [{ name: tests, run: grep -q bonjour src/greeting.txt }]',
      'reviewer: Developer <dev@example.com>',
    ],
  });

describe('folders of every kind', () => {
  let outside: string;
  let one: TestRepository;
  let other: TestRepository;
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    outside = realpathSync(mkdtempSync(join(tmpdir(), 'cs-places-')));
    for (const name of ['plain', 'empty']) mkdirSync(join(outside, name));
    runGit(join(outside, 'empty'), ['init', '-q']);
    one = makeRepository({ files: FILES, name: 'one' });
    other = makeRepository({ files: FILES, name: 'other' });
    one.git('worktree', 'add', '-q', join(one.outside, 'linked'));
    editor = await takeEditor();
    for (const [repository, title] of [
      [one, 'Task of one'],
      [other, 'Task of the other'],
    ] as const) {
      repository.write({ '../brief.md': briefOf(title) });
      const args = [resolve('dist/cli.js'), 'run', '../brief.md'];
      await promisify(execFile)(process.execPath, args, { cwd: repository.dir, env: editor.places.env });
    }
    // The first folder stays, so that the others can come and go without a new extension host.
    const workspace = join(outside, 'all.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'plain' }, { path: 'empty' }] }));
    window = await editor.open(workspace);
    await window.show('Countersign');
  });

  after(async () => {
    await giveEditorBack();
    one?.remove();
    other?.remove();
    rmSync(outside, { recursive: true, force: true });
  });

  /** Waits until the list has these tasks, each once. */
  const expectTasks = async (...titles: readonly string[]) => {
    const rows = window.tree('Tasks').filter({ hasText: /Task of/ });
    const shown = async () =>
      (await rows.allInnerTexts())
        .map((text) => /Task of (?:one|the other)/.exec(text)?.[0])
        .sort()
        .join('\n');
    await eventually(shown, (now) => now === titles.join('\n'));
  };
  /** Opens these beside the folder that is no repository, and waits until the list is theirs. */
  const open = (...folders: readonly string[]) =>
    window.evaluate(async (api, paths) => {
      const count = (api.workspace.workspaceFolders ?? []).length;
      const changed = new Promise((settle) => api.workspace.onDidChangeWorkspaceFolders(settle));
      api.workspace.updateWorkspaceFolders(1, count - 1, ...paths.map((path) => ({ uri: api.Uri.file(path) })));
      await changed;
      await api.commands.executeCommand('countersign.refresh');
    }, folders);

  it('without a commit hold no task, and are told what is missing', async () => {
    await window.page.getByText('This folder is in no git repository with a commit.').waitFor();
    await window.page.getByRole('button', { name: 'Initialize Repository' }).first().waitFor();
  });

  it('inside of a repository list its tasks', async () => {
    await open(join(one.dir, 'deep/er'));
    await expectTasks('Task of one');
  });

  it('that are linked worktrees list the tasks of their repository', async () => {
    await open(join(one.outside, 'linked'));
    await expectTasks('Task of one');
  });

  it('of one repository list each task once, and those of two repositories apart', async () => {
    await open(one.dir, join(one.dir, 'deep'), join(one.outside, 'linked'), other.dir);
    await expectTasks('Task of one', 'Task of the other');
    for (const name of ['one', 'other']) {
      await window
        .tree('Tasks')
        .filter({ hasText: new RegExp(`^${name}`) })
        .first()
        .waitFor();
    }
    await window.screenshot('multi-root');
  });

  it('without any repository again hold no task', async () => {
    await open();
    await window.page.getByText('This folder is in no git repository with a commit.').waitFor();
  });
});
