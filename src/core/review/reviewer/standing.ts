/** What a stored review is worth for the tree under review. */
import type { Review } from './review';

/**
 * `valid`: a review of this tree for this brief. `stale`: of another one. `none`: it was tried, and there is none.
 * `missing`: nobody tried.
 */
export type ReviewStanding = 'valid' | 'stale' | 'none' | 'missing';

export function standingOf(
  review: Pick<Review, 'tree' | 'brief' | 'none'> | null,
  { tree, brief }: { readonly tree: string | null; readonly brief: string },
): ReviewStanding {
  if (review === null) return 'missing';
  if (review.none !== null) return 'none';
  return review.tree === tree && review.brief === brief ? 'valid' : 'stale';
}
