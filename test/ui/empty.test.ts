/** A window without a folder: the extension says what it needs, and has loaded nothing that it does not. */
import assert from 'node:assert/strict';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { eventually } from './eventually';
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

  it('wakes the extension once it has started, which loads nothing that connects or parses', async () => {
    await eventually(
      async () => (await loaded()).join('\n'),
      (files) => files.includes('/dist/extension.js'),
    );
    await window.evaluate((api) => api.commands.executeCommand('countersign.showLog'));
    assert.deepEqual(
      (await loaded()).filter((file) => file.startsWith('/dist/late/')),
      [],
    );
  });

  it('has a view that says what to open', async () => {
    await window.show('Countersign');
    await window.page.getByRole('button', { name: 'Open Folder' }).first().waitFor();
    await window.screenshot('no-folder-dark');
  });
});
