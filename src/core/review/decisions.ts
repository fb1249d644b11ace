/** What sign-off waits for, one by one, with the words to type. */
import type { Finding } from '../drift/report';
import type { EventOf } from '../events';
import { offers } from './answers';
import type { Decision, Packet } from './packetSchema';
import { findingsIn, standingIn } from './reviewer/opinions';
import { wantOf } from './reviewer/reasons';

/** What a sign-off without a review overrides: the name stands beside those of the checks. */
export const REVIEW = 'review';

/** Findings that must be answered: everything that is more than information. */
export function mustBeAnswered(finding: Pick<Finding, 'severity'>): boolean {
  return finding.severity !== 'info';
}

/** The decisions that a packet still needs from a person, in the order in which they are best taken. */
export function decisionsOf(
  packet: Pick<Packet, 'checks' | 'drift' | 'stale' | 'state' | 'review' | 'reviewRequired' | 'takenOver'>,
  asking: EventOf<'asked'> | null,
): Decision[] {
  const permission = asking === null ? [] : [permissionDecision(asking)];
  // Before it is ready there is nothing to sign off, and afterwards everything is decided.
  if (packet.state !== 'ready') return permission;
  return [
    ...permission,
    ...handDecisions(packet),
    ...evidenceDecisions(packet),
    ...findingDecisions(findingsIn(packet)),
    ...checkDecisions(packet),
    ...reviewDecisions(packet),
  ];
}

function handDecisions({ takenOver }: Pick<Packet, 'takenOver'>): Decision[] {
  if (takenOver === null) return [];
  const what = `${takenOver.by} has taken it over, in ${takenOver.path}: it waits to be handed in or given up`;
  return [{ kind: 'evidence', id: 'takeover', what, answer: null }];
}

function permissionDecision({ request, what, amendment }: EventOf<'asked'>): Decision {
  const amends = amendment === undefined ? {} : { amends: true };
  return { kind: 'permission', id: request, what, answer: null, ...amends };
}

function evidenceDecisions({ drift, stale }: Pick<Packet, 'drift' | 'stale'>): Decision[] {
  if (drift === null) return [{ kind: 'evidence', id: 'drift', what: 'there is no drift report', answer: null }];
  if (!stale.includes('drift')) return [];
  return [{ kind: 'evidence', id: 'drift', what: 'the drift report is of another tree or brief', answer: null }];
}

function reviewDecisions({ review, reviewRequired }: Pick<Packet, 'review' | 'reviewRequired'>): Decision[] {
  if (!reviewRequired || standingIn(review) === 'valid') return [];
  return [{ kind: 'evidence', id: REVIEW, what: wantOf(review), answer: `--override ${REVIEW}=REASON` }];
}

function findingDecisions(findings: readonly Finding[]): Decision[] {
  return findings.filter(mustBeAnswered).map((finding) => ({
    kind: 'finding',
    id: finding.id,
    what: `${finding.rule}${finding.path === null || finding.places.length > 1 ? '' : ` ${finding.path}`}: ${finding.message}`,
    answer: answerTo(finding),
  }));
}

/** The option of `countersign signoff` that answers a finding; null when nothing but new work does. */
export function answerTo(finding: Pick<Finding, 'id' | 'answers'>): string | null {
  if (offers(finding, 'accept')) return `--accept ${finding.id}=REASON`;
  return offers(finding, 'widen') ? `--widen ${finding.id}=REASON` : null;
}

function checkDecisions({ checks, stale }: Pick<Packet, 'checks' | 'stale'>): Decision[] {
  const allStale = stale.includes('verification');
  return checks
    .filter((check) => check.status !== 'passed' || check.stale || allStale)
    .map((check) => ({
      kind: 'check',
      id: check.name,
      what: `check ${check.name}: ${check.status === 'passed' ? 'it ran at another tree or brief' : check.status}`,
      answer: `--override ${check.name}=REASON`,
    }));
}
