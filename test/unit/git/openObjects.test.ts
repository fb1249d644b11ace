/** Object stores that stay open for the next question, and what is left of them when their owner ends. */
import assert from 'node:assert/strict';
import { OpenObjects } from '../../../src/node/git/openObjects';

/** A store's view: it says when it is asked to go, and is gone when it is let. */
class View {
  readonly gitDir = 'one';
  isGone = false;
  readonly asked: Promise<void>;
  #ask: () => void = () => undefined;
  #let: () => void = () => undefined;
  readonly #allowed = new Promise<void>((resolve) => {
    this.#let = resolve;
  });

  constructor() {
    this.asked = new Promise((resolve) => {
      this.#ask = resolve;
    });
  }

  letGo(): void {
    this.#let();
  }

  async close(): Promise<void> {
    this.#ask();
    await this.#allowed;
    this.isGone = true;
  }
}

describe('open object stores', () => {
  const opened = (idleMs: number) => {
    const views: View[] = [];
    const open = new OpenObjects(async () => {
      const view = new View();
      views.push(view);
      return view;
    }, idleMs);
    return { open, views };
  };

  it('are opened once for questions that follow each other', async () => {
    const { open, views } = opened(60_000);
    for (let asked = 0; asked < 3; asked++) await open.with('one', async () => undefined);
    assert.equal(views.length, 1);
  });

  it('are all gone when their owner has closed, also one that was ending by itself', async () => {
    const { open, views } = opened(0);
    await open.with('one', async () => undefined);
    // Keeps the process up: the timer of an idle store does not.
    const up = setInterval(() => undefined, 1_000);
    await views[0]?.asked;
    clearInterval(up);
    await open.with('one', async () => undefined);
    for (const view of views) setImmediate(() => view.letGo());
    await open.close();
    assert.deepEqual(
      views.map(({ isGone }) => isGone),
      [true, true],
    );
  });
});
