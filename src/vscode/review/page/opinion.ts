/** The second opinion: who gave it and of which tree, what of it could not be shown, and how to ask for one. Pure. */

import { REVIEW } from '../../../core/review/decisions';
import type { Packet } from '../../../core/review/packetSchema';
import { standingIn } from '../../../core/review/reviewer/opinions';
import { placeOf } from '../../../core/review/reviewer/words';
import { duration, shortOid } from '../../../core/review/words';
import { visible } from '../../../core/visible';
import type { Fact, Opinion } from '../../../webview/review/model';
import type { Mark } from '../../../webview/shared/shapes';
import { byWords, reviewerName } from '../../opinionWords';
import type { Translate } from '../../translate';
import { hindranceOf } from './hindrance';
import { counted } from './marks';
import type { ReviewState } from './state';

const UNEXPLAINED_SHOWN = 50;
/** Reasons, paths and refusals of one line that are named. */
const NAMED = 10;

type Review = NonNullable<Packet['review']>;

/** Null before there is a result that could be reviewed. */
export function opinionOf(state: ReviewState, t: Translate): Opinion | null {
  const { packet } = state;
  const { review, reviewing } = packet;
  if (packet.snapshot === null) return null;
  const ready = packet.state === 'ready';
  // Those of a review of the tree under review stand beside the criteria.
  const unexplained = review === null || standingIn(review) === 'valid' ? [] : review.unexplained;
  return {
    mark: markOf(packet, t),
    lead: review === null ? '' : leadOf(review, t),
    notes: review === null ? [] : notesOf(review, t),
    unexplained: unexplained.slice(0, UNEXPLAINED_SHOWN).map((place) => ({
      label: visible(placeOf(place)),
      value: visible(place.why),
    })),
    unexplainedMore: moreWords(unexplained.length - UNEXPLAINED_SHOWN, t),
    asks: ready && reviewing === null,
    askWords: standingIn(review) === 'valid' ? t('Ask again') : t('Ask a reviewer'),
    why: hindranceOf(state, t),
    stops: reviewing !== null,
    overrides: packet.decisions.some(({ kind, id }) => kind === 'evidence' && id === REVIEW),
  };
}

/** What there is, in words: for the section, and for whoever only sees the symbol. */
function markOf({ review, reviewing, reviewRequired }: Packet, t: Translate): Mark {
  if (reviewing !== null) {
    const name = visible(reviewing.agent ?? '');
    const words = name === '' ? t('a reviewer reads it now') : t('{0} reads it now', name);
    return { tone: 'plain', symbol: '…', words };
  }
  const missing = { tone: reviewRequired ? 'bad' : 'plain', symbol: reviewRequired ? '✗' : 'i' } as const;
  switch (standingIn(review)) {
    case 'missing':
      return { ...missing, words: t('no reviewer model ran') };
    case 'none':
      return { tone: reviewRequired ? 'bad' : 'careful', symbol: '!', words: t('no review') };
    case 'stale':
      return { tone: 'careful', symbol: '↻', words: t('stale: of another tree or brief') };
    case 'valid':
      return validMark(review, t);
  }
}

function validMark(review: Packet['review'], t: Translate): Mark {
  const counts = review === null ? '' : countsOf(review, t);
  if (counts === '') return { tone: 'good', symbol: '✓', words: t('nothing to object to') };
  const major = review?.findings.some(({ severity }) => severity === 'major') === true;
  return { tone: major ? 'careful' : 'plain', symbol: major ? '!' : 'i', words: counts };
}

/** `2 major, 1 nit`; empty when there is no finding. */
function countsOf({ findings }: Review, t: Translate): string {
  const count = (severity: Review['findings'][number]['severity'], words: string) =>
    findings.some((finding) => finding.severity === severity) ? [words] : [];
  const many = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return [
    ...count('major', t('{0} major', many('major'))),
    ...count('minor', t('{0} minor', many('minor'))),
    ...count('nit', counted(many('nit'), t('{0} nit', many('nit')), t('{0} nits', many('nit')))),
  ].join(', ');
}

