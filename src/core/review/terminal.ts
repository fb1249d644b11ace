/** The review packet as a short summary for a terminal: verdict and why, evidence, and what to type next. */
import { ADOPTED } from '../agent/adopted';
import type { Finding } from '../drift/report';
import { visible } from '../visible';
import { afterwardsLines } from './afterwards/terminal';
import { amendmentWords, grantWords } from './amendment';
import { besideWords, differencesOf, runWords } from './columnWords';
import { acceptCommand, criterionLines } from './criteria/terminal';
import { mustBeAnswered, REVIEW } from './decisions';
import type { Packet, PacketCheck } from './packetSchema';
import { receiptWords } from './receipts';
import { opinionsIn, standingIn } from './reviewer/opinions';
import { wantOf } from './reviewer/reasons';
import { droppedWords, opinionCounts, reviewerWords } from './reviewer/words';
import { spendingWords } from './spending';
import {
  adoptedWords,
  countWords,
  duration,
  failureLine,
  failurePlace,
  headline,
  meterWords,
  placeWords,
  plural,
  shortOid,
  sizeWords,
  statusWords,
  VERDICT_WORDS,
} from './words';

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; lines are cut to it. */
  readonly width: number;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** SGR codes on and off (ECMA-48, 8.3.117). */
const SGR: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

const VERDICT_STYLE = { clean: 'green', attention: 'yellow', blocked: 'red' } as const;
const NARROWEST = 40;
/** Lines of reasons and decisions shown before the rest is only counted. */
const LINES_SHOWN = 12;

/** Cuts and paints the lines of one rendering. */
class Page {
  readonly #lines: string[] = [];
  readonly #width: number;

  constructor(private readonly options: TerminalOptions) {
    this.#width = Math.max(NARROWEST, options.width);
  }

  /** One line of plain text, cut to the width, with its controls spelled out. */
  line(text: string, style?: Style): void {
    const shown = [...visible(text)];
    const cut = shown.length <= this.#width ? shown.join('') : `${shown.slice(0, this.#width - 1).join('')}…`;
    this.#lines.push(style === undefined ? cut : this.#painted(cut, style));
  }

  /** A line that must stay whole because people copy it. */
  command(text: string): void {
    this.#lines.push(`  ${visible(text)}`);
  }

