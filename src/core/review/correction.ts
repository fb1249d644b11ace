/** Composes the prompt of a correction turn from what went wrong and what the reviewer says. The scope stays as it was. */
import { ADOPTED } from '../agent/adopted';
import type { Brief } from '../brief/brief';
import { criterionIds, withoutId } from '../brief/criterionIds';
import { NAME_THE_ID } from '../brief/prompt';
import type { Finding } from '../drift/report';
import { fail } from '../errors';
import { visible, visibleText } from '../visible';
import { mustBeAnswered } from './decisions';
import type { Packet, PacketCheck } from './packetSchema';
import type { Remark } from './remark';
import { isOpinion } from './reviewer/asFinding';
import { findingsIn } from './reviewer/opinions';
import { failureLine, failurePlace, placeWords } from './words';

/** What a correction is composed of. */
export interface CorrectionRequest {
  readonly brief: Brief;
  readonly packet: Packet;
  /** What the reviewer says. */
  readonly text?: string;
  /** Ids of exactly the findings to take up; absent, with nothing else named either = every blocking finding and warning. */
  readonly findings?: readonly string[];
  /** Ids of the findings that the agent is to justify, or to take back. */
  readonly justify?: readonly string[];
  /** What the reviewer says about places in the result. */
  readonly remarks?: readonly Remark[];
}

