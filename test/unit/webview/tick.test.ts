import assert from 'node:assert/strict';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { Tick } from '../../../src/webview/review/parts';
import { rendered, type TinyNode } from './tinyDom';

describe('a box of the review', () => {
  it('shows a click at once, and stays so until the editor says otherwise', async () => {
    const ticked: boolean[] = [];
    const tick = (on: boolean, list: number) =>
      h(Tick, { on, list, label: 'viewed', onTick: (wanted) => ticked.push(wanted) });
    await rendered((parent) => {
      const show = (on: boolean, list = 1) => act(() => render(tick(on, list), parent));
      const box = () => (parent as unknown as TinyNode).all('input')[0]!;
      const isTicked = () => box().attributes.checked === 'true';
      void show(false);
      assert.equal(isTicked(), false);
      void act(() => box().tick(true));
      assert.deepEqual([isTicked(), ticked], [true, [true]]);
      void show(false);
      assert.equal(isTicked(), true, 'the page was drawn with what the editor knew before the click');
      void show(true);
      void show(false);
      assert.equal(isTicked(), false);
      void act(() => box().tick(true));
      void show(false, 2);
      assert.equal(isTicked(), false, 'another list took the place of the one that was clicked in');
    });
  });
});
