/** What a review, or the want of one, says about a packet. It can only make it worse. */
import { isAccepted } from '../criteria/words';
import type { Packet } from '../packetSchema';
import { plural } from '../words';
import { standingIn } from './opinions';

type Evidence = Pick<Packet, 'review' | 'reviewRequired' | 'criteria' | 'state'>;

/** Before these states a missing review only means that it is not there yet. */
const OVER: ReadonlySet<string> = new Set(['ready', 'signed', 'delivered', 'rejected']);

/** Why a packet is blocked: sign-off waits for a review that is not there. */
export function requiredReview({ review, reviewRequired, state }: Evidence): string[] {
  if (!reviewRequired || !OVER.has(state) || standingIn(review) === 'valid') return [];
  return [`a review is required: ${wantOf(review)}`];
}

/** What is there instead of a valid review, in words. */
export function wantOf(review: Packet['review']): string {
  switch (standingIn(review)) {
    case 'missing':
      return 'nobody has reviewed this tree';
    case 'none':
      return `no review: ${review?.none}`;
    case 'stale':
      return 'the review is of another tree or brief';
    case 'valid':
      return '';
  }
}

/** Why a packet asks for attention: what the reviewer says, or that there is no review although one was asked for. */
export function reviewReasons({ review, reviewRequired, criteria }: Evidence): string[] {
  if (review === null) return [];
  if (standingIn(review) !== 'valid') return reviewRequired ? [] : [wantOf(review)];
  const major = review.findings.filter(({ severity }) => severity === 'major').length;
  // What is unproven already is told without a reviewer.
  const doubted = criteria.filter(
    (criterion) => criterion.proof !== 'unproven' && criterion.proposed?.proof === 'unproven' && !isAccepted(criterion),
  ).length;
  const { unseen } = review;
  return [
    ...(major === 0 ? [] : [`the reviewer has ${plural(major, 'major finding')}`]),
    ...(doubted === 0 ? [] : [`the reviewer holds ${plural(doubted, 'criterion', 'criteria')} unproven`]),
    ...(unseen.lines === 0 ? [] : [`the reviewer was not shown ${plural(unseen.lines, 'changed line')}`]),
  ];
}