  gap(): void {
    if (this.#lines.at(-1) !== '') this.#lines.push('');
  }

  list(items: readonly string[], style?: Style): void {
    for (const item of items.slice(0, LINES_SHOWN)) this.line(`  ${item}`, style);
    if (items.length > LINES_SHOWN) this.line(`  and ${items.length - LINES_SHOWN} more`, 'dim');
  }

  toString(): string {
    return `${this.#lines.join('\n').trimEnd()}\n`;
  }

  #painted(text: string, style: Style): string {
    if (!this.options.color) return text;
    const [on, off] = SGR[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  }
}

/** The summary, ending with the commands that come next. Colours only when `options.color`; never meaning by colour alone. */
export function renderSummary(packet: Packet, options: TerminalOptions): string {
  const page = new Page(options);
  const { tone, symbol, words } = headline(packet);
  page.line(packet.title, 'bold');
  page.line(`${symbol} ${words}`, VERDICT_STYLE[tone]);
  // After a sign-off they are answered, and stand below with their answers.
  if (packet.signoff === undefined) page.list(packet.reasons);
  page.gap();
  afterwards(page, packet);
  page.gap();
  facts(page, packet);
  page.gap();
  findings(page, packet);
  page.gap();
  secondOpinion(page, packet);
  page.gap();
  checks(page, packet);
  page.list(criterionLines(packet));
  page.gap();
  next(page, packet);
  return page.toString();
}

/** What the correction broke, and then what became of each thing that was sent. */
function afterwards(page: Page, packet: Packet): void {
  const lines = afterwardsLines(packet);
  if (lines === null) return;
  if (lines.broken !== '') page.line(lines.broken, 'red');
  page.list(lines.regressions, 'red');
  page.line(lines.counts);
  page.list(lines.items);
  page.list(lines.notes, 'dim');
}

function facts(page: Page, packet: Packet): void {
  const line = (label: string, value: string) => page.line(`${label.padEnd(9)}${value}`);
  const { id, adopted } = packet.agent;
  const worker = id === ADOPTED && adopted !== undefined ? `adopted from ${adopted.name}` : `agent ${id}`;
  line('task', `${packet.id}, turn ${packet.turn}, ${worker}`);
  if (adopted !== undefined) line('authors', adoptedWords(adopted));
  for (const { turn, by } of packet.byHand) line('by hand', `turn ${turn}, changed by hand by ${by}`);
  if (packet.takenOver !== null) line('taken', `over by ${packet.takenOver.by}, in ${packet.takenOver.path}`);
  if (packet.meter !== null) line('scope', meterWords(packet.meter));
  for (const grant of packet.grants) line('brief', grantWords(grant));
  if (packet.size !== null) line('size', sizeWords(packet.size));
  const added = packet.drift?.dependencies.filter((change) => change.from === null && change.direct) ?? [];
  if (added.length > 0) line('new deps', added.map((change) => change.name).join(', '));
  for (const used of spendingWords(packet)) line('used', used);
  if (packet.snapshot !== null) line('snapshot', packet.snapshot.commit);
  if (packet.signoff !== undefined) line('signed', `${packet.signoff.by.name} <${packet.signoff.by.email}>`);
  if (packet.signoff !== undefined && packet.receipts !== undefined) line('receipts', receiptWords(packet.receipts));
  if (packet.delivery?.ref != null) line('landed', `${packet.delivery.ref} ${packet.delivery.commit ?? ''}`.trim());
}

/** Those that must be answered, the gravest first, with the ids that the answers take. */
function findings(page: Page, packet: Packet): void {
  const all = packet.drift?.findings ?? [];
  const answer = ({ id }: Finding) => {
    const amendment = packet.signoff?.widened?.[id];
    if (amendment !== undefined) return `the brief was amended: ${amendment.reason} (${amendmentWords(amendment)})`;
    const reason = packet.signoff?.accepted[id];
    return reason === undefined ? undefined : `accepted: ${reason}`;
  };
  const line = (symbol: string) => (finding: Finding) =>
    `${symbol} ${finding.rule}: ${finding.message} (${finding.id})`;
  const open = all.filter((finding) => answer(finding) === undefined);
  page.list(open.filter(({ severity }) => severity === 'block').map(line(VERDICT_WORDS.blocked.symbol)), 'red');
  page.list(open.filter(({ severity }) => severity === 'warn').map(line(VERDICT_WORDS.attention.symbol)), 'yellow');
  const accepted = all.filter((finding) => answer(finding) !== undefined);
  page.list(accepted.map((finding) => `${line('✓')(finding)}, ${answer(finding)}`));
}

function secondOpinion(page: Page, packet: Packet): void {
  const { review, reviewRequired } = packet;
  if (review === null && !reviewRequired) return;
  const override = Object.entries(packet.signoff?.overridden ?? {}).find(([name]) => name === REVIEW)?.[1];
  if (review === null || standingIn(review) !== 'valid') {
    const answer = override === undefined ? '' : `, overridden: ${override}`;
    page.list([`${VERDICT_WORDS.attention.symbol} ${wantOf(review)}${answer}`], 'yellow');
    return;
  }
  const counts = opinionCounts(review);
  const said = counts === '' ? 'nothing to object to' : counts;
  const same = review.same ? ', the same agent that made the change' : '';
  page.list([`reviewed by ${reviewerWords(review)} in ${duration(review.seconds)}: ${said}${same}`]);
  const accepted = new Map(Object.entries(packet.signoff?.accepted ?? {}));
  const line = (finding: Finding) => {
    const reason = accepted.get(finding.id);
    const answer = reason === undefined ? '' : `, accepted: ${reason}`;
    return `${finding.severity === 'info' ? '-' : VERDICT_WORDS.attention.symbol} ${placeWords(finding)}: ${finding.message} (${finding.id})${answer}`;
  };
  const all = opinionsIn(review);
  page.list(all.filter(mustBeAnswered).map(line), 'yellow');
  page.list(all.filter((finding) => !mustBeAnswered(finding)).map(line), 'dim');
  page.list(
    [droppedWords(review.dropped, review.droppedCount, 3)].filter((words) => words !== ''),
    'dim',
  );
}

function checkLine(check: PacketCheck, override: string | undefined): string {
  const symbol = check.status === 'passed' && !check.stale ? '✓' : '✗';
  const details = [check.tree === null ? '' : duration(check.seconds), countWords(check)].filter((part) => part !== '');
  const answer = override === undefined ? [] : [`overridden: ${override}`];
  const beside = besideWords(check);
  return [
    `${symbol} ${check.name}: ${statusWords(check)}${beside === '' ? '' : ` (${beside})`}`,
    ...details,
    ...answer,
  ].join(', ');
}

/** Each with the first tests that failed, as long as no check goes unseen for that. */
function checks(page: Page, packet: Packet): void {
  // Own keys only: a check may be called `constructor`.
  const overridden = new Map(Object.entries(packet.signoff?.overridden ?? {}));
  const line = (check: PacketCheck) => checkLine(check, overridden.get(check.name));
  const explained = packet.checks.flatMap((check) => [line(check), ...failureLines(check), ...differenceLines(check)]);
  page.list(explained.length <= LINES_SHOWN ? explained : packet.checks.map(line));
}

/** Failed tests that are named below a check. */
const FAILURES_SHOWN = 3;

function failureLines({ failures, counts }: PacketCheck): string[] {
  const lines = failures.slice(0, FAILURES_SHOWN).map((failed) => {
    const details = [failurePlace(failed), failureLine(failed)].filter((part) => part !== '');
    return `    ${[failed.name, ...details].join(': ')}`;
  });
  const rest = Math.max(counts?.failed ?? 0, failures.length) - lines.length;
  if (lines.length > 0 && rest > 0) lines.push(`    and ${plural(rest, 'more failure')}`);
  return lines;
}

/** One line for each kind of difference between the columns. */
function differenceLines(check: PacketCheck): string[] {
  const named = differencesOf(check).map(({ what, names, more }) => {
    const rest = more > 0 ? ` and ${more} more` : '';
    return `    ${begun(what)}: ${names.join(', ')}${rest}`;
  });
  return [...named, ...runWords(check).map((sentence) => `    ${begun(sentence.split('\n', 1)[0] ?? '')}`)];
}

/** A sentence as it goes on behind another word. */
function begun(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}

function next(page: Page, packet: Packet): void {
  const asked = packet.decisions.find(({ kind }) => kind === 'permission');
  if (asked !== undefined) {
    page.line('Next', 'bold');
    // With the request, so that what is typed later answers what is shown now and nothing newer.
    page.command(`countersign answer ${packet.id} allow --request ${asked.id}`);
    page.command(`countersign answer ${packet.id} refuse --request ${asked.id}`);
    return;
  }
  if (packet.takenOver !== null) {
    page.line('Next', 'bold');
    page.command(`countersign takeover ${packet.id} --done`);
    page.command(`countersign takeover ${packet.id} --abandon`);
    page.command(`countersign show ${packet.id}`);
    return;
  }
  if (packet.state === 'ready') {
    const answers = packet.decisions.flatMap(({ answer }) => (answer === null ? [] : [answer]));
    const shown = answers.length <= LINES_SHOWN ? answers : ['--accept ID=REASON ...'];
    page.line(answers.length === 0 ? 'Next' : `Next (${plural(answers.length, 'answer')} needed for sign-off)`, 'bold');
    // With the tree, so that what is typed later signs what is shown now and nothing newer.
    const tree = packet.snapshot === null ? [] : ['--tree', shortOid(packet.snapshot.tree)];
    page.command(['countersign signoff', packet.id, ...tree, ...shown].join(' '));
    const accept = acceptCommand(packet);
    if (accept !== null) page.command(accept);
    if (packet.corrections.used < packet.corrections.allowed) page.command(`countersign correct ${packet.id} -m TEXT`);
    // The first of them, the sign-off, stands above with what it needs.
    const left = packet.choices.filter(({ choice }) => choice !== 'sign-off' && choice !== 'reject');
    for (const { command } of left) page.command(command);
    page.command(`countersign reject ${packet.id} --reason TEXT`);
    page.command(`countersign show ${packet.id}`);
  } else if (packet.state === 'failed' || packet.state === 'interrupted') {
    page.line('Next', 'bold');
    if (packet.error !== null) page.line(`  ${packet.error.fix}`);
    page.command(`countersign resume ${packet.id}`);
    if (packet.turn > 0) page.command(`countersign resume ${packet.id} --as-it-stands`);
    page.command(`countersign log ${packet.id}`);
  } else if (packet.state === 'rejected') {
    page.line('Next', 'bold');
    page.command(`countersign restore ${packet.id}`);
  }
}
