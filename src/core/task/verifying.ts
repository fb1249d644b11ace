/** From the agent's folder to evidence: the snapshot, its drift, and the checks at it. */

import type { Change, RunObservations } from '../drift/diff';
import { computeDrift } from '../drift/drift';
import { withFindings } from '../drift/findings';
import type { DriftReport } from '../drift/report';
import { judgeVerification } from '../drift/verified/verified';
import { fail } from '../errors';
import type { Adoption, Folder, Snapshot } from '../events';
import type { ColumnsRequest } from '../ports/checks';
import { composePacket } from '../review/packet';
import { snapshotMessage } from '../signoff/trailers';
import type { Verification } from '../verify/verification';
import { columnsOf } from './columnsOf';
import type { TaskContext } from './context';
import { judgementOf } from './inspect';
import { reviewVerified } from './secondOpinion';
import { workspaceOf } from './stages';
import { takeHandedIn } from './takingOver';
import type { Task } from './task';
import { hasFolder, KEEP_LIMIT_MS } from './unsaved';

/** Snapshots the folder, judges its drift, runs the checks at the snapshot, and brings the task to review. */
export async function verify(context: TaskContext, before: Task, signal: AbortSignal): Promise<Task> {
  const { reverting, handing, adopting } = before;
  if (reverting !== null) await takeBack(context, before, reverting.paths, signal);
  const { snapshot, observations, task } =
    handing !== null
      ? await takeHandedIn(context, before, handing, signal)
      : adopting === null
        ? await takeSnapshot(context, before, signal, reverting?.by ?? null)
        : await takeAdopted(context, before, adopting, signal);
  // Nobody worked in the folder of what is adopted, or was handed in.
  const isAgents = adopting === null && task.handed?.turn !== task.turns;
  const folder = isAgents ? workspaceOf(task).worktree : null;
  const judged = await judgeDrift(context, task, snapshot, { observations, folder });
  signal.throwIfAborted();
  const { verified, verification } = await runChecks(context, task, snapshot, judged.compare, signal);
  const drift = await judgeChecked(context, task, judged, verification);
  const reviewed = await reviewVerified(context, verified, snapshot.tree, signal);
  // The verdict of lists is the packet's: one judgement, made in one place.
  const material = { ...(await judgementOf(context, reviewed)), verification, drift };
  const { verdict } = composePacket({ ...material, task: { ...reviewed, state: 'ready' } });
  return context.record(task.id, { type: 'ready', turn: task.turns, verdict, snapshot });
}

/** What a reviewer reverts goes back to the base before the snapshot of that turn. Repeated after a crash, it does no harm. */
async function takeBack(
  context: TaskContext,
  task: Task,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const snapshot = task.snapshots.findLast(({ turn }) => turn < task.turns);
  if (snapshot === undefined) fail('INTERNAL', `task ${task.id} has no snapshot to revert anything of`);
  context.audience.progress(
    task.id,
    `taking ${paths.length} ${paths.length === 1 ? 'path' : 'paths'} back to the base`,
  );
  await context.ports.workspaces.revert({ workspace: workspaceOf(task), snapshot, paths }, signal);
}

interface Judged {
  readonly report: DriftReport;
  readonly changes: readonly Change[];
  /** Null where there is no check. */
  readonly compare: ColumnsRequest | null;
}

async function judgeDrift(
  context: TaskContext,
  task: Task,
  { commit: head, tree }: Snapshot,
  { observations, folder }: { readonly observations: RunObservations; readonly folder: Folder | null },
): Promise<Judged> {
  const { workspaces } = context.ports;
  const { id, base } = task;
  const terms = await context.terms(task);
  context.audience.progress(id, 'reading the drift');
  const { changes, reader } = await workspaces.diff(workspaceOf(task), tree);
  try {
    const report = await computeDrift({ ...terms, base, head, tree, changes, reader, observations });
    await recordDrift(context, task, report);
    const { brief } = terms;
    const compare = brief.front.checks.length === 0 ? null : await columnsOf({ brief, changes, reader }, folder);
    return { report, changes, compare };
  } finally {
    await reader.close();
  }
}

