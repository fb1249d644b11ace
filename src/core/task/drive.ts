/** Drives one task from where it stands until nothing more can happen without a person. */
import { toCountersignError } from '../errors';
import { REVIEW_STOPPED } from '../review/reviewer/review';
import type { TaskContext } from './context';
import type { PermissionDesk } from './permissionDesk';
import { endReview, reviewReady } from './secondOpinion';
import { beginTurn, prepare, runTurn, takeOver } from './stages';
import { isActive, isBeingReviewed, type Task } from './task';
import { verify } from './verifying';

/**
 * Never rejects: what goes wrong becomes the task's `failed`, and an aborted signal its `interrupted`.
 * A journal that takes nothing now (a full disk) is asked again until it does, or until the host ends.
 */
export async function drive(
  context: TaskContext,
  id: string,
  desk: PermissionDesk,
  signal: AbortSignal,
): Promise<void> {
  try {
    let task = await context.ports.records.get(id);
    while (isActive(task) || isBeingReviewed(task)) {
      if (signal.aborted) return await interrupt(context, id);
      task = await step(context, task, desk, signal);
    }
  } catch (error) {
    await settleAtLast(context, id, error, signal);
  }
}

async function step(context: TaskContext, task: Task, desk: PermissionDesk, signal: AbortSignal): Promise<Task> {
  switch (task.state) {
    case 'queued':
      switch (task.next) {
        case 'prepare':
          return context.record(task.id, { type: 'preparing' });
        case 'turn':
          return beginTurn(context, task, task.prompt === null ? 'work' : 'correction', signal);
        case 'verify':
          return verify(context, task, signal);
      }
      break;
    case 'preparing': {
      if (task.adopting !== null) return takeOver(context, task, signal);
      const prepared = await prepare(context, task, signal);
      signal.throwIfAborted();
      return beginTurn(context, prepared, 'work', signal);
    }
    case 'running':
      return runTurn(context, task, desk, signal);
    case 'correcting':
      return task.turn === task.turns
        ? runTurn(context, task, desk, signal)
        : beginTurn(context, task, 'correction', signal);
    case 'verifying':
      return verify(context, task, signal);
    case 'ready':
      return isBeingReviewed(task) ? reviewReady(context, task, signal) : task;
    case 'draft':
    case 'signed':
    case 'delivered':
    case 'rejected':
    case 'failed':
    case 'interrupted':
      return task;
  }
}

async function interrupt(context: TaskContext, id: string): Promise<void> {
  const task = await context.ports.records.get(id);
  if (isActive(task)) await context.record(id, { type: 'interrupted', stage: task.state, cause: 'stopped' });
  else if (isBeingReviewed(task)) await endReview(context, task, REVIEW_STOPPED);
}

const ASK_AGAIN_MS = 1_000;

async function settleAtLast(context: TaskContext, id: string, thrown: unknown, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await settle(context, id, thrown, signal);
    } catch (refusal) {
      const { code, message, fix } = toCountersignError(refusal);
      context.audience.progress(id, `its end cannot be recorded: ${message} (${fix})`);
      if (code !== 'STORAGE_FAILED' || signal.aborted) return;
    }
    await pause(ASK_AGAIN_MS, signal);
  }
}

/** Ends early when the signal is aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}

async function settle(context: TaskContext, id: string, thrown: unknown, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return interrupt(context, id);
  const task = await context.ports.records.get(id);
  if (isBeingReviewed(task)) {
    await endReview(context, task, toCountersignError(thrown).message);
    return;
  }
  if (!isActive(task)) return;
  const { code, message, fix } = toCountersignError(thrown).toRecord();
  const error = { code, message: message.slice(0, 20_000), fix: fix.slice(0, 4_000) };
  await context.record(id, { type: 'failed', stage: task.state, error });
}
