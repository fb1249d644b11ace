/** A sample that is the same for the same seed. */

/**
 * Draws up to `count` different items, in the order of the list.
 *
 * @param seed a whole number; the generator is mulberry32 (Tommy Ettinger, public domain)
 */
export function draw<T>(items: readonly T[], count: number, seed: number): T[] {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const keyed = items.map((_, index) => ({ index, key: random() }));
  const taken = keyed.sort((one, other) => one.key - other.key).slice(0, count);
  return taken.sort((one, other) => one.index - other.index).map(({ index }) => items[index] as T);
}
