import assert from 'node:assert/strict';
import { announcement } from '../../../src/vscode/tasks/announcement';
import { isWanted, type Notice, occasionOf } from '../../../src/vscode/tasks/notices';
import { plain, sampleSummary } from './sample';

const error = { code: 'AGENT_FAILED', message: 'it ended', fix: 'look' };

describe('notifications', () => {
  it('are about questions, results and failures, and about nothing that the person did', () => {
    assert.equal(occasionOf({ type: 'asked', request: 'r', what: 'x', boundary: null }), 'asks');
    assert.equal(occasionOf({ type: 'failed', stage: 'running', error }), 'failed');
    assert.equal(occasionOf({ type: 'interrupted', stage: 'running', cause: 'host-died' }), 'failed');
    assert.equal(occasionOf({ type: 'interrupted', stage: 'running', cause: 'stopped' }), null);
    assert.equal(occasionOf({ type: 'queued' }), null);
    assert.equal(occasionOf({ type: 'rejected', reason: 'x', by: 'y' }), null);
  });

  it('come when the person looks elsewhere, always, or never, as the setting says', () => {
    const wanted = (['off', 'unfocused', 'always'] as const).map((when) => [
      isWanted(when, true),
      isWanted(when, false),
    ]);
    assert.deepEqual(wanted, [
      [false, false],
      [false, true],
      [true, true],
    ]);
  });

  it('name the task and lead to it', () => {
    const said = announcement([{ id: 'a', occasion: 'ready' }], [sampleSummary({ id: 'a' })], plain);
    assert.deepEqual(said, {
      text: '"Retry on 429" is ready for review.',
      about: { id: 'a', occasion: 'ready' },
      serious: false,
    });
  });

  it('are one for several that come together', () => {
    const tasks = [
      sampleSummary({ id: 'a' }),
      sampleSummary({ id: 'b' }),
      sampleSummary({ id: 'c', state: 'failed' }),
      sampleSummary({
        id: 'd',
        state: 'running',
        asking: true,
        question: { request: 'r', what: 'x', boundary: null },
      }),
    ];
    const notices: Notice[] = [
      { id: 'a', occasion: 'ready' },
      { id: 'b', occasion: 'ready' },
      { id: 'c', occasion: 'failed' },
      { id: 'd', occasion: 'asks' },
    ];
    const said = announcement(notices, tasks, plain);
    assert.equal(said?.text, '4 tasks need you: 1 asks for permission, 2 ready for review, 1 failed.');
    assert.deepEqual([said.about, said.serious], [null, true]);
  });

  it('leave out what does not hold any more, and come to nothing when nothing does', () => {
    const running = sampleSummary({ id: 'a', state: 'running' });
    assert.equal(announcement([{ id: 'a', occasion: 'asks' }], [running], plain), null);
    assert.equal(announcement([{ id: 'a', occasion: 'ready' }], [running], plain), null);
    assert.equal(announcement([{ id: 'elsewhere', occasion: 'ready' }], [running], plain), null);
    // Asked, answered, done: it is told once, and as what it is now.
    const twice: Notice[] = [
      { id: 'a', occasion: 'asks' },
      { id: 'a', occasion: 'ready' },
    ];
    assert.equal(announcement(twice, [{ ...running, state: 'ready' }], plain)?.about?.occasion, 'ready');
  });

  it('spell out what would be obeyed, and say the beginning of a long question', () => {
    const question = { request: 'r', what: `rm\n${'x'.repeat(500)}`, boundary: null };
    const asking = sampleSummary({ id: 'a', title: 'a\u202eb', state: 'running', asking: true, question });
    const said = announcement([{ id: 'a', occasion: 'asks' }], [asking], plain);
    assert.match(said?.text ?? '', /^"a\\u\{202e\}b" asks for permission: rm\\nx+…$/);
    assert.ok((said?.text.length ?? 0) < 200);
  });
});
