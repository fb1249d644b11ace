/** One side of a correction: the evidence of one snapshot, before or after. */
import type { DriftReport } from '../../drift/report';
import type { CheckStatus } from '../../verify/checkStatus';
import type { TestedRun } from '../../verify/comparison';
import type { Verification } from '../../verify/verification';
import type { Review } from '../reviewer/review';

export interface Side {
  readonly turn: number;
  readonly tree: string;
  /** Evidence of exactly this tree and brief, as it was then; null where there is none any more. */
  readonly drift: DriftReport | null;
  readonly review: Review | null;
  readonly checks: ReadonlyMap<string, CheckedSide>;
}

/** How a check ended at one side. */
export interface CheckedSide {
  readonly status: CheckStatus;
  /** Its tests; null where they are not known by name. */
  readonly run: TestedRun | null;
  /** How many tests failed, where anybody counted. */
  readonly failed: number | null;
}

/** Evidence that is of another tree or brief says nothing of this one. */
export function ofTree<E extends { readonly tree: string; readonly brief: string }>(
  evidence: E | null,
  { tree, brief }: { readonly tree: string; readonly brief: string },
): E | null {
  return evidence !== null && evidence.tree === tree && evidence.brief === brief ? evidence : null;
}

/**
 * The checks of a verification, as one side.
 *
 * @param runs their tests by name, where they are known
 */
export function checksOf(
  verification: Verification | null,
  runs: ReadonlyMap<string, TestedRun>,
): ReadonlyMap<string, CheckedSide> {
  return new Map(
    (verification?.checks ?? []).flatMap(({ name, status, counts, tree }) =>
      tree === verification?.tree
        ? [[name, { status, run: runs.get(name) ?? null, failed: counts?.failed ?? null }] as const]
        : [],
    ),
  );
}
