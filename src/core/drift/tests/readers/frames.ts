/** Where the walk through a file is: every construct around a node that matters to an assertion or a case in it. */
import type { Assertion } from '../model';
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

  /** A block whose statements are not reached from somewhere on; what is around it may end earlier. */
  pushDead(to: number, dead: Dead | null): void {
    const earlier = this.top.dead;
    if (dead !== null && (earlier === null || dead.from < earlier.from)) this.push(to, { dead });
  }

  /** A branch; `undefined` runs whenever what is around it does. */
  pushBranch(to: number, runs: 'sometimes' | 'never' | null | undefined): void {
    if (runs === 'sometimes') this.push(to, { guarded: true });
    if (runs === 'never') this.push(to, { muted: 'behind a condition that never holds' });
  }
}

/** Why what stands at a position has no effect; null when it has. */
export function mutedAt({ dead, muted }: Pick<Frame, 'dead' | 'muted'>, from: number): string | null {
  return dead !== null && from >= dead.from ? dead.why : muted;
}

/** Gives an assertion to whoever the construct around it belongs to, with what that construct makes of it. */
export function assertIn(
  frame: Pick<Frame, 'owner' | 'dead' | 'muted' | 'guarded'>,
  said: Omit<Assertion, 'line' | 'muted' | 'guarded'>,
  { from, line }: { readonly from: number; readonly line: number },
): void {
  const muted = mutedAt(frame, from);
  frame.owner.assertions.push({
    ...said,
    line,
    ...(muted === null ? {} : { muted }),
    ...(frame.guarded ? { guarded: true } : {}),
  });
}
