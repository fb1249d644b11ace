/**
 * A drift report as annotations of a workflow: commands that GitHub's runner reads from the output of a step (GitHub
 * Docs, "Workflow commands for GitHub Actions"; the escaping is that of its toolkit's `command.ts`).
 */
import type { DriftReport, Finding, Severity } from '../../drift/report';
import { visible } from '../../visible';
import { placeWords, plural, sizeWords } from '../words';

const COMMANDS = { block: 'error', warn: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/** GitHub shows so many of each kind for a step, and drops the others without a word. */
const MOST_OF_A_KIND = 10;
const MESSAGE_LIMIT = 2_000;

/** One command a line, the gravest first, and a last line for the log that says how many there are in all. */
export function workflowCommands(report: DriftReport): string {
  const severities = ['block', 'warn', 'info'] as const;
  const lines = severities.flatMap((severity) => ofSeverity(report, severity).slice(0, MOST_OF_A_KIND).map(command));
  return `${[...lines, summary(report, lines.length)].join('\n')}\n`;
}

function ofSeverity({ findings }: DriftReport, severity: Severity): readonly Finding[] {
  return findings.filter((finding) => finding.severity === severity);
}

function command(finding: Finding): string {
  const { rule, severity, path, line, message, why, places } = finding;
  const said = [
    message,
    ...(places.length > 1 ? [`${placeWords(finding)}.`] : []),
    ...(why === '' ? [] : [why]),
    ...(finding.answers.length === 0 ? [] : [`Answers that make sense: ${finding.answers.join(', ')}.`]),
  ];
  // A name that holds what a log would obey is told in the message alone.
  const plain = path !== null && visible(path) === path;
  const properties = [
    ...(plain ? [`file=${property(path)}`] : []),
    ...(plain && line !== null ? [`line=${line}`] : []),
    `title=${property(`Countersign: ${visible(rule)}`)}`,
  ];
  return `::${COMMANDS[severity]} ${properties.join(',')}::${data(visible(said.join(' ').slice(0, MESSAGE_LIMIT)))}`;
}

/** Numbers only: this line is the log's own, and nothing from outside may stand in it. */
function summary(report: DriftReport, shown: number): string {
  const counts = (['block', 'warn', 'info'] as const).map((severity) => ofSeverity(report, severity).length);
  const [block = 0, warn = 0, info = 0] = counts;
  const all = report.findings.length;
  const cut = all > shown ? `; ${shown} of ${all} are shown as annotations` : '';
  return `Countersign: ${report.verdict} (${block} blocking, ${plural(warn, 'warning')}, ${info} for information; ${sizeWords(report.stats)})${cut}`;
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
