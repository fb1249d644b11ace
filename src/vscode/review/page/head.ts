/** The top of the page: the verdict, what it rests on, and the one action that the state asks for. Pure. */

import type { Decision, Packet } from '../../../core/review/packetSchema';
import { shortOid } from '../../../core/review/words';
import { visible } from '../../../core/visible';
import type { Action, Deed, Head } from '../../../webview/review/model';
import type { Mark } from '../../../webview/shared/shapes';
import { withoutCommandLine } from '../../problem';
import type { Translate } from '../../translate';
import { takenWords } from './afterwards';
import { correctionOf, pickedWords } from './correction';
import { hindranceOf } from './hindrance';
import { counted } from './marks';
import { outcomeWords, signoffHindrance, signoffSentence } from './signoff';
import { isAdopted, isAtWork, isOutdated, openDecisions, type ReviewState, treeOf } from './state';
import { tilesOf } from './tiles';

const GOAL_SHOWN = 400;
const REASONS_SHOWN = 4;

export function headOf(state: ReviewState, t: Translate): Head {
  const { packet } = state;
  const asked = packet.decisions.find(({ kind }) => kind === 'permission');
  return {
    title: visible(packet.title),
    hasTranscript: !isAdopted(packet),
    revision: revisionOf(packet, t),
    tree: treeOf(packet),
    verdict: verdictOf(state, t),
    count: countOf(state, t),
    countTo: packet.decisions.length > 0 ? 'decide' : 'criteria',
    reasons: reasonsOf(state, t),
    goal: visible(packet.goal.trim().replace(/\s+/g, ' ').slice(0, GOAL_SHOWN)),
    tiles: tilesOf(packet, t),
    ...actionsOf(state, t),
    asking: asked === undefined ? null : askingOf(asked, state, t),
    stale: staleWords(state, t),
    outcome: outcomeWords(packet, t),
    foot: packet.state === 'ready' ? signoffSentence(state, t) : '',
  };
}

function askingOf({ id, what, amends }: Decision, state: ReviewState, t: Translate): Head['asking'] {
  const allow = amends ? t('Allow for this task') : t('Allow this once');
  return { request: id, question: visible(what), allow, why: hindranceOf(state, t) };
}

/** Where the work came from, and which state of it is shown. */
function revisionOf(packet: Packet, t: Translate): string {
  const { turn, snapshot, agent } = packet;
  const from = agent.adopted === undefined ? '' : t('adopted from {0} · ', visible(agent.adopted.name));
  if (snapshot === null) return `${from}${t('turn {0}', turn)}`;
  const tree = shortOid(snapshot.tree);
  // The tree of the turn that is under way is not made yet.
  const words = isAtWork(packet)
    ? t('turn {0} is under way · what stands here is of tree {1}', turn, tree)
    : t('turn {0} · tree {1}', turn, tree);
  return `${from}${words}`;
}

/** The gravest come first; the others are in the packet. */
function reasonsOf({ packet }: ReviewState, t: Translate): string[] {
  const reasons = [...packet.reasons.slice(toldAbove(packet)), ...fixWords(packet, t)];
  const rest = reasons.length - REASONS_SHOWN;
  const shown = reasons.slice(0, REASONS_SHOWN).map(visible);
  return rest > 0 ? [...shown, counted(rest, t('{0} more reason', rest), t('{0} more reasons', rest))] : shown;
}

/** How many of the reasons, the first ones, say what the verdict, the outcome and the question say already. */
function toldAbove(packet: Packet): number {
  const asks = packet.decisions.some(({ kind }) => kind === 'permission');
  const unfinished = packet.error === null && (isAtWork(packet) || packet.state === 'interrupted');
  return [packet.rejected !== null, asks, unfinished].filter((told) => told).length;
}

/** How to mend what broke off; a fix that is a command of the command line is a button here. */
function fixWords({ error }: ReviewState['packet'], t: Translate): string[] {
  const fix = withoutCommandLine(error?.fix ?? '');
  return fix === '' || fix.includes('`countersign ') ? [] : [t('to mend it: {0}', fix)];
}

export function verdictOf(state: ReviewState, t: Translate): Mark {
  const { packet } = state;
  if (packet.decisions.some(({ kind }) => kind === 'permission')) {
    return { tone: 'careful', symbol: '?', words: t('The agent asks for permission') };
  }
  switch (packet.state) {
    case 'ready':
      return readyVerdict(state, t);
    case 'signed':
      return { tone: 'good', symbol: '✓', words: t('Signed off; not delivered yet') };
    case 'delivered':
      return {
        tone: 'good',
        symbol: '✓',
        words: packet.delivery?.ref == null ? t('Signed off') : t('Signed off and delivered'),
      };
    case 'rejected':
      return { tone: 'bad', symbol: '✗', words: t('Rejected') };
    case 'failed':
      return { tone: 'bad', symbol: '✗', words: t('Failed') };
    case 'interrupted':
      return { tone: 'careful', symbol: '!', words: t('Interrupted') };
    case 'draft':
      return { tone: 'plain', symbol: '…', words: t('Draft') };
    case 'queued':
      return { tone: 'plain', symbol: '…', words: t('Queued') };
    default:
      return { tone: 'plain', symbol: '…', words: t('At work: {0}', workWords(packet.state, t)) };
  }
}

