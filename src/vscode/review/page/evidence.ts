/** What proves the work: checks, criteria, dependencies; then what is told about the task, the agent's words last. Pure. */
import { amendmentWords } from '../../../core/review/amendment';
import type { Packet, PacketCheck } from '../../../core/review/packetSchema';
import { duration, shortOid } from '../../../core/review/words';
import type { TestFailure } from '../../../core/verify/verification';
import { visible, visibleText } from '../../../core/visible';
import type { Evidence, PageCheck } from '../../../webview/review/model';
import type { Row } from '../../../webview/shared/shapes';
import type { Translate } from '../../translate';
import { columnsOf, receiptsNote } from './columns';
import { criteriaOf, unexplainedOf } from './criteria';
import { filesNote } from './files';
import { findingsNote } from './findings';
import { adoptedWords, awaitedMark, counted, countWords, statusMark } from './marks';
import { opinionOf } from './opinion';
import { isAdopted, isAtWork, type ReviewState } from './state';

/** Last part of a check's output that the page carries, in UTF-16 units; the log has it all. */
const OUTPUT_SHOWN = 4_000;
const FAILURES_SHOWN = 20;
const FAILURE_TEXT_SHOWN = 2_000;
const DEPENDENCIES_SHOWN = 200;
const WORDS_SHOWN = 20_000;
/** Paths of one revert that are named. */
const PATHS_SHOWN = 10;

export function evidenceOf(state: ReviewState, t: Translate): Evidence {
  const { packet } = state;
  const dependencies = packet.drift?.dependencies ?? [];
  return {
    checks: packet.checks.map((check, index) => checkOf(check, index, packet, t)),
    checksNote: checksNote(packet, t),
    receiptsNote: receiptsNote(packet, t),
    findingsNote: findingsNote(state, t),
    filesNote: filesNote(state, t),
    criteria: criteriaOf(state, t),
    unexplained: unexplainedOf(packet, t),
    dependencies: dependenciesOf(packet, t),
    dependenciesMore:
      dependencies.length > DEPENDENCIES_SHOWN
        ? t('{0} more are in the packet.', dependencies.length - DEPENDENCIES_SHOWN)
        : '',
    brief: briefOf(packet, t),
    goal: visibleText(packet.goal).trim(),
    nonGoals: packet.nonGoals.map(visible),
    about: aboutOf(packet, t),
    hasTranscript: !isAdopted(packet),
    opinion: opinionOf(state, t),
    agentWords: visibleText(packet.agentWords?.slice(0, WORDS_SHOWN) ?? '').trim(),
  };
}

function checkOf(check: PacketCheck, index: number, packet: Packet, t: Translate): PageCheck {
  const stale = check.stale || packet.stale.includes('verification');
  const good = check.status === 'passed' && !stale;
  const awaited = check.tree === null && isAtWork(packet);
  const shown = columnsOf(check, packet, t);
  const details = [
    countWords(check, t),
    check.tree === null ? '' : duration(check.seconds),
    check.exit === null ? '' : t('exit {0}', check.exit),
    check.tree === null ? '' : t('at tree {0}', shortOid(check.tree)),
    awaited ? '' : visible(check.note ?? ''),
  ];
  return {
    name: visible(check.name),
    index,
    mark: awaited ? awaitedMark(t('not run yet')) : statusMark(check.status, stale, t),
    command: visible(check.command),
    // The table says it, too.
    details: shown.columns.length > 0 ? '' : [...new Set(details)].filter((detail) => detail !== '').join(' · '),
    stale:
      stale && check.tree !== null
        ? t('It ran at another tree or for another brief: it says nothing of this one.')
        : '',
    ...shown,
    failures: check.failures.slice(0, FAILURES_SHOWN).map(failureOf),
    moreFailures:
      check.failures.length > FAILURES_SHOWN
        ? t('{0} more failures are in the log.', check.failures.length - FAILURES_SHOWN)
        : '',
    output: good ? '' : visibleText(check.log?.tail.slice(-OUTPUT_SHOWN) ?? '').trim(),
    logged: check.log !== null,
    asks: packet.state === 'ready' && !good,
  };
}

function failureOf({ name, message, expected, actual, file, line }: TestFailure): PageCheck['failures'][number] {
  const shown = (text: string | null) => visibleText((text ?? '').slice(0, FAILURE_TEXT_SHOWN)).trim();
  return {
    name: visible(name),
    message: shown(message),
    expected: shown(expected),
    actual: shown(actual),
    place: file === null ? '' : `${visible(file)}${line === null ? '' : `:${line}`}`,
  };
}

function checksNote({ checks, snapshot, confinement, unchecked }: Packet, t: Translate): string {
  if (checks.length === 0) {
    return unchecked === null ? t('The brief has no check.') : t('None: {0}', visible(unchecked));
  }
  if (confinement === null || snapshot === null) return '';
  return t('Run in a clean checkout, confined by {0}.', visible(confinement));
}

function dependenciesOf({ drift }: Packet, t: Translate): Row[] {
  return (drift?.dependencies ?? []).slice(0, DEPENDENCIES_SHOWN).map(({ name, ecosystem, manifest, from, to }) => ({
    label: `${visible(name)} (${visible(ecosystem)})`,
    value: t(
      '{0} → {1} in {2}',
      from === null ? t('new') : visible(from),
      to === null ? t('gone') : visible(to),
      visible(manifest),
    ),
  }));
}

