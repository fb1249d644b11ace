/** What there is to adopt, as a list to pick from. Pure: the clock and the language come in. */
import { parsePullRequest } from '../../core/remote';
import { visible } from '../../core/visible';
import type { BranchListing } from '../../host/rpc/adopting';
import { agoWords } from '../tasks/times';
import type { Translate } from '../translate';

export interface BranchChoice {
  readonly label: string;
  /** When it changed last, and who did. */
  readonly description: string;
  /** What its newest commit says. */
  readonly detail: string;
  readonly ref: string;
}

/**
 * The branches as they were told, the newest first. One that is here and on a remote at the same commit's time and
 * subject is two branches all the same: which of them is meant, the person says.
 *
 * @param now milliseconds since the epoch
 */
export function branchChoices(branches: readonly BranchListing[], now: number, t: Translate): readonly BranchChoice[] {
  return branches.map(({ ref, name, at, author, subject }) => ({
    label: visible(name),
    description: t('{0}, by {1}', agoWords(now - Date.parse(at), t), visible(author)),
    detail: visible(subject),
    ref,
  }));
}

/** Why a text names no pull request; undefined when it does, as an input box wants it. */
export function pullRequestProblem(text: string, t: Translate): string | undefined {
  if (parsePullRequest(named(text)) !== null) return undefined;
  return t('A number such as #12, or the address of the pull request');
}

/** As the host is told it: a bare number is one of a pull request here. */
export function named(text: string): string {
  const typed = text.trim();
  return /^[0-9]+$/.test(typed) ? `#${typed}` : typed;
}
