/** Names of files for briefs. Pure. */

export { slugOf } from '../../core/brief/slug';

/** `name`, `name-2`, `name-3`, …: what to try until one is free. */
export function* namesFrom(name: string): Generator<string> {
  yield name;
  for (let at = 2; at <= 1_000; at++) yield `${name}-${at}`;
}