async function recordDrift(context: TaskContext, { id }: Task, report: DriftReport): Promise<void> {
  const count = (severity: string) => report.findings.filter((finding) => finding.severity === severity).length;
  await context.record(id, {
    type: 'drift',
    tree: report.tree,
    file: await context.ports.records.saveDrift(id, report),
    verdict: report.verdict,
    block: count('block'),
    warn: count('warn'),
    info: count('info'),
    rules: rulesOf(report),
  });
}

/** The report with what the checks brought to light: recorded anew only when there is something. */
async function judgeChecked(
  context: TaskContext,
  task: Task,
  { report, changes }: Judged,
  verification: Verification,
): Promise<DriftReport> {
  const { brief } = await context.terms(task);
  const whole = withFindings(report, judgeVerification({ verification, brief, changes, report }));
  if (whole !== report) await recordDrift(context, task, whole);
  return whole;
}

/** What somebody must answer, counted by rule. */
function rulesOf({ findings }: DriftReport): Record<string, number> {
  const rules: Record<string, number> = {};
  for (const { rule, severity } of findings) if (severity !== 'info') rules[rule] = (rules[rule] ?? 0) + 1;
  return rules;
}

async function runChecks(
  context: TaskContext,
  task: Task,
  snapshot: Snapshot,
  compare: ColumnsRequest | null,
  signal: AbortSignal,
): Promise<{ verified: Task; verification: Verification }> {
  const { checks, records } = context.ports;
  const { id, slug, repository } = task;
  const { brief } = await context.terms(task);
  const place = { task: id, slug, repository, workspace: workspaceOf(task), folder: records.folder(id) };
  const verification = await checks.verify(
    { ...place, snapshot, brief, ...(compare === null ? {} : { compare }) },
    (message) => context.audience.progress(id, message),
    signal,
  );
  signal.throwIfAborted();
  const verified = await context.record(id, {
    type: 'verified',
    tree: snapshot.tree,
    file: await records.saveVerification(id, verification),
    checks: Object.fromEntries(verification.checks.map(({ name, status }) => [name, status])),
  });
  return { verified, verification };
}

/** Makes what is in the task's folder a commit, and records it. */
async function takeSnapshot(context: TaskContext, task: Task, signal: AbortSignal, revertedBy: string | null = null) {
  const { id, turns: turn, title, agent, adopted } = task;
  context.audience.progress(id, 'taking the snapshot');
  const follows = adopted?.turn === turn ? adopted : null;
  const handedBy = task.handed?.turn === turn ? task.handed.by : null;
  const message = snapshotMessage({ task: id, turn, title, agent, revertedBy, handedBy, adopted: follows });
  const request = { ...requestOf(task), parent: follows?.commit ?? parentOf(task), message };
  const taken = await context.ports.workspaces.snapshot(request, signal);
  return { ...taken, task: await context.record(id, { type: 'snapshot', snapshot: taken.snapshot }) };
}

/** What was adopted is its own snapshot, whatever lies in the folder. */
async function takeAdopted(context: TaskContext, task: Task, adopted: Adoption, signal: AbortSignal) {
  const { id, turns: turn, title, agent } = task;
  context.audience.progress(id, 'taking the snapshot');
  const message = snapshotMessage({ task: id, turn, title, agent, adopted });
  const request = { ...requestOf(task), parent: adopted.commit, tree: adopted.tree, message };
  const taken = await context.ports.workspaces.adopt(request, signal);
  return { ...taken, task: await context.record(id, { type: 'snapshot', snapshot: taken.snapshot }) };
}

function requestOf(task: Task) {
  const { id, turns: turn, repository, snapshots } = task;
  const replaces = snapshots.find((earlier) => earlier.turn === turn)?.commit ?? null;
  return { task: id, turn, repository, workspace: workspaceOf(task), replaces };
}

/** Keeps what a failed or interrupted task has in its folder, before the folder may go; nothing when it is gone already. */
export async function keepFolder(context: TaskContext, task: Task): Promise<Task> {
  if (!(await hasFolder(context, task))) return task;
  return (await takeSnapshot(context, task, AbortSignal.timeout(KEEP_LIMIT_MS))).task;
}

/** The commit that the next snapshot follows. */
function parentOf({ snapshots, base, turns }: Task): string {
  return snapshots.findLast(({ turn }) => turn < turns)?.commit ?? base;
}
