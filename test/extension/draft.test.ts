/** A draft under the hands of two: the form and whoever else changes the file, in a real editor. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DraftDocument } from '../../src/vscode/brief/draftDocument';

describe('a draft that somebody else changes too', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  let made = 0;
  let uri: vscode.Uri;
  let draft: DraftDocument;

  beforeEach(async () => {
    // The editor keeps a text for a while after its file is gone.
    uri = vscode.Uri.joinPath(root, `draft-of-two-${++made}.md`);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('one\ntwo\n'));
    draft = await DraftDocument.open(uri, root);
  });

  afterEach(async () => {
    await draft.save();
    draft.dispose();
    await vscode.workspace.fs.delete(uri);
  });

  /** On its way to the editor, and not heard of here yet. */
  const changeByHand = (): Thenable<boolean> => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'by hand\n');
    return vscode.workspace.applyEdit(edit);
  };

  it('takes a change of the form into the text as it is by then', async () => {
    const byHand = changeByHand();
    await draft.change('two', (text) => text.replace('two', 'three'));
    assert.equal(await byHand, true);
    assert.equal(draft.text, 'by hand\none\nthree\n');
  });

  it('refuses one that no longer fits, and keeps what the other wrote', async () => {
    const byHand = changeByHand();
    const change = draft.change('one', (text) => {
      if (!text.startsWith('one')) throw new Error('the file says something else here by now');
      return text.replace('one', 'zero');
    });
    await assert.rejects(change, /something else/);
    assert.equal(await byHand, true);
    assert.equal(draft.text, 'by hand\none\ntwo\n');
  });
});
