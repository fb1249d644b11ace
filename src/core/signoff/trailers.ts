/**
 * Commit messages that carry a sign-off: how they are written, and how they are read back. The trailers are the last
 * paragraph of the message (git-interpret-trailers(1)), and reading looks nowhere else, so that no title, body or text
 * of an agent can pass for one.
 */
import type { Person } from '../brief/brief';
import type { Adoption, Signoff } from '../events';
import { amendmentWords } from '../review/amendment';
import { visible } from '../visible';

export const TRAILER = {
  by: 'Countersigned-by',
  task: 'Countersign-Task',
  turn: 'Countersign-Turn',
  adopted: 'Countersign-Adopted',
  brief: 'Countersign-Brief',
  tree: 'Countersign-Tree',
  checks: 'Countersign-Checks',
  receipts: 'Countersign-Receipts',
} as const;

/** What `Countersign-Checks` says when the brief has no check. */
const NO_CHECKS = 'none';
const TITLE_LIMIT = 200;
const BODY_LIMIT = 4_000;
/** As git and the forges read it: who else wrote what the commit brings. */
const CO_AUTHOR = 'Co-authored-by';

export interface DeliveryNote {
  readonly task: string;
  readonly title: string;
  /** A few words on what was asked; becomes the body. */
  readonly goal: string;
  readonly signoff: Pick<
    Signoff,
    'by' | 'brief' | 'checks' | 'overridden' | 'accepted' | 'widened' | 'granted' | 'criteria'
  >;
  /** What the answered findings say, by id: the record keeps only ids, and people read messages. */
  readonly findings: Readonly<Record<string, string>>;
  /** The tree of the commit that will carry this message. */
  readonly tree: string;
  /** One digest for the receipts in the commit's note; absent when there are none. */
  readonly receipts?: string | null;
  /** Who wrote what was adopted, where their own commits are not delivered. */
  readonly authors?: readonly Person[];
}

/** The message of a delivered commit. Every outside text in it is cut, put on lines of its own and disarmed. */
export function deliveryMessage(note: DeliveryNote): string {
  const { by, brief, checks, overridden, accepted, widened = {}, granted = [] } = note.signoff;
  const body = [
    bodyText(note.goal),
    ...listed(
      'Accepted',
      Object.fromEntries(Object.entries(accepted).map(([id, why]) => [named(id, note.findings[id]), why])),
    ),
    ...listed(
      'Amended the brief (as handed off, it did not say this)',
      Object.fromEntries(
        Object.entries(widened).map(([id, amendment]) => [
          named(id, note.findings[id]),
          `${amendment.reason} [${amendmentWords(amendment)}]`,
        ]),
      ),
    ),
    ...acceptedCriteria(note.signoff),
    ...listed(
      'Widened while it ran (as handed off, the brief did not say this)',
      Object.fromEntries(granted.map((grant) => [`by ${grant.by}, ${amendmentWords(grant)}`, grant.reason])),
    ),
    ...listed(
      'Overridden',
      Object.fromEntries(Object.entries(overridden).filter(([name]) => checks[name] !== 'passed')),
    ),
  ].filter((paragraph) => paragraph !== '');
  const results = Object.entries(checks).map(
    ([name, status]) => `${name}=${Object.hasOwn(overridden, name) ? 'overridden' : status}`,
  );
  const trailers = [
    ...coAuthors(note),
    `${TRAILER.by}: ${personName(by.name)} <${personEmail(by.email)}>`,
    `${TRAILER.task}: ${note.task}`,
    `${TRAILER.brief}: ${brief}`,
    `${TRAILER.tree}: ${note.tree}`,
    `${TRAILER.checks}: ${results.length === 0 ? NO_CHECKS : results.join(' ')}`,
    ...(note.receipts == null ? [] : [`${TRAILER.receipts}: ${note.receipts}`]),
  ];
  return `${[subject(note.title), ...body, trailers.join('\n')].join('\n\n')}\n`;
}

/** Several may have one id. Who gave their word is named where that is somebody else than who signs. */
function acceptedCriteria({ by: signer, criteria = [] }: DeliveryNote['signoff']): string[] {
  const lines = criteria.map(({ id, by, reason }) => {
    const who = by.email === signer.email ? '' : ` (${by.name})`;
    return `- ${oneLine(`${id}${who}: ${reason}`)}`;
  });
  return lines.length === 0 ? [] : [`Accepted criteria:\n${lines.join('\n')}`];
}

