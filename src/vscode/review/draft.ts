/**
 * What a reviewer has decided about a task and not said to the host yet: answers, ticks, what was viewed, texts that were
 * begun. A draft is the reviewer's own; it becomes part of the record with a correction or a sign-off. Pure.
 */
import { placeIds } from '../../core/drift/places';
import type { Finding } from '../../core/drift/report';
import { carriedOver, placesBeyond } from '../../core/review/answers';
import type { Delivery } from '../../webview/review/model';

export interface DraftAnswer {
  readonly reason: string;
  /** The tree that it was given at. */
  readonly tree: string;
  /** The places that it was given for; absent = the finding of its id, alone. */
  readonly places?: readonly string[];
  /** It amends the brief; absent = it accepts. */
  readonly widens?: true;
}

/** What of a finding an answer is bound to. */
export type Answerable = Pick<Finding, 'id' | 'places'>;

export interface DraftCorrection {
  /** Raised whenever the body was composed anew. */
  readonly edition: number;
  readonly body: string;
  readonly fixed: string;
  /** What it was composed of, as one text to compare. */
  readonly basis: string;
  /** A person changed the body. */
  readonly edited: boolean;
  /** The text that the last composing replaced; null when there is none to take back. */
  readonly earlier: string | null;
}

export interface ReviewDraft {
  /** By finding id. An answer holds for the finding, which is the same in another tree when its id is. */
  readonly accepted: Readonly<Record<string, DraftAnswer>>;
  /** By check name. An answer holds for the result at one tree. */
  readonly overridden: Readonly<Record<string, DraftAnswer>>;
  /** By finding id, where a person said so; what is open is included until somebody says otherwise. */
  readonly included: Readonly<Record<string, boolean>>;
  readonly justify: readonly string[];
  /** Marks of viewed files (`viewMark`), the latest last. */
  readonly viewed: readonly string[];
  /** The tree that was looked at last. */
  readonly tree: string | null;
  /** The newest turn that was looked at, and the one before it. */
  readonly seen: number | null;
  readonly before: number | null;
  /** The turn that a person chose to compare with. */
  readonly since: number | null;
  /** Texts that were begun, by field. */
  readonly texts: Readonly<Record<string, string>>;
  readonly correction: DraftCorrection | null;
  readonly delivery: { readonly mode: Delivery; readonly to: string };
}

export const EMPTY_DRAFT: ReviewDraft = {
  accepted: {},
  overridden: {},
  included: {},
  justify: [],
  viewed: [],
  tree: null,
  seen: null,
  before: null,
  since: null,
  texts: {},
  correction: null,
  delivery: { mode: 'merge', to: '' },
};

export type DraftEdit =
  | {
      readonly type: 'accept';
      readonly finding: string;
      readonly reason: string;
      readonly tree: string;
      readonly places?: readonly string[];
      readonly widens?: true;
    }
  | { readonly type: 'override'; readonly check: string; readonly reason: string; readonly tree: string }
  | { readonly type: 'include'; readonly finding: string; readonly on: boolean }
  | { readonly type: 'justify'; readonly finding: string; readonly on: boolean }
  | { readonly type: 'view'; readonly mark: string; readonly on: boolean }
  | {
      readonly type: 'looked';
      readonly turn: number;
      readonly tree: string;
      /** The findings that there are now; null when nobody knows. */
      readonly findings: readonly Answerable[] | null;
    }
  | { readonly type: 'since'; readonly turn: number | null }
  | { readonly type: 'text'; readonly field: string; readonly text: string }
  | { readonly type: 'composed'; readonly body: string; readonly fixed: string; readonly basis: string }
  | { readonly type: 'correction-text'; readonly text: string }
  | { readonly type: 'take-back' }
  | { readonly type: 'correction-sent' }
  | { readonly type: 'delivery'; readonly mode: Delivery; readonly to: string };

/** Marks and texts that a draft keeps; beyond, the oldest go. */
const MOST_VIEWED = 20_000;
const MOST_TEXTS = 200;

