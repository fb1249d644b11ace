/** What the window looked like when a test failed. */
import type { Window } from '../editor/window';

/** To be called in a `describe`: a failed test leaves a picture, named after it, among the screenshots. */
export function pictureFailures(window: () => Window | undefined): void {
  afterEach(async function () {
    const { currentTest } = this;
    if (currentTest?.state !== 'failed') return;
    const name = currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 100);
    // The window itself may be what is gone.
    await window()
      ?.screenshot(`failed-${name}`)
      .catch(() => undefined);
  });
}
