/** The base's tests and check configuration, as they are laid over a result. */

/** What stands at a path in a git tree: an object that is there already, or a text to be written. */
export type LaidEntry =
  | { readonly mode: string; readonly oid: string }
  | { readonly mode: string; readonly text: string };

/** One path of the result that becomes another; null: it goes. */
export interface Laid {
  readonly path: string;
  readonly entry: LaidEntry | null;
}

/** Nothing is laid over a result that has the base's tests and check configuration. */
export interface OverlayPlan {
  readonly laid: readonly Laid[];
  /** Changed files that hold check configuration among other things that the result needs: they stay as they are. */
  readonly left: readonly string[];
}
