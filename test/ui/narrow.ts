/** Surfaces in little room. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Window } from '../editor/window';
import { eventually } from './eventually';

/** Drags the right edge of the sidebar, until the sidebar is so many pixels wide. */
export async function drawSidebar({ page }: Window, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  assert.ok(box !== null);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}

/**
 * Waits until a page is at most so many pixels wide, and nothing of it has to be scrolled sideways: its frame is laid out
 * some time after the window.
 *
 * @throws when it never is: with its width and what is too wide
 */
export async function expectFits(page: Frame, most: number): Promise<void> {
  const shown = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const over = [...document.querySelectorAll('body *')].filter(
        (one) => scrollWidth > clientWidth && one.getBoundingClientRect().right > clientWidth + 1,
      );
      const wide = over.map((one) => `${one.tagName}.${one.className}`);
      return [clientWidth, ...(scrollWidth > innerWidth ? [`of ${scrollWidth}`] : []), ...wide].join(' ');
    });
  await eventually(shown, (width) => Number(width) <= most);
}
