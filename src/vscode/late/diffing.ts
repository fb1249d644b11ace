/** The native diffs with their threads and marks: a bundle of its own, loaded when the first of them is shown. */
import { Diffing, type DiffSurroundings } from '../diff/diffing';

export type { Diffing };

export function startDiffing(around: DiffSurroundings): Diffing {
  return new Diffing(around);
}
