/** Where a finding is: questions that everything asks which shows or answers one. */
import type { Finding } from './report';

/** Every path that the finding is about, each once; none for what is about no path. */
export function pathsOfFinding({ places }: Pick<Finding, 'places'>): readonly string[] {
  return [...new Set(places.map(({ path }) => path))];
}

/**
 * What an answer to the finding is given for: each place by its id. What has no places, a crowd too, is one thing, and
 * its id changes with it.
 */
export function placeIds({ id, places }: Pick<Finding, 'id' | 'places'>): readonly string[] {
  return places.length === 0 ? [id] : places.map((place) => place.id);
}
