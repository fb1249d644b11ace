/** The review packet as Markdown: what `show` prints and what a pull request can carry. */
import type { DependencyChange, Finding, Severity } from '../drift/report';
import type { Overlay } from '../verify/columns';
import { afterwardsSection } from './afterwards/markdown';
import { amendmentWords, grantWords } from './amendment';
import { baseWords, differencesOf, overlayWords, runWords } from './columnWords';
import { criteriaSection, signedCriteria } from './criteria/markdown';
import type { Packet, PacketCheck } from './packetSchema';
import { columnOfReceipt, receiptWords } from './receipts';
import { reviewSection } from './reviewer/markdown';
import { costBudgetWords, spendingWords } from './spending';
import { block, code, prose, quote, table } from './text';
import {
  adoptedWords,
  countWords,
  duration,
  failureLine,
  failurePlace,
  headline,
  meterWords,
  SEVERITY_WORDS,
  shortOid,
  sizeWords,
  statusWords,
} from './words';

/** Findings of one rule that are shown; the report has them all. */
const FINDINGS_SHOWN = 50;
/** Last part of a failed check's output, in UTF-16 units. */
const TAIL_SHOWN = 2_000;

/** The packet, the decision first and the agent's own words last. */
export function renderPacket(packet: Packet): string {
  const sections = [
    heading(packet),
    afterwardsSection(packet),
    goal(packet),
    decisions(packet),
    criteriaSection(packet),
    checks(packet),
    findings(packet),
    reviewSection(packet),
    dependencies(packet),
    signoff(packet),
    receipts(packet),
    about(packet),
    agentWords(packet),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(packet: Packet): string {
  const { symbol, words } = headline(packet);
  const lines = [`# ${prose(packet.title)}`, '', `**${symbol} ${prose(words)}**`];
  // After a sign-off they are answered, and stand below with their answers.
  if (packet.reasons.length > 0 && packet.signoff === undefined)
    lines.push('', ...packet.reasons.map((reason) => `- ${prose(reason)}`));
  if (packet.error !== null) lines.push('', `What to do: ${prose(packet.error.fix)}`);
  return lines.join('\n');
}

function goal(packet: Packet): string {
  const nonGoals = packet.nonGoals.map((nonGoal) => `- ${prose(nonGoal)}`);
  const facts = [
    packet.meter === null ? '' : `**Scope**: ${meterWords(packet.meter)}`,
    packet.size === null ? '' : `**Size**: ${sizeWords(packet.size)}${budgetWords(packet)}`,
  ].filter((fact) => fact !== '');
  return [
    `## Goal\n\n${prose(packet.goal)}`,
    nonGoals.length === 0 ? '' : `Not in scope:\n\n${nonGoals.join('\n')}`,
    facts.join(' · '),
    packet.grants.map((grant) => `- ${prose(grantWords(grant))} (${code(grant.at)})`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function budgetWords({ budget }: Packet): string {
  const limits = [
    budget.files === undefined ? [] : [`${budget.files} files`],
    budget.lines === undefined ? [] : [`${budget.lines} lines`],
  ].flat();
  return limits.length === 0 ? '' : ` of at most ${limits.join(' and ')}`;
}

function decisions(packet: Packet): string {
  if (packet.decisions.length === 0) return '';
  const lines = packet.decisions
    .slice(0, FINDINGS_SHOWN)
    .map(({ what, answer }) => `- ${prose(what)}${answer === null ? '' : ` (${code(answer)})`}`);
  const rest = packet.decisions.length - lines.length;
  if (rest > 0) lines.push(`- and ${rest} more`);
  return `## To decide\n\n${lines.join('\n')}`;
}

function checks(packet: Packet): string {
  if (packet.checks.length === 0) {
    return packet.unchecked === null ? '' : `## Checks\n\nNone: ${prose(packet.unchecked)}`;
  }
  const beside = packet.checks.some(({ base }) => base !== undefined);
  const rows = packet.checks.map((check) => [
    code(check.name),
    ...(beside ? [prose(baseWords(check))] : []),
    statusWords(check),
    ...(beside ? [prose(overlayWords(check))] : []),
    check.exit === null ? '' : `${check.exit}`,
    check.tree === null ? '' : duration(check.seconds),
    countWords(check),
    check.tree === null ? '' : code(shortOid(check.tree)),
  ]);
  const head = beside ? ['Check', 'Base', 'Result', "Base's tests"] : ['Check', 'Result'];
  const tree = packet.snapshot === null ? '' : ` at snapshot ${code(shortOid(packet.snapshot.tree))}`;
  const confinement = packet.confinement === null ? '' : `, confined by ${prose(packet.confinement)}`;
  return [
    `## Checks\n\nRun in a clean checkout${tree}${confinement}.`,
    table([...head, 'Exit', 'Time', 'Counts', 'Tree'], rows),
    ...laidOver(packet),
    ...differences(packet),
    ...packet.checks.filter((check) => check.status !== 'passed').map(failure),
  ].join('\n\n');
}

/** Which files make the last column another tree. */
function laidOver({ overlay }: Packet): string[] {
  if (overlay === undefined) return [];
  const list = ({ total, names }: Overlay['laid']) => {
    const shown = names.slice(0, LAID_SHOWN).map(code).join(', ');
    return `${shown}${total > LAID_SHOWN ? ` and ${total - LAID_SHOWN} more` : ''}`;
  };
  const laid = overlay.laid.total === 0 ? [] : [`Base's tests: ${list(overlay.laid)} laid over the result.`];
  const left =
    overlay.left.total === 0 ? [] : [`Check configuration may differ in ${list(overlay.left)}, left as it is.`];
  return [[...laid, ...left].join(' ')];
}

const LAID_SHOWN = 10;

/** Of each check, what differs between its columns. */
function differences(packet: Packet): string[] {
  return packet.checks.flatMap((check) => {
    const named = differencesOf(check).map(({ what, names, more }) => {
      const rest = more > 0 ? ` and ${more} more` : '';
      return `- ${prose(what)}: ${names.map(code).join(', ')}${rest}`;
    });
    const lines = [...named, ...runWords(check).map((sentence) => `- ${prose(sentence)}`)];
    return lines.length === 0 ? [] : [`${code(check.name)} beside its result:\n\n${lines.join('\n')}`];
  });
}

function failure(check: PacketCheck): string {
  const note = check.note === null ? '' : `: ${prose(check.note)}`;
  const tail =
    check.log === null
      ? ''
      : check.log.tail
          .slice(-TAIL_SHOWN)
          .trimEnd()
          .replace(/^\s*\n/, '');
  const asked = check.asked === null ? '' : `, asked for its results by ${code(check.asked)}`;
  const parts = [`${code(check.name)} runs ${code(check.command)}${asked}${note}`, failedTests(check)];
  if (tail !== '') parts.push(block(tail));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Failed tests of one check that are named, and characters of what each expected. */
const FAILURES_SHOWN = 5;
const VALUE_SHOWN = 200;

function failedTests({ failures, counts }: PacketCheck): string {
  if (failures.length === 0) return '';
  const lines = failures.slice(0, FAILURES_SHOWN).map((failed) => {
    const place = failurePlace(failed);
    const said = failureLine(failed);
    const value = (text: string) =>
      code(text.length > VALUE_SHOWN ? `${text.slice(0, VALUE_SHOWN)}…` : text) || 'nothing';
    const values =
      failed.expected === null || failed.actual === null
        ? ''
        : `; expected ${value(failed.expected)}, got ${value(failed.actual)}`;
    const where = place === '' ? '' : ` (${code(place)})`;
    return `- **${prose(failed.name)}**${where}${said === '' ? '' : `: ${prose(said.slice(0, 400))}`}${values}`;
  });
  const rest = Math.max(counts?.failed ?? 0, failures.length) - lines.length;
  if (rest > 0) lines.push(`- and ${rest} more`);
  return lines.join('\n');
}

function findings(packet: Packet): string {
  if (packet.drift === null) return '';
  if (packet.drift.findings.length === 0)
    return '## Drift\n\nNone: nothing was found in the diff that the brief does not ask for.';
  const groups = (['block', 'warn', 'info'] as const).map((severity) => severityGroup(packet, severity));
  return ['## Drift', ...groups.filter((group) => group !== '')].join('\n\n');
}

function severityGroup(packet: Packet, severity: Severity): string {
  const own = packet.drift?.findings.filter((finding) => finding.severity === severity) ?? [];
  if (own.length === 0) return '';
  const rules = [...new Set(own.map((finding) => finding.rule))];
  const tables = rules.map((rule) =>
    ruleTable(
      packet,
      rule,
      own.filter((finding) => finding.rule === rule),
    ),
  );
  return [`### ${SEVERITY_WORDS[severity]} (${own.length})`, ...tables].join('\n\n');
}

function ruleTable(packet: Packet, rule: string, ofRule: readonly Finding[]): string {
  const rows = ofRule
    .slice(0, FINDINGS_SHOWN)
    .map((finding) => [
      code(finding.id),
      place(finding),
      prose(finding.message),
      code(finding.evidence),
      answerTo(packet, finding),
    ]);
  const rest = ofRule.length - rows.length;
  const more = rest > 0 ? `\n\n${rest} more of this rule are in the report.` : '';
  const why = prose(ofRule[0]?.why ?? '');
  const head = `**${prose(rule)}** (${ofRule.length})${why === '' ? '' : `: ${why}`}`;
  return `${head}\n\n${table(['Id', 'Where', 'What', 'Evidence', 'Answer'], rows)}${more}`;
}

/** Places of a group that a cell of the table names. */
const PLACES_SHOWN = 5;

function place({ places }: Finding): string {
  const named = places
    .slice(0, PLACES_SHOWN)
    .map(({ path, line }) => code(line === null ? path : `${path}:${line}`))
    .join(', ');
  if (places.length <= 1) return named;
  const rest = places.length - PLACES_SHOWN;
  return `${places.length} places: ${named}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function answerTo(packet: Packet, finding: Finding): string {
  const reason = packet.signoff?.accepted[finding.id];
  if (reason !== undefined) return `accepted: ${prose(reason)}`;
  const amendment = packet.signoff?.widened?.[finding.id];
  if (amendment !== undefined) return `the brief was amended: ${prose(amendment.reason)}`;
  return finding.severity === 'info' ? '' : `open (${finding.answers.join(', ')})`;
}

function dependencies(packet: Packet): string {
  const changes = packet.drift?.dependencies ?? [];
  if (changes.length === 0) return '';
  const row = (change: DependencyChange) => [
    code(change.name),
    prose(change.ecosystem),
    code(change.manifest),
    change.from === null ? 'new' : code(change.from),
    change.to === null ? 'gone' : code(change.to),
    change.direct ? prose(change.group ?? 'direct') : 'indirect',
  ];
  const head = ['Name', 'Ecosystem', 'Manifest', 'From', 'To', 'Group'];
  return `## Dependencies\n\n${table(head, changes.slice(0, FINDINGS_SHOWN).map(row))}`;
}

function signoff(packet: Packet): string {
  const record = packet.signoff;
  if (record === undefined) return '';
  const overridden = Object.entries(record.overridden).map(
    ([name, reason]) => `- ${overriddenWords(name, record)} overridden: ${prose(reason)}`,
  );
  const accepted = Object.entries(record.accepted).map(
    ([id, reason]) => `- Finding ${code(id)} accepted: ${prose(reason)}`,
  );
  const amended = Object.entries(record.widened ?? {}).map(
    ([id, amendment]) =>
      `- Brief amended for finding ${code(id)}: ${prose(amendment.reason)} (${code(amendmentWords(amendment))}). As handed off, the brief did not say this.`,
  );
  return [
    `## Sign-off\n\nBy **${prose(record.by.name)}** (${code(record.by.email)}), ${prose(record.at)}, for tree ${code(record.tree)}.`,
    [...overridden, ...accepted, ...amended, ...signedCriteria(record)].join('\n'),
    deliveryWords(packet),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function overriddenWords(name: string, { checks, review }: NonNullable<Packet['signoff']>): string {
  if (!Object.hasOwn(checks, name) && review !== undefined) return `Review (${review.standing})`;
  return `Check ${code(name)} (${checks[name] ?? 'missing'})`;
}

function deliveryWords({ delivery }: Packet): string {
  if (delivery === null) return '';
  if (delivery.ref === null) return 'Recorded; no branch was moved.';
  const commit = delivery.commit === null ? '' : ` as ${code(delivery.commit)}`;
  return `Delivered (${delivery.mode}) to ${code(delivery.ref)}${commit}.`;
}

/** Receipts that are named; the note of the commit has them all. */
const RECEIPTS_SHOWN = 50;
const DIGEST_SHOWN = 16;

/** From the sign-off on: before it they only say again what the table of the checks says. */
function receipts({ receipts: found, signoff: record }: Packet): string {
  if (found === undefined || record === undefined) return '';
  const rows = found.list
    .slice(0, RECEIPTS_SHOWN)
    .map((receipt) => [
      code(receipt.check),
      prose(columnOfReceipt(receipt)),
      receipt.status,
      code(shortOid(receipt.tree)),
      code(receipt.digest.slice(0, DIGEST_SHOWN)),
    ]);
  const sentence = `${prose(receiptWords(found))}. Digest of all: ${code(found.digest)}.`;
  return `## Receipts\n\n${sentence}\n\n${table(['Check', 'Run', 'Result', 'Tree', 'Receipt'], rows)}`;
}

function about(packet: Packet): string {
  const { agent } = packet;
  const rows: (readonly [string, string])[] = [
    ['Task', code(packet.id)],
    ['Brief', code(packet.brief)],
    ['Base', code(packet.base)],
    [
      'Snapshot',
      packet.snapshot === null ? 'none' : `${code(packet.snapshot.commit)}, tree ${code(packet.snapshot.tree)}`,
    ],
    ['Turn', `${packet.turn}, corrections ${packet.corrections.used} of ${packet.corrections.allowed}`],
    [
      'Agent',
      `${code(agent.id)}${agent.version === undefined ? '' : ` ${prose(agent.version)}`}${confinementWords(agent)}`,
    ],
    ['Adopted', agent.adopted === undefined ? '' : adoptedFrom(agent.adopted)],
    ['Used', spendingWords(packet).map(prose).join('; ')],
    ['Budget of a turn', costBudgetWords(packet)],
    ['Usage', usageWords(packet)],
    ['Reviewer', packet.reviewer === null ? 'none named' : prose(packet.reviewer)],
    ['Started by', packet.origin === 'human' ? 'a person' : 'a machine'],
    ['Permissions refused', packet.refused.map(({ what, why }) => `${code(what)} (${prose(why)})`).join('; ')],
    ['Reverted', packet.reverted.map(revertedWords).join('; ')],
    ['Changed by hand', packet.byHand.map(handWords).join('; ')],
    [
      'Taken over',
      packet.takenOver === null ? '' : `by ${prose(packet.takenOver.by)}, in ${code(packet.takenOver.path)}`,
    ],
    ['Processes left', agent.survivors.map(code).join('; ')],
  ];
  return `## About this task\n\n${table(
    ['', ''],
    rows.filter(([, value]) => value !== ''),
  )}`;
}

function adoptedFrom(adopted: NonNullable<Packet['agent']['adopted']>): string {
  return `${code(adopted.name)} at ${code(adopted.commit)}, ${prose(adoptedWords(adopted))}`;
}

/** Paths of one revert that are named. */
const REVERTED_SHOWN = 10;

function revertedWords({ turn, by, paths, split }: Packet['reverted'][number]): string {
  const more = paths.length > REVERTED_SHOWN ? ` and ${paths.length - REVERTED_SHOWN} more` : '';
  const named = paths.slice(0, REVERTED_SHOWN).map(code).join(', ');
  const kept = split === undefined ? '' : `, split off: what was done there is in ${code(split)}`;
  return `${named}${more} by ${prose(by)} (turn ${turn})${kept}`;
}

function handWords({ turn, by, message }: Packet['byHand'][number]): string {
  return `by ${prose(by)} (turn ${turn})${message === '' ? '' : `: ${prose(message)}`}`;
}

function confinementWords(agent: Packet['agent']): string {
  return agent.confinement === null ? '' : `, confined by ${prose(agent.confinement)}`;
}

function usageWords({ agent: { usage } }: Packet): string {
  if (usage === undefined) return '';
  const tokens = Object.entries(usage.tokens).map(([kind, count]) => `${prose(kind)} ${count}`);
  const cost = usage.costUsd === null ? [] : [`USD ${usage.costUsd}`];
  return [...tokens, ...cost].join(', ') + (usage.meaning === '' ? '' : ` (${prose(usage.meaning)})`);
}

function agentWords(packet: Packet): string {
  if (packet.agentWords === null || packet.agentWords.trim() === '') return '';
  return `## The agent's own words (unverified)\n\n${quote(packet.agentWords)}`;
}
