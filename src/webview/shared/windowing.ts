/** The arithmetic of a list that renders only what can be seen. Heights are what was measured, else an estimate. Pure. */

/** Top of each item, in order, and the height of the whole at the end: `count + 1` entries. */
export function offsetsOf(count: number, heightOf: (index: number) => number): Float64Array {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) offsets[index + 1] = offsets[index]! + Math.max(0, heightOf(index));
  return offsets;
}

export interface Range {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/**
 * The items that touch the stretch from `top` to `bottom`, and `spare` more on each side.
 *
 * @param offsets of `offsetsOf`
 */
export function rangeOf(offsets: Float64Array, top: number, bottom: number, spare: number): Range {
  const count = offsets.length - 1;
  if (count <= 0 || bottom < top) return { first: 0, end: 0 };
  const first = itemAt(offsets, top);
  const last = itemAt(offsets, bottom);
  return { first: Math.max(0, first - spare), end: Math.min(count, last + 1 + spare) };
}

/** The item at a height: the first one above, the last one below. */
function itemAt(offsets: Float64Array, at: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The places of a range, with those that must be there whatever is seen, in order. */
export function placesOf({ first, end }: Range, always: readonly number[], count: number): number[] {
  const places = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const others = always.filter((place) => place >= 0 && place < count && (place < first || place >= end));
  return [...new Set([...places, ...others])].sort((one, other) => one - other);
}
