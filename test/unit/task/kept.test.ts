import assert from 'node:assert/strict';
import type { TaskContext } from '../../../src/core/task/context';
import { Kept } from '../../../src/core/task/kept';

describe('what was found out about a task', () => {
  const host = {} as TaskContext;
  let found = 0;
  let kept: Kept<number>;
  const find = async () => ++found;
  beforeEach(() => {
    found = 0;
    kept = new Kept();
  });

  it('is found once for a question, and anew for another one, task or host', async () => {
    assert.equal(await kept.of(host, 'a', 'one', find), 1);
    assert.equal(await kept.of(host, 'a', 'one', find), 1);
    assert.equal(await kept.of(host, 'b', 'one', find), 2);
    assert.equal(await kept.of({} as TaskContext, 'a', 'one', find), 3);
    assert.equal(await kept.of(host, 'a', 'two', find), 4);
    assert.equal(await kept.of(host, 'a', 'one', find), 5);
  });

  it('is found once for all who ask at the same time', async () => {
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => kept.of(host, 'a', 'one', find))), [1, 1, 1]);
  });

  it('is looked for again when nothing was found', async () => {
    await assert.rejects(
      kept.of(host, 'a', 'one', () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await kept.of(host, 'a', 'one', find), 1);
  });

  it('is let go of the task that was looked at longest ago', async () => {
    for (let task = 0; task <= 16; task += 1) await kept.of(host, `t${task}`, 'one', find);
    assert.equal(await kept.of(host, 't1', 'one', find), 2);
    assert.equal(await kept.of(host, 't0', 'one', find), 18);
  });
});
