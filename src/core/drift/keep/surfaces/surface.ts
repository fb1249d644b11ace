/** What a file offers to others. */
import type { Syntax } from '../../syntax/parse';

export interface Surface {
  /** Signatures by the names that others use: a body may change, what it takes and gives may not. */
  readonly names: ReadonlyMap<string, string>;
  /** Files whose whole surface is part of this one (`export * from './a'`), as they are written. */
  readonly follows: readonly string[];
}

export type ReadSurface = (syntax: Syntax) => Surface;
