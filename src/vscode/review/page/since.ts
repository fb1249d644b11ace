/** What the turns since the last look changed; what was clean and is not any more comes first. Pure. */
import { isOpinion } from '../../../core/review/reviewer/asFinding';
import { visible } from '../../../core/visible';
import type { Since, SinceItem } from '../../../webview/review/model';
import type { Translate } from '../../translate';
import { sizeWords } from './files';
import { placeOf } from './findings';
import { counted, severityMark, statusMark, statusWords } from './marks';
import { isAtWork, type ReviewState, type SinceTurn } from './state';

/** Items of one group that are shown. */
const SHOWN = 50;

/** Null when there is no earlier turn, and while the newest one is not finished. */
export function sinceOf(state: ReviewState, t: Translate): Since | null {
  const { packet, since, draft } = state;
  if (since === null || packet.turn < 2 || isAtWork(packet)) return null;
  const turn = comparedTurn(state);
  const turns = Array.from({ length: packet.turn - 1 }, (_, index) => packet.turn - 1 - index).slice(0, SHOWN);
  const before = draft.before;
  return {
    turns: turns.map((number) => ({
      turn: number,
      words: number === before ? t('turn {0} (last looked at)', number) : t('turn {0}', number),
    })),
    turn,
    ...partsOf(since, t),
  };
}

/** The turn to compare with: as chosen, else the one that was looked at last, else the one before the newest. */
export function comparedTurn({ packet, draft }: Pick<ReviewState, 'packet' | 'draft'>): number | null {
  const wanted = draft.since ?? draft.before ?? packet.turn - 1;
  return wanted >= 1 && wanted < packet.turn ? wanted : null;
}

function partsOf(since: NonNullable<ReviewState['since']>, t: Translate): Pick<Since, 'lead' | 'opens' | 'groups'> {
  switch (since.kind) {
    case 'pending':
      return { lead: t('Comparing…'), opens: false, groups: [] };
    case 'unknown':
      return { lead: t('It could not be compared: {0}', visible(since.why.message)), opens: false, groups: [] };
    case 'known':
      return {
        lead: leadOf(since.value, t),
        opens: since.value.changes.length > 0,
        groups: groupsOf(since.value, t),
      };
  }
}

function leadOf({ changes, omitted, appeared, gone }: SinceTurn, t: Translate): string {
  const size = changes.reduce(
    (sum, { insertions, deletions }) => ({
      files: sum.files + 1,
      insertions: sum.insertions + (insertions ?? 0),
      deletions: sum.deletions + (deletions ?? 0),
    }),
    { files: omitted, insertions: 0, deletions: 0 },
  );
  const mended = gone.filter((finding) => !isOpinion(finding)).length;
  return [
    sizeWords(size, t),
    counted(mended, t('{0} finding gone', mended), t('{0} findings gone', mended)),
    counted(appeared.length, t('{0} new finding', appeared.length), t('{0} new findings', appeared.length)),
  ].join(' · ');
}

function groupsOf(since: SinceTurn, t: Translate): Since['groups'] {
  const { dirtied, appeared, gone, checks, changes, omitted } = since;
  const moved = checks.filter(({ before, after }) => before !== after);
  return [
    group(
      t('Was clean, and is not any more'),
      dirtied,
      0,
      (path) => ({
        mark: { tone: 'bad', symbol: '✗', words: t('no longer clean') },
        what: visible(path),
        detail: '',
      }),
      t,
    ),
    group(
      t('Checks'),
      moved,
      0,
      ({ name, before, after }) => ({
        mark: statusMark(after, false, t),
        what: visible(name),
        detail: t('{0} → {1}', statusWords(before, t), statusWords(after, t)),
      }),
      t,
    ),
    ...reviewGroup(since, t),
    group(t('New findings'), appeared, 0, (finding) => itemOf(finding, severityMark(finding.severity, t), t), t),
    group(
      t('Findings that are gone'),
      gone.filter((finding) => !isOpinion(finding)),
      0,
      (finding) => itemOf(finding, { tone: 'good', symbol: '✓', words: t('gone') }, t),
      t,
    ),
    group(
      // A model need not say the same twice: that is no proof that it is mended.
      t('What the reviewer does not say again'),
      gone.filter(isOpinion),
      0,
      (finding) => itemOf(finding, { tone: 'plain', symbol: '·', words: t('not said again') }, t),
      t,
    ),
    group(
      t('Files that it changed'),
      changes,
      omitted,
      ({ path, insertions, deletions }) => ({
        mark: { tone: 'plain', symbol: '·', words: '' },
        what: visible(path),
        detail: insertions === null ? t('binary') : `+${insertions} −${deletions ?? 0}`,
      }),
      t,
    ),
  ].filter(({ items }) => items.length > 0);
}

/** What became of the second opinion, where that is not the same: its findings are among the others. */
function reviewGroup({ review }: SinceTurn, t: Translate): Since['groups'] {
  if (review === undefined || review.before === review.after) return [];
  return [{ title: t('Second opinion'), items: [reviewItem(review, t)], more: '' }];
}

function reviewItem({ before, after }: NonNullable<SinceTurn['review']>, t: Translate): SinceItem {
  switch (after) {
    case 'valid':
      return {
        mark: { tone: 'plain', symbol: '·', words: t('reviewed') },
        what: t('It was read for the first time.'),
        detail: '',
      };
    case 'none':
      return {
        mark: { tone: 'careful', symbol: '!', words: t('no review') },
        what: t('A reviewer was asked, and gave none.'),
        detail: '',
      };
    case 'missing':
      return {
        mark: { tone: 'careful', symbol: '↻', words: t('stale') },
        what:
          before === 'valid'
            ? t(
                'The reviewer read the earlier turn, and nobody has read this one: what it found there may still be so.',
              )
            : t('No reviewer was asked again.'),
        detail: '',
      };
  }
}

function itemOf(finding: SinceTurn['gone'][number], mark: SinceItem['mark'], t: Translate): SinceItem {
  const detail = [visible(finding.rule), placeOf(finding, t)].filter((part) => part !== '').join(' · ');
  return { mark, what: visible(finding.message), detail };
}

function group<T>(
  title: string,
  all: readonly T[],
  omitted: number,
  itemOf: (one: T) => SinceItem,
  t: Translate,
): Since['groups'][number] {
  const rest = Math.max(0, all.length - SHOWN) + omitted;
  return { title, items: all.slice(0, SHOWN).map(itemOf), more: rest > 0 ? t('{0} more', rest) : '' };
}
