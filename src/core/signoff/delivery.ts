/** What a sign-off permits, decided without git: which ref moves, and which parents the delivered commit has. */
import { fail } from '../errors';
import type { DeliveryMode } from '../events';
import { visible } from '../visible';

const HEADS = 'refs/heads/';

/** What the target of a delivery depends on. */
export interface DeliveryWish {
  readonly mode: DeliveryMode;
  /** `--to`: a branch name, short or full; null when not given. */
  readonly to: string | null;
  /** Full ref of the branch that was checked out at hand-off; null when there was none. */
  readonly target: string | null;
  /** The task's own branch, such as `countersign/retry-on-429`. */
  readonly branch: string;
}

/**
 * The full name of the ref that a delivery moves; null for `none`. Without `--to`, a merge or squash goes to the branch
 * of the hand-off, and `branch` makes the task's own.
 *
 * @throws USAGE when the name is no branch name, or there is no branch to go to
 */
export function deliveryRef(wish: DeliveryWish): string | null {
  switch (wish.mode) {
    case 'none':
      return null;
    case 'branch':
      return branchRef(wish.to ?? wish.branch);
    case 'merge':
    case 'squash':
      if (wish.to !== null) return branchRef(wish.to);
      if (wish.target !== null) return branchRef(wish.target);
      return fail('USAGE', 'no branch was checked out when the task was handed off, so there is none to deliver to', {
        fix: 'name one with --to BRANCH',
      });
  }
}

/**
 * `refs/heads/…` of a branch name, short or full.
 *
 * @throws USAGE when git would not take it as a branch
 */
export function branchRef(name: string): string {
  const short = name.startsWith(HEADS) ? name.slice(HEADS.length) : name;
  const problem = branchNameProblem(short);
  if (problem !== null)
    fail('USAGE', `"${visible(name)}" is no branch name: ${problem}`, { fix: 'choose another name' });
  return HEADS + short;
}

/** `main` of `refs/heads/main`, for people. */
export function shortRef(ref: string): string {
  return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref;
}

/** The rules of git-check-ref-format(1) for branches; null when the name is fine. */
function branchNameProblem(name: string): string | null {
  if (name === '' || name === '@' || name === 'HEAD') return 'git does not allow it';
  if (name.length > 244) return 'it is too long';
  if (name.startsWith('-')) return 'it begins with a dash';
  if (name.startsWith('refs/')) return 'only branches can be delivered to';
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name)) return 'it holds a blank, a control or one of ~ ^ : ? * [ \\';
  if (name.includes('..') || name.includes('@{')) return 'it holds ".." or "@{"';
  if (name.endsWith('.')) return 'it ends with a dot';
  const parts = name.split('/');
  if (parts.some((part) => part === '')) return 'it has an empty part';
  if (parts.some((part) => part.startsWith('.') || part.endsWith('.lock'))) {
    return 'a part of it begins with a dot or ends with ".lock"';
  }
  return null;
}

export interface DeliveryShape {
  /** Parents of the delivered commit, in order. */
  readonly parents: readonly string[];
  /** Whether the change is put on top of the target (and merged when it moved), or stands on its own base. */
  readonly ontoTarget: boolean;
  /** Whether the ref may be made when it does not exist. */
  readonly mayCreate: boolean;
}

/**
 * The commit that a mode makes. `merge`: the target's tip and the snapshot, so every turn stays in the history.
 * `squash`: the tip alone. `branch`: one commit on the base, whatever the target is.
 *
 * @param tip the target's commit; null when the ref does not exist
 */
export function deliveryShape(
  mode: Exclude<DeliveryMode, 'none'>,
  at: { readonly tip: string | null; readonly base: string; readonly snapshot: string },
): DeliveryShape {
  const tip = at.tip === null ? [] : [at.tip];
  switch (mode) {
    case 'merge':
      return { parents: [...tip, at.snapshot], ontoTarget: true, mayCreate: false };
    case 'squash':
      return { parents: tip, ontoTarget: true, mayCreate: false };
    case 'branch':
      return { parents: [at.base], ontoTarget: false, mayCreate: true };
  }
}
