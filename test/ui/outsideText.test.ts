/** What others wrote in a window that trusts the folder: settings, links, briefs and texts that want to be more than that. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { DocumentLink } from 'vscode';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { pictureFailures } from './failures';
import { giveEditorBack, takeEditor } from './oneEditor';

const QUIT = 'command:workbench.action.closeWindow';

const BRIEF = `---
countersign: 1
title: A [title](${QUIT})
agent: command
command: printf '# [more](${QUIT})\\n' > src/notes.md
scope: { change: [src/**] }
checks: [{ name: constructor, run: "false" }]
reviewer: Developer <dev@example.com>
---
## Goal

Read [this](${QUIT}) and <${QUIT}> and [that](../../../etc/passwd).

## Acceptance criteria

- [it holds](${QUIT}) (check: constructor)
`;

describe('what others wrote', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  let task: string;
  pictureFailures(() => window);

  before(async () => {
    const program = (mark: string) => ['/bin/sh', '-c', `touch "${join(repository.outside, mark)}"`];
    repository = makeRepository({ files: { 'src/greeting.txt': 'hello\n' } });
    repository.write({
      '../brief.md': BRIEF,
      '.countersign/templates/theirs.md': BRIEF.replace(/^title: .*$/m, 'title: Theirs $(trash)'),
      '.vscode/settings.json': JSON.stringify({
        'countersign.agents': { theirs: { command: '/bin/sh', args: program('agent').slice(1) } },
        'countersign.notifyCommand': program('notified'),
        'countersign.notifications': 'always',
      }),
    });
    editor = await takeEditor();
    window = await editor.open(repository.dir);
    await window.show('Countersign');
    await window.page.getByText('No tasks yet.').waitFor();
    const told = window.notification('is ready for review').waitFor();
    // It exits with 1: a check does not pass.
    const ran = await run('run', '../brief.md', '--json').catch(({ stdout }: { stdout: string }) => stdout);
    task = (JSON.parse(ran) as { id: string }).id;
    await told;
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  async function run(...words: string[]): Promise<string> {
    const options = { cwd: repository.dir, env: editor.places.env };
    return (await promisify(execFile)(process.execPath, [resolve('dist/cli.js'), ...words], options)).stdout;
  }

  it('defines no agent and names no program in the settings of a folder', async () => {
    const programs = await window.evaluate((api) => {
      const settings = api.workspace.getConfiguration('countersign');
      return [settings.get('agents'), settings.get('notifyCommand'), settings.get('notifications')];
    });
    assert.deepEqual(programs, [{}, [], 'always']);
    assert.doesNotMatch(await run('agents'), /theirs/);
    assert.deepEqual(
      ['agent', 'notified'].filter((mark) => existsSync(join(repository.outside, mark))),
      [],
    );
  });

  for (const [what, command] of [
    ['brief', 'countersign.showTaskBrief'],
    ['packet', 'countersign.showPacket'],
  ] as const) {
    it(`is no link in the ${what} of a task`, async () => {
      const links = await window.evaluate(
        async (api, name, id) => {
          await api.commands.executeCommand(name, id);
          const { uri } = api.window.activeTextEditor?.document ?? {};
          const known = () => api.workspace.textDocuments.find((document) => `${document.uri}` === `${uri}`);
          // Its text comes from the host, and its language is another one a moment later.
          for (let look = 0; look < 300; look++) {
            if (known()?.getText().includes('Goal') && known()?.languageId !== 'markdown') break;
            await new Promise((again) => setTimeout(again, 100));
          }
          const found = await api.commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', known()?.uri);
          return { text: known()?.getText() ?? '', found: found.map(({ target }) => `${target}`) };
        },
        command,
        task,
      );
      assert.match(links.text, /closeWindow/);
      assert.deepEqual(links.found, []);
    });
  }

  it('draws no icon in a list to pick from', async () => {
    await window.evaluate((api) => void api.commands.executeCommand('countersign.newBrief'));
    const row = window.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'theirs' });
    await row.waitFor();
    assert.match(await row.innerText(), /Theirs \$ \(trash\)/);
    assert.equal(await row.locator('.codicon-trash').count(), 0);
    await window.page.keyboard.press('Escape');
    await row.waitFor({ state: 'hidden' });
  });

  it('leads no new brief out of the repository', async () => {
    const elsewhere = join(repository.outside, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(repository.dir, '.countersign', 'briefs'));
    await window.evaluate((api) => api.commands.executeCommand('countersign.newBrief', 'bugfix'));
    await window.notification('.countersign/briefs is a link that leads elsewhere').waitFor();
    assert.deepEqual(readdirSync(elsewhere), []);
  });

  it('loads and runs nothing in the page of a review', async () => {
    await window.evaluate((api, id) => api.commands.executeCommand('countersign.openReview', id), task);
    const frame = await window.frameOf('review');
    await frame.getByRole('heading', { name: 'A [title]' }).waitFor();
    const refused = await frame.evaluate(async () => {
      const kinds = new Set<string>();
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => kinds.add(effectiveDirective));
      const html =
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><iframe src="data:text/html,x"></iframe>' +
        '<link rel="stylesheet" href="https://127.0.0.1:9/x.css"><b style="color:red" onclick="1">x</b>';
      const place = document.createElement('div');
      place.innerHTML = html;
      document.body.append(place);
      const script = document.createElement('script');
      script.textContent = '1';
      document.body.append(script);
      // A handler is looked at when it is first needed.
      place.querySelector('b')?.click();
      await fetch('https://127.0.0.1:9/x').catch(() => undefined);
      for (let look = 0; look < 400 && kinds.size < 7; look++) await new Promise((again) => setTimeout(again, 50));
      place.remove();
      script.remove();
      return [...kinds].sort();
    });
    assert.deepEqual(refused, [
      'connect-src',
      'frame-src',
      'img-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
    ]);
  });
});
