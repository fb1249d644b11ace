import assert from 'node:assert/strict';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { Tick } from '../../../src/webview/review/parts';
import { rendered, type TinyNode } from './tinyDom';

describe('a box of the review', () => {
  it('shows a click at once, and stays so until the editor says otherwise', async () => {
    const ticked: boolean[] = [];
    const tick = (on: boolean) => h(Tick, { on, label: 'viewed', onTick: (wanted) => ticked.push(wanted) });
    await rendered((parent) => {
      const show = (on: boolean) => act(() => render(tick(on), parent));
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
    });
  });
});