/** Each once, and not who signs: that is the commit's own author. */
function coAuthors({ authors = [], signoff: { by } }: DeliveryNote): string[] {
  const named = new Map(authors.map(({ name, email }) => [email.toLowerCase(), { name, email }]));
  named.delete(by.email.toLowerCase());
  return [...named.values()].map(({ name, email }) => `${CO_AUTHOR}: ${personName(name)} <${personEmail(email)}>`);
}

function named(id: string, finding: string | undefined): string {
  return finding === undefined ? id : `${finding} (${id})`;
}

export interface SnapshotNote {
  readonly task: string;
  readonly turn: number;
  readonly title: string;
  readonly agent: string;
  /** Who took files back to the base, where that is what the turn was. */
  readonly revertedBy?: string | null;
  /** Who changed it by hand, where that is what the turn was. */
  readonly handedBy?: string | null;
  /** What the snapshot takes over from somebody else: its commit is the parent. */
  readonly adopted?: Pick<Adoption, 'name' | 'commit' | 'authors'> | null;
}

/** The message of a snapshot: it names its task and turn, and carries no sign-off. */
export function snapshotMessage(note: SnapshotNote): string {
  const adopted = note.adopted == null ? [] : [`${TRAILER.adopted}: ${note.adopted.commit}`];
  const trailers = [`${TRAILER.task}: ${note.task}`, `${TRAILER.turn}: ${note.turn}`, ...adopted];
  return [
    subject(`${note.title} (turn ${note.turn})`),
    bodyText(`${contentOf(note)} Not signed off.`),
    `${trailers.join('\n')}\n`,
  ].join('\n\n');
}

function contentOf({ agent, revertedBy, handedBy, adopted }: SnapshotNote): string {
  if (handedBy != null) return `Snapshot of what ${handedBy} changed by hand.`;
  if (revertedBy != null) return `Snapshot after ${revertedBy} took files back to the base.`;
  if (adopted == null) return `Snapshot of the work of the agent ${agent}.`;
  const authors = adopted.authors.map(({ name }) => name);
  return `Snapshot of ${adopted.name}, adopted as it was pushed${authors.length === 0 ? '' : ` by ${authors.join(', ')}`}.`;
}

export type CheckOutcome = { readonly name: string; readonly outcome: string };

/** What a message says about itself. */
export type Trailers =
  | { readonly kind: 'none' }
  /** `adopted`: the commit of somebody else's that it takes over; null for a snapshot of an agent's work. */
  | { readonly kind: 'snapshot'; readonly task: string; readonly turn: number; readonly adopted: string | null }
  | {
      readonly kind: 'delivered';
      readonly by: Person;
      readonly task: string;
      readonly brief: string;
      readonly tree: string;
      readonly checks: readonly CheckOutcome[];
      /** Null in deliveries of earlier versions, and where nothing was checked. */
      readonly receipts: string | null;
    }
  | { readonly kind: 'malformed'; readonly problem: string };

const OURS = /^countersign(ed)?-/i;
const LINE = /^([A-Za-z][A-Za-z0-9-]*): (.*)$/;
const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const SHA256 = /^[0-9a-f]{64}$/;
const PERSON = /^([^<>]*[^<>\s]) <([^<>\s]+)>$/;
const CHECK = /^([A-Za-z0-9][A-Za-z0-9._-]*)=([a-z]+)$/;

/**
 * Reads the trailers of a commit message, strictly: the last paragraph only, each of ours at most once, in our spelling,
 * with a value of the right form. Other trailers may stand between ours. What begins like ours and is none of them is
 * `malformed`; a message without any is `none`.
 */
export function parseTrailers(message: string): Trailers {
  const values = new Map<string, string>();
  for (const line of lastParagraph(message)) {
    if (!OURS.test(line)) continue;
    const [, key = '', value = ''] = LINE.exec(line) ?? [];
    if (!Object.values<string>(TRAILER).includes(key)) return malformed(`the line "${visible(line)}" is no trailer`);
    if (values.has(key)) return malformed(`${key} is given twice`);
    values.set(key, value);
  }
  if (values.size === 0) return { kind: 'none' };
  return values.has(TRAILER.turn) ? snapshotTrailers(values) : deliveryTrailers(values);
}

