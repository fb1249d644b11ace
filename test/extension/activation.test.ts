/** The extension in a real extension host: it wakes up, and what its manifest promises is there. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extension = vscode.extensions.getExtension('countersign.countersign');

describe('activation', () => {
  it('succeeds in the folder of a repository', async () => {
    assert.ok(extension !== undefined, 'the extension is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command of the manifest', async () => {
    const promised: { command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(promised.length > 0);
    assert.deepEqual(
      promised.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('runs where the files are, with the stable interface alone', () => {
    assert.equal(extension?.extensionKind, vscode.ExtensionKind.Workspace);
    assert.equal('enabledApiProposals' in extension.packageJSON, false);
  });
});
