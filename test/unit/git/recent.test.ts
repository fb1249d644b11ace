import assert from 'node:assert/strict';
import { Recent } from '../../../src/node/git/recent';

describe('answers that are kept for a moment', () => {
  it('are made once for all who ask meanwhile, and each question has its own', async () => {
    const recent = new Recent<number>();
    let made = 0;
    const make = async () => ++made;
    assert.deepEqual(await Promise.all([recent.of('a', make), recent.of('a', make), recent.of('b', make)]), [1, 1, 2]);
    assert.equal(await recent.of('a', make), 1);
  });

  it('are made again after a failure', async () => {
    const recent = new Recent<number>();
    await assert.rejects(
      recent.of('a', async () => {
        throw new Error('not now');
      }),
      /not now/,
    );
    assert.equal(await recent.of('a', async () => 7), 7);
  });

  it('are the last few only', async () => {
    const recent = new Recent<number>();
    let made = 0;
    const ask = (question: string) => recent.of(question, async () => ++made);
    for (const question of ['a', 'b', 'c', 'd', 'e']) await ask(question);
    assert.equal(await ask('e'), 5);
    assert.equal(await ask('a'), 6);
  });
});
