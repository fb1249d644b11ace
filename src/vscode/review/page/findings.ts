/** The findings as the page lists them. Pure. */
import type { Finding, Place } from '../../../core/drift/report';
import { offers } from '../../../core/review/answers';
import { mustBeAnswered } from '../../../core/review/decisions';
import { visible } from '../../../core/visible';
import type { PageFinding } from '../../../webview/review/model';
import type { Translate } from '../../translate';
import { severityMark } from './marks';
import type { ReviewState } from './state';

const ORDER = { block: 0, warn: 1, info: 2 } as const;

/** The gravest first; inside one severity in the order of the report. */
export function findingsOf({ packet, trusted }: ReviewState, t: Translate): PageFinding[] {
  const ready = packet.state === 'ready';
  return (packet.drift?.findings ?? [])
    .toSorted((one, other) => ORDER[one.severity] - ORDER[other.severity])
    .map((finding) => ({
      id: finding.id,
      severity: finding.severity,
      mark: severityMark(finding.severity, t),
      rule: visible(finding.rule),
      place: placeOf(finding, t),
      message: visible(finding.message),
      why: visible(finding.why),
      evidence: evidenceOf(finding),
      places: finding.places.length > 1 ? finding.places.map(labelOf) : [],
      opens: finding.places.length === 1,
      reverts: ready && trusted && offers(finding, 'revert'),
      widens: ready && offers(finding, 'widen'),
      acceptNot: offers(finding, 'accept') ? '' : t('No reason makes it fine: it has to be taken out.'),
      asks: ready && mustBeAnswered(finding),
    }));
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
  return drift.findings.length > 0 ? '' : t('None: nothing was found in the diff that the brief does not ask for.');
}
