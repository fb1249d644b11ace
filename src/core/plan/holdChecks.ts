/** Holds the checks of an answer against what the project knows, and its criteria against the checks. */
import { type Check, checkSchema } from '../brief/brief';
import { checksOf } from '../brief/draft';
import type { AnsweredBrief } from './answer';
import { isKnownCommand } from './commands';
import type { Drops } from './drops';
import { WHY_LIMIT } from './holdScope';
import type { Offer } from './offer';
import { itemOf, lineOf } from './texts';

export interface HeldCheck {
  readonly check: Check;
  readonly why: string;
  /** Why the brief does not hold it; null when it does. */
  readonly note: string | null;
}

export interface HeldCriterion {
  /** As the item of the list: with its proof. */
  readonly text: string;
  readonly why: string;
}

/** What a command is told as that no manifest and no usual runner knows. */
const UNKNOWN_COMMAND = 'unknown command: not taken as a check until you say so';
const ITEM_LIMIT = 500;
const TIMEOUT = 600;

/**
 * The policy's checks, then those that the answer names: what the project does not know is kept apart, not taken. Where
 * nothing is left, the project's own.
 */
export function holdChecks(brief: Pick<AnsweredBrief, 'checks'>, offer: Offer, drops: Drops): readonly HeldCheck[] {
  const required = offer.facts.policy?.checks ?? [];
  const held: HeldCheck[] = required.map((check) => ({ check, why: 'the policy of the team wants it', note: null }));
  for (const said of brief.checks) {
    const check = checkOf(said, held);
    if (typeof check === 'string') {
      drops.add(`check ${said.name}: ${said.run}`, check);
      continue;
    }
    const note = isKnownCommand(check.run, offer.commands) ? null : UNKNOWN_COMMAND;
    held.push({ check, why: lineOf(said.why ?? '', WHY_LIMIT), note });
  }
  if (held.some(({ note }) => note === null)) return held;
  const own = checksOf(offer.facts).filter(({ name }) => held.every(({ check }) => check.name !== name));
  return [...own.map((check) => ({ check, why: 'the project has it', note: null })), ...held];
}

/** A check of an answer, or why it is none. */
function checkOf(said: AnsweredBrief['checks'][number], held: readonly HeldCheck[]): Check | string {
  if (/\p{Cc}|\p{Cf}/u.test(said.run)) return 'its command is no single line of what can be seen';
  const parsed = checkSchema.safeParse({ name: said.name, run: said.run, timeout: said.timeout ?? TIMEOUT });
  if (!parsed.success) return 'it is no check of a brief';
  const same = held.find(({ check }) => check.name === parsed.data.name || check.run === parsed.data.run);
  if (same === undefined) return parsed.data;
  return same.check.run === parsed.data.run
    ? 'it is there already'
    : `\`${same.check.name}\` is another command already`;
}

/** Each claim once. What names a check that the brief does not have is the reviewer's to prove. */
export function holdCriteria(
  brief: Pick<AnsweredBrief, 'criteria'>,
  checks: readonly HeldCheck[],
  drops: Drops,
): readonly HeldCriterion[] {
  const names = new Set(checks.flatMap(({ check, note }) => (note === null ? [check.name] : [])));
  const held = new Map<string, HeldCriterion>();
  for (const said of brief.criteria) {
    const item = itemOf(said.text, ITEM_LIMIT);
    if (item.text === '') {
      drops.add(`criterion ${said.text}`, 'it says nothing');
      continue;
    }
    if (held.has(item.text)) {
      drops.add(`criterion ${said.text}`, 'it was said already');
      continue;
    }
    const named = said.check?.trim() || item.check;
    if (named && named !== 'review' && !names.has(named)) {
      drops.add(`check ${named} of the criterion "${item.text}"`, 'the brief has no such check; a reviewer proves it');
    }
    const proof = named && names.has(named) ? `(check: ${named})` : '(review)';
    held.set(item.text, { text: `${item.text} ${proof}`, why: lineOf(said.why ?? '', WHY_LIMIT) });
  }
  return [...held.values()];
}

/** The items of a list of prose, each once. */
export function holdItems(
  said: AnsweredBrief['nonGoals'],
  what: string,
  drops: Drops,
): readonly { readonly text: string; readonly why: string }[] {
  const held = new Map<string, string>();
  for (const { text, why } of said) {
    const item = itemOf(text, ITEM_LIMIT).text;
    if (item === '' || held.has(item))
      drops.add(`${what} ${text}`, item === '' ? 'it says nothing' : 'it was said already');
    else held.set(item, lineOf(why ?? '', WHY_LIMIT));
  }
  return [...held].map(([text, why]) => ({ text, why }));
}
