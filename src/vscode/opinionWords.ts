/** Whose opinion a finding of the reviewer is, and of what: said wherever it stands. Pure. */
import type { Packet } from '../core/review/packetSchema';
import { reviewerWords } from '../core/review/reviewer/words';
import { visible } from '../core/visible';
import type { Translate } from './translate';

/** Of a criterion, in UTF-16 units. */
const TEXT_SHOWN = 200;

type Review = NonNullable<Packet['review']>;

/** `Gemini CLI 1.0.0`: a command has no name of its own. */
export function reviewerName({ agent }: Pick<Review, 'agent'>, t: Translate): string {
  return agent?.id === 'command' ? t("the brief's command") : visible(reviewerWords({ agent }));
}

/** `by Gemini CLI 1.0.0, which did not do the work`: the reader can tell whether somebody judges their own work. */
export function byWords({ agent, same }: Pick<Review, 'agent' | 'same'>, t: Translate): string {
  const name = reviewerName({ agent }, t);
  return same ? t('by {0}, which did the work, too', name) : t('by {0}, which did not do the work', name);
}

/** A finding as its reviewer put it; the quote is the finding's evidence. */
export interface OpinionSaid {
  readonly message: string;
  /** Empty when there is none. */
  readonly suggestion: string;
  /** The reviewer's name. */
  readonly by: string;
  /** That it is an opinion and whose, and of which part of the brief. */
  readonly about: readonly string[];
}

/** Null for a finding that is not the reviewer's. Its texts may hold anything. */
export function opinionOn(
  id: string,
  { review, criteria }: Pick<Packet, 'review' | 'criteria'>,
  t: Translate,
): OpinionSaid | null {
  const said = review?.findings.find((finding) => finding.id === id);
  if (review == null || said === undefined) return null;
  const { criterion, clause, message, suggestion } = said;
  const about = criterion === null ? (clause ?? '') : (criteria[criterion - 1]?.text ?? '');
  const shown = visible(about.length > TEXT_SHOWN ? `${about.slice(0, TEXT_SHOWN)}…` : about);
  return {
    message,
    suggestion: suggestion ?? '',
    by: reviewerName(review, t),
    about: [
      t('Opinion {0}', byWords(review, t)),
      ...(criterion !== null
        ? [t('criterion {0}: {1}', criterion, shown)]
        : shown === ''
          ? []
          : [t('about: {0}', shown)]),
    ],
  };
}
