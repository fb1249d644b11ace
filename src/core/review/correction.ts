/** Composes the prompt of a correction turn from what went wrong and what the reviewer says. The scope stays as it was. */
import type { Brief } from '../brief/brief';
import type { Finding } from '../drift/report';
import { fail } from '../errors';
import { visible, visibleText } from '../visible';
import { mustBeAnswered } from './decisions';
import type { Packet, PacketCheck } from './packetSchema';

export interface CorrectionRequest {
  readonly brief: Brief;
  readonly packet: Packet;
  /** What the reviewer says. */
  readonly text?: string;
  /** Ids of the findings to take up; absent or empty = every blocking finding and warning. */
  readonly findings?: readonly string[];
}

/** Correction passes that need no further word; each one more must be asked for. */
export const CORRECTIONS_ALLOWED = 1;

/**
 * Whether one more correction may be asked for.
 *
 * @param used  corrections so far
 * @param again the person said that it may be one more
 */
export function mayCorrect(used: number, again: boolean): boolean {
  return again || used < CORRECTIONS_ALLOWED;
}

/** Throws CORRECTION_SPENT when `mayCorrect` says no. */
export function requireCorrection(used: number, again: boolean): void {
  if (mayCorrect(used, again)) return;
  fail(
    'CORRECTION_SPENT',
    `the task had ${used} of ${CORRECTIONS_ALLOWED} correction${CORRECTIONS_ALLOWED === 1 ? '' : 's'}`,
  );
}

/** Longest prompt, in UTF-16 units; a journal line holds more. */
const PROMPT_LIMIT = 60_000;
const TEXT_LIMIT = 20_000;
const TAIL_LIMIT = 4_000;
const FINDINGS_LIMIT = 100;

/**
 * The prompt of the next turn.
 *
 * @throws FINDING_UNKNOWN  an id that the drift report does not have
 * @throws CORRECTION_EMPTY no failed check, no finding and no text
 */
export function composeCorrection({ brief, packet, text = '', findings = [] }: CorrectionRequest): string {
  const failed = packet.checks.filter((check) => check.status !== 'passed');
  const taken = takenUp(packet, findings);
  const said = visibleText(text).trim().slice(0, TEXT_LIMIT);
  if (failed.length === 0 && taken.length === 0 && said === '') {
    fail('CORRECTION_EMPTY', 'every check passed, no finding is open, and nothing was said');
  }
  const sections = [
    `# Correction: ${visible(brief.title)}\n\nYour work was reviewed. It stays as it is; mend what follows, and nothing else.`,
    said === '' ? '' : `## What the reviewer says\n\n${said}`,
    failed.length === 0 ? '' : `## Checks that did not pass\n\n${failed.map(checkSection).join('\n\n')}`,
    taken.length === 0 ? '' : findingsSection(taken),
    boundaries(brief),
  ];
  return cut(sections.filter((section) => section !== '').join('\n\n'), PROMPT_LIMIT);
}

function takenUp(packet: Packet, ids: readonly string[]): readonly Finding[] {
  const all = packet.drift?.findings ?? [];
  if (ids.length === 0) return all.filter(mustBeAnswered);
  const unknown = ids.filter((id) => !all.some((finding) => finding.id === id));
  if (unknown.length > 0) fail('FINDING_UNKNOWN', `no finding has the id ${unknown.map(visible).join(', ')}`);
  return all.filter((finding) => ids.includes(finding.id));
}

function checkSection(check: PacketCheck): string {
  const exit = check.exit === null ? '' : `, exit ${check.exit}`;
  const note = check.note === null ? '' : `\n${visible(check.note)}`;
  const tail = visibleText(check.log?.tail ?? '').trim();
  const shown = tail.length <= TAIL_LIMIT ? tail : `[…]\n${tail.slice(-TAIL_LIMIT)}`;
  const output = shown === '' ? '' : `\n\nThe end of its output:\n\n${indented(shown)}`;
  return `### ${check.name}: ${check.status}${exit}\n\nCommand: ${visible(check.command)}${note}${output}`;
}

function findingsSection(findings: readonly Finding[]): string {
  const lines = findings.slice(0, FINDINGS_LIMIT).map((finding) => {
    const where = finding.path === null ? '' : ` ${finding.path}${finding.line === null ? '' : `:${finding.line}`}`;
    const evidence = finding.evidence === '' ? '' : ` (${finding.evidence})`;
    return `- ${finding.rule}${where}: ${finding.message}${evidence}`;
  });
  if (findings.length > lines.length) lines.push(`- and ${findings.length - lines.length} more of the same kinds`);
  return [
    '## What the change does that the brief did not ask for',
    'Take each of these back, unless the goal cannot be reached without it; then say why in your last message.',
    lines.map((line) => visible(line)).join('\n'),
  ].join('\n\n');
}

function boundaries({ front, nonGoals, goal, criteria }: Brief): string {
  const list = (items: readonly string[]) => items.map((item) => `- ${visible(item)}`).join('\n');
  const parts = [
    `## What still holds\n\nThe brief has not changed. Its goal: ${visible(goal.trim().replace(/\s+/g, ' '))}`,
    `You may change only:\n\n${list(front.scope.change)}`,
    front.scope.avoid.length === 0 ? '' : `You must not touch, whatever else matches:\n\n${list(front.scope.avoid)}`,
    nonGoals.length === 0 ? '' : `Not asked for:\n\n${list(nonGoals)}`,
    `Acceptance criteria:\n\n${list(criteria.map((criterion) => criterion.text))}`,
    allowed(front.approval.allow),
    'Do not weaken, skip or delete tests or checks to make them pass. Do not commit: your changes are recorded when you stop, and the checks run again in a clean checkout.',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function allowed(boundaries: readonly string[]): string {
  const granted = boundaries.length === 0 ? 'none' : boundaries.map(visible).join(', ');
  return `Boundaries that may be crossed without asking: ${granted}. Every other one needs a decision by a person.`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** Cuts in the middle: the beginning says what to mend, and the end what still holds. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor((limit - 20) / 2);
  return `${text.slice(0, half)}\n\n[… cut …]\n\n${text.slice(-half)}`;
}
