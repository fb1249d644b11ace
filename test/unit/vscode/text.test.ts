import assert from 'node:assert/strict';
import { CountersignError } from '../../../src/core/errors';
import { looksLikeBrief } from '../../../src/vscode/briefText';
import { plainNotice, problemOf, withoutCommandLine } from '../../../src/vscode/problem';

describe('recognising a brief', () => {
  it('by the key in its front matter', () => {
    assert.equal(looksLikeBrief('---\ncountersign: 1\ntitle: x\n---\n## Goal\n'), true);
    assert.equal(looksLikeBrief('\ufeff---\r\ntitle: x\r\ncountersign: 1\r\n---\r\n'), true);
    assert.equal(looksLikeBrief('---\ncountersign: 1\n---'), true);
  });

  it('and by nothing else', () => {
    for (const text of [
      '',
      'countersign: 1',
      '---\ntitle: x\n---\ncountersign: 1\n',
      '---\n  countersign: 1\n---\n',
      '---\ncountersign: 1\n',
      ' ---\ncountersign: 1\n---\n',
      '---\nnocountersign: 1\n---\n',
      `---\n${'x: 1\n'.repeat(10_000)}countersign: 1\n---\n`,
    ]) {
      assert.equal(looksLikeBrief(text), false, JSON.stringify(text.slice(0, 40)));
    }
  });
});

describe('problems', () => {
  it('tell what to do without the commands of another program, where anything is left', () => {
    for (const [told, shown] of [
      ['stop it first: `countersign stop 1`', 'stop it first'],
      ['resume with `countersign resume`, or reject the task', 'resume, or reject the task'],
      ['see the message of git above; `countersign doctor` checks the surroundings', 'see the message of git above'],
      ['read `countersign log 1`; sign in to the agent', 'sign in to the agent'],
      ['run `countersign --help`', 'run `countersign --help`'],
      ['run `git commit`', 'run `git commit`'],
    ]) {
      assert.equal(withoutCommandLine(told!), shown);
    }
  });

  it('keep code and fix, also of an error class of another bundle', () => {
    const foreign = Object.assign(new Error('no host'), { code: 'HOST_UNREACHABLE', fix: 'start it' });
    assert.deepEqual(problemOf(foreign), { code: 'HOST_UNREACHABLE', message: 'no host', fix: 'start it' });
    const own = new CountersignError('BRIEF_NOT_READY', 'not ready');
    assert.deepEqual(problemOf(own), own.toRecord());
  });

  it('that nobody named are internal, and codes of others are not taken for ours', () => {
    assert.equal(problemOf(Object.assign(new Error('no'), { code: 'ENOENT', fix: 'x' })).code, 'INTERNAL');
    assert.deepEqual([problemOf('thrown text').code, problemOf('thrown text').message], ['INTERNAL', 'thrown text']);
  });

  it('are shown without links that a notification would follow', () => {
    // The pattern of VS Code's own linked text.
    const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+\)/;
    const shown = plainNotice('see [here](command:workbench.action.terminal.new) and\n[there](https://x.example)');
    assert.doesNotMatch(shown, link);
    assert.match(shown, /here\] \(command/);
    assert.doesNotMatch(shown, /\n/);
  });
});