/** The prompt of a correction in its two parts. */
export interface Correction {
  /** What to mend: the reviewer's to edit. */
  readonly body: string;
  /** What still holds: the scope, the non-goals, the tests. Always sent, last and whole. */
  readonly fixed: string;
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

/** Longest prompt, in UTF-16 units, unless what still holds takes more of it; a journal line holds more. */
const PROMPT_LIMIT = 60_000;
/** Room that the body has whatever the brief's own terms take. */
const BODY_ROOM = 20_000;
/** Most that the terms may take, so that both together fit an event. */
const FIXED_LIMIT = 170_000;
const TEXT_LIMIT = 20_000;
const TAIL_LIMIT = 4_000;
const FINDINGS_LIMIT = 100;
/** Places of all groups together that are named one by one. */
const PLACES_LIMIT = 400;
const REMARKS_LIMIT = 200;
const REMARK_LIMIT = 2_000;
const FAILURES_LIMIT = 20;
const GOAL_LIMIT = 4_000;

/**
 * The two parts of the next turn's prompt. Nothing to correct gives a body that only says so; whether that may be sent
 * is for `requireSomething`.
 *
 * @throws FINDING_UNKNOWN  an id that the drift report does not have
 * @throws BRIEF_TOO_LARGE  the terms of the brief do not fit a prompt
 */
export function composeCorrection(request: CorrectionRequest): Correction {
  const { brief } = request;
  // Whoever corrects adopted work for the first time has not seen the brief before; what still holds tells it.
  const { agent, byHand, turn } = request.packet;
  const changed = byHand.some((one) => one.turn === turn)
    ? 'The work in this folder, which a person changed since,'
    : null;
  const whose = agent.id === ADOPTED ? 'The work in this folder, which others began,' : (changed ?? 'Your work');
  const { said, failed, taken, doubted, remarks } = gathered(request);
  const opinions = taken.filter(isOpinion);
  const drifted = taken.filter((finding) => !isOpinion(finding));
  const sections = [
    `# Correction: ${visible(brief.title)}\n\n${whose} was reviewed. It stays as it is; mend what follows, and nothing else.`,
    said === '' ? '' : `## What the reviewer says\n\n${said}`,
    remarks.length === 0 ? '' : remarksSection(remarks),
    failed.length === 0 ? '' : `## Checks that did not pass\n\n${failed.map(checkSection).join('\n\n')}`,
    drifted.length === 0 ? '' : findingsSection(drifted),
    opinions.length === 0 ? '' : opinionsSection(opinions),
    doubted.length === 0 ? '' : justifySection(doubted),
  ];
  const fixed = boundaries(brief);
  if (fixed.length > FIXED_LIMIT) {
    fail('BRIEF_TOO_LARGE', 'scope, non-goals and criteria of the brief are too long for the prompt of a correction');
  }
  const body = sections.filter((section) => section !== '').join('\n\n');
  return { body: cut(body, roomBeside(fixed)), fixed };
}

/** Throws CORRECTION_EMPTY when there is no failed check, no finding, no remark and no text. */
export function requireSomething(request: CorrectionRequest): void {
  const { said, failed, taken, doubted, remarks } = gathered(request);
  if (said !== '' || failed.length + taken.length + doubted.length + remarks.length > 0) return;
  fail('CORRECTION_EMPTY', 'every check passed, no finding is open, and nothing was said');
}

/**
 * The prompt as it is sent: whatever the body says, what still holds stands last and whole.
 *
 * @param body as composed, or as the reviewer edited it
 */
export function correctionPrompt(body: string, fixed: string): string {
  return `${cut(visibleText(body).trim(), roomBeside(fixed))}\n\n${fixed}`;
}

function roomBeside(fixed: string): number {
  return Math.max(BODY_ROOM, PROMPT_LIMIT - fixed.length - 2);
}

/** What a correction takes up, from what was asked. Throws FINDING_UNKNOWN. */
export function gathered({ packet, text = '', findings, justify = [], remarks = [] }: CorrectionRequest) {
  const all = findingsIn(packet);
  const unknown = [...(findings ?? []), ...justify].filter((id) => !all.some((finding) => finding.id === id));
  if (unknown.length > 0)
    fail('FINDING_UNKNOWN', `no finding has the id ${unknown.slice(0, 10).map(visible).join(', ')}`);
  const nothingNamed = findings === undefined && justify.length === 0 && remarks.length === 0;
  const doubted = new Set(justify);
  const named = new Set(findings);
  return {
    said: visibleText(text).trim().slice(0, TEXT_LIMIT),
    failed: packet.checks.filter((check) => check.status !== 'passed'),
    taken: all.filter((finding) =>
      nothingNamed ? mustBeAnswered(finding) : named.has(finding.id) && !doubted.has(finding.id),
    ),
    doubted: all.filter(({ id }) => doubted.has(id)),
    remarks,
  };
}

function remarksSection(remarks: readonly Remark[]): string {
  const lines = remarks.slice(0, REMARKS_LIMIT).map(({ path, line, text }) => {
    const where = visible(line === null ? path : `${path}:${line}`);
    const said = visibleText(text).trim().slice(0, REMARK_LIMIT).split('\n');
    return `- ${where}: ${said.join('\n  ')}`;
  });
  if (remarks.length > lines.length) lines.push(`- and ${remarks.length - lines.length} more`);
  return `## Remarks of the reviewer\n\n${lines.join('\n')}`;
}

function checkSection(check: PacketCheck): string {
  const exit = check.exit === null ? '' : `, exit ${check.exit}`;
  const note = check.note === null ? '' : `\n${visible(check.note)}`;
  const tail = visibleText(check.log?.tail ?? '').trim();
  const shown = tail.length <= TAIL_LIMIT ? tail : `[…]\n${tail.slice(-TAIL_LIMIT)}`;
  const output = shown === '' ? '' : `\n\nThe end of its output:\n\n${indented(shown)}`;
  const failures = failuresOf(check);
  return `### ${check.name}: ${check.status}${exit}\n\nCommand: ${visible(check.command)}${note}${failures}${output}`;
}

function failuresOf({ failures }: PacketCheck): string {
  if (failures.length === 0) return '';
  const lines = failures.slice(0, FAILURES_LIMIT).map((failed) => {
    const [place, said] = [failurePlace(failed), failureLine(failed).slice(0, 500)];
    return visible(`- ${failed.name}${place === '' ? '' : ` (${place})`}${said === '' ? '' : `: ${said}`}`);
  });
  if (failures.length > lines.length) lines.push(`- and ${failures.length - lines.length} more`);
  return `\n\nTests that failed:\n\n${lines.join('\n')}`;
}

function findingsSection(findings: readonly Finding[]): string {
  return [
    '## What the change does that the brief did not ask for',
    'Take each of these back, unless the goal cannot be reached without it; then say why in your last message.',
    findingLines(findings),
  ].join('\n\n');
}

function opinionsSection(findings: readonly Finding[]): string {
  return [
    '## What a second reader found',
    'Mend each of these. Where you hold that the reader is wrong, leave it and say why in your last message.',
    findingLines(findings),
  ].join('\n\n');
}

function justifySection(findings: readonly Finding[]): string {
  return [
    '## What the reviewer asks you to justify',
    'Say of each in your last message why it is needed for the goal, or take it back.',
    findingLines(findings),
  ].join('\n\n');
}

function findingLines(findings: readonly Finding[]): string {
  let room = PLACES_LIMIT;
  const lines = findings.slice(0, FINDINGS_LIMIT).flatMap((finding) => {
    const { rule, places, message } = finding;
    const where = places.length === 1 ? ` ${placeWords(finding)}` : '';
    const evidence = finding.evidence === '' ? '' : ` (${finding.evidence})`;
    const named = places.length > 1 ? places.slice(0, room) : [];
    room -= named.length;
    const rest = places.length > 1 ? places.length - named.length : 0;
    return [
      `- ${rule}${where}: ${message}${evidence}`,
      ...named.map(({ path, line }) => `  - ${line === null ? path : `${path}:${line}`}`),
      ...(rest > 0 ? [`  - and ${rest} more such places`] : []),
    ];
  });
  const rest = findings.length - FINDINGS_LIMIT;
  if (rest > 0) lines.push(`- and ${rest} more of the same kinds`);
  return lines.map((line) => visible(line)).join('\n');
}

function boundaries({ front, nonGoals, goal, criteria }: Brief): string {
  const list = (items: readonly string[]) => items.map((item) => `- ${visible(item)}`).join('\n');
  const words = visible(goal.trim().replace(/\s+/g, ' '));
  const shown = words.length > GOAL_LIMIT ? `${words.slice(0, GOAL_LIMIT)}…` : words;
  const parts = [
    `## What still holds\n\nThe brief has not changed. Its goal: ${shown}`,
    `You may change only:\n\n${list(front.scope.change)}`,
    front.scope.avoid.length === 0 ? '' : `You must not touch, whatever else matches:\n\n${list(front.scope.avoid)}`,
    nonGoals.length === 0 ? '' : `Not asked for:\n\n${list(nonGoals)}`,
    `Acceptance criteria:\n\n${list(namedCriteria(criteria))}\n\n${NAME_THE_ID}`,
    allowed(front.approval.allow),
    'Do not weaken, skip or delete tests or checks to make them pass. Do not commit: your changes are recorded when you stop, and the checks run again in a clean checkout.',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function namedCriteria(criteria: Brief['criteria']): string[] {
  const ids = criterionIds(criteria);
  return criteria.map(({ text }, index) => `${ids[index]?.id}: ${withoutId(text)}`);
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

/** Cuts in the middle: the beginning says what kind of text it is, and the end is what was said last. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor((limit - 20) / 2);
  return `${text.slice(0, half)}\n\n[… cut …]\n\n${text.slice(-half)}`;
}
