/** A named person's word that a criterion is met: kept in the journal, for one tree and one brief. */
import type { Signoff } from '../../events';
import type { PacketAcceptance } from './matrix';

export interface Acceptance {
  /** Number of the criterion, from 1. */
  readonly criterion: number;
  readonly id: string;
  readonly tree: string;
  readonly brief: string;
  readonly by: Signoff['by'];
  /** RFC 3339. */
  readonly at: string;
  readonly reason: string;
}

/** What is under review. */
export interface Subject {
  readonly tree: string | null;
  readonly brief: string;
}

/** The word for a criterion, whatever tree it was given for; null when there is none. */
export function acceptanceOf(
  accepted: readonly Acceptance[],
  criterion: number,
  subject: Subject,
): PacketAcceptance | null {
  const found = accepted.findLast((one) => one.criterion === criterion);
  if (found === undefined) return null;
  const { by, at, reason, tree } = found;
  return { by, at, reason, tree, stale: !isOf(found, subject) };
}

/** Those that are for exactly what is under review, by criterion: what a sign-off may rest on. */
export function standingAcceptances(accepted: readonly Acceptance[], subject: Subject): readonly Acceptance[] {
  return accepted.filter((one) => isOf(one, subject)).sort((a, b) => a.criterion - b.criterion);
}

function isOf({ tree, brief }: Acceptance, subject: Subject): boolean {
  return tree === subject.tree && brief === subject.brief;
}
