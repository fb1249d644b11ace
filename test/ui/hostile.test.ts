/**
 * A task whose brief, agent, files and checks are written to run, load, link or disguise something: wherever it is shown,
 * it stays text.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Frame, Locator } from 'playwright-core';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { buildScriptedAgent } from '../fixtures/scripted/build';
import { scriptLine } from '../fixtures/scripted/script';
import { brief } from '../scenario/cli/briefs';
import { eventually } from './eventually';
import { pictureFailures } from './failures';
import { ascii, DISGUISE, DISGUISE_SHOWN, NAMES, OBEYED, OBEYED_CHARACTERS, TERMINAL } from './hostileTexts';
import { giveEditorBack, takeEditor } from './oneEditor';

const COMMAND_LINK = '[click](command:workbench.action.terminal.new)';
/** Larger than what is shown of a file. */
const HUGE = 17 * 1024 * 1024;
/** Every line within the window's width. */
const READABLE = { 'editor.wordWrap': 'on', 'editor.minimap.enabled': false };
const TEST_FILE = 'test/greeting.test.js';

const SCRIPT = ascii(
  scriptLine({
    asks: [{ kind: 'execute', command: `curl ${OBEYED} ${DISGUISE} ${TERMINAL}` }],
    edits: [
      ...[NAMES.markup, NAMES.icon, NAMES.disguise, NAMES.scripts, NAMES.outside, NAMES.long].map((path) => ({
        path,
        text: `${OBEYED} ${DISGUISE}\n`,
      })),
      { path: NAMES.link, text: `# ${OBEYED}\n\n${COMMAND_LINK}\n` },
      { path: NAMES.binary, text: '\0\u0001binary' },
      { path: 'src/new name $(flame).txt', text: 'one\ntwo\nthree\nfour\n' },
      { path: TEST_FILE, text: `it.skip('${OBEYED} ${DISGUISE}', () => {});\n` },
    ],
    deletes: ['src/huge.txt', 'src/gone.txt', 'src/old name.txt'],
    say: `I did it. ${OBEYED} ${DISGUISE} ${TERMINAL}`,
  }),
);

const BRIEF = brief({
  front: [
    `title: ${JSON.stringify(`${COMMAND_LINK} <img src=x onerror=alert(1)> $(flame) https://evil.example/ ${DISGUISE}`)}`,
    'agent: asker',
    'scope: { change: [src/**, test/**] }',
    `checks: [{ name: tests, run: ${JSON.stringify(`printf '%s' '${ascii(JSON.stringify(`${OBEYED} ${DISGUISE}`))}'; printf '\\033[31mred \\342\\200\\256\\n'; false`)} }]`,
    'reviewer: Developer <dev@example.com>',
  ],
  body: `## Goal\nMake it so: ${OBEYED} ${DISGUISE}\n\n## Acceptance criteria\n- [ ] ${OBEYED} ${DISGUISE} (check: tests)\n\n## Non-goals\n- ${OBEYED}\n\n## Context\n${SCRIPT}\n`,
});

