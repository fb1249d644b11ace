/** The decisions that leave the page: correction, revert, rejection, sign-off. Each names exactly what was shown. */
import { pathsOfFinding } from '../../core/drift/places';
import type { Finding } from '../../core/drift/report';
import { fail } from '../../core/errors';
import { offers } from '../../core/review/answers';
import { REVIEW } from '../../core/review/decisions';
import { findingsIn } from '../../core/review/reviewer/opinions';
import { plainNotice } from '../problem';
import { correctionOf } from './page/correction';
import { hostMode, signoffHindrance, signoffOf, signoffSentence } from './page/signoff';
import { overrideOf, pickedOf, type ReviewState, treeOf } from './page/state';
import { type Reasons, reasonsFor } from './reviewDrafts';
import type { ReviewSession } from './session';

/** Sends the correction as it stands in the form. Throws CORRECTION_SPENT unless one more was asked for. */
export async function sendCorrection(session: ReviewSession, again: boolean): Promise<void> {
  const { state, editor } = session;
  const body = state?.draft.correction?.body;
  if (state === null || body === undefined) return;
  const why = correctionOf(state, editor.t)?.why ?? editor.t('It is not under review.');
  if (why !== '') return fail('USAGE', why, { fix: editor.t('change that first') });
  session.problem('correction', null);
  const { findings, justify, remarks } = pickedOf(state);
  await session.busy(editor.t('Sending the correction'), async () => {
    await session.request('task/correct', {
      id: session.task,
      findings: [...findings],
      justify: [...justify],
      remarks: remarks.map((remark) => ({ ...remark })),
      body,
      again,
      by: await session.person(),
    });
    session.edit({ type: 'correction-sent' });
    await session.remarksSent(state.packet.turn + 1);
  });
  session.say(editor.t('The correction was sent.'));
}

/** Takes the files of a finding back to the base, all of them; the snapshot of before stays. */
export async function revert(session: ReviewSession, finding: Finding): Promise<void> {
  const paths = pathsOfFinding(finding);
  const [first] = paths;
  if (first === undefined || !offers(finding, 'revert')) return;
  const { editor } = session;
  const named = paths.length === 1 ? plainNotice(first) : editor.t('{0} files', paths.length);
  await session.busy(editor.t('Reverting {0}', named), async () => {
    await session.request('task/revert', { id: session.task, paths: [...paths], by: await session.person() });
  });
  session.say(editor.t('Reverted; the earlier snapshot stays in the repository.'));
}

export async function reject(session: ReviewSession, reason: string): Promise<void> {
  const { editor } = session;
  if (reason.trim() === '') {
    return fail('USAGE', editor.t('a rejection needs a reason'), { fix: editor.t('say why the work is turned down') });
  }
  session.problem('reject', null);
  await session.busy(editor.t('Rejecting'), async () => {
    await session.request('task/reject', { id: session.task, reason: reason.trim(), by: await session.person() });
    session.edit({ type: 'text', field: 'reject', text: '' });
  });
  session.say(editor.t('Rejected. Restore brings it back.'));
}

/**
 * Signs off exactly the tree that the page showed, and delivers it as chosen. A delivery is confirmed first: it moves a
 * branch of the person's.
 */
export async function deliver(session: ReviewSession, tree: string): Promise<void> {
  const { state, editor } = session;
  if (state === null) return;
  const { t } = editor;
  if (tree !== treeOf(state.packet)) {
    return fail('SIGNOFF_REFUSED', t('another tree is under review than the one that was shown'), {
      fix: t('look at the new one first'),
    });
  }
  const why = signoffHindrance(state, t);
  if (why !== '') return fail('SIGNOFF_REFUSED', why, { fix: t('decide that first') });
  session.problem('signoff', null);
  const { mode, to } = state.draft.delivery;
  if (mode === 'pull-request') {
    // It signs off, asks and shows its progress by itself, with the same answers.
    const named = to.trim() === '' ? {} : { to: to.trim() };
    await editor.run('countersign.createPullRequest', { task: session.task, tree, ...named });
    return session.look();
  }
  if (mode !== 'none' && !(await confirmed(session, state))) return;
  const words = t('Signing off');
  await editor.progress(words, () =>
    session.busy(words, async () => {
      await session.request('task/signoff', {
        id: session.task,
        tree,
        ...answersOf(state),
        deliver: hostMode(mode),
        ...(to.trim() === '' || mode === 'none' ? {} : { to: to.trim() }),
      });
      if (mode !== 'none') session.forget();
    }),
  );
  session.say(t('Signed off.'));
}

function confirmed({ editor }: ReviewSession, state: ReviewState): Promise<boolean> {
  const { t } = editor;
  const button = signoffOf(state, t)?.button.replace(/…$/, '') ?? t('Sign off');
  return editor.confirm(
    t('Sign off “{0}”?', plainNotice(state.packet.title)),
    plainNotice(signoffSentence(state, t)),
    button,
  );
}

/** Own entries only, and only for what the packet has: answers to what is gone are no part of the record. */
function answersOf(state: ReviewState): Reasons {
  const { packet, draft } = state;
  const names = packet.checks.map(({ name }) => name);
  // Where no review is required there is none to be overridden.
  const override = [...names, ...(packet.reviewRequired ? [REVIEW] : [])].flatMap((name): [string, string][] => {
    const answer = overrideOf(state, name);
    return answer === null ? [] : [[name, answer.reason]];
  });
  return { ...reasonsFor(draft.accepted, findingsIn(packet)), override: Object.fromEntries(override) };
}
