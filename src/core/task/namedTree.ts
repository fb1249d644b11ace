/** A tree as people name it. */

/** Git's own default for abbreviated names begins here. */
const SHORTEST_OID = 7;

/** Whether somebody who says `named`, a name or the beginning of one, means `tree`. */
export function namesTree(named: string, tree: string): boolean {
  return named.length >= SHORTEST_OID && tree.startsWith(named.toLowerCase());
}
