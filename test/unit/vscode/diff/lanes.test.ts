import assert from 'node:assert/strict';
import { Lanes } from '../../../../src/vscode/diff/lanes';

describe('lanes', () => {
  it('let only so many things happen at once, in the order in which they came', async () => {
    const lanes = new Lanes(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const works = Array.from({ length: 5 }, (_, n) =>
      lanes.run(() => {
        begun.push(n);
        return new Promise<number>((resolve) => ends.push(() => resolve(n)));
      }),
    );
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    assert.deepEqual(begun, [0, 1]);
    ends[1]?.();
    await settle();
    assert.deepEqual(begun, [0, 1, 2]);
    for (let n = 0; n < 5; n++) {
      for (const end of ends) end();
      await settle();
    }
    assert.deepEqual(await Promise.all(works), [0, 1, 2, 3, 4]);
  });

  it('go on when one fails', async () => {
    const lanes = new Lanes(1);
    const failed = lanes.run(() => Promise.reject(new Error('no')));
    const next = lanes.run(async () => 'yes');
    await assert.rejects(failed, /no/);
    assert.equal(await next, 'yes');
    assert.equal(await lanes.run(async () => 'again'), 'again');
  });
});
