/** The reviewer's findings in the shape of all others, so that they are shown, answered and corrected like these. */
import type { Finding } from '../../drift/report';
import { visible } from '../../visible';
import type { ReviewFinding, ReviewSeverity } from './review';
import { withSuggestion } from './words';

const SEVERITIES: Readonly<Record<ReviewSeverity, Finding['severity']>> = { major: 'warn', minor: 'info', nit: 'info' };

const WHY =
  'A second reader holds it against the change. It is an opinion: its quote was checked, its reasons were not.';

/** Never more than a warning: what a model says blocks nothing by itself, and what is major must be answered. */
export function asFinding({ id, severity, path, line, quote, message, suggestion }: ReviewFinding): Finding {
  return {
    id,
    rule: `review/${severity}`,
    severity: SEVERITIES[severity],
    path,
    line,
    message: visible(withSuggestion(message, suggestion)),
    evidence: visible(quote),
    boundary: null,
    why: WHY,
    answers: ['accept', 'ask'],
    places: [{ id, path, line }],
  };
}

/** Whether a finding is the reviewer's: rules of drift have no such names. */
export function isOpinion({ rule }: Pick<Finding, 'rule'>): boolean {
  return rule === 'review/major' || rule === 'review/minor' || rule === 'review/nit';
}
