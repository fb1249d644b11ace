/** What a host that starts makes of the tasks that a dead one left. */
import { cleanAtRest } from './cleaning';
import type { TaskContext } from './context';
import { noteReceipts } from './receipts';
import { endReview } from './secondOpinion';
import { isActive, isBeingReviewed, type Task } from './task';

/** How the controller goes on with a task: later, or before anything else is done in its repository. */
export interface Ways {
  enqueue(task: Task): void;
  alone(repository: string, work: () => Promise<unknown>): Promise<unknown>;
}

/** At the host's start: settles what a dead host left, and takes the queue up again. */
export async function recoverTasks(context: TaskContext, ways: Ways): Promise<void> {
  const { records, workspaces } = context.ports;
  for (const remains of await records.remains()) {
    // What does not go now is tried again at the next start.
    await workspaces.discard(remains).catch(() => undefined);
  }
  for (const task of await records.live()) {
    try {
      await recoverOne(context, task, ways);
    } catch (error) {
      context.audience.progress(task.id, `could not be recovered: ${String(error)}`);
    }
  }
}

async function recoverOne(context: TaskContext, task: Task, { enqueue, alone }: Ways): Promise<void> {
  const { agents, landings, workspaces } = context.ports;
  const { id, repository } = task;
  if (task.state === 'signed' && task.landing !== null) {
    const { landing } = task;
    await alone(repository.id, async () => {
      const { delivered, kept } = await landings.recover(repository, landing);
      if (!delivered) {
        await context.record(id, { type: 'landing-abandoned', why: 'the host ended before the ref moved' });
        return;
      }
      const { mode, ref, new: commit } = landing;
      await noteReceipts(context, task, landing);
      await cleanAtRest(context, await context.record(id, { type: 'delivered', mode, ref, commit, kept: [...kept] }));
    });
  }
  if (isBeingReviewed(task)) {
    await agents.reap(id);
    await endReview(context, task, 'the background host ended while it was being reviewed');
    return;
  }
  if (!isActive(task)) {
    await alone(repository.id, () => cleanAtRest(context, task));
    return;
  }
  const waits = task.state === 'queued' || (task.state === 'correcting' && task.turn !== task.turns);
  if (waits) return enqueue(task);
  const survivors = await agents.reap(id);
  if (survivors.length > 0) {
    context.say(id, { kind: 'note', text: `still running after the host died: ${survivors.join(', ')}` });
  }
  if (task.workspace === null) await workspaces.sweep(id, repository);
  await context.record(id, { type: 'interrupted', stage: task.state, cause: 'host-died' });
}