function briefOf({ scope, budget, setup, grants }: Packet, t: Translate): Row[] {
  const limits = [
    budget.files === undefined
      ? []
      : [counted(budget.files, t('{0} file', budget.files), t('{0} files', budget.files))],
    budget.lines === undefined
      ? []
      : [counted(budget.lines, t('{0} line', budget.lines), t('{0} lines', budget.lines))],
    budget.minutes === undefined
      ? []
      : [counted(budget.minutes, t('{0} minute', budget.minutes), t('{0} minutes', budget.minutes))],
  ].flat();
  return filled([
    { label: t('May change'), value: scope.change.map(visible).join(', ') },
    { label: t('Must not change'), value: scope.avoid.map(visible).join(', ') },
    { label: t('Granted boundaries'), value: scope.allow.map(visible).join(', ') },
    { label: t('Widened while it ran'), value: grants.map((grant) => grantedWords(grant, t)).join('; ') },
    { label: t('Budget'), value: limits.join(', ') },
    { label: t('Setup'), value: visible(setup ?? '') },
  ]);
}

/** Who added what, and why as the agent has it: its reason is a claim. */
function grantedWords({ by, reason, ...amendment }: Packet['grants'][number], t: Translate): string {
  return t('{0} by {1}; the agent’s reason: {2}', visible(amendmentWords(amendment)), visible(by), visible(reason));
}

function aboutOf(packet: Packet, t: Translate): Row[] {
  const { agent, signoff, delivery, corrections } = packet;
  return filled([
    {
      label: t('Signed off by'),
      value: signoff === undefined ? '' : visible(`${signoff.by.name} <${signoff.by.email}>`),
    },
    { label: t('Delivered to'), value: visible(delivery?.ref ?? '') },
    { label: t('Delivered commit'), value: visible(delivery?.commit ?? '') },
    { label: t('Rejected'), value: visible(packet.rejected ?? '') },
    { label: t('Reviewer'), value: visible(packet.reviewer ?? '') },
    {
      label: t('Agent'),
      value: isAdopted(packet)
        ? t('none: the work was adopted')
        : [visible(agent.id), visible(agent.version ?? '')].join(' ').trim(),
    },
    { label: t('Adopted from'), value: visible(agent.adopted?.name ?? '') },
    { label: t('Adopted commit'), value: visible(agent.adopted?.commit ?? '') },
    { label: t('Written by'), value: agent.adopted === undefined ? '' : adoptedWords(agent.adopted, t) },
    { label: t('Agent confined by'), value: visible(agent.confinement ?? '') },
    { label: t('Permissions refused'), value: packet.refused.map(({ what }) => visible(what)).join('; ') },
    { label: t('Taken back'), value: packet.reverted.map((one) => revertedWords(one, t)).join('; ') },
    { label: t('Changed by hand'), value: packet.byHand.map((one) => handWords(one, t)).join('; ') },
    { label: t('Usage'), value: usageWords(packet, t) },
    { label: t('Processes left'), value: agent.survivors.map(visible).join('; ') },
    { label: t('Turn'), value: t('{0}, corrections {1} of {2}', packet.turn, corrections.used, corrections.allowed) },
    { label: t('Started by'), value: packet.origin === 'human' ? t('a person') : t('a machine') },
    { label: t('Branch'), value: visible(packet.branch) },
    { label: t('Base'), value: visible(packet.base) },
    { label: t('Snapshot'), value: visible(packet.snapshot?.commit ?? '') },
    { label: t('Tree'), value: visible(packet.snapshot?.tree ?? '') },
    { label: t('Brief'), value: visible(packet.brief) },
    { label: t('Task'), value: visible(packet.id) },
  ]);
}

function revertedWords({ turn, by, paths, split }: Packet['reverted'][number], t: Translate): string {
  const named = paths.slice(0, PATHS_SHOWN).map(visible).join(', ');
  const more = paths.length - PATHS_SHOWN;
  const all = more > 0 ? t('{0} and {1} more', named, more) : named;
  if (split !== undefined) return t('{0} split off by {1} (turn {2}), kept in {3}', all, visible(by), turn, split);
  return t('{0} by {1} (turn {2})', all, visible(by), turn);
}

function handWords({ turn, by, message }: Packet['byHand'][number], t: Translate): string {
  const who = t('by {0} (turn {1})', visible(by), turn);
  return message === '' ? who : `${who}: ${visible(message)}`;
}

/** What the agent says that it used: its own count. */
function usageWords({ agent: { usage } }: Packet, t: Translate): string {
  if (usage === undefined) return '';
  const tokens = Object.entries(usage.tokens).map(([kind, count]) => `${visible(kind)} ${count}`);
  const cost = usage.costUsd === null ? [] : [t('{0} US dollars', usage.costUsd)];
  const used = [...tokens, ...cost].join(', ');
  return usage.meaning === '' || used === '' ? used : `${used} (${visible(usage.meaning)})`;
}

function filled(rows: Row[]): Row[] {
  return rows.filter(({ value }) => value !== '');
}
