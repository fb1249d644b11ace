/** Changes that serve no criterion, as far as ids and a reviewer tell. Information: it blocks nothing. */
import type { Proposal, Unexplained } from '../reviewer/review';
import type { UnexplainedChanges } from './matrix';
import type { ChangedPlace, Mentions } from './mentions';

/** Those that a packet names. */
const SHOWN = 50;

/** What a reviewer of the tree under review says of places. */
export interface ReviewerOfPlaces {
  readonly name: string;
  readonly proposals: readonly Proposal[];
  readonly unexplained: readonly Unexplained[];
}

/**
 * Where no id stands anywhere, nobody could have tied a change to a criterion that way: then only what a reviewer names is
 * listed, and without a reviewer nothing.
 */
export function unexplainedChanges(mentions: Mentions | null, reviewer: ReviewerOfPlaces | null): UnexplainedChanges {
  const places = mentions?.places ?? [];
  const hasIds = places.some(({ isTied }) => isTied) || (mentions?.tests.some((tests) => tests.length > 0) ?? false);
  const said = reviewer === null ? [] : saidOf(reviewer, places);
  const silent = hasIds ? places.filter((place) => !place.isTied && !isExplained(place, reviewer)) : [];
  const known = new Set(said.map(({ place }) => place).filter((place) => place !== null));
  const hunks = [
    ...said.map(({ hunk }) => hunk),
    ...silent
      .filter((place) => !known.has(place))
      .map(({ path, line, lines }) => ({ path, line, lines, by: null, why: '' })),
  ];
  return {
    judges: [...(hasIds ? (['ids'] as const) : []), ...(reviewer === null ? [] : (['reviewer'] as const))],
    unread: [...(mentions?.unread ?? [])],
    total: hunks.length,
    hunks: hunks.slice(0, SHOWN),
  };
}

/** A reviewer who holds a criterion proven by a place says what the place is for. */
function isExplained(place: ChangedPlace, reviewer: ReviewerOfPlaces | null): boolean {
  const proposed = reviewer?.proposals.filter(({ proof }) => proof === 'proven') ?? [];
  return proposed.some(({ places }) => places.some((named) => isIn(place, named)));
}

function saidOf({ name, unexplained }: ReviewerOfPlaces, places: readonly ChangedPlace[]) {
  return unexplained.map(({ path, line, why }) => {
    const place = places.find((candidate) => isIn(candidate, { path, line })) ?? null;
    return { place, hunk: { path, line: line ?? place?.line ?? null, lines: place?.lines ?? null, by: name, why } };
  });
}

function isIn(
  { path, from, to }: ChangedPlace,
  named: { readonly path: string; readonly line: number | null },
): boolean {
  return path === named.path && (named.line === null || (named.line >= from && named.line <= to));
}