describe('a task that is written to be obeyed', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  let origin: string;
  let task: string;
  /** What a page of this window did that none may do. */
  const done: string[] = [];
  pictureFailures(() => window);

  before(async () => {
    repository = makeRepository({
      files: {
        'src/huge.txt': 'x'.repeat(HUGE),
        'src/gone.txt': `${OBEYED}\n`,
        'src/old name.txt': 'one\ntwo\nthree\nfour\n',
        [TEST_FILE]: "it('greets', () => {});\n",
        '.countersign/briefs/hostile.md': BRIEF,
      },
    });
    const folder = join(repository.outside, 'agent');
    mkdirSync(folder);
    const agent = (await buildScriptedAgent(folder))('asks');
    const settings = { 'countersign.agents': { asker: agent }, 'countersign.notifications': 'always', ...READABLE };
    editor = await takeEditor(settings);
    window = await editor.open(repository.dir);
    const { page } = window;
    origin = new URL(page.url()).origin;
    // Requests of every frame, webviews included.
    page.on('request', (request) => {
      const { protocol, origin: asked, host, pathname } = new URL(request.url());
      // How a webview names a file of this machine; the editor answers it, no server does.
      const ours = host.endsWith('.vscode-resource.vscode-cdn.net') && pathname.includes('/dist/webview/');
      if (/^https?:$/.test(protocol) && asked !== origin && !ours) done.push(`asked for ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      done.push(`alerted ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.context().on('page', (opened) => done.push(`opened ${opened.url()}`));
    await window.show('Countersign');
    await window.page.getByText('No tasks yet.').waitFor();
  });

  after(async () => {
    for (const heard of ['request', 'dialog'] as const) await window?.page.removeAllListeners(heard);
    await window?.page.context().removeAllListeners('page');
    await giveEditorBack();
    repository?.remove();
  });

  afterEach('nothing ran, loaded, linked or led elsewhere', async () => {
    assert.deepEqual(done, []);
    assert.equal(await window.evaluate((api) => api.window.terminals.length), 0);
    assert.equal(new URL(window.page.url()).origin, origin);
    for (const found of ['.codicon-flame', '[data-href*="terminal.new"]', 'a[href*="evil.example"]', 'img[src="x"]']) {
      assert.equal(await window.page.locator(found).count(), 0, found);
    }
  });

  const open = (command: string) =>
    window.evaluate((api, name, id) => void api.commands.executeCommand(name, id), command, task);

  /** That a page, or a part of the window, holds text only, and none that disguises. */
  async function expectPlain(part: Frame | Locator): Promise<void> {
    const text =
      'parentFrame' in part ? await part.locator('body').innerText() : (await part.allInnerTexts()).join('\n');
    assert.doesNotMatch(text, OBEYED_CHARACTERS);
  }

  async function expectPage(frame: Frame): Promise<void> {
    await expectPlain(frame);
    for (const found of ['a', 'img', 'iframe', 'object', 'embed', 'base', 'form[action]', '.codicon-flame']) {
      assert.equal(await frame.locator(found).count(), 0, found);
    }
    // Of VS Code's own and ours none says this.
    assert.equal(await frame.locator('script', { hasText: 'alert(' }).count(), 0);
  }

  /** The document that a command opened, which speaks of a command where a click on a link would be obeyed. */
  async function opened(file: string): Promise<string> {
    await window.page.locator('.tab.active', { hasText: file }).waitFor();
    const text = () =>
      window.evaluate((api, name) => {
        const document = api.window.activeTextEditor?.document;
        return document?.uri.path.endsWith(`/${name}`) === true ? document.getText() : '';
      }, file);
    return eventually(text, (now) => now.includes('command:'));
  }

  /** How many commands of others the active document would run at a click. */
  const commandLinks = () =>
    window.evaluate(async (api) => {
      const uri = api.window.activeTextEditor?.document.uri;
      const links = await api.commands.executeCommand<{ target?: { scheme: string; path: string } }[]>(
        'vscode.executeLinkProvider',
        uri,
      );
      // In a transcript the names of changed files lead to their change: that is ours.
      return links.filter(({ target }) => target?.scheme === 'command' && target.path !== 'countersign.openFileDiff')
        .length;
    });

  /** Clicks, as one does to follow a link, on what speaks of a command in the active document and is on the screen. */
  async function followLinks(): Promise<void> {
    const { page } = window;
    const words = page.locator('.editor-instance .view-line span > span', { hasText: /command:|terminal/ });
    await words.first().waitFor();
    const pane = await page.locator('.editor-instance').first().boundingBox();
    await page.keyboard.down('ControlOrMeta');
    for (const word of (await words.all()).slice(0, 6)) {
      const box = await word.boundingBox();
      if (box === null || pane === null || box.y + box.height > pane.y + pane.height) continue;
      await page.mouse.click(box.x + Math.min(box.width, 200) / 2, box.y + box.height / 2);
    }
    await page.keyboard.up('ControlOrMeta');
    assert.equal(await commandLinks(), 0);
  }

  it('would be obeyed in a Markdown document of anybody else', async () => {
    await window.evaluate(async (api, content) => {
      await api.window.showTextDocument(await api.workspace.openTextDocument({ language: 'markdown', content }));
    }, COMMAND_LINK);
    // The editor's Markdown support is loaded with the first document.
    while ((await commandLinks()) === 0);
    await window.evaluate((api) => api.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));
  });

  it('is text in the brief form', async () => {
    const form = await window.frameOf('brief');
    await form.getByRole('button', { name: 'hostile' }).first().click();
    await form.getByRole('textbox', { name: 'Goal' }).waitFor();
    await form.getByText('Readiness').first().waitFor();
    await expectPage(form);
    await window.screenshot('hostile-brief');
  });

  it('asks as text in the tree, its hover, the notification and the review', async () => {
    const args = [resolve('dist/cli.js'), 'run', '.countersign/briefs/hostile.md', '--detach', '--json'];
    const options = { cwd: repository.dir, env: editor.places.env };
    task = (JSON.parse((await promisify(execFile)(process.execPath, args, options)).stdout) as { id: string }).id;
    const rows = window.tree('Tasks');
    await rows.filter({ hasText: 'asks for permission' }).waitFor();
    await window.notification('asks for permission').waitFor();
    assert.equal(
      await window.notification('asks for permission').locator('.notification-list-item-message a').count(),
      0,
    );
    await rows.filter({ hasText: 'asks for permission' }).hover();
    await window.page.locator('.monaco-hover', { hasText: 'Asks:' }).waitFor();
    await expectPlain(window.page.locator('.monaco-hover'));
    await expectPlain(rows);
    await open('countersign.openReview');
    const frame = await window.frameOf('review');
    await frame.getByText(DISGUISE_SHOWN).first().waitFor();
    await expectPage(frame);
    await window.screenshot('hostile-asks');
    await frame.locator('.asking').getByRole('button', { name: 'Allow this once' }).click();
    await frame.locator('.verdict-words', { hasText: 'Not ready' }).waitFor();
  });

  it('is text in the review, with its findings, checks and files open', async () => {
    const frame = await window.frameOf('review');
    const closed = frame.locator('.finding button[aria-expanded=false]');
    await closed.first().waitFor();
    await frame.locator('details').evaluateAll((all) => {
      for (const one of all) (one as HTMLDetailsElement).open = true;
    });
    for (const button of (await closed.all()).slice(0, 4).reverse()) await button.click();
    await frame.getByText('src/safe\\u{202e}gnp.exe').first().waitFor();
    await expectPage(frame);
    await expectPlain(window.page.locator('.tab'));
    await window.screenshot('hostile-review');
  });

  for (const [command, file] of [
    ['countersign.showPacket', 'Packet.md'],
    ['countersign.showTaskBrief', 'Brief.md'],
    ['countersign.showTranscript', 'Transcript.txt'],
  ] as const) {
    it(`is text in ${file}, and a click on it runs nothing`, async () => {
      await open(command);
      assert.doesNotMatch(await opened(file), OBEYED_CHARACTERS);
      await followLinks();
      await window.screenshot(`hostile-${file}`);
    });
  }

  it('is text in every kind of difference, and in the comments on it', async () => {
    await open('countersign.openAllChanges');
    await window.page.locator('.multiDiffEditor .view-line').first().waitFor();
    await expectPlain(window.page.locator('.multiDiffEditor .file-path, .tab'));
    await window.screenshot('hostile-changes');
    for (const path of [...Object.values(NAMES), 'src/huge.txt', 'src/new name $(flame).txt', TEST_FILE]) {
      await window.evaluate(
        (api, id, name) => api.commands.executeCommand('countersign.openFileDiff', { task: id, path: name }),
        task,
        path,
      );
      await expectPlain(window.page.locator('.tab'));
    }
    // Where the editor lists comments, one leads to its place.
    await window.page.locator('.comments-panel .monaco-list-row', { hasText: 'is not in the brief' }).click();
    await window.page.locator('.review-comment').first().waitFor();
    await expectPlain(window.page.locator('.review-widget, .comments-panel'));
    assert.equal(await window.page.locator('.review-comment .comment-body a').count(), 0);
    await window.screenshot('hostile-comment');
  });

  it('runs nothing from a Markdown file that it wrote', async () => {
    await window.evaluate(
      (api, id, path) => api.commands.executeCommand('countersign.openFileDiff', { task: id, path }),
      task,
      NAMES.link,
    );
    await followLinks();
  });
});
