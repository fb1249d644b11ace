/** The criteria matrix on the page: what speaks for and against each criterion, and which changes serve none. Pure. */
import { withoutId } from '../../../core/brief/criterionIds';
import type { CriterionEvidence } from '../../../core/review/criteria/matrix';
import { isAccepted, proposedReason } from '../../../core/review/criteria/words';
import type { Packet, PacketCriterion } from '../../../core/review/packetSchema';
import { placeOf } from '../../../core/review/reviewer/words';
import { PROOF_WORDS, shortOid } from '../../../core/review/words';
import { visible, visibleText } from '../../../core/visible';
import type { PageCriterion, PagePiece, PageUnexplained } from '../../../webview/review/criteriaModel';
import type { Mark } from '../../../webview/shared/shapes';
import type { Translate } from '../../translate';
import { hindranceOf } from './hindrance';
import { awaitedMark, counted, PROOF_TONES, statusMark } from './marks';
import { proposedWords, readingHindrance } from './opinion';
import { isAtWork, type ReviewState } from './state';

export function criteriaOf(state: ReviewState, t: Translate): PageCriterion[] {
  const { packet } = state;
  const why = wordHindrance(state, t);
  return packet.criteria.map((criterion) => {
    const { id, text, because, proof, proposed, evidence, more, accepted } = criterion;
    return {
      id: visible(id),
      mark: markOf(packet, criterion, t),
      text: visible(withoutId(text)),
      because: proof === 'unproven' && isAtWork(packet) ? '' : visible(because),
      evidence: evidence.map((piece) => pieceOf(piece, packet, t)),
      more: more === 0 ? '' : t('{0} more are not shown.', more),
      proposed: proposed === undefined ? '' : proposedWords(proposed, t),
      accepted: accepted === undefined ? '' : acceptedWords(accepted, t),
      stale:
        accepted?.stale === true ? t('Given for tree {0}: it says nothing of this one.', shortOid(accepted.tree)) : '',
      accepts: packet.state === 'ready' && isOpen(criterion),
      begin: visibleText(accepted?.reason ?? proposedReason(criterion) ?? '').trim(),
      withdraws: packet.state === 'ready' && accepted !== undefined,
      why,
    };
  });
}

/** What nothing proves, what is left to a person's eyes, and what a reviewer doubts. */
function isOpen(criterion: PacketCriterion): boolean {
  return criterion.proof !== 'proven' || criterion.proposed?.proof === 'unproven' || isAccepted(criterion);
}

/** Why nobody's word can be taken now; empty when it can. */
function wordHindrance(state: ReviewState, t: Translate): string {
  const { signoff, packet } = state;
  const hindrance = hindranceOf(state, t) || readingHindrance(packet, t);
  if (hindrance !== '') return hindrance;
  const isNobody = signoff?.kind === 'known' && signoff.value.by === null;
  return isNobody ? t('Git does not say who you are: set user.name and user.email first.') : '';
}

/** While the agent works, what is not proven is not missing either. */
function markOf(packet: Packet, criterion: PacketCriterion, t: Translate): Mark {
  const { proof } = criterion;
  if (proof === 'unproven' && isAtWork(packet)) return awaitedMark(t('not proven yet'));
  if (isAccepted(criterion) && proof !== 'proven')
    return { tone: 'good', symbol: '✓', words: t('accepted by a person') };
  return { tone: PROOF_TONES[proof], ...PROOF_WORDS[proof] };
}

function acceptedWords({ by, reason }: NonNullable<PacketCriterion['accepted']>, t: Translate): string {
  return t('Accepted by {0}: {1}', visible(`${by.name} <${by.email}>`), visible(reason));
}

