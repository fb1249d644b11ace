/** A folder that nobody trusts: the extension says what it needs trust for, and starts nothing. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { brief } from '../scenario/cli/briefs';
import { pictureFailures } from './failures';
import { VSIX } from './vsix';

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

describe('a folder that nobody trusts', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    repository = makeRepository({
      files: { 'src/greeting.txt': 'hello\n', '.countersign/policy.yaml': 'countersign: 1\n' },
    });
    editor = await Editor.start({ vsix: VSIX, trusted: false });
    window = await editor.open(repository.dir);
  });

  after(async () => {
    await editor?.end();
    repository?.remove();
  });

  it('is told what trust is needed for', async () => {
    await window.show('Countersign');
    await window.page.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await window.screenshot('untrusted-dark');
  });

  it('starts no host', async () => {
    await window.command('Countersign: Refresh Tasks');
    assert.equal(await window.evaluate((api) => api.workspace.isTrusted), false);
    const host = join(editor.places.state, 'host');
    assert.deepEqual(existsSync(host) ? readdirSync(host) : [], []);
  });

  it('changes nothing of a task either, where somebody else started a host', async () => {
    const run = async (...words: string[]) => {
      const options = { cwd: repository.dir, env: editor.places.env };
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [resolve('dist/cli.js'), ...words, '--json'],
        options,
      );
      return JSON.parse(stdout) as { id: string; state: string };
    };
    repository.write({ '../brief.md': BRIEF });
    const { id } = await run('run', '../brief.md');
    await run('reject', id, '--reason', 'for now');
    await window.command('Countersign: Refresh Tasks');
    await window.evaluate((api, task) => void api.commands.executeCommand('countersign.restore', task), id);
    await window.notification('this workspace is not trusted').waitFor();
    assert.equal((await run('show', id)).state, 'rejected');
  });
});
