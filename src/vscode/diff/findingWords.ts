/** What a finding says in a comment thread and on a file: words first, so that no colour or sign has to be known. */
import type { Finding, Severity } from '../../core/drift/report';
import { offers } from '../../core/review/answers';
import { visible } from '../../core/visible';
import { acceptHindrance } from '../acceptHindrance';
import type { OpinionSaid } from '../opinionWords';
import type { Translate } from '../translate';
import type { FindingAnswer } from './findingAnswers';
import { plainMarkdown } from './plainMarkdown';

/** A finding's thread as data. */
export interface ThreadWords {
  readonly label: string;
  /** Whose words these are. */
  readonly by: string;
  readonly body: string;
  /** What was answered, and by whom; null while nothing was. */
  readonly answer: { readonly by: string; readonly body: string } | null;
  /** Words that the menus look for. */
  readonly context: string;
  readonly resolved: boolean;
}

export interface AnsweredFinding {
  readonly finding: Finding;
  readonly answer: FindingAnswer;
  /** Of a sign-off that stands: why and by whom it was accepted. */
  readonly signed: { readonly reason: string; readonly widens: boolean; readonly by: string } | null;
  /** Whether the task waits for the reviewer's decision. */
  readonly open: boolean;
  /** What a reviewing agent said, whose opinion it is; absent = it is none. */
  readonly said?: OpinionSaid | null;
}

export function threadWords(
  { finding, answer, signed, open, said = null }: AnsweredFinding,
  t: Translate,
): ThreadWords {
  const reason = signed?.reason ?? answer.reason;
  const accepted = reason !== null;
  const mustAnswer = finding.severity !== 'info';
  // What is open goes into the next correction until somebody says otherwise.
  const included = open && (answer.included ?? (mustAnswer && !accepted));
  const widens = signed?.widens ?? answer.widens;
  const standing = [
    accepted ? (widens ? t('brief amended') : t('accepted')) : '',
    !accepted && answer.grown > 0 ? t('{0} more places than you answered', answer.grown) : '',
    included ? t('in the correction') : '',
  ].filter((word) => word !== '');
  const group =
    finding.places.length > 1 ? [t('One of {0} places; an answer is for all of them.', finding.places.length)] : [];
  const suggestion = said === null || said.suggestion === '' ? [] : [t('Suggestion: {0}', said.suggestion)];
  const messages = said === null ? [finding.message] : [said.message, ...suggestion, said.about.join(' · ')];
  const evidence = finding.evidence.trim() === '' ? [] : [t('Evidence: {0}', finding.evidence)];
  return {
    label: [
      severityWord(finding.severity, t),
      ...(said === null ? [] : [t('an opinion')]),
      visible(finding.rule),
      ...standing,
    ].join(' · '),
    by: said?.by ?? 'Countersign',
    body: [...messages, finding.why, ...group, ...evidence, mustAnswer ? acceptHindrance(finding, t) : '']
      .filter((part) => part !== '')
      .map(plainMarkdown)
      .join('\n\n'),
    answer:
      reason === null
        ? null
        : {
            by: visible(signed?.by ?? t('You')),
            body: plainMarkdown(widens ? t('Brief amended: {0}', reason) : t('Accepted: {0}', reason)),
          },
    context: [
      'finding',
      open ? 'open' : 'decided',
      ...(open && mustAnswer && (accepted || offers(finding, 'accept')) ? [accepted ? 'accepted' : 'unanswered'] : []),
      ...(open ? [included ? 'included' : 'excluded'] : []),
    ].join(' '),
    resolved: accepted || !mustAnswer,
  };
}

export function severityWord(severity: Severity, t: Translate): string {
  switch (severity) {
    case 'block':
      return t('Blocking');
    case 'warn':
      return t('Warning');
    case 'info':
      return t('For information');
  }
}

export interface FileMark {
  /** At most two characters. */
  readonly badge: string;
  /** Id of a colour of the theme. */
  readonly color: string;
  readonly tooltip: string;
}

/** How a file with these findings is marked; null when it needs no mark. */
export function fileMark(
  findings: readonly Pick<Finding, 'rule' | 'boundary' | 'severity'>[],
  t: Translate,
): FileMark | null {
  const has = (rule: string) => findings.some((finding) => finding.rule === rule);
  const boundaries = findings.flatMap(({ boundary, severity }) =>
    boundary === null || severity === 'info' ? [] : [visible(boundary)],
  );
  const strayed = [
    ...(has('scope/avoided') ? [t('Avoided: the brief says that this path must not change')] : []),
    ...(has('scope/outside') ? [t('Out of scope: the brief did not ask for a change here')] : []),
  ];
  const crossed = [...new Set(boundaries)].map((name) => t('Boundary {0}: needs a decision', name));
  if (strayed.length + crossed.length === 0) return null;
  return {
    badge: `${strayed.length > 0 ? '!' : ''}${crossed.length > 0 ? 'B' : ''}`,
    color: strayed.length > 0 ? 'list.errorForeground' : 'list.warningForeground',
    tooltip: [...strayed, ...crossed].join('; '),
  };
}