export function reduceDraft(draft: ReviewDraft, edit: DraftEdit): ReviewDraft {
  switch (edit.type) {
    case 'accept':
      return {
        ...draft,
        accepted: answered(draft.accepted, edit.finding, edit),
        justify: edit.reason.trim() === '' ? draft.justify : without(draft.justify, edit.finding),
      };
    case 'override':
      return { ...draft, overridden: answered(draft.overridden, edit.check, edit) };
    case 'include':
      return { ...draft, included: { ...draft.included, [edit.finding]: edit.on } };
    case 'justify':
      return {
        ...draft,
        justify: edit.on
          ? [...without(draft.justify, edit.finding), edit.finding]
          : without(draft.justify, edit.finding),
      };
    case 'view': {
      const others = without(draft.viewed, edit.mark);
      return { ...draft, viewed: edit.on ? [...others, edit.mark].slice(-MOST_VIEWED) : others };
    }
    case 'looked':
      return looked(draft, edit);
    case 'since':
      return { ...draft, since: edit.turn };
    case 'text': {
      const kept = edit.text === '' ? {} : { [edit.field]: edit.text };
      const texts = { ...dropped(draft.texts, edit.field), ...kept };
      return { ...draft, texts: Object.fromEntries(Object.entries(texts).slice(-MOST_TEXTS)) };
    }
    case 'composed':
      return { ...draft, correction: composed(draft.correction, edit) };
    case 'correction-text':
      if (draft.correction === null || draft.correction.body === edit.text) return draft;
      return { ...draft, correction: { ...draft.correction, body: edit.text, edited: true } };
    case 'take-back':
      return { ...draft, correction: takenBack(draft.correction) };
    case 'correction-sent':
      return { ...draft, correction: null, justify: [], included: {} };
    case 'delivery':
      return { ...draft, delivery: { mode: edit.mode, to: edit.to } };
  }
}

/** Own keys only: a check may be called `constructor`. */
export function answerOf(answers: Readonly<Record<string, DraftAnswer>>, key: string): DraftAnswer | null {
  return Object.hasOwn(answers, key) ? (answers[key] ?? null) : null;
}

/** The answer that stands for a finding: one that was given for all the places that it has now. */
export function standingAnswer(accepted: ReviewDraft['accepted'], finding: Answerable): DraftAnswer | null {
  const answer = answerOf(accepted, finding.id);
  return answer === null || placesBeyond(finding, answer) > 0 ? null : answer;
}

/** How many places a finding has beyond those that it was answered for; 0 also when it was not answered. */
export function grownBy(accepted: ReviewDraft['accepted'], finding: Answerable): number {
  const answer = answerOf(accepted, finding.id);
  return answer === null ? 0 : placesBeyond(finding, answer);
}

/** The edit that answers a finding for the places that it has now; an empty reason takes the answer back. */
export function answering(
  finding: Answerable,
  { reason, tree, widens }: Pick<DraftAnswer, 'reason' | 'tree' | 'widens'>,
): DraftEdit {
  const places = placeIds(finding);
  const several = places.length === 1 && places[0] === finding.id ? {} : { places };
  return { type: 'accept', finding: finding.id, reason, tree, ...several, ...(widens === true ? { widens } : {}) };
}

/** An empty reason takes the answer back. */
function answered(
  answers: Readonly<Record<string, DraftAnswer>>,
  key: string,
  { reason, tree, places, widens }: DraftAnswer,
): Readonly<Record<string, DraftAnswer>> {
  const others = dropped(answers, key);
  if (reason.trim() === '') return others;
  const more = { ...(places === undefined ? {} : { places }), ...(widens === undefined ? {} : { widens }) };
  return { ...others, [key]: { reason: reason.trim(), tree, ...more } };
}

function dropped<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!Object.hasOwn(record, key)) return record;
  return Object.fromEntries(Object.entries(record).filter(([own]) => own !== key));
}

function without(list: readonly string[], item: string): readonly string[] {
  return list.filter((own) => own !== item);
}

function looked(
  draft: ReviewDraft,
  { turn, tree, findings }: Extract<DraftEdit, { readonly type: 'looked' }>,
): ReviewDraft {
  const seen = Math.max(turn, draft.seen ?? 0);
  const pruned = findings === null ? draft : withoutGone(draft, findings);
  if (seen === draft.seen) return tree === draft.tree ? pruned : { ...pruned, tree };
  return { ...pruned, tree, seen, before: draft.seen, since: null };
}

/**
 * An answer to a finding that is gone goes with its places. Where none of them is left it is none; its reason is offered
 * again should the finding come back.
 */
function withoutGone(draft: ReviewDraft, findings: readonly Answerable[]): ReviewDraft {
  const { kept, gone } = carriedOver(draft.accepted, findings);
  if (kept === draft.accepted) return draft;
  return gone.reduce<ReviewDraft>(
    (left, [id, { reason }]) => reduceDraft(left, { type: 'text', field: `accept:${id}`, text: reason }),
    { ...draft, accepted: kept },
  );
}

function composed(
  last: DraftCorrection | null,
  { body, fixed, basis }: { readonly body: string; readonly fixed: string; readonly basis: string },
): DraftCorrection {
  // What a person wrote is never thrown away: it can be taken back.
  const earlier = last === null ? null : last.edited ? last.body : last.earlier;
  return { edition: (last?.edition ?? 0) + 1, body, fixed, basis, edited: false, earlier };
}

function takenBack(last: DraftCorrection | null): DraftCorrection | null {
  if (last === null || last.earlier === null) return last;
  return { ...last, edition: last.edition + 1, body: last.earlier, edited: true, earlier: null };
}
