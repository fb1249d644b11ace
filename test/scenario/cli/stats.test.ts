/** The figures of tasks that were really worked on, from the journals of the real store through the real host. */
import assert from 'node:assert/strict';
import { type Stats, statsSchema } from '../../../src/core/stats/statsSchema';
import { Loop } from '../loop/loop';

describe('the figures of tasks', () => {
  let loop: Loop;

  before(() => {
    loop = new Loop();
  });
  after(() => loop.end());

  const say = async (...words: string[]) => (await loop.cli.run(loop.repository.dir, 'stats', ...words)).stdout;
  const read = async (...words: string[]) => (await loop.json(0, 'stats', ...words)) as Stats & { aside: number };

  it('teach when there is nothing to count, and refuse what is no date', async () => {
    assert.match(await say(), /no tasks yet, so nothing to count; begin with `countersign run FILE`/);
    assert.equal((await read()).total.tasks, 0);
    assert.equal(await loop.refusal(2, 'stats', '--since', '2026-02-30'), 'USAGE');
  });

  it('count what was signed, corrected, rejected and failed, and leave out what lists leave out', async () => {
    const first = await loop.run(0, { command: 'echo two > src/a.txt' });
    await loop.packet(0, 'signoff', first.id);
    const drifting = await loop.run(1, { command: 'echo x > src/b.txt; echo y > outside.txt' });
    await loop.packet(1, 'correct', drifting.id, '-m', 'again');
    await loop.json(0, 'reject', drifting.id, '--reason', 'not wanted');
    const failed = await loop.run(3, { command: 'exit 3' });

    const found = await read();
    statsSchema.parse(found);
    assert.deepEqual(found.states, { delivered: 1, rejected: 1, failed: 1 });
    assert.equal(found.total.yield, 0.5);
    assert.deepEqual([found.total.corrections, found.total.corrected, found.total.drift.tasks], [1, 1, 1]);
    assert.equal(found.total.toReady.count, 2);
    assert.ok((found.total.toReady.median ?? 0) > 0);
    assert.deepEqual(found.rules, [
      {
        rule: 'scope/outside',
        findings: 1,
        tasks: 1,
        agents: [{ agent: 'command', findings: 1, tasks: 1 }],
      },
    ]);
    assert.deepEqual(
      found.cost.map(({ agent, role, turns, counted }) => [agent, role, turns, counted]),
      [['command', 'executor', 4, 0]],
    );
    assert.deepEqual(found.unknown, { tokens: 4, usd: 4, rules: 0 });
    assert.match(await say(), /^command +3 +50% \(1 of 2\) +1 \(0\.3 a task\)/m);

    await loop.json(0, 'archive', failed.id);
    const shown = await read('--since', '2026-01-01');
    assert.deepEqual([shown.total.tasks, shown.aside], [2, 1]);
    assert.match(await say(), /1 put aside: `countersign stats --archived`/);
    assert.equal((await read('--archived', '--all')).total.tasks, 3);
    await loop.json(0, 'delete', failed.id, '--yes');
    assert.equal((await read('--archived')).total.tasks, 2);
    assert.equal((await read('--since', '2999-01-01')).total.tasks, 0);
    assert.match(await say('--agent', 'codex'), /^no task of codex; there are tasks of command$/m);
  });
});
