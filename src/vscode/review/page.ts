/** A packet as the review page shows it: the decision first, the agent's own words last. Pure. */
import type { Finding, Severity } from '../../core/drift/report';
import type { Packet, PacketCheck } from '../../core/review/packetSchema';
import {
  countWords,
  duration,
  headline,
  meterWords,
  PROOF_WORDS,
  plural,
  SEVERITY_WORDS,
  shortOid,
  sizeWords,
  statusWords,
} from '../../core/review/words';
import { visible, visibleText } from '../../core/visible';
import type { Mark, PageFinding, ReviewPage, Row, Tone } from '../../webview/review/messages';
import type { Translate } from '../translate';
import { nextSteps } from './nextSteps';
import { pageWords } from './pageWords';

/** Findings of one severity that are shown; the packet's document has them all. */
const FINDINGS_SHOWN = 200;
/** Last part of a failed check's output, in UTF-16 units. */
const OUTPUT_SHOWN = 4_000;

const VERDICT_TONES = { clean: 'good', attention: 'careful', blocked: 'bad' } as const satisfies Record<string, Tone>;
const PROOF_TONES = { proven: 'good', unproven: 'bad', review: 'careful' } as const satisfies Record<string, Tone>;
const SEVERITY_MARKS = {
  block: { tone: 'bad', symbol: '✗' },
  warn: { tone: 'careful', symbol: '!' },
  info: { tone: 'plain', symbol: 'i' },
} as const satisfies Record<Severity, Omit<Mark, 'words'>>;

const AT_WORK: ReadonlySet<string> = new Set(['queued', 'preparing', 'running', 'verifying', 'correcting']);

/**
 * @param cli      the built command line that comes with the extension
 * @param language tag of the language that `t` speaks
 */
export function reviewPageOf(packet: Packet, cli: string, language: string, t: Translate): ReviewPage {
  return {
    language,
    title: visible(packet.title),
    verdict: verdictOf(packet),
    reasons: packet.reasons.map(visible),
    goal: visibleText(packet.goal),
    nonGoals: packet.nonGoals.map(visible),
    meter: packet.meter === null ? null : { ...packet.meter, words: meterWords(packet.meter) },
    facts: factsOf(packet, t),
    scope: scopeOf(packet, t),
    criteria: packet.criteria.map(({ text, proof, because }) => ({
      mark: { tone: PROOF_TONES[proof], ...PROOF_WORDS[proof] },
      text: visible(text),
      because: visible(because),
    })),
    checks: packet.checks.map(checkOf),
    checksNote: checksNote(packet, t),
    ...findingsOf(packet, t),
    dependencies: dependenciesOf(packet, t),
    next: nextSteps(packet, cli, t),
    about: aboutOf(packet, t),
    agentWords: visibleText(packet.agentWords ?? '').trim(),
    canStop: AT_WORK.has(packet.state),
    words: pageWords(t),
  };
}

function verdictOf(packet: Packet): Mark {
  const { tone, symbol, words } = headline(packet);
  return { tone: VERDICT_TONES[tone], symbol, words: visible(words) };
}

function factsOf(packet: Packet, t: Translate): Row[] {
  const { criteria, checks, drift, size } = packet;
  const proven = criteria.filter(({ proof }) => proof === 'proven').length;
  const passed = checks.filter((check) => check.status === 'passed' && !check.stale).length;
  const count = (severity: Severity) => drift?.findings.filter((finding) => finding.severity === severity).length ?? 0;
  return [
    { label: t('Criteria'), value: t('{0} of {1} proven', proven, criteria.length) },
    {
      label: t('Checks'),
      value: checks.length === 0 ? t('none') : t('{0} of {1} passed', passed, checks.length),
    },
    {
      label: t('Drift'),
      value: drift === null ? t('not known') : t('{0} blocking, {1} to look at', count('block'), count('warn')),
    },
    { label: t('Size'), value: size === null ? t('not known') : sizeWords(size) },
    {
      label: t('New dependencies'),
      value: `${drift?.dependencies.filter((change) => change.direct && change.from === null).length ?? 0}`,
    },
  ];
}

function scopeOf({ scope, budget }: Packet, t: Translate): Row[] {
  const limits = [
    budget.files === undefined ? [] : [plural(budget.files, 'file')],
    budget.lines === undefined ? [] : [plural(budget.lines, 'line')],
    budget.minutes === undefined ? [] : [plural(budget.minutes, 'minute')],
  ].flat();
  return filled([
    { label: t('May change'), value: scope.change.map(visible).join(', ') },
    { label: t('Must not change'), value: scope.avoid.map(visible).join(', ') },
    { label: t('Granted boundaries'), value: scope.allow.map(visible).join(', ') },
    { label: t('Budget'), value: limits.join(', ') },
  ]);
}