function lastParagraph(message: string): readonly string[] {
  const paragraphs = message
    .replace(/\r\n/g, '\n')
    .trimEnd()
    .split(/\n(?:[ \t]*\n)+/);
  // The first paragraph is the title, whatever it looks like.
  return paragraphs.length < 2 ? [] : (paragraphs.at(-1) ?? '').split('\n');
}

function snapshotTrailers(values: ReadonlyMap<string, string>): Trailers {
  const task = values.get(TRAILER.task) ?? '';
  const turn = values.get(TRAILER.turn) ?? '';
  const adopted = values.get(TRAILER.adopted) ?? null;
  if (values.size !== (adopted === null ? 2 : 3) || task === '' || !/^[1-9][0-9]{0,5}$/.test(turn)) {
    return malformed(`a snapshot carries exactly ${TRAILER.task} and ${TRAILER.turn}, and what it adopted`);
  }
  if (adopted !== null && !OID.test(adopted)) return malformed(`${TRAILER.adopted} is not an object name`);
  return { kind: 'snapshot', task, turn: Number(turn), adopted };
}

function deliveryTrailers(values: ReadonlyMap<string, string>): Trailers {
  const { turn: _, adopted, receipts: told, ...expected } = TRAILER;
  if (values.has(adopted)) return malformed(`${adopted} stands in a delivery`);
  for (const key of Object.values(expected)) {
    if (!values.has(key)) return malformed(`${key} is missing`);
  }
  const task = values.get(TRAILER.task) ?? '';
  const brief = values.get(TRAILER.brief) ?? '';
  const tree = values.get(TRAILER.tree) ?? '';
  const [, name, email] = PERSON.exec(values.get(TRAILER.by) ?? '') ?? [];
  if (name === undefined || email === undefined) return malformed(`${TRAILER.by} is not "Name <email>"`);
  if (task === '') return malformed(`${TRAILER.task} is empty`);
  if (!SHA256.test(brief)) return malformed(`${TRAILER.brief} is not a SHA-256`);
  if (!OID.test(tree)) return malformed(`${TRAILER.tree} is not an object name`);
  const checks = checkOutcomes(values.get(TRAILER.checks) ?? '');
  if (checks === null) return malformed(`${TRAILER.checks} is not a list of name=outcome`);
  const receipts = values.get(told) ?? null;
  if (receipts !== null && !SHA256.test(receipts)) return malformed(`${told} is not a SHA-256`);
  return { kind: 'delivered', by: { name, email }, task, brief, tree, checks, receipts };
}

function checkOutcomes(value: string): readonly CheckOutcome[] | null {
  if (value === NO_CHECKS) return [];
  const outcomes: CheckOutcome[] = [];
  for (const word of value.split(' ')) {
    const [, name, outcome] = CHECK.exec(word) ?? [];
    if (name === undefined || outcome === undefined) return null;
    if (outcomes.some((other) => other.name === name)) return null;
    outcomes.push({ name, outcome });
  }
  return outcomes;
}

function malformed(problem: string): Trailers {
  return { kind: 'malformed', problem };
}

function subject(title: string): string {
  const line = visible(title.trim().replace(/\s+/g, ' ')).slice(0, TITLE_LIMIT).trim();
  return line === '' ? 'Countersigned change' : line;
}

/** One paragraph, or none. */
function bodyText(text: string): string {
  return disarmed(oneLine(text));
}

function oneLine(text: string): string {
  return visible(text.trim().replace(/\s+/g, ' ')).slice(0, BODY_LIMIT).trim();
}

function listed(heading: string, reasons: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(reasons).map(([what, why]) => `- ${oneLine(`${what}: ${why}`)}`);
  return lines.length === 0 ? [] : [`${heading}:\n${lines.join('\n')}`];
}

/** A body that begins like a trailer is quoted, for readers that are less strict than ours about where trailers stand. */
function disarmed(text: string): string {
  return /^[A-Za-z][A-Za-z0-9-]*\s*:/.test(text) ? `> ${text}` : text;
}

function personName(name: string): string {
  const clean = visible(name)
    .replace(/[<>\s]+/g, ' ')
    .trim();
  return clean === '' ? 'unnamed' : clean;
}

function personEmail(email: string): string {
  return visible(email).replace(/[<>\s]+/g, '');
}
