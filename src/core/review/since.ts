/** What the newest turns changed in the judgement of a task: for a reviewer who looked at it before. */
import { pathsOfFinding } from '../drift/places';
import type { DriftReport, Finding } from '../drift/report';
import type { TaskEvent } from '../events';
import type { CheckStatus, Verification } from '../verify/verification';
import { mustBeAnswered } from './decisions';

/** What was known at one snapshot; null where nothing was judged there. */
export interface Judged {
  readonly drift: DriftReport | null;
  readonly verification: Verification | null;
}

export interface JudgementChange {
  readonly appeared: readonly Finding[];
  readonly gone: readonly Finding[];
  readonly checks: readonly { readonly name: string; readonly before: CheckStatus; readonly after: CheckStatus }[];
  /** Paths that had no finding to answer before, and have one now. */
  readonly dirtied: readonly string[];
}

/**
 * The difference of two judgements. Where there was none before, everything counts as new: nothing is passed over.
 *
 * @param checks names of the brief's checks, in its order
 */
export function changeOfJudgement(before: Judged, after: Judged, checks: readonly string[]): JudgementChange {
  const [then, now] = [before.drift?.findings ?? [], after.drift?.findings ?? []];
  const without = (findings: readonly Finding[], others: readonly Finding[]) => {
    const ids = new Set(others.map(({ id }) => id));
    return findings.filter(({ id }) => !ids.has(id));
  };
  const dirtyBefore = new Set(pathsToAnswer(then));
  return {
    appeared: without(now, then),
    gone: without(then, now),
    checks: checks.map((name) => ({ name, before: statusOf(before, name), after: statusOf(after, name) })),
    dirtied: pathsToAnswer(now).filter((path) => !dirtyBefore.has(path)),
  };
}

function pathsToAnswer(findings: readonly Finding[]): string[] {
  return [...new Set(findings.filter(mustBeAnswered).flatMap(pathsOfFinding))].sort();
}

function statusOf({ verification }: Judged, name: string): CheckStatus {
  return verification?.checks.find((check) => check.name === name)?.status ?? 'missing';
}

/** The newest evidence files of a tree, as the journal names them; null where there is none. */
export function evidenceFiles(
  history: readonly TaskEvent[],
  tree: string,
): { readonly drift: string | null; readonly verification: string | null } {
  const newest = (type: 'drift' | 'verified') => {
    const event = history.findLast((one) => one.type === type && one.tree === tree);
    return event?.type === type ? event.file : null;
  };
  return { drift: newest('drift'), verification: newest('verified') };
}
