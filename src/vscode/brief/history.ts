/**
 * What was changed in a draft, so that the form can take it back: the editor's own undo needs the focus, which the form
 * has. Changes that the editor itself undid are forgotten, so that nobody takes them back twice.
 */
import { applyChange, changeBetween, inverseOf, type TextChange } from './textChange';

/** More steps than anybody takes back; each is as small as its change. */
const MOST_STEPS = 500;
/** Typing in one place is one step until it pauses for so long, in milliseconds. */
const PAUSE_MS = 1_000;

interface Step {
  /** Takes the step back. */
  readonly inverse: TextChange;
  readonly place: string;
  readonly at: number;
}

export class DraftHistory {
  #text: string;
  #steps: Step[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  get canUndo(): boolean {
    return this.#steps.length > 0;
  }

  /**
   * The text is now another.
   *
   * @param place where it was changed: changes of one place that follow each other are one step; `''` is by hand
   * @param undone the editor took its own last step back
   * @param at in milliseconds
   */
  record(text: string, place: string, undone: boolean, at: number): void {
    const change = changeBetween(this.#text, text);
    if (change === null) return;
    const last = this.#steps.at(-1);
    const isBack = last !== undefined && applyChange(this.#text, last.inverse) === text;
    if (undone && isBack) {
      this.#steps.pop();
    } else if (last !== undefined && place !== '' && last.place === place && at - last.at < PAUSE_MS) {
      const first = applyChange(this.#text, last.inverse);
      this.#steps.pop();
      const whole = changeBetween(first, text);
      if (whole !== null) this.#steps.push({ inverse: inverseOf(whole, first), place, at });
    } else {
      this.#steps.push({ inverse: inverseOf(change, this.#text), place, at });
    }
    if (this.#steps.length > MOST_STEPS) this.#steps.shift();
    this.#text = text;
  }

  /** The text before the last step, which is forgotten; null when there is none. The caller makes the text so. */
  undo(): string | null {
    const last = this.#steps.pop();
    if (last === undefined) return null;
    this.#text = applyChange(this.#text, last.inverse);
    return this.#text;
  }
}
