/** What the newest turns changed in the judgement of a task: for a reviewer who looked at it before. */
import { pathsOfFinding } from '../drift/places';
import type { DriftReport, Finding } from '../drift/report';
import type { TaskEvent } from '../events';
import type { CheckStatus, Verification } from '../verify/verification';
import { mustBeAnswered } from './decisions';
import { asFinding } from './reviewer/asFinding';
import type { Review } from './reviewer/review';

/** What was known at one snapshot; null where nothing was judged there. */
export interface Judged {
  readonly drift: DriftReport | null;
  readonly verification: Verification | null;
  /** The newest review of its tree. */
  readonly review: Review | null;
}

/** Whether a snapshot was reviewed: `none` = it was tried, `missing` = nobody tried. */
export type Reviewed = 'valid' | 'none' | 'missing';

export interface JudgementChange {
  readonly appeared: readonly Finding[];
  readonly gone: readonly Finding[];
  readonly checks: readonly { readonly name: string; readonly before: CheckStatus; readonly after: CheckStatus }[];
  readonly review: { readonly before: Reviewed; readonly after: Reviewed };
  /** Paths that had no finding to answer before, and have one now. */
  readonly dirtied: readonly string[];
}

/**
 * The difference of two judgements. Where there was none before, everything counts as new: nothing is passed over. What a
 * reviewer found is gone only where a reviewer read the newer one, too; and it makes no path dirty, for it may have stood
 * there unread.
 *
 * @param checks names of the brief's checks, in its order
 */
export function changeOfJudgement(before: Judged, after: Judged, checks: readonly string[]): JudgementChange {
  const [then, now] = [before.drift?.findings ?? [], after.drift?.findings ?? []];
  const [said, says] = [opinionsOf(before), opinionsOf(after)];
  const review = { before: reviewed(before), after: reviewed(after) };
  const without = (findings: readonly Finding[], others: readonly Finding[]) => {
    const ids = new Set(others.map(({ id }) => id));
    return findings.filter(({ id }) => !ids.has(id));
  };
  const dirtyBefore = new Set(pathsToAnswer(then));
  return {
    appeared: without([...now, ...says], [...then, ...said]),
    gone: [...without(then, now), ...(review.after === 'valid' ? without(said, says) : [])],
    review,
    checks: checks.map((name) => ({ name, before: statusOf(before, name), after: statusOf(after, name) })),
    dirtied: pathsToAnswer(now).filter((path) => !dirtyBefore.has(path)),
  };
}

function pathsToAnswer(findings: readonly Finding[]): string[] {
  return [...new Set(findings.filter(mustBeAnswered).flatMap(pathsOfFinding))].sort();
}

function reviewed({ review }: Judged): Reviewed {
  if (review === null) return 'missing';
  return review.none === null ? 'valid' : 'none';
}

function opinionsOf(judged: Judged): readonly Finding[] {
  return reviewed(judged) === 'valid' ? (judged.review?.findings ?? []).map(asFinding) : [];
}

function statusOf({ verification }: Judged, name: string): CheckStatus {
  return verification?.checks.find((check) => check.name === name)?.status ?? 'missing';
}

/** The newest evidence files of a tree, as the journal names them; null where there is none. */
export function evidenceFiles(
  history: readonly TaskEvent[],
  tree: string,
): { readonly drift: string | null; readonly verification: string | null; readonly review: string | null } {
  const newest = (type: 'drift' | 'verified' | 'reviewed') => {
    const event = history.findLast((one) => one.type === type && one.tree === tree);
    return event?.type === type ? event.file : null;
  };
  return { drift: newest('drift'), verification: newest('verified'), review: newest('reviewed') };
}
