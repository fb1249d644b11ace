/** The findings as the page lists them. Pure. */
import type { Finding, Place } from '../../../core/drift/report';
import { amendmentOf, amendmentWords } from '../../../core/review/amendment';
import { offers } from '../../../core/review/answers';
import { mustBeAnswered } from '../../../core/review/decisions';
import type { Packet } from '../../../core/review/packetSchema';
import { findingsIn } from '../../../core/review/reviewer/opinions';
import { visible } from '../../../core/visible';
import type { PageFinding } from '../../../webview/review/model';
import type { Row } from '../../../webview/shared/shapes';
import { acceptHindrance } from '../../acceptHindrance';
import { type OpinionSaid, opinionOn } from '../../opinionWords';
import type { Translate } from '../../translate';
import { severityMark } from './marks';
import type { ReviewState } from './state';

/** Patterns that are named one by one: of a group the places are listed beside. */
const PATTERNS_SHOWN = 4;
const ORDER = { block: 0, warn: 1, info: 2 } as const;

/** The gravest first; inside one severity in the order of the report, the reviewer's last. */
export function findingsOf({ packet, trusted }: ReviewState, t: Translate): PageFinding[] {
  const ready = packet.state === 'ready';
  return findingsIn(packet)
    .toSorted((one, other) => ORDER[one.severity] - ORDER[other.severity])
    .map((finding) => ({ finding, said: opinionOn(finding.id, packet, t) }))
    .map(({ finding, said }) => ({
      id: finding.id,
      severity: finding.severity,
      mark: severityMark(finding.severity, t),
      rule: visible(finding.rule),
      place: placeOf(finding, t),
      message: visible(said?.message ?? finding.message),
      // Of an opinion it is said once, in its section.
      why: said === null ? visible(finding.why) : '',
      suggestion: suggestionWords(said, t),
      about: said?.about.join(' · ') ?? '',
      evidence: evidenceOf(finding),
      places: finding.places.length > 1 ? finding.places.map(labelOf) : [],
      opens: finding.places.length === 1,
      reverts: ready && trusted && offers(finding, 'revert'),
      amends: ready && offers(finding, 'widen') ? amendsOf(finding, packet.scope, t) : [],
      acceptNot: acceptHindrance(finding, t),
      asks: ready && mustBeAnswered(finding),
    }));
}

function suggestionWords(said: OpinionSaid | null, t: Translate): string {
  return said === null || said.suggestion === '' ? '' : t('Suggestion: {0}', visible(said.suggestion));
}

/** What the brief says of the scope, and what an amendment would add to it: shown before anybody decides. */
function amendsOf(finding: Finding, { change, allow }: Packet['scope'], t: Translate): Row[] {
  const added = amendmentOf(finding, '');
  const said = added.allow.length > 0 ? { change: [], allow } : { change, allow: [] };
  const nothing = added.allow.length > 0 ? t('approval.allow: nothing') : t('scope.change: nothing');
  return [
    { label: t('In the brief'), value: visible(amendmentWords(said, PATTERNS_SHOWN)) || nothing },
    { label: t('Added by this'), value: visible(amendmentWords(added, PATTERNS_SHOWN)) },
  ];
}

/** `src/config.ts:12`, `400 places`; empty for a finding about no file. */
export function placeOf({ places }: Pick<Finding, 'places'>, t: Translate): string {
  const [first, ...others] = places;
  if (first === undefined) return '';
  return others.length === 0 ? labelOf(first) : t('{0} places', places.length);
}

function labelOf({ path, line }: Place): string {
  return line === null ? visible(path) : `${visible(path)}:${line}`;
}

/** Nothing where it only repeats the path. */
function evidenceOf({ path, evidence }: Finding): string {
  return evidence === path ? '' : visible(evidence);
}

export function findingsNote({ packet: { drift } }: ReviewState, t: Translate): string {
  if (drift === null) return t('The drift is not known yet.');
  // Beside the reviewer's there may be none.
  return drift.findings.length > 0 ? '' : t('None: nothing was found in the diff that the brief does not ask for.');
}
