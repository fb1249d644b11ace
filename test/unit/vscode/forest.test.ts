import assert from 'node:assert/strict';
import type { TaskSummary } from '../../../src/core/task/summary';
import { type Changes, Forest, type Node } from '../../../src/vscode/tasks/forest';
import { plain, sampleSummary } from './sample';

const NOW = Date.parse('2026-01-02T04:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

/** Tasks at work, the first the newest. */
function atWork(count: number): TaskSummary[] {
  return Array.from({ length: count }, (_, index) =>
    sampleSummary({ id: `t${index}`, state: 'running', createdAt: minutesAgo(90), updatedAt: minutesAgo(index) }),
  );
}

const keys = (changes: Changes) => (changes === 'all' ? 'all' : changes.map(({ key }) => key));
const shape = (nodes: readonly Node[]): unknown =>
  nodes.map(({ key, children }) => (children.length === 0 ? key : { [key]: shape(children) }));

describe('the tree of tasks', () => {
  it('groups tasks, and names the repository only when there are several', () => {
    const forest = new Forest(plain);
    const other = { id: 'r2', name: 'other', root: '/repositories/other' };
    const tasks = [sampleSummary({ id: 'a' }), sampleSummary({ id: 'b', state: 'running' })];
    assert.equal(forest.grow(tasks, NOW), 'all');
    assert.deepEqual(shape(forest.roots), [{ 'needs-you': ['needs-you/a'] }, { running: ['running/b'] }]);
    assert.equal(forest.grow([...tasks, sampleSummary({ id: 'c', repository: other })], NOW), 'all');
    assert.deepEqual(shape(forest.roots), [
      { r1: [{ 'r1/needs-you': ['r1/needs-you/a'] }, { 'r1/running': ['r1/running/b'] }] },
      { r2: [{ 'r2/needs-you': ['r2/needs-you/c'] }] },
    ]);
    assert.deepEqual(
      forest.roots.map(({ face }) => [face.label, face.description]),
      [
        ['example', '2'],
        ['other', '1'],
      ],
    );
    const twin = { id: 'r3', name: 'example', root: '/elsewhere/example' };
    forest.grow([...tasks, sampleSummary({ id: 'd', repository: twin })], NOW);
    assert.deepEqual(
      forest.roots.map(({ face }) => face.description),
      ['2 · /repositories/example', '1 · /elsewhere/example'],
    );
    assert.equal(forest.grow([], NOW), 'all');
    assert.deepEqual(forest.roots, []);
  });

  it('names only what looks different, as the node that it was', () => {
    const forest = new Forest(plain);
    const tasks = atWork(1_000);
    forest.grow(tasks, NOW);
    const before = forest.roots[0]!.children[7]!;
    assert.deepEqual(keys(forest.grow([...tasks], NOW)), []);
    const drifting = { verdict: 'attention', files: 2, flagged: 1 } as const;
    const changes = forest.grow(tasks.with(7, { ...tasks[7]!, drifting }), NOW);
    assert.deepEqual(keys(changes), ['running/t7']);
    assert.equal(changes !== 'all' && changes[0], before);
    assert.match(before.face.description, /2 files, 1 flagged so far/);
  });

  it('shows a group anew when its tasks change, and all when its groups do', () => {
    const forest = new Forest(plain);
    const tasks = atWork(3);
    forest.grow(tasks, NOW);
    assert.deepEqual(keys(forest.grow(tasks.slice(1), NOW)), ['running']);
    assert.deepEqual(keys(forest.grow([...tasks.slice(1), sampleSummary({ id: 'ready' })], NOW)), 'all');
  });

  it('lets time pass: only what is told in other words is shown anew', () => {
    const forest = new Forest(plain);
    const tasks = [...atWork(2), sampleSummary({ id: 'x', updatedAt: minutesAgo(600) })];
    forest.grow(tasks, NOW);
    assert.deepEqual(keys(forest.grow(tasks, NOW + 30_000)), []);
    assert.deepEqual(keys(forest.grow(tasks, NOW + 60_000)), ['running/t0', 'running/t1']);
  });

  it('shows what an agent asks below its task, with the whole question for whoever hovers or listens', () => {
    const forest = new Forest(plain);
    const question = { request: 'q1', what: 'write \u202e/etc', boundary: 'outside' };
    const asking = sampleSummary({ id: 'a', state: 'running', asking: true, question });
    forest.grow([asking], NOW);
    const [task] = forest.roots[0]!.children;
    assert.equal(task?.face.opens, 'open');
    assert.match(task.face.context, /\banswer\b/);
    assert.deepEqual(
      task.children.map(({ key, face }) => [key, face.label, face.context, face.click?.command]),
      [['needs-you/a/q1', 'write \\u{202e}/etc', 'question', 'countersign.answer']],
    );
    assert.match(task.children[0]!.face.tooltip, /needs your leave: outside/);
    // Answered: the same task, somewhere else, with nothing below it.
    forest.grow([{ ...asking, asking: false, question: null }], NOW);
    assert.deepEqual(shape(forest.roots), [{ running: ['running/a'] }]);
  });

  it('shows long groups a page at a time', () => {
    const forest = new Forest(plain);
    const tasks = atWork(450);
    forest.grow(tasks, NOW);
    const group = forest.roots[0]!;
    assert.equal(group.children.length, 201);
    const more = group.children.at(-1)!;
    assert.deepEqual([more.face.description, more.face.click?.argument], ['250 not shown', 'running']);
    assert.deepEqual(keys(forest.showMore('running', NOW)), ['running']);
    assert.equal(group.children.length, 401);
    forest.showMore('running', NOW);
    assert.equal(group.children.length, 450);
    assert.equal(group.children.at(-1)?.matter.kind, 'task');
  });
});
