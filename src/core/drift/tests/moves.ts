/** Cases that left one file and came to another, and those that are nowhere. */
import { append } from '../append';
import type { TestCase } from './model';
import { byBody, byPath } from './pairing';
import type { Side } from './sides';
import { wordsOf } from './texts';

/** A case, and the file that it is or was in. */
export interface Placed {
  readonly test: TestCase;
  readonly side: Side;
}

export interface Moves {
  readonly moved: readonly (readonly [Placed, Placed])[];
  readonly gone: readonly Placed[];
  /** The new cases that turned out to be old ones. */
  readonly taken: ReadonlySet<TestCase>;
}

/** What gone cases can be recognised by in another file. */
export class Wanted {
  readonly #keys = new Set<string>();
  readonly #said = new Set<string>();

  constructor(gone: readonly Placed[]) {
    for (const { test } of gone) {
      for (const key of keysOf(test)) this.#keys.add(key);
      for (const { text } of test.assertions) this.#said.add(text.toLowerCase());
    }
  }

  /** Whether nothing is gone. */
  get isEmpty(): boolean {
    return this.#keys.size === 0;
  }

  /** Whether a new case may be one that is gone, or be nearly the same. */
  has(test: TestCase): boolean {
    if (this.isEmpty) return false;
    return (
      keysOf(test).some((key) => this.#keys.has(key)) ||
      test.assertions.some(({ text }) => this.#said.has(text.toLowerCase()))
    );
  }
}

function keysOf(test: TestCase): readonly string[] {
  const [path, body, leaf, name] = [byPath(test), byBody(test), leafOf(test), nameOf(test)];
  return [
    `path ${path}`,
    ...(body === null ? [] : [`body ${body}`]),
    ...(leaf === null ? [] : [`leaf ${leaf}`]),
    ...(name === null ? [] : [`name ${name}`]),
  ];
}

/** A name of several words says which case it is, also in a group that is called otherwise. */
function nameOf({ path }: TestCase): string | null {
  const name = path.at(-1) ?? '';
  return path.length > 1 && wordsOf(name).size >= FEWEST_WORDS ? name : null;
}

const FEWEST_WORDS = 2;

/** A name alone says little in another file: an assertion must be the same too. */
function leafOf({ path, assertions }: TestCase): string | null {
  const [first] = assertions;
  return first === undefined ? null : JSON.stringify([path.at(-1), first.text]);
}

/** Pairs each gone case with a new one of another file: the same name, the same body, or both in part. */
export function findMoves(gone: readonly Placed[], fresh: readonly Placed[]): Moves {
  const holders = new Map<string, Placed[]>();
  for (const placed of fresh.toReversed()) for (const key of keysOf(placed.test)) append(holders, key, placed);
  const taken = new Set<TestCase>();
  const moved: (readonly [Placed, Placed])[] = [];
  const left = gone.filter((placed) => {
    for (const key of keysOf(placed.test)) {
      const waiting = holders.get(key);
      while (waiting !== undefined && waiting.length > 0) {
        const other = waiting.pop() as Placed;
        if (taken.has(other.test) || other.side === placed.side) continue;
        taken.add(other.test);
        moved.push([placed, other]);
        return false;
      }
    }
    return true;
  });
  return { moved, gone: left, taken };
}
