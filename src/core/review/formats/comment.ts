/**
 * A drift report as a comment on a pull request. Every text from outside is literal text: file names and evidence cannot
 * format, link, mention anybody or bring in HTML, and cannot end the comment's own markup.
 */
import type { DependencyChange, DriftReport, Finding, Severity } from '../../drift/report';
import { code, html, prose, table } from '../text';
import { placeWords, plural, SEVERITY_WORDS, sizeWords } from '../words';

/** By this a workflow finds its own comment again. Nothing from outside can hold it: `<` is always an entity. */
export const COMMENT_MARKER = '<!-- countersign:drift -->';

/** GitHub takes 65,536 characters of a comment, GitLab takes more. */
const COMMENT_MOST = 60_000;
const ROWS_OF_A_KIND = 50;
const PLACES_OF_A_GROUP = 200;
const TEXT_SHOWN = 300;
const DEPENDENCIES_SHOWN = 50;

const VERDICTS: Readonly<Record<DriftReport['verdict'], string>> = {
  clean: '✓ No drift: the diff does what the brief asked for',
  attention: '! Drift that deserves a look',
  blocked: '✗ Drift that blocks',
};

/** The comment, with its marker first; what has no room is counted. */
export function commentOf(report: DriftReport): string {
  const room = new Room(COMMENT_MOST);
  const from = report.head === null ? 'working tree' : report.head.slice(0, 12);
  const facts = [
    sizeWords(report.stats),
    plural(report.findings.length, 'finding'),
    `${span(report.base.slice(0, 12))} → ${span(from)}`,
  ];
  room.add(`${COMMENT_MARKER}\n## Countersign: ${VERDICTS[report.verdict]}\n\n${facts.join(' · ')}`);
  for (const severity of ['block', 'warn', 'info'] as const) addSeverity(room, report, severity);
  addDependencies(room, report.dependencies);
  room.add(
    'Block findings fail the check. Each can be taken back, or answered as its last column says; the brief decides what is in scope.',
  );
  return `${room.text()}\n`;
}

/** Parts of a text that has a limit: one that does not fit is left out whole. */
class Room {
  readonly #parts: string[] = [];
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  add(part: string): boolean {
    if (part.length + 2 > this.#left) return false;
    this.#left -= part.length + 2;
    this.#parts.push(part);
    return true;
  }

  /** As many of the items as fit, joined by `compose`; never more than there is room for. */
  addMost<T>(items: readonly T[], compose: (some: readonly T[], rest: number) => string): void {
    for (let count = items.length; count > 0; count = Math.floor(count / 2)) {
      if (this.add(compose(items.slice(0, count), items.length - count))) return;
    }
  }

  text(): string {
    return this.#parts.join('\n\n');
  }
}

function addSeverity(room: Room, report: DriftReport, severity: Severity): void {
  const own = report.findings.filter((finding) => finding.severity === severity);
  if (own.length === 0) return;
  const shown = own.slice(0, ROWS_OF_A_KIND);
  room.addMost(shown, (some, rest) => {
    const left = rest + own.length - shown.length;
    const more = left === 0 ? '' : `\n\nAnd ${left} more, in the whole report.`;
    const rows = table(['Rule', 'Where', 'What, and why it matters', 'Evidence', 'Answers'], some.map(row));
    return `### ${SEVERITY_WORDS[severity]} (${own.length})\n\n${rows}${more}`;
  });
  for (const finding of shown) {
    if (finding.places.length > 1) addGroup(room, finding);
  }
}

function row(finding: Finding): readonly string[] {
  const { rule, places, message, why, evidence, path, answers } = finding;
  const where = places.length > 1 ? `${places.length} places, below` : span(clipped(placeWords(finding)));
  return [
    span(rule),
    where,
    `${prose(clipped(message))}${why === '' ? '' : `<br>${prose(why)}`}`,
    evidence === path ? '' : span(clipped(evidence)),
    answers.join(', '),
  ];
}

/** A group is folded; inside the summary nothing is read as Markdown, so that its texts are HTML there. */
function addGroup(room: Room, finding: Finding): void {
  const { rule, places } = finding;
  const shown = places.slice(0, PLACES_OF_A_GROUP);
  room.addMost(shown, (some, rest) => {
    const left = rest + places.length - shown.length;
    const lines = some.map(({ path, line }) => `- ${span(clipped(line === null ? path : `${path}:${line}`))}`);
    const summary = `<summary>${html(rule)}: ${places.length} places</summary>`;
    const more = left === 0 ? '' : `\n- and ${left} more`;
    return `<details>${summary}\n\n${lines.join('\n')}${more}\n\n</details>`;
  });
}

function addDependencies(room: Room, changes: readonly DependencyChange[]): void {
  if (changes.length === 0) return;
  const rows = changes
    .slice(0, DEPENDENCIES_SHOWN)
    .map(({ name, ecosystem, manifest, from, to, direct }) => [
      span(clipped(name)),
      prose(ecosystem),
      span(clipped(manifest)),
      from === null ? 'new' : span(clipped(from)),
      to === null ? 'gone' : span(clipped(to)),
      direct ? 'direct' : 'indirect',
    ]);
  room.addMost(rows, (some) => {
    const left = changes.length - some.length;
    const more = left === 0 ? '' : `\n\nAnd ${left} more.`;
    const list = table(['Name', 'Ecosystem', 'Manifest', 'From', 'To', ''], some);
    return `<details><summary>Dependency changes (${changes.length})</summary>\n\n${list}${more}\n\n</details>`;
  });
}

/** A name as code; one with brackets as prose, so that no reader of any kind finds a tag or our marker in it. */
function span(text: string): string {
  return /[<>]/.test(text) ? prose(text) : code(text);
}

function clipped(text: string): string {
  return text.length <= TEXT_SHOWN ? text : `${text.slice(0, TEXT_SHOWN - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
