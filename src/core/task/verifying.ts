/** From the agent's folder to evidence: the snapshot, its drift, and the checks at it. */

import type { RunObservations } from '../drift/diff';
import { computeDrift } from '../drift/drift';
import type { DriftReport } from '../drift/report';
import { fail } from '../errors';
import type { Snapshot } from '../events';
import { composePacket } from '../review/packet';
import { snapshotMessage } from '../signoff/trailers';
import type { Verification } from '../verify/verification';
import type { TaskContext } from './context';
import { workspaceOf } from './stages';
import type { Task } from './task';

/** The longest that reading one folder may take while a person waits for it. */
export const KEEP_LIMIT_MS = 600_000;

/** Snapshots the folder, judges its drift, runs the checks at the snapshot, and brings the task to review. */
export async function verify(context: TaskContext, task: Task, signal: AbortSignal): Promise<Task> {
  const { reverting } = task;
  if (reverting !== null) await takeBack(context, task, reverting.paths, signal);
  const { snapshot, observations } = await takeSnapshot(context, task, signal, reverting?.by ?? null);
  const drift = await judgeDrift(context, task, snapshot, observations);
  signal.throwIfAborted();
  const { verified, verification } = await runChecks(context, task, snapshot, signal);
  // The verdict of lists is the packet's: one judgement, made in one place.
  const { brief } = await context.terms(task);
  const material = { brief, verification, drift, agentWords: null, history: [] };
  const { verdict } = composePacket({ ...material, task: { ...verified, state: 'ready' } });
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

async function judgeDrift(
  context: TaskContext,
  task: Task,
  { commit: head, tree }: Snapshot,
  observations: RunObservations,
): Promise<DriftReport> {
  const { workspaces, records } = context.ports;
  const { id, base } = task;
  const terms = await context.terms(task);
  context.audience.progress(id, 'reading the drift');
  const { changes, reader } = await workspaces.diff(workspaceOf(task), tree);
  try {
    const report = await computeDrift({ ...terms, base, head, tree, changes, reader, observations });
    const count = (severity: string) => report.findings.filter((finding) => finding.severity === severity).length;
    await context.record(id, {
      type: 'drift',
      tree,
      file: await records.saveDrift(id, report),
      verdict: report.verdict,
      block: count('block'),
      warn: count('warn'),
      info: count('info'),
    });
    return report;
  } finally {
    await reader.close();
  }
}

async function runChecks(
  context: TaskContext,
  task: Task,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<{ verified: Task; verification: Verification }> {
  const { checks, records } = context.ports;
  const { id, slug, repository } = task;
  const { brief } = await context.terms(task);
  const verification = await checks.verify(
    { task: id, slug, repository, workspace: workspaceOf(task), snapshot, brief, folder: records.folder(id) },
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
  const { id, repository, turns: turn, title, agent } = task;
  context.audience.progress(id, 'taking the snapshot');
  const message = snapshotMessage({ task: id, turn, title, agent, revertedBy });
  const replaces = task.snapshots.find((earlier) => earlier.turn === turn)?.commit ?? null;
  const place = { task: id, turn, repository, workspace: workspaceOf(task) };
  const request = { ...place, parent: parentOf(task), message, replaces };
  const taken = await context.ports.workspaces.snapshot(request, signal);
  return { ...taken, task: await context.record(id, { type: 'snapshot', snapshot: taken.snapshot }) };
}

/** Keeps what a failed or interrupted task has in its folder, before the folder may go; nothing when it is gone already. */
export async function keepFolder(context: TaskContext, task: Task): Promise<Task> {
  if (!(await hasFolder(context, task))) return task;
  return (await takeSnapshot(context, task, AbortSignal.timeout(KEEP_LIMIT_MS))).task;
}

async function hasFolder(context: TaskContext, { workspace }: Task): Promise<boolean> {
  return workspace !== null && (await context.ports.workspaces.isThere(workspace));
}

/** Whether the folder holds anything that the newest snapshot does not. What was deleted by others holds nothing. */
export async function hasUnsavedWork(context: TaskContext, task: Task): Promise<boolean> {
  if (task.workspace === null || !(await hasFolder(context, task))) return false;
  const signal = AbortSignal.timeout(KEEP_LIMIT_MS);
  const { tree, changes } = await context.ports.workspaces.look(task.id, task.workspace, signal);
  const saved = task.snapshots.at(-1)?.tree;
  return saved === undefined ? changes.length > 0 : tree !== saved;
}

/** The commit that the next snapshot follows. */
function parentOf({ snapshots, base, turns }: Task): string {
  return snapshots.findLast(({ turn }) => turn < turns)?.commit ?? base;
}
