import assert from 'node:assert/strict';
import fc from 'fast-check';
import { offsetsOf, placesOf, rangeOf } from '../../../src/webview/shared/windowing';

describe('the arithmetic of a long list', () => {
  it('adds heights up, measured or estimated', () => {
    assert.deepEqual([...offsetsOf(3, (index) => [10, 20, 5][index]!)], [0, 10, 30, 35]);
    assert.deepEqual([...offsetsOf(0, () => 1)], [0]);
  });

  it('finds what touches a stretch, with some to spare', () => {
    const offsets = offsetsOf(100, () => 10);
    assert.deepEqual(rangeOf(offsets, 100, 195, 0), { first: 10, end: 20 });
    assert.deepEqual(rangeOf(offsets, 100, 195, 3), { first: 7, end: 23 });
    assert.deepEqual(rangeOf(offsets, -50, 5, 2), { first: 0, end: 3 });
    assert.deepEqual(rangeOf(offsets, 5_000, 6_000, 0), { first: 99, end: 100 });
    assert.deepEqual(
      rangeOf(
        offsetsOf(0, () => 10),
        0,
        100,
        5,
      ),
      { first: 0, end: 0 },
    );
  });

  it('leaves out nothing that can be seen, whatever the heights', () => {
    const lists = fc.array(fc.nat(200), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(lists, fc.nat(40_000), fc.nat(1_000), (heights, top, height) => {
        const offsets = offsetsOf(heights.length, (index) => heights[index]!);
        const { first, end } = rangeOf(offsets, top, top + height, 0);
        for (const [index, own] of heights.entries()) {
          const seen = own > 0 && offsets[index]! < top + height && offsets[index + 1]! > top;
          if (seen) assert.ok(index >= first && index < end, `${index} of ${first} to ${end}`);
        }
      }),
    );
  });

  it('keeps the item with the focus, in its place', () => {
    assert.deepEqual(placesOf({ first: 3, end: 5 }, [40], 50), [3, 4, 40]);
    assert.deepEqual(placesOf({ first: 3, end: 5 }, [0, 4], 50), [0, 3, 4]);
    assert.deepEqual(placesOf({ first: 3, end: 5 }, [50, -1], 50), [3, 4]);
  });
});
