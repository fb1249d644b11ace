/** The second opinion on a task's result: when it is asked for, and what becomes of it. */
import { toCountersignError } from '../errors';
import { composePacket } from '../review/packet';
import { noReview, REVIEW_STOPPED, type Review } from '../review/reviewer/review';
import { standingOf } from '../review/reviewer/standing';
import { consultReviewer } from './consulting';
import type { TaskContext } from './context';
import { evidenceOf, judgementOf } from './inspect';
import { chooseReviewer, type Reviewer } from './reviewer';
import type { Task, TaskIn } from './task';

/**
 * Reviews a snapshot whose checks have run, where brief, policy or configuration want it. Whatever becomes of the review
 * is no failure of the task. A valid review of the same tree is not made again. Throws only what `signal` was aborted
 * with, and what the records throw.
 */
export async function reviewVerified(
  context: TaskContext,
  task: Task,
  tree: string,
  signal: AbortSignal,
): Promise<Task> {
  const by = await wantedBy(context, task);
  if (by === null || (await isReviewed(context, task, tree))) return task;
  const reviewer = await chooseReviewer(context, task, null).catch(toCountersignError);
  const agent = 'agent' in reviewer ? reviewer.agent : null;
  const begun = await context.record(task.id, { type: 'review-started', tree, agent, by });
  const review =
    'agent' in reviewer
      ? await consultReviewer(context, begun, reviewer, signal)
      : noReview(reviewer.message, await known(context, begun, tree));
  signal.throwIfAborted();
  return file(context, begun, review);
}

/** Reviews a task that is under review, as it was asked for. What goes wrong is the reason why there is no review. */
export async function reviewReady(context: TaskContext, task: TaskIn<'ready'>, signal: AbortSignal): Promise<Task> {
  const { tree } = task.snapshot;
  const chosen: Reviewer | string = await chooseReviewer(context, task, task.reviewing?.agent ?? null).catch(
    (thrown) => toCountersignError(thrown).message,
  );
  const review =
    typeof chosen === 'string'
      ? noReview(chosen, await known(context, task, tree))
      : await consultReviewer(context, task, chosen, signal);
  return file(context, task, signal.aborted ? noReview(REVIEW_STOPPED, review) : review);
}

/** Ends a review that was begun without one. */
export async function endReview(context: TaskContext, task: TaskIn<'ready'>, why: string): Promise<Task> {
  return file(context, task, noReview(why, await known(context, task, task.snapshot.tree)));
}

/** What a review without an answer says of itself. */
async function known(context: TaskContext, task: Task, tree: string) {
  const { brief } = await context.terms(task);
  return { tree, brief: brief.hash, startedAt: context.ports.clock.now() };
}

/** Who wants a review without being asked; null when nobody does. */
async function wantedBy(context: TaskContext, task: Task): Promise<'policy' | 'brief' | 'configuration' | null> {
  const { brief, policy } = await context.terms(task);
  if (policy?.review.required === true) return 'policy';
  if (brief.front.review !== undefined) return 'brief';
  return context.reviews.automatic ? 'configuration' : null;
}

async function isReviewed(context: TaskContext, task: Task, tree: string): Promise<boolean> {
  const { brief, review } = await evidenceOf(context, task);
  return standingOf(review, { tree, brief: brief.hash }) === 'valid';
}

/** Stores a review and records it; a task that is ready has its verdict by it from then on. */
async function file(context: TaskContext, task: Task, review: Review): Promise<Task> {
  const stored = await context.ports.records.saveReview(task.id, review);
  const count = (severity: string) => review.findings.filter((finding) => finding.severity === severity).length;
  const verdict = task.state === 'ready' ? await verdictWith(context, task, review) : null;
  return context.record(task.id, {
    type: 'reviewed',
    tree: review.tree,
    file: stored,
    agent: review.agent?.id ?? null,
    none: review.none,
    major: count('major'),
    minor: count('minor'),
    nit: count('nit'),
    dropped: review.dropped.length,
    seconds: review.seconds,
    ...(review.agent === null ? {} : { usage: review.usage }),
    ...(verdict === null ? {} : { verdict }),
  });
}

/** The verdict of lists is the packet's: one judgement, made in one place. */
async function verdictWith(context: TaskContext, task: TaskIn<'ready'>, review: Review) {
  return composePacket({ ...(await judgementOf(context, task)), review, task }).verdict;
}
