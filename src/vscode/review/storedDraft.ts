/** Reads a draft as it was stored: what another version wrote, or nobody, is left out field by field. Pure. */
import type { Delivery } from '../../webview/review/model';
import { type DraftAnswer, type DraftCorrection, EMPTY_DRAFT, type ReviewDraft } from './draft';

/** What was stored, field by field as far as it is what it should be: another version may have written it. */
export function draftFrom(stored: unknown): ReviewDraft {
  const given = (isRecord(stored) ? stored : {}) as Partial<Record<keyof ReviewDraft, unknown>>;
  const turn = (value: unknown) => (Number.isInteger(value) ? (value as number) : null);
  return {
    accepted: answersOf(given.accepted),
    overridden: answersOf(given.overridden),
    included: recordOf(given.included, (value) => typeof value === 'boolean'),
    justify: textsOf(given.justify),
    viewed: textsOf(given.viewed),
    tree: typeof given.tree === 'string' ? given.tree : null,
    seen: turn(given.seen),
    before: turn(given.before),
    since: turn(given.since),
    texts: recordOf(given.texts, (value) => typeof value === 'string'),
    correction: isCorrection(given.correction) ? given.correction : null,
    delivery: isDelivery(given.delivery) ? given.delivery : EMPTY_DRAFT.delivery,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf<T>(value: unknown, fits: (entry: unknown) => entry is T): Record<string, T>;
function recordOf<T>(value: unknown, fits: (entry: unknown) => boolean): Record<string, T>;
function recordOf(value: unknown, fits: (entry: unknown) => boolean): Record<string, unknown> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, entry]) => fits(entry))) : {};
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Places that are no list of ids would make an answer say more than it was given for: such an answer is none. */
function answersOf(value: unknown): Record<string, DraftAnswer> {
  return recordOf(value, isAnswer);
}

function isAnswer(value: unknown): value is DraftAnswer {
  if (!isRecord(value) || typeof value.reason !== 'string' || typeof value.tree !== 'string') return false;
  const { places, widens } = value;
  const listed = Array.isArray(places) && places.every((place) => typeof place === 'string');
  return (places === undefined || listed) && (widens === undefined || widens === true);
}

function isCorrection(value: unknown): value is DraftCorrection {
  if (!isRecord(value)) return false;
  const { edition, body, fixed, basis, edited, earlier } = value;
  const texts = [body, fixed, basis].every((text) => typeof text === 'string');
  return (
    texts &&
    Number.isInteger(edition) &&
    typeof edited === 'boolean' &&
    (earlier === null || typeof earlier === 'string')
  );
}

const DELIVERIES: ReadonlySet<unknown> = new Set<Delivery>(['merge', 'squash', 'branch', 'none', 'pull-request']);

function isDelivery(value: unknown): value is ReviewDraft['delivery'] {
  return isRecord(value) && DELIVERIES.has(value.mode) && typeof value.to === 'string';
}