function checkOf(check: PacketCheck): ReviewPage['checks'][number] {
  const good = check.status === 'passed' && !check.stale;
  const details = [
    check.exit === null ? '' : `exit ${check.exit}`,
    check.tree === null ? '' : duration(check.seconds),
    countWords(check),
    check.tree === null ? '' : `tree ${shortOid(check.tree)}`,
    visible(check.note ?? ''),
  ];
  return {
    mark: { tone: good ? 'good' : 'bad', symbol: good ? '✓' : '✗', words: statusWords(check) },
    name: visible(check.name),
    command: visible(check.command),
    details: [...new Set(details)].filter((detail) => detail !== '').join(', '),
    output: good ? '' : visibleText(check.log?.tail.slice(-OUTPUT_SHOWN) ?? '').trim(),
  };
}

function checksNote({ checks, snapshot, confinement, unchecked }: Packet, t: Translate): string {
  if (checks.length === 0)
    return unchecked === null ? t('The brief has no check.') : t('None: {0}', visible(unchecked));
  if (confinement === null || snapshot === null) return '';
  return t('Run in a clean checkout of snapshot {0}, confined by {1}.', shortOid(snapshot.tree), visible(confinement));
}

function findingsOf({ drift, signoff }: Packet, t: Translate): Pick<ReviewPage, 'findings' | 'findingsNote'> {
  if (drift === null) return { findings: [], findingsNote: t('The drift is not known yet.') };
  if (drift.findings.length === 0) {
    return { findings: [], findingsNote: t('None: the diff does what the brief asks for and no more.') };
  }
  const findings = (['block', 'warn', 'info'] as const).flatMap((severity) => {
    const own = drift.findings.filter((finding) => finding.severity === severity);
    if (own.length === 0) return [];
    const rest = own.length - FINDINGS_SHOWN;
    return {
      mark: { ...SEVERITY_MARKS[severity], words: `${SEVERITY_WORDS[severity]} (${own.length})` },
      findings: own.slice(0, FINDINGS_SHOWN).map((finding) => pageFinding(finding, signoff?.accepted[finding.id], t)),
      more: rest > 0 ? t('{0} more are in the packet.', rest) : '',
    };
  });
  return { findings, findingsNote: '' };
}

function pageFinding(finding: Finding, accepted: string | undefined, t: Translate): PageFinding {
  const { id, rule, path, line, message, evidence } = finding;
  const shownPath = path === null ? '' : visible(path);
  return {
    rule: `${visible(rule)} · ${visible(id)}`,
    place: line === null || path === null ? shownPath : `${shownPath}:${line}`,
    message: visible(message),
    evidence: visible(evidence) === shownPath ? '' : visible(evidence),
    answer: accepted === undefined ? '' : t('Accepted: {0}', visible(accepted)),
  };
}

function dependenciesOf({ drift }: Packet, t: Translate): Row[] {
  return (drift?.dependencies ?? []).slice(0, FINDINGS_SHOWN).map(({ name, ecosystem, manifest, from, to }) => ({
    label: `${visible(name)} (${visible(ecosystem)})`,
    value: t(
      '{0} → {1} in {2}',
      from === null ? t('new') : visible(from),
      to === null ? t('gone') : visible(to),
      visible(manifest),
    ),
  }));
}

function aboutOf(packet: Packet, t: Translate): Row[] {
  const { agent, signoff, delivery, corrections } = packet;
  return filled([
    {
      label: t('Signed off by'),
      value: signoff === undefined ? '' : visible(`${signoff.by.name} <${signoff.by.email}>`),
    },
    { label: t('Delivered to'), value: visible(delivery?.ref ?? '') },
    { label: t('Reviewer'), value: visible(packet.reviewer ?? '') },
    { label: t('Agent'), value: [visible(agent.id), visible(agent.version ?? '')].join(' ').trim() },
    { label: t('Agent confined by'), value: visible(agent.confinement ?? '') },
    { label: t('Permissions refused'), value: packet.refused.map(({ what }) => visible(what)).join('; ') },
    { label: t('Processes left'), value: agent.survivors.map(visible).join('; ') },
    { label: t('Turn'), value: t('{0}, corrections {1} of {2}', packet.turn, corrections.used, corrections.allowed) },
    { label: t('Started by'), value: packet.origin === 'human' ? t('a person') : t('a machine') },
    { label: t('Branch'), value: visible(packet.branch) },
    { label: t('Base'), value: packet.base },
    { label: t('Snapshot'), value: packet.snapshot === null ? '' : packet.snapshot.commit },
    { label: t('Tree'), value: packet.snapshot === null ? '' : packet.snapshot.tree },
    { label: t('Brief'), value: packet.brief },
    { label: t('Task'), value: visible(packet.id) },
  ]);
}

function filled(rows: Row[]): Row[] {
  return rows.filter(({ value }) => value !== '');
}
