/**
 * What an answer to a finding covers. It is given for the places that the finding had then: places that went since need
 * no answer any more, and places that came since have none, although the finding is the same.
 */
import { placeIds } from '../drift/places';
import type { Answer, Finding } from '../drift/report';
import { sha256Hex } from '../hash';

/** Ids of the places that an answer was given for; absent = of the finding by whose id it is kept, alone. */
export interface Covering {
  readonly places?: readonly string[] | undefined;
}

/** How many places of a finding an answer to it does not cover. */
export function placesBeyond(finding: Pick<Finding, 'id' | 'places'>, { places }: Covering): number {
  const covered = new Set(places ?? [finding.id]);
  return placeIds(finding).filter((id) => !covered.has(id)).length;
}

/** The places of an answer for the record: how many, and a digest of which. */
export function digestOfPlaces(finding: Pick<Finding, 'id' | 'places'>): {
  readonly count: number;
  readonly digest: string;
} {
  const ids = [...placeIds(finding)].sort();
  return { count: ids.length, digest: sha256Hex(ids.join('\n')) };
}

/**
 * Answers kept by finding id, as they stand for the findings of now. A group that fell apart, and a few that became a
 * group, keep what was said to their places: an answer whose finding is gone goes to those that have places of it.
 *
 * @returns the answers by the ids of now, and those that fit nothing any more
 */
export function carriedOver<A extends Covering>(
  answers: Readonly<Record<string, A>>,
  findings: readonly Pick<Finding, 'id' | 'places'>[],
): { readonly kept: Readonly<Record<string, A>>; readonly gone: readonly (readonly [string, A])[] } {
  const known = new Set(findings.map(({ id }) => id));
  const entries = Object.entries(answers);
  const strayed = entries.filter(([id]) => !known.has(id));
  if (strayed.length === 0) return { kept: answers, gone: [] };
  const findingOf = new Map(findings.flatMap(({ id, places }) => places.map((place) => [place.id, id] as const)));
  const kept = new Map(entries.filter(([id]) => known.has(id)));
  const own = new Set(kept.keys());
  const gone = strayed.filter(([id, answer]) => {
    const places = answer.places ?? [id];
    const targets = new Set(places.flatMap((place) => findingOf.get(place) ?? []));
    for (const target of targets) {
      // What was said to the finding itself stands.
      if (own.has(target)) continue;
      kept.set(target, { ...answer, places: [...new Set([...(kept.get(target)?.places ?? []), ...places])] });
    }
    return targets.size === 0;
  });
  return { kept: Object.fromEntries(kept), gone };
}

/** Whether an answer makes sense for a finding. */
export function offers({ answers }: Pick<Finding, 'answers'>, answer: Answer): boolean {
  return answers.includes(answer);
}
