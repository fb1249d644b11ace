/** Time that passes when a test says so. */
import type { Later } from '../../../src/host/activity';

export class TestClock {
  #now = 0;
  #waiting: { readonly at: number; readonly run: () => void }[] = [];

  readonly later: Later = (milliseconds, run) => {
    this.#waiting.push({ at: this.#now + milliseconds, run });
  };

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = this.#waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (due === undefined) break;
      this.#now = due.at;
      this.#waiting = this.#waiting.filter((one) => one !== due);
      due.run();
    }
    this.#now = end;
  }
}
