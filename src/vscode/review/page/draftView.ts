/** The reviewer's draft as the page shows it. Pure. */
import { REVIEW } from '../../../core/review/decisions';
import type { Packet } from '../../../core/review/packetSchema';
import { findingsIn } from '../../../core/review/reviewer/opinions';
import type { PageDraft } from '../../../webview/review/model';
import type { Translate } from '../../translate';
import { answerOf, grownBy, standingAnswer } from '../draft';
import { isIncluded, overrideOf, type ReviewState, treeOf } from './state';

/** @param list number of the list of files that the places of viewed files are of */
export function draftViewOf(state: ReviewState, list: number, t: Translate): PageDraft {
  const { packet, draft, changes } = state;
  const findings = findingsIn(packet);
  const viewed = new Set(draft.viewed);
  const marks = changes.kind === 'known' ? changes.value.marks : [];
  const stale = staleOverrides(state);
  return {
    accepted: findings.flatMap((finding) => {
      const answer = standingAnswer(draft.accepted, finding);
      if (answer === null) return [];
      const note = answer.tree === treeOf(packet) ? '' : t('answered at an earlier revision; the finding is the same');
      return [{ id: finding.id, reason: answer.reason, note, widens: answer.widens === true }];
    }),
    grown: findings.flatMap((finding) => {
      const count = grownBy(draft.accepted, finding);
      if (count === 0) return [];
      const words = t('{0} more places than you answered: it is open again', count);
      return [{ id: finding.id, words: count === 1 ? t('one more place than you answered: it is open again') : words }];
    }),
    overridden: overridable(packet).flatMap(([name, id]) => {
      const answer = overrideOf(state, name);
      return answer === null ? [] : [{ id, reason: answer.reason, note: '', widens: false }];
    }),
    included: findings.filter((finding) => isIncluded(state, finding)).map(({ id }) => id),
    justify: [...draft.justify],
    viewed: { list, files: marks.flatMap((mark, index) => (viewed.has(mark) ? [index] : [])) },
    texts: { ...stale, ...grownReasons(state), ...draft.texts },
  };
}

/** The reason for fewer places is offered again, and holds for all only when it is kept anew. */
function grownReasons({ packet, draft }: ReviewState): Record<string, string> {
  const grown = findingsIn(packet).filter((finding) => grownBy(draft.accepted, finding) > 0);
  return Object.fromEntries(
    grown.flatMap(({ id }) => {
      const answer = answerOf(draft.accepted, id);
      return answer === null ? [] : [[`${answer.widens === true ? 'widen' : 'accept'}:${id}`, answer.reason]];
    }),
  );
}

/** What can be overridden: by which name, and how the page calls it. */
function overridable({ checks, reviewRequired }: Packet): readonly (readonly [name: string, id: string])[] {
  const places = checks.map(({ name }, index) => [name, `${index}`] as const);
  return reviewRequired ? [...places, [REVIEW, REVIEW]] : places;
}

/** The reason for another tree's result is offered again, and holds only when it is kept anew. */
function staleOverrides(state: ReviewState): Record<string, string> {
  const entries = overridable(state.packet).flatMap(([name, id]): [string, string][] => {
    const answer = answerOf(state.draft.overridden, name);
    return answer === null || overrideOf(state, name) !== null ? [] : [[`override:${id}`, answer.reason]];
  });
  return Object.fromEntries(entries);
}
