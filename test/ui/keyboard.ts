/** A person at a keyboard, without a mouse: what they press, and how they find out where they are. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Window } from '../editor/window';
import { eventually } from './eventually';

/** Nobody presses Tab more often than this to get anywhere. */
const PATIENCE = 80;
const FOCUSABLE = 'a, button, input, select, textarea, summary, [tabindex]';

export class KeyboardUser {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  press(keys: string): Promise<void> {
    return this.#window.page.keyboard.press(keys);
  }

  type(text: string): Promise<void> {
    return this.#window.page.keyboard.type(text);
  }

  /** Replaces what stands in the box that has the focus. */
  async write(text: string): Promise<void> {
    // Not Ctrl+A: in a webview the workbench selects everything once more, some time later.
    await this.press('Control+End');
    await this.press('Control+Shift+Home');
    await this.type(text);
  }

  /** Runs a command from the palette, by its whole name. */
  async command(title: string): Promise<void> {
    await this.press('F1');
    await this.choose(title);
  }

  /** Types the name of an entry of the quick pick, and takes it. */
  async choose(label: string): Promise<void> {
    const pick = this.#window.page.locator('.quick-input-widget');
    await pick.locator('input:focus').waitFor();
    await this.type(label);
    await pick.locator('.monaco-list-row.focused .label-name').getByText(label, { exact: true }).waitFor();
    await this.press('Enter');
  }

  /** Waits until there is an element of this name in the page, and presses a key until it has the focus. */
  async goTo(frame: Frame, name: string | RegExp, key = 'Tab'): Promise<void> {
    const isIt = (one: string) => (typeof name === 'string' ? one === name : name.test(one));
    // Who begins before it is there goes past its place.
    await eventually(
      async () => (await names(frame, FOCUSABLE)).join('\n'),
      (all) => all.split('\n').some(isIt),
    );
    const passed: string[] = [];
    while (passed.length < PATIENCE) {
      const here = await focused(frame);
      if (isIt(here)) return;
      passed.push(here);
      await this.press(key);
    }
    assert.fail(`${key} does not lead to ${name}: ${passed.join(' > ')}`);
  }

  /** Waits until the element of this name has the focus: nothing is pressed for it. */
  async waitAt(frame: Frame, name: string): Promise<void> {
    await eventually(
      () => focused(frame),
      (here) => here === name,
    );
  }

  /** Presses the down arrow until the tree's focused row says this. */
  async goToRow(view: string, text: string): Promise<void> {
    const tree = this.#window.page.getByRole('tree', { name: view });
    const row = tree.locator('.monaco-list-row.focused');
    // It gets the focus some time after it was asked for.
    await tree.and(this.#window.page.locator(':focus')).waitFor();
    for (let pressed = 0; pressed < PATIENCE; pressed += 1) {
      if ((await row.filter({ hasText: text }).count()) > 0) return;
      await this.press('ArrowDown');
    }
    assert.fail(`the arrow does not lead to ${text}`);
  }
}

async function focused(frame: Frame): Promise<string> {
  const [name = ''] = await names(frame, null);
  return name;
}

/** The accessible names, nearly, of elements that can be seen, or of the one that has the focus: label, else text. */
function names(frame: Frame, selector: string | null): Promise<string[]> {
  return frame.evaluate((wanted) => {
    const seen = wanted === null ? [] : [...document.querySelectorAll(wanted)].filter((one) => one.checkVisibility());
    return (wanted === null ? [document.activeElement] : seen).map((one) => {
      const here = one as HTMLInputElement | null;
      const name = here?.getAttribute('aria-label') ?? here?.labels?.[0]?.innerText ?? here?.innerText ?? '';
      return name.replace(/\s+/g, ' ').trim().slice(0, 100);
    });
  }, selector);
}
