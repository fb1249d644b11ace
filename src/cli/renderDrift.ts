/** A drift report for a person at a terminal: the gravest first, grouped by severity. */
import type { DriftReport, Finding, Severity } from '../core/drift/report';
import { placeWords, plural, SEVERITY_WORDS, sizeWords } from '../core/review/words';
import { visible } from '../core/visible';
import type { Output, Style } from './output';

const SEVERITIES: readonly Severity[] = ['block', 'warn', 'info'];
const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { block: 'red', warn: 'yellow', info: 'dim' };

const VERDICTS: Readonly<Record<DriftReport['verdict'], { readonly words: string; readonly style: Style }>> = {
  clean: { words: '✓ no drift: the diff does what the brief asked for', style: 'green' },
  attention: { words: '! drift that deserves a look', style: 'yellow' },
  blocked: { words: '✗ drift that blocks', style: 'red' },
};

/** Findings and dependency changes, then the verdict. */
export function renderDrift(report: DriftReport, output: Pick<Output, 'style'>): string {
  const groups = SEVERITIES.flatMap((severity) => {
    const findings = report.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) return [];
    const title = output.style(SEVERITY_STYLE[severity], `${SEVERITY_WORDS[severity]} (${findings.length})`);
    return [`${title}\n${findings.map(findingLines).join('\n')}`];
  });
  const { words, style } = VERDICTS[report.verdict];
  const from = report.head === null ? 'working tree' : report.head.slice(0, 12);
  const verdict = [
    output.style(style, words),
    `  ${sizeWords(report.stats)}; ${plural(report.findings.length, 'finding')}; ${report.base.slice(0, 12)} → ${from}`,
  ].join('\n');
  return `${[...groups, ...dependencies(report), verdict].join('\n\n')}\n`;
}

function findingLines(finding: Finding): string {
  const { rule, path, places, message, evidence, boundary, why } = finding;
  const place = places.length === 1 ? ` ${visible(placeWords(finding))}` : '';
  const allowed = boundary === null ? '' : ` [${visible(boundary)}]`;
  const shown = visible(evidence);
  const details = [
    visible(message),
    ...(why === '' ? [] : [visible(why)]),
    ...(places.length > 1 ? [visible(placeWords(finding))] : []),
    ...(shown === '' || shown === path ? [] : [clip(shown)]),
  ];
  return [`  ${rule}${allowed}${place}`, ...details.map((line) => `      ${line}`)].join('\n');
}

function dependencies({ dependencies: changes }: DriftReport): string[] {
  if (changes.length === 0) return [];
  const lines = changes.map(({ manifest, name, from, to }) =>
    visible(`  ${manifest}: ${name} ${from ?? '(absent)'} → ${to ?? '(removed)'}`),
  );
  return [`Dependencies\n${lines.join('\n')}`];
}

const EVIDENCE_SHOWN = 200;

const clip = (text: string) => (text.length > EVIDENCE_SHOWN ? `${text.slice(0, EVIDENCE_SHOWN)}…` : text);
