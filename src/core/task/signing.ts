/**
 * Sign-off and delivery. Everything that could refuse is asked first: nothing is recorded, and nothing moves, before
 * the sign-off stands, the plan of the landing stands, and the checks passed on the very tree that will be landed.
 */
import { parsePerson } from '../brief/person';
import { CountersignError, fail } from '../errors';
import type { DeliveryMode, Signoff, Workspace } from '../events';
import type { LandingPlan, LandingRequest } from '../ports/landing';
import { standingAcceptances } from '../review/criteria/acceptance';
import { opinionsOf } from '../review/reviewer/packetReview';
import { deliveryRef, shortRef } from '../signoff/delivery';
import { requireSignoff } from '../signoff/signoff';
import { deliveryMessage } from '../signoff/trailers';
import { digestOfReceipt, digestOfReceipts } from '../verify/receipt';
import type { Verification } from '../verify/verification';
import type { TaskContext } from './context';
import { evidenceOf } from './inspect';
import { namesTree } from './namedTree';
import { digestsOf, noteReceipts, receiptsOfDelivery } from './receipts';
import { requireNotTakenOver } from './takingOver';
import type { Task, TaskIn } from './task';
import { hasUnsavedWork } from './unsaved';

export interface SignoffRequest {
  /** The tree that the person looked at, or the beginning of its name; null = the one under review. */
  readonly tree: string | null;
  readonly accepted: Readonly<Record<string, string>>;
  /** Findings that are answered by an amendment of the brief. */
  readonly widened: Readonly<Record<string, string>>;
  readonly overridden: Readonly<Record<string, string>>;
  readonly mode: DeliveryMode;
  /** The branch to deliver to; null = the one of the hand-off. */
  readonly to: string | null;
}

export type Signable = TaskIn<'ready'> | TaskIn<'signed'>;

interface Prepared {
  readonly request: LandingRequest;
  readonly plan: LandingPlan;
  /** Results at the landed tree, when the target had moved and the checks ran again. */
  readonly rerun: Verification | null;
}

/**
 * Signs the tree under review and delivers it. A task that is signed already is only delivered.
 * @returns the task, `delivered`, or `signed` for the mode `none`
 * @throws TASK_STATE, SIGNOFF_REFUSED, SIGNOFF_IDENTITY, FINDING_UNKNOWN, LANDING_*; nothing has changed then
 */
export async function signAndDeliver(context: TaskContext, task: Task, request: SignoffRequest): Promise<Task> {
  requireSignable(task);
  const approved = task.state === 'signed' ? await renewed(context, task) : await approve(context, task, request);
  const landing = await prepareLanding(context, task, approved, request);
  const signoff = withMergeOverrides(approved, landing?.rerun ?? null, request.overridden);
  const signed = task.state === 'signed' ? task : await context.record(task.id, { type: 'signed', signoff });
  return landing === null ? signed : land(context, task, signoff, landing);
}

/** Throws TASK_STATE for a task that can be neither signed nor delivered now. */
export function requireSignable(task: Task): asserts task is Signable {
  if (task.state === 'ready' || task.state === 'signed') return;
  fail('TASK_STATE', `task ${task.id} is ${task.state}: only a ready one can be signed off`);
}

/** The record of the sign-off, judged from the evidence as it is stored now. Throws SIGNOFF_*, FINDING_UNKNOWN, USAGE. */
export async function approve(context: TaskContext, task: TaskIn<'ready'>, request: SignoffRequest): Promise<Signoff> {
  const { repositories, clock } = context.ports;
  requireNotTakenOver(task);
  if (await hasUnsavedWork(context, task)) {
    fail('SIGNOFF_REFUSED', `the folder of task ${task.id} was changed after the snapshot that was reviewed`, {
      fix: `take it to review with \`countersign resume ${task.id} --as-it-stands\``,
    });
  }
  const { accepted, widened, overridden } = request;
  const evidence = await evidenceOf(context, task);
  return requireSignoff({
    ...evidence,
    grants: task.grants,
    receipts: digestsOf(task.id, evidence.verification, task.snapshot.tree),
    criteria: standingAcceptances(task.accepted, { tree: task.snapshot.tree, brief: evidence.brief.hash }),
    snapshot: task.snapshot,
    tree: namedTree(request.tree, task.snapshot.tree),
    treeNamed: request.tree !== null,
    identity: await repositories.identity(task.repository),
    reviewer: task.reviewer === null ? null : parsePerson(task.reviewer),
    accepted,
    widened,
    overridden,
    at: clock.now(),
  });
}

/** The tree that was named: the one under review when nothing was, or when what was is the beginning of its name. */
function namedTree(named: string | null, reviewed: string): string {
  return named === null || namesTree(named, reviewed) ? reviewed : named;
}

/** A signed task is delivered by nobody but who signed it. Throws SIGNOFF_IDENTITY. */
export async function renewed(context: TaskContext, task: TaskIn<'signed'>): Promise<Signoff> {
  const identity = await context.ports.repositories.identity(task.repository);
  const { by } = task.signoff;
  if (identity?.email.toLowerCase() !== by.email.toLowerCase()) {
    fail('SIGNOFF_IDENTITY', `task ${task.id} was signed off by ${by.name} <${by.email}>`);
  }
  return task.signoff;
}

