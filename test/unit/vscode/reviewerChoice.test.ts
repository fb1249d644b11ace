import assert from 'node:assert/strict';
import { reviewersToChoose } from '../../../src/vscode/tasks/reviewerChoice';
import { plain } from './sample';

const agent = (id: string, installed = true, name = id) => ({ id, name, installed });
const choose = (...[agents, worker]: [Parameters<typeof reviewersToChoose>[0], string | null]) =>
  reviewersToChoose(agents, worker, plain).map(({ agent: id, label, description }) => [id, label, description]);

describe('the choice of a reviewer', () => {
  it('is no choice where at most one agent is there', () => {
    assert.deepEqual(choose([], 'codex'), []);
    assert.deepEqual(choose([agent('codex'), agent('gemini', false), agent('command')], 'codex'), []);
  });

  it('begins with the default, and ends with the one that did the work', () => {
    const agents = [
      agent('codex', true, 'Codex'),
      agent('mine'),
      agent('gemini', false),
      agent('qwen', true, 'Q\u202e'),
    ];
    assert.deepEqual(
      choose(agents, 'codex').map(([id, label, description], at) => [id, label, at === 0 ? '' : description]),
      [
        [null, 'The default reviewer', ''],
        ['mine', 'mine', ''],
        ['qwen', 'Q\\u{202e}', 'qwen'],
        ['codex', 'Codex', 'it did the work'],
      ],
    );
    assert.deepEqual(
      choose(agents, null).map(([id]) => id),
      [null, 'codex', 'mine', 'qwen'],
    );
  });
});
