/**
 * What a sign-off would do now, asked of the very steps that a sign-off takes: nothing is judged a second time in
 * another way. Records nothing, moves nothing, runs no check; a merge with a target that moved leaves objects in the
 * repository that nothing names.
 */
import { CountersignError, type ErrorRecord } from '../errors';
import type { DeliveryMode, Signoff } from '../events';
import { offers } from '../review/answers';
import { mustBeAnswered, REVIEW } from '../review/decisions';
import { opinionsOf } from '../review/reviewer/packetReview';
import type { TaskContext } from './context';
import { evidenceOf } from './inspect';
import { approve, planDelivery, refOfDelivery, renewed, requireSignable, type Signable } from './signing';
import type { Task } from './task';

export interface SignoffPreview {
  /** Who git says the user is; null when it does not say. */
  readonly by: Signoff['by'] | null;
  /** Full ref that would move; null for `none`, and when there is no such branch. */
  readonly ref: string | null;
  readonly moved: boolean;
  /** A working tree that has the ref checked out would get the change. */
  readonly checkedOut: boolean;
  /** Why it would be refused, apart from decisions that are still open. */
  readonly refusal: ErrorRecord | null;
}

export interface DeliveryChoice {
  readonly mode: DeliveryMode;
  readonly to: string | null;
}

/** The longest that a person waits for a preview, in milliseconds. */
const PREVIEW_LIMIT_MS = 120_000;

/** Throws TASK_STATE for a task that is not up for sign-off; every other refusal is told in the preview. */
export async function previewSignoff(
  context: TaskContext,
  task: Task,
  choice: DeliveryChoice,
): Promise<SignoffPreview> {
  requireSignable(task);
  const by = await context.ports.repositories.identity(task.repository);
  const { answer: ref, refusal: noBranch } = await asking(async () => refOfDelivery(task, choice));
  const { refusal: notApproved } = await asking(() => approveAnswered(context, task, choice));
  const place = { by, ref, moved: false, checkedOut: false };
  const refused = notApproved ?? noBranch;
  // Without a name nothing is planned: a merge of a target that moved is made in somebody's name.
  if (ref === null || by === null) return { ...place, refusal: refused };
  const signal = AbortSignal.timeout(PREVIEW_LIMIT_MS);
  const { answer, refusal } = await asking(() => planDelivery(context, task, { mode: choice.mode, ref, by }, signal));
  return {
    ...place,
    moved: answer?.plan.moved ?? MOVED.has(refusal?.code ?? ''),
    checkedOut: answer === null ? CHECKED_OUT.has(refusal?.code ?? '') : answer.plan.checkout !== null,
    refusal: refused ?? refusal,
  };
}

/** Refusals that only a target that moved can give, and those that only a working tree can. */
const MOVED: ReadonlySet<string> = new Set(['LANDING_CONFLICT']);
const CHECKED_OUT: ReadonlySet<string> = new Set(['LANDING_DIRTY', 'LANDING_BUSY']);

/** The sign-off as it would be judged with every decision taken: what is left against it is no decision. */
async function approveAnswered(context: TaskContext, task: Signable, { mode, to }: DeliveryChoice): Promise<Signoff> {
  if (task.state === 'signed') return renewed(context, task);
  const { drift, brief, review } = await evidenceOf(context, task);
  const taken = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'preview']));
  const subject = { tree: task.snapshot.tree, brief: brief.hash };
  const open = [...(drift?.findings ?? []), ...opinionsOf(review, subject)].filter(mustBeAnswered);
  const answeredBy = (answer: 'accept' | 'widen') =>
    open.filter((finding) => offers(finding, answer)).map(({ id }) => id);
  const accepted = taken(answeredBy('accept'));
  const widened = taken(answeredBy('widen').filter((id) => !Object.hasOwn(accepted, id)));
  const isRequired = brief.front.review?.required ?? false;
  const overridden = taken([...brief.front.checks.map(({ name }) => name), ...(isRequired ? [REVIEW] : [])]);
  return approve(context, task, { tree: task.snapshot.tree, accepted, widened, overridden, mode, to });
}

type Answer<T> =
  | { readonly answer: T; readonly refusal: null }
  | { readonly answer: null; readonly refusal: ErrorRecord };

/** A coded refusal is an answer here; what is no refusal is thrown on. */
async function asking<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { answer: await question(), refusal: null };
  } catch (thrown) {
    if (!(thrown instanceof CountersignError) || thrown.code === 'INTERNAL') throw thrown;
    return { answer: null, refusal: thrown.toRecord() };
  }
}
