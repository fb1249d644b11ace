/** What breaks around a window: the host, the agent, the brief, and another client that is quicker. Nothing is lost. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Editor } from '../editor/editor';
import type { Window } from '../editor/window';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { brief } from '../scenario/cli/briefs';
import { pictureFailures } from './failures';
import { giveEditorBack, takeEditor } from './oneEditor';

const BRIEF_FILE = '.countersign/briefs/greet.md';
const briefOf = (title: string, command: string, ...more: readonly string[]) =>
  brief({
    front: [
      `title: ${title}`,
      ...(more.length > 0 ? more : ['agent: command', `command: ${JSON.stringify(command)}`]),
      'scope: { change: [src/**] }',
      'checks: [{ name: tests, run: grep -q bonjour src/greeting.txt }]',
      'reviewer: Developer <dev@example.com>',
    ],
  });
const WORK = 'printf "bonjour\\n" > src/greeting.txt';

interface Answer {
  readonly exit: number;
  readonly said: {
    readonly id?: string;
    readonly state?: string;
    readonly error?: { code: string; fix: string } | null;
  };
}

describe('a window around which things break', () => {
  let repository: TestRepository;
  let editor: Editor;
  let window: Window;
  let agent: string;
  let config: string;
  pictureFailures(() => window);

  before(async () => {
    agent = '';
    repository = makeRepository({ files: { 'src/greeting.txt': 'hello\n' } });
    agent = join(repository.outside, 'agent.sh');
    repository.write({ '../agent.sh': { script: '#!/bin/sh\nexit 1\n' } });
    const agents = { vanishing: { command: agent }, broken: { command: 7 } };
    editor = await takeEditor({ 'countersign.agents': agents });
    config = join(editor.places.folder, 'config.yaml');
    writeFileSync(config, 'limits: { tasks: many }\n');
    // High enough for every row of the list.
    window = await editor.open(repository.dir, { width: 1280, height: 1100 });
    await window.show('Countersign');
  });

  after(async () => {
    await giveEditorBack();
    repository?.remove();
  });

  const row = (text: string | RegExp) => window.tree('Tasks').filter({ hasText: text });
  /** Another client of the same host. */
  const cli = async (...words: readonly string[]): Promise<Answer> => {
    const options = { cwd: repository.dir, env: editor.places.env };
    const args = [resolve('dist/cli.js'), ...words, '--json'];
    const told = await promisify(execFile)(process.execPath, args, options).catch(
      (failed: { code: number; stdout: string }) => failed,
    );
    return { exit: 'code' in told ? told.code : 0, said: JSON.parse(told.stdout) };
  };
  const handOff = async (title: string, command = WORK, ...how: readonly string[]): Promise<string> => {
    repository.write({ '../brief.md': briefOf(title, command) });
    return (await cli('run', '../brief.md', ...how)).said.id ?? '';
  };
  const showBrief = async (text: string) => {
    repository.write({ [BRIEF_FILE]: text });
    await window.evaluate(
      async (api, file) => {
        await api.window.showTextDocument(await api.workspace.openTextDocument(file));
      },
      join(repository.dir, BRIEF_FILE),
    );
  };

  describe('a host that cannot start', () => {
    it('says why, and what to do', async () => {
      const message = window.page.locator('.pane-body .message', { hasText: 'What to do:' });
      await message.filter({ hasText: /config\.yaml:1: limits\.tasks/ }).waitFor();
      await row('Show Log').waitFor();
      await window.screenshot('host-cannot-start');
    });

    it('starts when that is done', async () => {
      writeFileSync(config, '');
      await row('Try Again').click();
      await window.page.getByText('No tasks yet.').waitFor();
    });

    it('is told of agents in the settings that cannot be used, and takes the others', async () => {
      await window.notification('the agent "broken" of the settings cannot be used').waitFor();
      await window.clearNotifications();
    });
  });

  describe('an agent that disappears after the brief was written', () => {
    it('leaves the brief as it is, and the hand-off says what is missing', async () => {
      const text = briefOf('Greet', '', 'agent: vanishing');
      await showBrief(text);
      rmSync(agent);
      await window.evaluate((api) => void api.commands.executeCommand('countersign.handOff'));
      const said = window.notification('What to do:');
      await said.filter({ hasText: /vanishing|agent\.sh/ }).waitFor();
      assert.equal(readFileSync(join(repository.dir, BRIEF_FILE), 'utf8'), text);
      assert.equal(await row(/Greet/).count(), 0);
      await window.clearNotifications();
    });
  });

  describe('a brief that is edited into nonsense', () => {
    const NONSENSE = '---\ncountersign: 1\ntitle: [\n---\nwhatever\n';

    it('is said to be so in the form, which changes nothing of it', async () => {
      const form = await window.frameOf('brief');
      await window.evaluate((api) => api.commands.executeCommand('countersign.editBrief'));
      await form.getByRole('textbox', { name: 'Goal' }).waitFor();
      await window.evaluate(async (api, text) => {
        const editor = api.window.activeTextEditor;
        const all = new api.Range(0, 0, editor?.document.lineCount ?? 0, 0);
        await editor?.edit((edit) => edit.replace(all, text));
      }, NONSENSE);
      await form.locator('.problem').first().waitFor();
      await window.screenshot('brief-nonsense');
    });

    it('is not handed off', async () => {
      await window.evaluate((api) => void api.commands.executeCommand('countersign.handOff'));
      await window.notification('What to do:').waitFor();
      const text = await window.evaluate((api) => api.window.activeTextEditor?.document.getText());
      assert.equal(text, NONSENSE);
      assert.equal(await row(/nonsense|Greet/).count(), 0);
      await window.clearNotifications();
      await window.evaluate(async (api) => {
        await api.commands.executeCommand('workbench.action.files.revert');
        await api.commands.executeCommand('workbench.action.closeAllEditors');
      });
    });
  });

  describe('a host that is killed while a task runs', () => {
    it('is missed in the list, and the next one finds the task interrupted', async () => {
      await handOff('Wait for long', 'sleep 600', '--detach');
      await row('Wait for long').filter({ hasText: 'running' }).waitFor();
      const pid = Number(JSON.parse(readFileSync(join(editor.places.state, 'host/address.json'), 'utf8')).pid);
      process.kill(pid, 'SIGKILL');
      await window.page.getByText('The background host has ended').waitFor();
      await row('Wait for long').waitFor();
      await window.screenshot('host-killed');
      await window.command('Countersign: Refresh Tasks');
      await row('Wait for long').filter({ hasText: 'interrupted' }).waitFor();
      await window.page.getByText('The background host has ended').waitFor({ state: 'hidden' });
    });
  });

  describe('two who act on one task at the same moment', () => {
    /** One of two did it; the other was told so, with a code and something to do. */
    function expectOneOf(answers: readonly Answer[]): void {
      const refused = answers.filter(({ said }) => said.error != null);
      assert.equal(
        refused.length,
        1,
        JSON.stringify(answers.map(({ exit, said: { state, error } }) => ({ exit, state, error }))),
      );
      assert.match(refused[0]?.said.error?.code ?? '', /^(TASK_STATE|TASK_LOCKED|SIGNOFF_REFUSED|CORRECTION_SPENT)$/);
      assert.notEqual(refused[0]?.said.error?.fix, '');
    }

    it('sign-off and rejection: one wins, and the list shows which', async () => {
      const id = await handOff('Decide twice');
      await row('Decide twice').filter({ hasText: 'ready' }).waitFor();
      const answers = await Promise.all([
        cli('signoff', id, '--deliver', 'branch'),
        cli('reject', id, '--reason', 'not so'),
      ]);
      expectOneOf(answers);
      const won = answers[0]?.said.error == null ? 'delivered' : 'rejected';
      await row('Done this week').click();
      await row('Decide twice').filter({ hasText: won }).waitFor();
    });

    it('two corrections: one is sent', async () => {
      const id = await handOff('Correct twice');
      await row('Correct twice').filter({ hasText: 'ready' }).waitFor();
      expectOneOf(await Promise.all(['once', 'twice'].map((text) => cli('correct', id, '-m', text))));
      await row('Correct twice').filter({ hasText: 'ready' }).waitFor();
    });

    it('in a window that was slower: calm news, and the list is right', async () => {
      const id = await handOff('Too late');
      await row('Too late').filter({ hasText: 'ready' }).waitFor();
      await cli('signoff', id, '--deliver', 'none');
      await window.evaluate((api, task) => void api.commands.executeCommand('countersign.stop', task), id);
      const news = window.notification('What to do:');
      await news.waitFor();
      assert.equal(await news.locator('.codicon-error').count(), 0);
      await row('Too late').filter({ hasText: 'signed off' }).waitFor();
    });
  });
});
