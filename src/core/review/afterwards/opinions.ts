/** What became of an opinion of a reviewer: only another reading can tell, and only of the tree that it read. */

import { normal } from '../reviewer/normal';
import type { ReviewFinding } from '../reviewer/review';
import { type Judgement, judged } from './judged';
import { type SentItem, TEXT_MOST } from './sent';
import type { Side } from './side';

const WEIGHT: Readonly<Record<string, number>> = { nit: 0, minor: 1, major: 2 };

/** Fixed only when a valid review of the new tree read that file and says nothing about it any more. */
export function judgeOpinion(item: SentItem, before: Side, after: Side): Judgement {
  const { review } = after;
  if (review === null || review.none !== null) return judged('open', 'it was not looked at again');
  const said = review.findings.filter((finding) => isSame(item, finding));
  const [again] = said;
  if (again !== undefined) {
    const worst = Math.max(...said.map(({ severity }) => WEIGHT[severity] ?? 0));
    const was = WEIGHT[item.rule?.replace('review/', '') ?? ''] ?? 0;
    return worst > was
      ? judged('worse', 'the new review says it again, as graver', again.id)
      : judged('not-fixed', 'the new review says it again', again.id);
  }
  if (before.tree === after.tree) return judged('open', 'another review of the same files does not say it');
  const other = review.findings.find(({ path }) => path === item.path);
  if (other !== undefined) return judged('open', 'the new review says something else about this file', other.id);
  if (review.unseen.hunks > 0) return judged('open', 'the new review was not shown all of the change');
  if (review.dropped.some(({ what }) => what === 'finding')) {
    return judged('open', 'the new review said more than it could show');
  }
  return judged('fixed', 'a new review of this tree does not say it any more');
}

function isSame(item: SentItem, { id, path, quote }: ReviewFinding): boolean {
  if (id === item.id) return true;
  if (path !== item.path || item.quote === undefined) return false;
  const [one, other] = [normal(item.quote), normal(quote)];
  if (one === '' || other === '') return false;
  // What was recorded may have been cut.
  return item.quote.length < TEXT_MOST ? one === other : other.startsWith(one.slice(0, -1));
}
