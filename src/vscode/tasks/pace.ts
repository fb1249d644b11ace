/** When the list is asked for again: soon after a burst began, and never so often that asking becomes the work. */

/** Events come in bursts: one question to the host answers those of this many milliseconds. */
const BURST_MS = 150;
/** At most three questions a second, however much happens. */
const LEAST_MS = 350;
/** Of the time, asking may take a fifth: a list of ten thousand tasks is asked for less often. */
const SHARE = 5;

/**
 * @param sinceLast milliseconds since the last question was answered
 * @param lastTook  milliseconds that it took to answer
 * @returns milliseconds to wait before the next one
 */
export function pauseBefore(sinceLast: number, lastTook: number): number {
  return Math.max(BURST_MS, Math.max(LEAST_MS, lastTook * SHARE) - sinceLast);
}
