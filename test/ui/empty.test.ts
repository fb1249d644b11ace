/** A window without a folder: the extension says what it needs, and has loaded nothing that it does not. */
import assert from 'node:assert/strict';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { pictureFailures } from './failures';
import { giveEditorBack, takeEditor } from './oneEditor';

describe('a window without a folder', () => {
  let editor: Editor;
  let window: Window;
  pictureFailures(() => window);

  before(async () => {
    editor = await takeEditor();
    window = await editor.open(null);
  });

  after(() => giveEditorBack());

  /** The files of the extension that its host has loaded. */
  const loaded = () =>
    window.evaluate((api) => {
      const folder = api.extensions.getExtension('countersign.countersign')?.extensionPath ?? 'none';
      const { _cache } = process.getBuiltinModule('node:module') as unknown as { _cache: Record<string, unknown> };
      return Object.keys(_cache).flatMap((file) => (file.startsWith(folder) ? [file.slice(folder.length)] : []));
    });

  it('does not wake the extension', async () => {
    assert.deepEqual(await loaded(), []);
  });

  it('loads what connects and parses only when it is needed', async () => {
    await window.evaluate((api) => api.commands.executeCommand('countersign.showLog'));
    const files = await loaded();
    assert.ok(files.includes('/dist/extension.js'), files.join());
    assert.deepEqual(
      files.filter((file) => file.startsWith('/dist/late/')),
      [],
    );
  });

  it('has a view that says what to open', async () => {
    await window.show('Countersign');
    await window.page.getByRole('button', { name: 'Open Folder' }).first().waitFor();
    await window.screenshot('no-folder-dark');
  });
});
