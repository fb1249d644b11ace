/** What a packet says of the drift as Markdown: findings by severity and rule, and the dependencies. */
import type { DependencyChange, Finding, Severity } from '../../drift/report';
import type { Packet } from '../packetSchema';
import { code, prose, table } from '../text';
import { SEVERITY_WORDS } from '../words';

/** Findings of one rule, and dependencies, that are shown; the report has them all. */
const SHOWN = 50;

export function findingsSection(packet: Packet): string {
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
    .slice(0, SHOWN)
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

export function dependenciesSection(packet: Packet): string {
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
  return `## Dependencies\n\n${table(head, changes.slice(0, SHOWN).map(row))}`;
}