function readyVerdict(state: ReviewState, t: Translate): Mark {
  const { packet } = state;
  if (openDecisions(state).length > 0) {
    return packet.verdict === 'blocked'
      ? { tone: 'bad', symbol: '✗', words: t('Not ready') }
      : { tone: 'careful', symbol: '!', words: t('Not ready') };
  }
  if (packet.decisions.length > 0) return { tone: 'careful', symbol: '✓', words: t('Ready: everything is answered') };
  if (packet.verdict === 'clean') return { tone: 'good', symbol: '✓', words: t('Ready') };
  return { tone: 'careful', symbol: '!', words: t('Ready, with something to look at') };
}

function workWords(state: string, t: Translate): string {
  switch (state) {
    case 'preparing':
      return t('preparing');
    case 'running':
      return t('running');
    case 'verifying':
      return t('checking');
    case 'correcting':
      return t('correcting');
    default:
      return visible(state);
  }
}

function countOf(state: ReviewState, t: Translate): string {
  const { packet } = state;
  if (packet.state !== 'ready') return '';
  const open = openDecisions(state).length;
  if (open > 0) return counted(open, t('{0} thing needs a decision', open), t('{0} things need a decision', open));
  if (packet.decisions.length > 0) {
    return counted(
      packet.decisions.length,
      t('{0} decision is taken', packet.decisions.length),
      t('{0} decisions are taken', packet.decisions.length),
    );
  }
  const proven = packet.criteria.filter(({ proof }) => proof === 'proven').length;
  return t('{0} of {1} criteria proven, nothing to answer', proven, packet.criteria.length);
}

function staleWords({ packet, live, gone }: ReviewState, t: Translate): string {
  if (gone) return t('The task was deleted: this is what it was. Its snapshots are still in the repository.');
  if (!live) return t('The background host has ended: this is what it said last.');
  if (packet.state !== 'ready' || !isOutdated(packet)) return '';
  return t(
    'Not current: the evidence is of another tree or brief than the one under review. Sign-off is not possible.',
  );
}

function actionsOf(state: ReviewState, t: Translate): Pick<Head, 'primary' | 'others'> {
  const { packet } = state;
  const general = hindranceOf(state, t);
  const action = (deed: Deed, words: string, does: string, why = general): Action => ({ deed, words, does, why });
  const reject = action(
    'reject',
    t('Reject…'),
    t('Turns the work down, with a reason. Its snapshots stay, and it can be restored.'),
  );
  switch (packet.state) {
    case 'ready':
      return readyActions(state, reject, t);
    case 'signed':
      return {
        primary: action(
          'sign-off',
          t('Deliver…'),
          t('Brings the signed tree to a branch.'),
          signoffHindrance(state, t),
        ),
        others: [],
      };
    case 'rejected':
      return { primary: action('restore', t('Restore'), t('Brings the rejected work back to review.')), others: [] };
    case 'failed':
    case 'interrupted':
      return {
        primary: action(
          'resume',
          t('Resume'),
          isAdopted(packet)
            ? t('Goes on where it was: the snapshot and the checks are made again.')
            : packet.state === 'failed'
              ? t('Gives the agent another turn in its folder. The transcript says what went wrong.')
              : t('The agent goes on where it was.'),
        ),
        others: [
          ...(isAdopted(packet)
            ? []
            : [
                action(
                  'as-it-stands',
                  t('Review as it stands'),
                  t('Takes what is there to review, without another turn.'),
                ),
              ]),
          reject,
        ],
      };
    default:
      if (!isAtWork(packet)) return { primary: null, others: [] };
      return {
        primary: null,
        others: [
          action(
            'stop',
            t('Stop'),
            isAdopted(packet)
              ? t('Ends the checks; they can be run again.')
              : t('Ends the agent; what it did so far is kept.'),
          ),
        ],
      };
  }
}

function readyActions(state: ReviewState, reject: Action, t: Translate): Pick<Head, 'primary' | 'others'> {
  const { packet } = state;
  const correct: Action = {
    deed: 'correct',
    words: t('Request correction'),
    does: t('Shows the text for the agent, to edit and to send: {0}.', pickedWords(state, t)),
    // What keeps it from being sent is said where it is written: the form opens all the same.
    why:
      correctionOf(state, t) === null ? t('It is not under review.') : hindranceOf(state, t) || takenWords(packet, t),
  };
  const signoff: Action = {
    deed: 'sign-off',
    words: t('Sign off…'),
    does: signoffSentence(state, t),
    why: takenWords(packet, t) || signoffHindrance(state, t),
  };
  return openDecisions(state).length > 0
    ? { primary: correct, others: [signoff, reject] }
    : { primary: signoff, others: [correct, reject] };
}
