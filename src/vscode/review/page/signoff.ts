/** The choice of what a sign-off delivers, and the one sentence of what it will do. Pure. */
import type { Packet } from '../../../core/review/packetSchema';
import { shortOid } from '../../../core/review/words';
import { shortRef } from '../../../core/signoff/delivery';
import { visible } from '../../../core/visible';
import type { Delivery, SignoffChoice } from '../../../webview/review/model';
import { withoutCommandLine } from '../../problem';
import type { Translate } from '../../translate';
import { hindranceOf } from './hindrance';
import { counted } from './marks';
import { readingHindrance } from './opinion';
import { isOutdated, openDecisions, type ReviewState, type SignoffPreview, treeOf } from './state';

/** What the host is asked for: a pull request is opened from a branch that was delivered. */
export function hostMode(mode: Delivery): Exclude<Delivery, 'pull-request'> {
  return mode === 'pull-request' ? 'branch' : mode;
}

/** Null when there is nothing to sign off or to deliver. */
export function signoffOf(state: ReviewState, t: Translate): SignoffChoice | null {
  const { packet, draft } = state;
  if (packet.state !== 'ready' && packet.state !== 'signed') return null;
  const { mode, to } = draft.delivery;
  const branch = mode === 'branch' || mode === 'pull-request';
  return {
    choices: choices(t).filter((choice) => packet.state === 'ready' || choice.mode !== 'none'),
    mode,
    to,
    toDefault: branch ? visible(packet.branch) : visible(packet.target === null ? '' : shortRef(packet.target)),
    named: mode !== 'none',
    sentence: signoffSentence(state, t),
    button: buttonOf(packet, mode, t),
    why: signoffHindrance(state, t),
  };
}

function choices(t: Translate): SignoffChoice['choices'] {
  return [
    { mode: 'merge', words: t('Merge'), does: t('every turn stays in the history') },
    { mode: 'squash', words: t('Squash'), does: t('one commit on the branch') },
    { mode: 'branch', words: t('Branch only'), does: t('one commit on a branch of its own') },
    {
      mode: 'pull-request',
      words: t('Pull request'),
      does: t('a branch, and a pull request with the packet as its text'),
    },
    { mode: 'none', words: t('Only sign off'), does: t('no branch moves; it can be delivered later') },
  ];
}

function buttonOf({ state }: Packet, mode: Delivery, t: Translate): string {
  const signed = state === 'signed';
  switch (mode) {
    case 'merge':
      return signed ? t('Merge…') : t('Sign off and merge…');
    case 'squash':
      return signed ? t('Squash…') : t('Sign off and squash…');
    case 'branch':
      return signed ? t('Make the branch…') : t('Sign off and make the branch…');
    case 'pull-request':
      return signed ? t('Open a pull request…') : t('Sign off and open a pull request…');
    case 'none':
      return t('Sign off');
  }
}

/** Why it cannot be signed off or delivered now; empty when it can. */
export function signoffHindrance(state: ReviewState, t: Translate): string {
  const { packet, signoff } = state;
  const hindrance = hindranceOf(state, t);
  if (hindrance !== '') return hindrance;
  const reading = readingHindrance(packet, t);
  if (reading !== '') return reading;
  if (isOutdated(packet)) return t('The evidence is of another tree or brief: it has to be checked again.');
  const open = openDecisions(state).length;
  if (open > 0)
    return counted(open, t('{0} thing needs a decision first', open), t('{0} things need a decision first', open));
  if (signoff === null || signoff.kind === 'pending') return t('Asking what it would do…');
  if (signoff.kind === 'unknown') {
    return t(
      'What it would do could not be found out: {0}',
      visible(`${signoff.why.message}. ${withoutCommandLine(signoff.why.fix)}`),
    );
  }
  const { refusal, by } = signoff.value;
  if (refusal !== null) return visible(`${refusal.message}. ${withoutCommandLine(refusal.fix)}`);
  return by === null ? t('git does not say who you are: set user.name and user.email.') : '';
}

/** `Signs off tree 1111111111 as Reviewer <…> and merges it into main; your working tree gets the change.` */
export function signoffSentence(state: ReviewState, t: Translate): string {
  const { packet, draft, signoff } = state;
  const { mode } = draft.delivery;
  const preview = signoff?.kind === 'known' ? signoff.value : null;
  const tree = shortOid(treeOf(packet));
  const by = preview?.by == null ? '' : visible(`${preview.by.name} <${preview.by.email}>`);
  const who = by === '' ? t('Signs off tree {0}', tree) : t('Signs off tree {0} as {1}', tree, by);
  const what = deliveryWords(state, mode, preview, t);
  return [what === '' ? who : t('{0} and {1}', who, what), ...consequences(mode, preview, t)].join('; ').concat('.');
}

function deliveryWords(
  { packet, draft }: ReviewState,
  mode: Delivery,
  preview: SignoffPreview | null,
  t: Translate,
): string {
  const named = draft.delivery.to.trim();
  const ref = visible(preview?.ref == null ? named : shortRef(preview.ref));
  const target = ref === '' ? visible(packet.target === null ? '' : shortRef(packet.target)) : ref;
  switch (mode) {
    case 'merge':
      return target === '' ? t('merges it') : t('merges it into {0}', target);
    case 'squash':
      return target === '' ? t('puts it on the branch as one commit') : t('puts it on {0} as one commit', target);
    case 'branch':
      return t('makes the branch {0}', ref === '' ? visible(packet.branch) : ref);
    case 'pull-request':
      return t('makes the branch {0}, then opens a pull request', ref === '' ? visible(packet.branch) : ref);
    case 'none':
      return '';
  }
}

function consequences(mode: Delivery, preview: SignoffPreview | null, t: Translate): string[] {
  if (mode === 'none') return [t('no branch moves')];
  if (preview === null) return [];
  const moved = preview.moved ? [t('the branch moved since the hand-off, so that the checks run again first')] : [];
  const tree = preview.checkedOut ? t('your working tree gets the change') : t('your working tree stays as it is');
  return [...moved, tree];
}

/** What became of a task that was decided, and how to undo it; what to do about one that failed; else empty. */
export function outcomeWords(packet: Packet, t: Translate): string {
  const { signoff, delivery, state, error } = packet;
  if (state === 'failed' && error !== null) return t('What to do: {0}', visible(error.fix));
  if (state === 'rejected') return t('Rejected: {0}. Restore brings it back.', visible(packet.rejected ?? ''));
  if (signoff === undefined) return '';
  const by = t('Signed off by {0}', visible(`${signoff.by.name} <${signoff.by.email}>`));
  if (delivery === null || delivery.ref === null || delivery.commit === null) return `${by}.`;
  const commit = visible(delivery.commit);
  const ref = visible(shortRef(delivery.ref));
  return t('{0}; commit {1} on {2}. To undo: {3}', by, shortOid(commit), ref, undoCommand(delivery.mode, commit, ref));
}

function undoCommand(mode: string, commit: string, ref: string): string {
  switch (mode) {
    case 'merge':
      return `git revert -m 1 ${shortOid(commit)}`;
    case 'branch':
      return `git branch -D ${ref}`;
    default:
      return `git revert ${shortOid(commit)}`;
  }
}
