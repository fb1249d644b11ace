/** Where the walk through a file is: every construct around a node that matters to an assertion or a case in it. */
import type { CaseDraft, Collector, Group } from './drafts';

/** From where on the statements of a block are never reached. */
export interface Dead {
  readonly from: number;
  readonly why: string;
}

export interface Frame {
  /** Where the construct ends. */
  readonly to: number;
  readonly group: Group | null;
  readonly owner: Collector;
  /** The case around, if any. */
  readonly test: CaseDraft | null;
  readonly muted: string | null;
  readonly guarded: boolean;
  readonly dead: Dead | null;
  /** What loops around go through, since the case began. */
  readonly rows: readonly string[] | null | undefined;
}

export class Frames {
  readonly #frames: Frame[];

  constructor(bottom: Frame) {
    this.#frames = [bottom];
  }

  /** The innermost construct that a position is in. */
  at(from: number): Frame {
    while (this.#frames.length > 1 && this.top.to <= from) this.#frames.pop();
    return this.top;
  }

  get top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  /** The frames of a whole file: everything that is said stands in `owner` until something else begins. */
  static of(owner: Collector): Frames {
    const nowhere = { group: null, test: null, muted: null, guarded: false, dead: null, rows: undefined };
    return new Frames({ to: Infinity, owner, ...nowhere });
  }

  push(to: number, change: Partial<Omit<Frame, 'to'>>): void {
    this.#frames.push({ ...this.top, ...change, to });
  }
}
