/** Work that somebody pushed, taken to review from the editor: by a branch and a brief that are there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { brief } from '../scenario/cli/briefs';
import { eventually } from '../ui/eventually';

const BRIEF = brief({
  front: [
    'title: Greet in French',
    'scope: { change: [src/**] }',
    'checks: [{ name: tests, run: grep -q salut src/greeting.txt }]',
    'reviewer: Developer <dev@example.com>',
  ],
});

describe('a branch that somebody pushed', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const file = vscode.Uri.joinPath(root, '.countersign/briefs/greet.md');
  const git = (args: readonly string[], input = '') =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
      cwd: root.fsPath,
      input,
      encoding: 'utf8',
    }).trim();
  const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

  before(async () => {
    // A commit that nobody has checked out: theirs alone.
    const blob = git(['hash-object', '-w', '--stdin'], 'salut\n');
    const tree = git(['mktree'], `040000 tree ${git(['mktree'], `100644 blob ${blob}\tgreeting.txt\n`)}\tsrc\n`);
    git(['branch', 'theirs', git(['commit-tree', '-p', 'HEAD', '-m', 'Salut', tree])]);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(BRIEF));
  });

  after(async () => {
    git(['branch', '-D', 'theirs']);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(root, '.countersign'), { recursive: true });
  });

  it('becomes a task whose review opens, and moves no branch', async () => {
    const before = git(['show-ref', '--heads']);
    await vscode.commands.executeCommand('countersign.adopt', 'theirs', file);
    while (!tabs().some(({ label }) => label === 'Review: Greet in French')) await wait(50);
    await vscode.commands.executeCommand('countersign.showPacket', await adopted());
    const packet = await eventually(
      () => vscode.window.activeTextEditor?.document.getText() ?? '',
      (text) => text.includes('Greet in French'),
    );
    assert.match(packet, /Ann/, 'who wrote it');
    assert.equal(git(['show-ref', '--heads']), before);
    assert.equal(git(['status', '--porcelain', '--', 'src']), '');
  });

  /** The id of the task: its refs are named by it. */
  async function adopted(): Promise<string> {
    for (;;) {
      const [, id] = /refs\/countersign\/([^/\s]+)\/1\b/.exec(git(['for-each-ref', '--contains', 'theirs'])) ?? [];
      if (id !== undefined) return id;
      await wait(50);
    }
  }
});