/** Who delivers although a check failed on the merged tree, and there alone, has that on the record too. */
function withMergeOverrides(
  signoff: Signoff,
  rerun: Verification | null,
  reasons: SignoffRequest['overridden'],
): Signoff {
  const failed = new Set(rerun?.checks.filter(({ status }) => status !== 'passed').map(({ name }) => name));
  const given = Object.entries(reasons).filter(([name]) => failed.has(name));
  return { ...signoff, overridden: { ...signoff.overridden, ...Object.fromEntries(given) } };
}

/** Where a delivery of the task goes; null for `none`. Throws USAGE when there is no such branch. */
export function refOfDelivery(
  { target, branch }: Task,
  { mode, to }: Pick<SignoffRequest, 'mode' | 'to'>,
): string | null {
  return deliveryRef({ mode, to, target, branch });
}

/**
 * What a delivery would move, without moving it.
 * @throws LANDING_*, and TASK_STATE when the target moved and there are no folders to run the checks again from
 */
export async function planDelivery(
  context: TaskContext,
  task: Signable,
  delivery: { readonly mode: DeliveryMode; readonly ref: string; readonly by: Signoff['by'] },
  signal: AbortSignal,
): Promise<Pick<Prepared, 'request' | 'plan'>> {
  const { id, repository, base, snapshot } = task;
  const request: LandingRequest = { task: id, repository, base, snapshot, message: '', ...delivery };
  const plan = await context.ports.landings.plan(request, signal);
  if (plan.moved) workspaceForMerge(task);
  return { request, plan };
}

async function prepareLanding(
  context: TaskContext,
  task: Signable,
  signoff: Signoff,
  { mode, to, overridden }: SignoffRequest,
): Promise<Prepared | null> {
  const ref = refOfDelivery(task, { mode, to });
  if (ref === null) return null;
  const signal = AbortSignal.timeout(LANDING_LIMIT_MS);
  context.audience.progress(task.id, `looking at ${shortRef(ref)}`);
  const { request, plan } = await planDelivery(context, task, { mode, ref, by: signoff.by }, signal);
  if (!plan.moved) return { request, plan, rerun: null };
  context.audience.progress(task.id, `${shortRef(ref)} moved: running the checks on the merged tree`);
  const rerun = await checkMerged(context, task, plan, signal);
  const failed = rerun.checks.filter(({ name, status }) => status !== 'passed' && !Object.hasOwn(overridden, name));
  if (failed.length > 0) {
    const results = failed.map(({ name, status }) => `${name}: ${status}`).join(', ');
    fail('LANDING_CHECKS', `${shortRef(ref)} moved, and on the merged tree not every check passes (${results})`);
  }
  return { request, plan, rerun };
}

/** The longest that a person waits for a landing: the checks of a merged tree are the most of it. */
const LANDING_LIMIT_MS = 4 * 60 * 60 * 1000;

function workspaceForMerge({ id, workspace }: Signable): Workspace {
  if (workspace !== null) return workspace;
  return fail('TASK_STATE', `task ${id} has no folders to run the checks of the merged tree from`, {
    fix: 'reject and restore it, which makes them again',
  });
}

async function checkMerged(context: TaskContext, task: Signable, plan: LandingPlan, signal: AbortSignal) {
  const { checks, records } = context.ports;
  const { id, slug, repository } = task;
  const workspace = workspaceForMerge(task);
  const { brief } = await context.terms(task);
  const snapshot = { commit: plan.probe, tree: plan.tree };
  const progress = (message: string) => context.audience.progress(id, message);
  return checks.verify(
    { task: id, slug, repository, workspace, snapshot, brief, folder: records.folder(id) },
    progress,
    signal,
  );
}

async function land(context: TaskContext, task: Signable, signoff: Signoff, prepared: Prepared): Promise<Task> {
  const { records, landings } = context.ports;
  const { request, plan, rerun } = prepared;
  const { brief, drift, verification, review } = await evidenceOf(context, task);
  const receipts = receiptsOfDelivery(task.id, signoff, verification, rerun);
  const opinions = opinionsOf(review, { tree: task.snapshot.tree, brief: brief.hash });
  let { checks } = signoff;
  if (rerun !== null) {
    checks = Object.fromEntries(rerun.checks.map(({ name, status }) => [name, status]));
    await context.record(task.id, {
      type: 'verified',
      tree: plan.tree,
      file: await records.saveVerification(task.id, rerun),
      checks,
    });
  }
  const message = deliveryMessage({
    task: task.id,
    title: task.title,
    goal: brief.goal,
    signoff: { ...signoff, checks },
    findings: Object.fromEntries(
      [...(drift?.findings ?? []), ...opinions].map(({ id, rule, path, places }) => [
        id,
        [rule, places.length > 1 ? `at ${places.length} places` : (path ?? '')].join(' ').trim(),
      ]),
    ),
    tree: plan.tree,
    receipts: receipts === null ? null : digestOfReceipts(receipts.map(digestOfReceipt)),
    // A merge has their commits themselves.
    authors: request.mode === 'merge' ? [] : (task.adopted?.authors ?? []),
  });
  context.audience.progress(task.id, `delivering to ${shortRef(request.ref)}`);
  const kept = await landings.land({ ...request, message }, plan, async (event) => {
    await context.record(task.id, event);
  });
  const landed = await records.get(task.id);
  if (landed.state !== 'signed' || landed.landing === null) {
    throw new CountersignError('INTERNAL', `task ${task.id} was landed without a record of the landing`);
  }
  const { mode, ref, new: commit } = landed.landing;
  await noteReceipts(context, landed, landed.landing);
  return context.record(task.id, { type: 'delivered', mode, ref, commit, kept: [...kept] });
}
