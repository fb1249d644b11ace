/** What is asked of the forge: title, branches, and the packet as the body. Pure. */
import { fail } from '../../core/errors';
import { REVIEW } from '../../core/review/decisions';
import type { Packet } from '../../core/review/packetSchema';
import { findingsIn } from '../../core/review/reviewer/opinions';
import { shortRef } from '../../core/signoff/delivery';
import { visible } from '../../core/visible';
import type { Translate } from '../translate';
import { pageOf, type Remote } from './remote';

export interface PullRequest {
  readonly title: string;
  /** The task's branch and the one that it is to go into, short names. */
  readonly head: string;
  readonly base: string;
  readonly body: string;
}

/** GitHub takes 65,536 characters of a body and 256 of a title; GitLab takes more of both, and 255 of a title. */
const BODY_MOST = 60_000;
const TITLE_MOST = 250;

export function titleOf(packet: Pick<Packet, 'title'>): string {
  const title = visible(packet.title).trim();
  return title.length <= TITLE_MOST ? title : `${title.slice(0, TITLE_MOST - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * The packet's Markdown as a body: its own heading is the title of the pull request. What is too long is cut between two
 * lines, never inside of a code block, so that text in it stays literal.
 *
 * @param most characters of the whole
 */
export function bodyOf(markdown: string, most = BODY_MOST): string {
  const text = markdown.replace(/^# .*\n+/, '');
  if (text.length <= most) return text;
  const notice = '\n\n*Cut here: the whole packet is too long for a pull request. `countersign show` prints it.*\n';
  const kept: string[] = [];
  let fence: string | null = null;
  let left = most - notice.length;
  for (const line of text.split('\n')) {
    const after = fenceAfter(line, fence);
    left -= line.length + 1;
    // A block that is open needs room for its end.
    if (left < (after === null ? 0 : after.length + 1)) break;
    kept.push(line);
    fence = after;
  }
  if (fence !== null) kept.push(fence);
  return `${kept.join('\n').trimEnd()}${notice}`;
}

/** The fence of the code block that is open after a line; a block ends with the fence that it began with. */
function fenceAfter(line: string, open: string | null): string | null {
  const fence = /^(`{3,})/.exec(line)?.[1] ?? null;
  if (open === null) return fence;
  return fence !== null && line.trimEnd() === open ? null : open;
}

/** What is left to do before a pull request can be opened. */
export type Outset = 'sign' | 'deliver' | 'push';

/** @throws TASK_STATE when the task cannot become a pull request now */
export function outsetOf({ id, state, delivery }: Pick<Packet, 'id' | 'state' | 'delivery'>): Outset {
  if (state === 'ready') return 'sign';
  if (state === 'signed') return 'deliver';
  if (state === 'delivered' && delivery?.mode === 'branch' && delivery.ref !== null && delivery.commit !== null) {
    return 'push';
  }
  const how = state === 'delivered' ? `delivered as ${delivery?.mode}` : state;
  return fail('TASK_STATE', `task ${visible(id)} is ${how}: a pull request is made of one that is ready for sign-off`, {
    fix: 'choose a task that is ready, or that was signed off to a branch of its own',
  });
}

/** Throws SIGNOFF_REFUSED when another tree is under review than the one that a person saw; null saw none yet. */
export function requireShown({ snapshot }: Pick<Packet, 'snapshot'>, tree: string | null): void {
  if (tree === null || tree === snapshot?.tree) return;
  fail('SIGNOFF_REFUSED', 'another tree is under review than the one that was shown', {
    fix: 'look at the new one first',
  });
}

/** Reasons by finding and by check. */
export interface Answers {
  readonly accept: Record<string, string>;
  readonly widen: Record<string, string>;
  readonly override: Record<string, string>;
}

/** Without answers to findings that are gone and to checks that there are not. */
export function standing(
  packet: Pick<Packet, 'drift' | 'checks' | 'review' | 'reviewRequired'>,
  { accept, widen, override }: Answers,
): Answers {
  const findings = new Set(findingsIn(packet).map(({ id }) => id));
  const names = new Set([...packet.checks.map(({ name }) => name), ...(packet.reviewRequired ? [REVIEW] : [])]);
  const known = (reasons: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(reasons).filter(([id]) => findings.has(id)));
  return {
    accept: known(accept),
    widen: known(widen),
    override: Object.fromEntries(Object.entries(override).filter(([name]) => names.has(name))),
  };
}

/** What still has no answer, in the words of the packet. */
export function unanswered({ decisions }: Pick<Packet, 'decisions'>, answers: Answers): readonly string[] {
  return decisions
    .filter(({ kind, id }) => {
      if (kind === 'finding') return !Object.hasOwn(answers.accept, id) && !Object.hasOwn(answers.widen, id);
      if (kind === 'check' || (kind === 'evidence' && id === REVIEW)) return !Object.hasOwn(answers.override, id);
      return true;
    })
    .map(({ what }) => visible(what));
}

/**
 * The branch that is pushed, as people call it.
 *
 * @param to the branch that the person named; null = the task's own. One that was made already stays what it is
 */
export function branchOf({ branch, delivery }: Pick<Packet, 'branch' | 'delivery'>, to: string | null): string {
  return delivery?.ref != null ? shortRef(delivery.ref) : (to ?? branch);
}

/** Where it goes. */
export interface Going {
  readonly branch: string;
  readonly remote: string;
  readonly web: Remote | null;
  readonly base: string;
}

/** What will be done, in one sentence. */
export function sentenceOf(packet: Pick<Packet, 'snapshot'>, outset: Outset, going: Going, t: Translate): string {
  const branch = visible(going.branch);
  const base = visible(going.base);
  const place = going.web === null ? visible(going.remote) : `${visible(going.remote)} (${pageOf(going.web)})`;
  const tree = packet.snapshot?.tree.slice(0, 10) ?? '';
  switch (outset) {
    case 'sign':
      return t(
        'Sign off tree {0} as branch {1}, push that branch to {2}, and open a pull request into {3}?',
        tree,
        branch,
        place,
        base,
      );
    case 'deliver':
      return t(
        'Make branch {0} of what is signed off, push it to {1}, and open a pull request into {2}?',
        branch,
        place,
        base,
      );
    case 'push':
      return t('Push branch {0} to {1}, and open a pull request into {2}?', branch, place, base);
  }
}