function pieceOf(evidence: CriterionEvidence, packet: Packet, t: Translate): PagePiece {
  switch (evidence.kind) {
    case 'check': {
      const index = packet.checks.findIndex(({ name }) => name === evidence.check);
      // While the agent works, a check that did not run yet is not missing.
      const awaited = evidence.status === 'missing' && isAtWork(packet);
      const mark = awaited ? awaitedMark(t('not run yet')) : statusMark(evidence.status, evidence.stale, t);
      return { mark, kind: t('check'), name: visible(evidence.check), detail: '', check: index < 0 ? null : index };
    }
    case 'test': {
      const detail = t('of check {0}', visible(evidence.check));
      return { mark: testMark(evidence, t), kind: t('test'), name: visible(evidence.name), detail, check: null };
    }
    case 'hunk': {
      const lines = counted(
        evidence.lines,
        t('{0} changed line', evidence.lines),
        t('{0} changed lines', evidence.lines),
      );
      const mark = { tone: 'plain', symbol: '·', words: t('names it') } as const;
      return { mark, kind: t('change'), name: visible(placeOf(evidence)), detail: lines, check: null };
    }
    case 'remark': {
      const tone = evidence.severity === 'major' ? 'careful' : 'plain';
      const mark = { tone, symbol: '!', words: t('speaks against it') } as const;
      const detail = visible(evidence.message);
      return { mark, kind: t('finding'), name: visible(placeOf(evidence)), detail, check: null };
    }
  }
}

type Test = Extract<CriterionEvidence, { kind: 'test' }>;

function testMark({ status, before, says }: Test, t: Translate): Mark {
  const words = beforeWords(status === 'vanished' ? t('gone') : testStatus(status, t), before, status, t);
  if (says === 'against') return { tone: 'bad', symbol: '✗', words };
  return says === 'for' ? { tone: 'good', symbol: '✓', words } : { tone: 'plain', symbol: '·', words };
}

function testStatus(status: 'passed' | 'failed' | 'skipped', t: Translate): string {
  switch (status) {
    case 'passed':
      return t('passed');
    case 'failed':
      return t('failed');
    case 'skipped':
      return t('skipped');
  }
}

/** What it did at the base tells whether the work made the difference. */
function beforeWords(now: string, before: Test['before'], status: Test['status'], t: Translate): string {
  if (before === null) return now;
  if (before === 'absent') return t('{0}, new', now);
  return before === status ? t('{0}, as before', now) : t('{0}, {1} before', now, testStatus(before, t));
}

/** Null where nobody looked. */
export function unexplainedOf({ unexplained }: Packet, t: Translate): PageUnexplained | null {
  if (unexplained === null) return null;
  const { judges, total, hunks, unread } = unexplained;
  return {
    lead: [leadOf(judges, total, t), ...unread.map((what) => `${visible(what)}.`)].join(' '),
    items: hunks.map((hunk) => ({
      place: visible(placeOf(hunk)),
      detail: hunk.by === null ? linesOf(hunk.lines, t) : `${visible(hunk.why)} (${saidBy(hunk.by, t)})`,
    })),
    more: total > hunks.length ? t('{0} more are not shown.', total - hunks.length) : '',
  };
}

/** A command has no name of its own. */
function saidBy(name: string, t: Translate): string {
  return name === 'command' ? t("the brief's command") : visible(name);
}

function linesOf(lines: number | null, t: Translate): string {
  return lines === null ? '' : counted(lines, t('{0} changed line', lines), t('{0} changed lines', lines));
}

function leadOf(judges: readonly ('ids' | 'reviewer')[], total: number, t: Translate): string {
  if (judges.length === 0) return t('Nobody tied changes to criteria: no test and no change names an id.');
  const [ids, reviewer] = [judges.includes('ids'), judges.includes('reviewer')];
  const how =
    ids && reviewer
      ? t('by the ids in it and as the reviewer sees it')
      : ids
        ? t('by the ids in it')
        : t('as the reviewer sees it');
  if (total === 0) return t('Every change serves a criterion, {0}.', how);
  return counted(
    total,
    t('{0} changed place serves no criterion, {1}. It blocks nothing.', total, how),
    t('{0} changed places serve no criterion, {1}. It blocks nothing.', total, how),
  );
}
