/** What the review page is composed of: what the host said, and what the reviewer drafted. Pure. */

import { ADOPTED } from '../../../core/agent/adopted';
import type { Finding } from '../../../core/drift/report';
import type { ErrorRecord } from '../../../core/errors';
import { mustBeAnswered, REVIEW } from '../../../core/review/decisions';
import type { Decision, Packet } from '../../../core/review/packetSchema';
import type { Remark } from '../../../core/review/remark';
import { findingsIn } from '../../../core/review/reviewer/opinions';
import type { RankedFile } from '../../../core/review/risk';
import type { Result } from '../../../host/rpc';
import type { FileChange } from '../../../host/rpc/reading';
import { answerOf, type DraftAnswer, type ReviewDraft, standingAnswer } from '../draft';

/** What was asked of the host and may not be there: a page without it says so. */
export type Asked<T> =
  | { readonly kind: 'pending' }
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown'; readonly why: ErrorRecord };

export interface Changes {
  readonly changes: readonly FileChange[];
  /** For each change, why it stands where it stands. */
  readonly ranks: readonly RankedFile[];
  /** For each change, what marks it as viewed. */
  readonly marks: readonly string[];
  readonly omitted: number;
}
export type SinceTurn = Result<'task/since'>;
export type History = Result<'task/history'>;
export type SignoffPreview = Result<'task/preview-signoff'>;

export interface ReviewState {
  readonly packet: Packet;
  readonly draft: ReviewDraft;
  /** Against the base, ordered by risk as the page lists them. */
  readonly changes: Asked<Changes>;
  /** Null when there is no earlier turn to compare with. */
  readonly since: Asked<SinceTurn> | null;
  /** Null until somebody wants to see it. */
  readonly history: Asked<History> | null;
  /** Null while there is nothing to sign off. */
  readonly signoff: Asked<SignoffPreview> | null;
  /** What the reviewer said at places of the diff. */
  readonly remarks: readonly Remark[];
  /** The task was deleted: what is shown is what it was. */
  readonly gone: boolean;
  /** The host answers; without it what is shown may be old. */
  readonly live: boolean;
  /** Commands may be run for this workspace. */
  readonly trusted: boolean;
  /** What is being done, in words; null when nothing is. */
  readonly busy: string | null;
}

const AT_WORK: ReadonlySet<string> = new Set(['draft', 'queued', 'preparing', 'running', 'verifying', 'correcting']);

export function isAtWork({ state }: Pick<Packet, 'state'>): boolean {
  return AT_WORK.has(state);
}

/** Whether evidence that sign-off cannot do without is of another tree: an old review only says nothing. */
export function isOutdated({ stale }: Pick<Packet, 'stale'>): boolean {
  return stale.some((what) => what !== 'review');
}

/** Whether the work is what somebody else pushed, and no agent has worked on it: there is no transcript to read. */
export function isAdopted({ agent }: Pick<Packet, 'agent'>): boolean {
  return agent.id === ADOPTED;
}

/** The tree under review; empty before there is one. */
export function treeOf({ snapshot }: Pick<Packet, 'snapshot'>): string {
  return snapshot?.tree ?? '';
}

/** The answer that holds for a check at the tree under review; an answer to another tree's result does not. */
export function overrideOf(
  { packet, draft }: Pick<ReviewState, 'packet' | 'draft'>,
  check: string,
): DraftAnswer | null {
  const answer = answerOf(draft.overridden, check);
  return answer !== null && answer.tree === treeOf(packet) ? answer : null;
}

/** Ids of the findings that the draft answers, for all their places. */
function answeredFindings({ packet, draft }: Pick<ReviewState, 'packet' | 'draft'>): ReadonlySet<string> {
  return new Set(
    findingsIn(packet)
      .filter((one) => standingAnswer(draft.accepted, one) !== null)
      .map(({ id }) => id),
  );
}

/** Whether a decision of the packet has an answer in the draft. */
function isAnswered(
  state: Pick<ReviewState, 'packet' | 'draft'>,
  answered: ReadonlySet<string>,
  { kind, id }: Decision,
): boolean {
  switch (kind) {
    case 'finding':
      return answered.has(id);
    case 'check':
      return overrideOf(state, id) !== null;
    case 'evidence':
      return id === REVIEW && overrideOf(state, REVIEW) !== null;
    case 'permission':
      return false;
  }
}

/** What still needs a decision before sign-off. A permission is asked for before there is anything to sign off. */
export function openDecisions(state: Pick<ReviewState, 'packet' | 'draft'>): readonly Decision[] {
  const answered = answeredFindings(state);
  return state.packet.decisions.filter((decision) => !isAnswered(state, answered, decision));
}

/** Whether a finding goes into the correction: what is open does, until the reviewer says otherwise. */
export function isIncluded({ draft }: Pick<ReviewState, 'draft'>, finding: Finding): boolean {
  if (draft.justify.includes(finding.id)) return false;
  const said = Object.hasOwn(draft.included, finding.id) ? draft.included[finding.id] : undefined;
  return said ?? (mustBeAnswered(finding) && standingAnswer(draft.accepted, finding) === null);
}

/** What a correction is made of. */
export interface Picked {
  readonly findings: readonly string[];
  readonly justify: readonly string[];
  readonly remarks: readonly Remark[];
}

export function pickedOf(state: Pick<ReviewState, 'packet' | 'draft' | 'remarks'>): Picked {
  const findings = findingsIn(state.packet);
  const justify = new Set(state.draft.justify);
  return {
    findings: findings.filter((finding) => isIncluded(state, finding)).map(({ id }) => id),
    justify: findings.filter(({ id }) => justify.has(id)).map(({ id }) => id),
    remarks: state.remarks,
  };
}

/** What a correction was composed of, as one text to compare. */
export function basisOf(state: Pick<ReviewState, 'packet' | 'draft' | 'remarks'>): string {
  return JSON.stringify([treeOf(state.packet), pickedOf(state)]);
}
