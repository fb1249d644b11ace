/** Why nothing can be done now, whatever it is. Pure. */
import type { Translate } from '../../translate';
import type { ReviewState } from './state';

/** Empty when nothing hinders. */
export function hindranceOf(
  { busy, live, gone, trusted }: Pick<ReviewState, 'busy' | 'live' | 'gone' | 'trusted'>,
  t: Translate,
): string {
  if (busy !== null) return t('Wait until it is done: {0}', busy);
  if (gone) return t('The task was deleted.');
  if (!live) return t('The background host has ended; look again to start it.');
  if (!trusted) return t('This workspace is not trusted: here tasks can be read only.');
  return '';
}
