/** What a file of a snapshot shows: its bytes, or, where it is too large to be sent, a text that says so. */
import type { Result } from '../../host/rpc';
import type { Translate } from '../translate';
import type { Content } from './contentCache';

/** Bytes of a file that are shown; what the host sends in one answer. */
export const MOST_SHOWN = 16 * 1024 * 1024;

/** What the host sent, as what is shown. */
export function contentOf(blob: Result<'task/blob'>, t: Translate): Content {
  if (!blob.cut) return { oid: blob.oid, bytes: Buffer.from(blob.base64, 'base64') };
  const notice = [
    t('This file is too large to be shown here: {0} bytes; at most {1} are.', blob.size, MOST_SHOWN),
    t('To look at it, open a clean checkout of the snapshot, or ask git for the object {0}.', blob.oid),
  ];
  return { oid: blob.oid, bytes: Buffer.from(`${notice.join('\n')}\n`, 'utf8') };
}

/** First digits of git's name that make the time: 44 bits are some 550 years of milliseconds. */
const TIME_DIGITS = 11;

/**
 * A time of last change that depends on the content alone: an editor reads a file again only when its time or size
 * differ, and a turn's snapshot can be made anew.
 */
export function timeOf(oid: string): number {
  const time = Number.parseInt(oid.slice(0, TIME_DIGITS), 16);
  return Number.isFinite(time) ? time : 0;
}
