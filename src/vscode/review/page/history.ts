/** How the task came about, for whoever wants to know: its events, and the calls of tools that the agent told of. Pure. */
import { ADOPTED } from '../../../core/agent/adopted';
import type { JournalLine } from '../../../core/events';
import { amendmentWords } from '../../../core/review/amendment';
import { duration, shortOid } from '../../../core/review/words';
import { shortRef } from '../../../core/signoff/delivery';
import { visible } from '../../../core/visible';
import type { PageHistory } from '../../../webview/review/model';
import type { Translate } from '../../translate';
import { adoptedWords, statusWords } from './marks';
import type { ReviewState } from './state';

/** Characters of a title or of what is told that are shown. */
const TEXT_SHOWN = 400;
const PATHS_SHOWN = 5;

/** Null until somebody wants to see it. */
export function historyOf(
  { history }: Pick<ReviewState, 'history'>,
  language: string,
  t: Translate,
): PageHistory | null {
  if (history === null) return null;
  const nothing = { events: [], calls: [], callsNote: '' };
  if (history.kind === 'pending') return { ...nothing, note: t('Reading what happened…') };
  if (history.kind === 'unknown') {
    return { ...nothing, note: t('What happened could not be read: {0}', visible(history.why.message)) };
  }
  const { events, calls, omitted } = history.value;
  const when = clock(language);
  return {
    events: events.map((line) => ({ label: when(line.at), value: eventWords(line, t) })),
    calls: calls.map(({ at, title, status, paths }) => ({
      when: when(at),
      status: visible(status),
      what: shown(title),
      paths: paths.slice(0, PATHS_SHOWN).map(visible),
    })),
    callsNote: callsNote(calls.length, omitted, t),
    note: '',
  };
}

function callsNote(count: number, omitted: number, t: Translate): string {
  if (count === 0) return t('The agent told of nothing that it ran. The transcript has all that it said.');
  const told = t('As the agent told it: a claim, no evidence.');
  return omitted === 0 ? told : `${told} ${t('{0} earlier ones are in the transcript.', omitted)}`;
}

/** Times of a journal in the user's words and zone; one that is none stays as it is. */
function clock(language: string): (at: string) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  return (at) => {
    const time = new Date(at);
    return Number.isNaN(time.getTime()) ? visible(at) : format.format(time);
  };
}

function shown(text: string): string {
  return visible(text.trim().replace(/\s+/g, ' ').slice(0, TEXT_SHOWN));
}

/** What happened, in a few words. */
function eventWords(line: JournalLine, t: Translate): string {
  switch (line.type) {
    case 'created':
      if (line.agent === ADOPTED) return t('made of a brief, for work of others');
      return line.origin === 'human' ? t('handed off to {0}', shown(line.agent)) : t('drafted by a machine');
    case 'adopted':
      return t('{0} adopted at {1}: {2}', shown(line.name), shortOid(line.commit), adoptedWords(line, t));
    case 'prepared':
      return t('folder prepared in {0}', duration(line.seconds));
    case 'turn-started':
      return line.kind === 'work' ? t('turn {0} began', line.turn) : t('turn {0}, a correction, began', line.turn);
    case 'asked':
      return t('the agent asked: {0}', shown(line.what));
    case 'amended':
      return t('the brief was widened by {0}: {1}', shown(line.by), shown(amendmentWords(line.amendment)));
    case 'decided':
      return line.decision === 'allowed'
        ? t('allowed by {0}: {1}', shown(line.by), shown(line.what))
        : t('refused by {0}: {1}', shown(line.by), shown(line.what));
    case 'turn-ended':
      return t('turn {0} ended after {1}: {2}', line.turn, duration(line.seconds), shown(line.stop));
    case 'snapshot':
      return t('snapshot of turn {0}: tree {1}', line.snapshot.turn, shortOid(line.snapshot.tree));
    case 'verified':
      return t('checked: {0}', checksWords(line.checks, t));
    case 'reviewed':
      return line.none === null
        ? t('reviewed by {0}: {1} major, {2} minor findings', shown(line.agent ?? ''), line.major, line.minor)
        : t('no review: {0}', shown(line.none));
    case 'criterion-accepted':
      return line.reason === null
        ? t('criterion {0} no longer accepted, by {1}', shown(line.id), shown(line.by.name))
        : t('criterion {0} accepted by {1}: {2}', shown(line.id), shown(line.by.name), shown(line.reason));
    case 'ready':
      return t('ready for review');
    case 'correction-requested':
      return t('correction requested by {0}', shown(line.by));
    case 'reverted':
      if (line.split !== undefined) {
        return t(
          '{0} split off by {1}; kept in {2}',
          line.paths.map(visible).join(', '),
          shown(line.by),
          shortOid(line.split),
        );
      }
      return t('{0} taken back by {1}', line.paths.map(visible).join(', '), shown(line.by));
    case 'taken-over':
      return t('taken over by {0}', shown(line.by));
    case 'handed-in':
      return t('changed by hand by {0}: turn {1}', shown(line.by), line.turn);
    case 'given-up':
      return t('given up by {0}, with nothing changed', shown(line.by));
    case 'signed':
      return t('tree {0} signed off by {1}', shortOid(line.signoff.tree), shown(line.signoff.by.name));
    case 'landing-abandoned':
      return t('the delivery was given up: {0}', shown(line.why));
    case 'delivered':
      return line.ref === null ? t('kept without a delivery') : t('delivered to {0}', shown(shortRef(line.ref)));
    case 'rejected':
      return t('rejected by {0}: {1}', shown(line.by), shown(line.reason));
    case 'restored':
      return t('restored');
    case 'failed':
      return t('failed: {0}', shown(line.error.message));
    case 'interrupted':
      return line.cause === 'stopped' ? t('stopped by a person') : t('interrupted: the background host ended');
    case 'resumed':
      return line.how === 'go-on' ? t('resumed') : t('taken to review as it stands');
    // Steps in between: the host leaves them out.
    case 'queued':
    case 'spent':
    case 'preparing':
    case 'session':
    case 'drifting':
    case 'drift':
    case 'review-started':
    case 'landing':
    case 'ref-updated':
    case 'cleaned':
    case 'archived':
      return line.type;
  }
}

/** `tests passed, lint failed`; nothing was checked where there was no check. */
function checksWords(checks: Extract<JournalLine, { type: 'verified' }>['checks'], t: Translate): string {
  const each = Object.entries(checks).map(([name, status]) => `${visible(name)} ${statusWords(status, t)}`);
  return each.length === 0 ? t('no check') : each.join(', ');
}
