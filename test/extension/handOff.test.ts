/** The main road through the real editor: a brief in a text editor becomes a task, its packet and its review open. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { brief } from '../scenario/cli/briefs';
import { eventually } from '../ui/eventually';

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

interface Task {
  readonly id: string;
  readonly title: string;
  readonly state: string;
}

describe('a brief in the editor', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const cli = join(vscode.extensions.getExtension('countersign.countersign')?.extensionPath ?? '', 'dist', 'cli.js');

  /** What the host says, asked for by another client of it. */
  const tasks = async (): Promise<Task[]> => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'tasks', '--json'], { cwd: folder, env });
    return JSON.parse(stdout) as Task[];
  };
  const ready = async (): Promise<Task> => {
    for (;;) {
      const task = (await tasks()).find(({ title, state }) => title === 'Say bonjour' && state === 'ready');
      if (task !== undefined) return task;
      await wait(200);
    }
  };

  /** The editor tells an extension of its tabs a moment after they are there. */
  const reviews = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && /countersign\.review/.test(input.viewType))
      .filter(({ label }) => label === 'Review: Say bonjour');

  it('is handed off to the host, and changes no file of the folder', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: BRIEF });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('countersign.handOff');
    assert.equal((await tasks()).filter(({ title }) => title === 'Say bonjour').length, 1);
    const { id } = await ready();
    assert.notEqual(id, '');
    const greeting = await vscode.workspace.fs.readFile(vscode.Uri.file(join(folder, 'src/greeting.txt')));
    assert.equal(Buffer.from(greeting).toString('utf8'), 'hello\n');
  });

  it('comes back as a packet, which opens as a read-only document', async () => {
    const { id } = await ready();
    await vscode.commands.executeCommand('countersign.showPacket', id);
    const shown = () => vscode.window.activeTextEditor?.document.uri;
    // The brief, which is open too, says the same.
    await eventually(
      () => `${shown()}`,
      (uri) => uri.includes('Packet.md'),
    );
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /Say bonjour/);
    assert.notEqual(shown()?.scheme, 'file');
  });

  it('comes back as a review, which opens in one tab however often it is asked for', async () => {
    const { id } = await ready();
    await vscode.commands.executeCommand('countersign.openReview', id);
    await vscode.commands.executeCommand('countersign.openReview', id);
    while (reviews().length === 0) await wait(50);
    await vscode.commands.executeCommand('countersign.openReview', id);
    assert.equal(reviews().length, 1);
  });
});
