/** The reviewer's draft as the page shows it. Pure. */
import type { PageDraft } from '../../../webview/review/model';
import type { Translate } from '../../translate';
import { answerOf } from '../draft';
import { isIncluded, overrideOf, type ReviewState, treeOf } from './state';

/** @param list number of the list of files that the places of viewed files are of */
export function draftViewOf(state: ReviewState, list: number, t: Translate): PageDraft {
  const { packet, draft, changes } = state;
  const findings = packet.drift?.findings ?? [];
  const viewed = new Set(draft.viewed);
  const marks = changes.kind === 'known' ? changes.value.marks : [];
  const stale = staleOverrides(state);
  return {
    accepted: findings.flatMap(({ id }) => {
      const answer = answerOf(draft.accepted, id);
      if (answer === null) return [];
      const note = answer.tree === treeOf(packet) ? '' : t('answered at an earlier revision; the finding is the same');
      return [{ id, reason: answer.reason, note }];
    }),
    overridden: packet.checks.flatMap(({ name }, index) => {
      const answer = overrideOf(state, name);
      return answer === null ? [] : [{ id: `${index}`, reason: answer.reason, note: '' }];
    }),
    included: findings.filter((finding) => isIncluded(state, finding)).map(({ id }) => id),
    justify: [...draft.justify],
    viewed: { list, files: marks.flatMap((mark, index) => (viewed.has(mark) ? [index] : [])) },
    texts: { ...stale, ...draft.texts },
  };
}

/** The reason for another tree's result is offered again, and holds only when it is kept anew. */
function staleOverrides(state: ReviewState): Record<string, string> {
  const entries = state.packet.checks.flatMap(({ name }, index): [string, string][] => {
    const answer = answerOf(state.draft.overridden, name);
    return answer === null || overrideOf(state, name) !== null ? [] : [[`override:${index}`, answer.reason]];
  });
  return Object.fromEntries(entries);
}