function leadOf(review: Review, t: Translate): string {
  if (review.none !== null) {
    const why = visible(review.none);
    return review.agent === null ? why : t('{0} · asked: {1}', why, reviewerName(review, t));
  }
  const facts = [byWords(review, t), duration(review.seconds), t('of tree {0}', shortOid(review.tree))];
  if (review.confinement !== null) facts.push(t('confined by {0}', visible(review.confinement)));
  return facts.join(' · ');
}

function notesOf(review: Review, t: Translate): string[] {
  const { stale, none, unseen, refused } = review;
  const paths = unseen.paths.slice(0, NAMED).map(visible).join(', ');
  const asked = refused.slice(0, NAMED).map(visible).join('; ');
  return [
    stale && none === null
      ? t('It is of another tree or brief than the one under review, and says nothing of it.')
      : '',
    none === null && !stale
      ? t('An opinion: what it quotes was found in the result, its reasons were not checked.')
      : '',
    droppedNote(review, t),
    unseen.lines === 0
      ? ''
      : counted(
          unseen.lines,
          t('It was not shown {0} changed line of {1}; it could read it.', unseen.lines, paths),
          t('It was not shown {0} changed lines of {1}; it could read them.', unseen.lines, paths),
        ),
    refused.length === 0 ? '' : t('It asked for more than to read, and was refused: {0}', asked),
  ].filter((note) => note !== '');
}

/** How much of what it said was dropped, and each reason once with how often. */
function droppedNote({ dropped, droppedCount }: Review, t: Translate): string {
  if (droppedCount === 0) return '';
  const times = new Map<string, number>();
  for (const { why } of dropped) times.set(why, (times.get(why) ?? 0) + 1);
  const named = [...times].slice(0, NAMED).map(([why, count]) => {
    return count === 1 ? visible(why) : t('{0} ({1} times)', visible(why), count);
  });
  const told = named.join('; ');
  const all = times.size > named.length || droppedCount > dropped.length ? t('{0}; and more', told) : told;
  return counted(
    droppedCount,
    t('{0} thing that it said could not be shown, and was dropped: {1}', droppedCount, all),
    t('{0} things that it said could not be shown, and were dropped: {1}', droppedCount, all),
  );
}

function moreWords(more: number, t: Translate): string {
  return more > 0 ? t('{0} more are in the packet.', more) : '';
}

/** The review at a glance: who, what, and whether it is of this tree. */
export function opinionFact(packet: Packet, t: Translate): Fact {
  const { review, reviewing, snapshot } = packet;
  const { tone, words } = markOf(packet, t);
  const to = snapshot === null ? 'findings' : 'opinion';
  const agent = review?.agent ?? null;
  if (review === null || reviewing !== null || agent === null) return { tone, words, to };
  const name = reviewerName({ agent }, t);
  return { tone, words: `${name}: ${words}`, to };
}

/** Why nobody can sign off while it is read; empty when nobody reads it. */
export function readingHindrance({ reviewing }: Pick<Packet, 'reviewing'>, t: Translate): string {
  return reviewing === null ? '' : t('A reviewer reads it now: wait for the end of that, or stop it.');
}

/** What the reviewer holds of a criterion: beside its proof, which it does not change. */
export function proposedWords(
  { proof, because, places }: NonNullable<Packet['criteria'][number]['proposed']>,
  t: Translate,
): string {
  const named = places.slice(0, NAMED).map((place) => visible(placeOf(place)));
  const why = [visible(because), ...named].filter((part) => part !== '').join(' · ');
  return proof === 'proven'
    ? t('The reviewer holds it proven (an opinion): {0}', why)
    : t('The reviewer holds it unproven: {0}', why);
}
