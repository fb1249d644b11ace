/** Whose opinion a finding of the reviewer is, and of what: said wherever it stands. Pure. */
import type { Packet } from '../core/review/packetSchema';
import { reviewerWords } from '../core/review/reviewer/words';
import { visible } from '../core/visible';
import type { Translate } from './translate';

/** Of a criterion, in UTF-16 units. */
const TEXT_SHOWN = 200;

/** `by Gemini CLI 1.0.0 (≠ executor)`: the reader can tell whether somebody judges their own work. */
export function byWords({ agent, same }: Pick<NonNullable<Packet['review']>, 'agent' | 'same'>, t: Translate): string {
  const name = visible(reviewerWords({ agent }));
  return same ? t('by {0} (same agent as the executor)', name) : t('by {0} (≠ executor)', name);
}

/** Who says it, and of which part of the brief; empty for a finding that is not the reviewer's. */
export function opinionAbout(
  id: string,
  { review, criteria }: Pick<Packet, 'review' | 'criteria'>,
  t: Translate,
): readonly string[] {
  const said = review?.findings.find((finding) => finding.id === id);
  if (review == null || said === undefined) return [];
  const { criterion, clause } = said;
  const about = criterion === null ? (clause ?? '') : (criteria[criterion - 1]?.text ?? '');
  const shown = visible(about.length > TEXT_SHOWN ? `${about.slice(0, TEXT_SHOWN)}…` : about);
  return [
    byWords(review, t),
    ...(criterion !== null
      ? [t('criterion {0}: {1}', criterion, shown)]
      : shown === ''
        ? []
        : [t('about: {0}', shown)]),
  ];
}
