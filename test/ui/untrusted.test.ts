/** A folder that nobody trusts: the extension says what it needs trust for, and starts nothing. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { pictureFailures } from './failures';
import { VSIX } from './setup';

describe('a folder that nobody trusts', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    repository = makeRepository({
      files: { 'src/greeting.txt': 'hello\n', '.countersign/policy.yaml': 'version: 1\n' },
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
});
