import assert from 'node:assert/strict';
import type { AgentUpdate } from '../../../src/core/ports/transcript';
import { activitySchema } from '../../../src/core/task/summary';
import { Activities } from '../../../src/host/activity';
import { TestClock } from './clock';

function made() {
  const clock = new TestClock();
  const told: string[] = [];
  const activities = new Activities((task, { words }) => told.push(`${task} ${words}`), clock.later);
  return { clock, told, activities, words: () => activities.of('t')?.words ?? null };
}

const says = (text: string): AgentUpdate => ({ kind: 'text', role: 'agent', text });
const tool = (title: string, status: string, ...paths: string[]): AgentUpdate => ({
  kind: 'tool',
  call: 'c',
  title,
  status,
  paths,
});

describe('signs of life', () => {
  it('are told at once, and then at most once in two seconds, the newest', () => {
    const { clock, told, activities } = made();
    activities.progress('t', 'making the worktree');
    for (let n = 1; n <= 10_000; n++) activities.update('t', says(`word ${n}\n`));
    assert.deepEqual(told, ['t making the worktree']);
    clock.pass(1_999);
    assert.equal(told.length, 1);
    clock.pass(1);
    assert.deepEqual(told.slice(1), ['t says: word 10000']);
    clock.pass(60_000);
    assert.equal(told.length, 2, 'silence is told by nothing');
    activities.update('t', tool('npm test', 'in_progress'));
    assert.deepEqual(told.slice(2), ['t doing: npm test']);
  });

  it('are those of each task by itself', () => {
    const { told, activities } = made();
    activities.progress('one', 'checking');
    activities.progress('two', 'checking');
    assert.deepEqual(told, ['one checking', 'two checking']);
  });

  it('end with the task', () => {
    const { clock, told, activities, words } = made();
    activities.progress('t', 'a');
    activities.progress('t', 'b');
    activities.end('t');
    clock.pass(10_000);
    assert.deepEqual(told, ['t a']);
    assert.equal(words(), null);
  });

  it('join what was cut anywhere, and show its last line', () => {
    const { activities, words } = made();
    for (const piece of ['First line.\nI am wri', 'ting the ', 'tests']) activities.update('t', says(piece));
    assert.equal(words(), 'says: I am writing the tests');
    activities.update('t', { kind: 'text', role: 'thought', text: 'hm' });
    assert.equal(words(), 'thinks: hm');
    activities.update('t', { kind: 'output', stream: 'stdout', text: '1 passing\n' });
    assert.equal(words(), 'prints: 1 passing');
  });

  it('say of tools what they do and how that went', () => {
    const { activities, words } = made();
    const seen = (update: AgentUpdate) => {
      activities.update('t', update);
      return words();
    };
    assert.equal(seen(tool('Edit', 'pending', 'src/a.ts')), 'doing: Edit (src/a.ts)');
    assert.equal(seen(tool('Edit src/a.ts', 'completed', 'src/a.ts')), 'done: Edit src/a.ts');
    assert.equal(seen(tool('', 'failed', 'src/a.ts')), 'failed: src/a.ts');
    assert.equal(seen(tool('', 'failed')), null);
    assert.equal(
      seen({
        kind: 'plan',
        entries: [
          { text: 'look', status: 'completed' },
          { text: 'write', status: 'in_progress' },
        ],
      }),
      'plans: write',
    );
  });

  it('show what would be obeyed or hidden, and are never longer than a line of a list', () => {
    const { activities, words } = made();
    activities.update('t', tool('\u001b[31mred\u202e', 'in_progress'));
    assert.equal(words(), 'doing: \\u{1b}[31mred\\u{202e}');
    for (const text of ['x'.repeat(5_000), '\u001b'.repeat(5_000), '\n'.repeat(5_000)]) {
      activities.update('t', tool(text, 'in_progress'));
      const activity = activities.of('t');
      assert.ok(activity === null || activitySchema.safeParse(activity).success);
    }
  });
});
