/** What needs a decision, the gravest first; what was answered stays where it was, and says so. Pure. */
import type { Finding } from '../../../core/drift/report';
import { offers } from '../../../core/review/answers';
import { REVIEW } from '../../../core/review/decisions';
import type { Decision, Packet } from '../../../core/review/packetSchema';
import { findingsIn } from '../../../core/review/reviewer/opinions';
import { visible } from '../../../core/visible';
import type { Decide } from '../../../webview/review/model';
import { opinionOn } from '../../opinionWords';
import type { Translate } from '../../translate';
import { placeOf } from './findings';
import { countWords, severityMark, statusMark } from './marks';
import { isAtWork, openDecisions, type ReviewState } from './state';

/** Decisions that are listed; the others are in the list of findings. */
const SHOWN = 8;

export function decideOf(state: ReviewState, t: Translate): Decide {
  const { packet } = state;
  const findings = new Map(findingsIn(packet).map((finding) => [finding.id, finding]));
  const grave = packet.decisions
    .filter(({ kind }) => kind !== 'permission')
    .map((decision) => ({ decision, rank: rankOf(decision, findings.get(decision.id)) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ decision }) => decision);
  const open = openDecisions(state).filter(({ kind }) => kind !== 'permission').length;
  const more = grave.length - SHOWN;
  return {
    title: grave.length === 0 ? t('Decide') : t('Decide ({0})', open),
    items: grave.slice(0, SHOWN).map((decision) => itemOf(decision, findings.get(decision.id), packet, t)),
    more: more > 0 ? t('{0} more to answer are in the list of findings', more) : '',
    none: grave.length > 0 ? '' : noneWords(packet, t),
  };
}

function itemOf(
  { kind, id, what }: Decision,
  finding: Finding | undefined,
  packet: Packet,
  t: Translate,
): Decide['items'][number] {
  if (kind === 'finding' && finding !== undefined) {
    return {
      kind,
      id,
      mark: severityMark(finding.severity, t),
      what: visible(opinionOn(id, packet, t)?.message ?? finding.message),
      detail: [visible(finding.rule), placeOf(finding, t)].filter((part) => part !== '').join(' · '),
    };
  }
  const index = packet.checks.findIndex(({ name }) => kind === 'check' && name === id);
  const check = packet.checks[index];
  if (kind === 'check' && check !== undefined) {
    const stale = check.stale || packet.stale.includes('verification');
    return {
      kind,
      // Checks are named by their place: their names are anybody's.
      id: `${index}`,
      mark: statusMark(check.status, stale, t),
      what: t('Check {0}', visible(check.name)),
      detail: [countWords(check, t), visible(check.note ?? '')].filter((part) => part !== '').join(' · '),
    };
  }
  const said = id === REVIEW ? t('A second opinion is required: {0}', visible(what)) : visible(what);
  return { kind: 'evidence', id, mark: severityMark('block', t), what: said, detail: '' };
}

/**
 * Missing evidence first, then what no reason makes fine, then checks, then what blocks, then warnings; paths out of
 * scope come in floods, so after what else blocks.
 */
function rankOf({ kind }: Decision, finding: Finding | undefined): number {
  if (kind === 'evidence') return 0;
  if (kind === 'check') return 2;
  if (finding === undefined) return 3;
  if (!offers(finding, 'accept')) return 1;
  if (finding.severity === 'warn') return 5;
  return finding.rule === 'scope/outside' ? 4 : 3;
}

function noneWords(packet: Packet, t: Translate): string {
  if (packet.state === 'ready') return t('Nothing needs a decision before sign-off.');
  if (packet.state === 'failed' || packet.state === 'interrupted') {
    return t('Resume it, take what is there to review, or reject it.');
  }
  if (!isAtWork(packet)) return t('Everything is decided.');
  if (packet.decisions.some(({ kind }) => kind === 'permission')) return t('The question above waits for your answer.');
  return packet.snapshot === null
    ? t('There is nothing to decide yet: findings, files and checks come with the first snapshot.')
    : t('There is nothing to decide yet: what is below is of the snapshot before.');
}
