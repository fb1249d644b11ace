/** Taking a task over by hand: a folder for the person, and what becomes of what they leave in it. */
import { fail } from '../errors';
import type { Folder } from '../events';
import { snapshotMessage } from '../signoff/trailers';
import { visible } from '../visible';
import type { TaskContext } from './context';
import type { Task, TaskIn } from './task';
import { hasUnsavedWork, KEEP_LIMIT_MS } from './unsaved';

/** The longest that a person waits for a folder. */
const OPEN_LIMIT_MS = 600_000;

/** Throws TAKEN_OVER while a person goes on with the task by hand. */
export function requireNotTakenOver(task: Task): void {
  if (task.takenOver === null) return;
  const { by, folder } = task.takenOver;
  fail('TAKEN_OVER', `${visible(by)} has taken task ${task.id} over, in ${folder.path}`, {
    fix: `hand that in with \`countersign takeover ${task.id} --done\`, or give it up with \`countersign takeover ${task.id} --abandon\``,
  });
}

/**
 * Gives a person a clean folder of the tree under review. Whoever has taken it over already gets the folder that they have.
 * @throws TASK_STATE, TAKEN_OVER by somebody else, CHECKOUT_FAILED
 */
export async function takeOverByHand(context: TaskContext, task: Task, by: string): Promise<Folder> {
  requireReady(task, 'taken over');
  const { hand } = context.ports.workspaces;
  if (task.takenOver !== null) {
    if (task.takenOver.by !== by) requireNotTakenOver(task);
    if (await hand.isThere(task.takenOver.folder)) return task.takenOver.folder;
    await context.record(task.id, { type: 'given-up', by });
  }
  const { id, slug, repository, snapshot, branch } = task;
  const request = { task: id, slug, repository, workspace: folders(task), snapshot, branch };
  const folder = await hand.open(request, AbortSignal.timeout(OPEN_LIMIT_MS));
  await context.record(id, { type: 'taken-over', turn: snapshot.turn, tree: snapshot.tree, by, folder });
  return folder;
}

/**
 * Whether what the person left can become the next turn.
 * @throws TASK_STATE when nobody has taken it over, the folder is gone, nothing changed there, or the agent's own folder
 *   holds what no snapshot has
 */
export async function requireHandIn(context: TaskContext, task: Task): Promise<void> {
  const { id } = task;
  requireReady(task, 'handed in');
  const { folder } = held(task);
  const { hand } = context.ports.workspaces;
  if (!(await hand.isThere(folder))) {
    fail('TASK_STATE', `${folder.path} is not there any more`, {
      fix: `give it up: \`countersign takeover ${id} --abandon\``,
    });
  }
  if (!(await hand.isTouched(folders(task), folder))) {
    fail('TASK_STATE', `nothing changed in ${folder.path}`, {
      fix: `change something there, or give it up: \`countersign takeover ${id} --abandon\``,
    });
  }
  if (await hasUnsavedWork(context, task)) {
    fail('TASK_STATE', `the folder of the agent, ${task.workspace?.worktree.path}, was changed after the snapshot`, {
      fix: 'move what you changed there elsewhere: it would be lost',
    });
  }
}

export interface GivenUp {
  readonly path: string;
  /** The folder stays, because it holds what no snapshot has. */
  readonly kept: boolean;
}

/** Ends it with nothing changed. The folder goes when it holds nothing of its own, or on the person's word. Throws TASK_STATE. */
export async function giveUp(context: TaskContext, task: Task, by: string, discard: boolean): Promise<GivenUp> {
  const { folder } = held(task);
  const { hand } = context.ports.workspaces;
  await context.record(task.id, { type: 'given-up', by });
  const workspace = folders(task);
  const kept = !discard && (await hand.isTouched(workspace, folder));
  if (!kept) await hand.remove(workspace, folder);
  return { path: folder.path, kept };
}

/** What a person left becomes the snapshot of its turn, and the agent's folder is made anew from it. May be repeated. */
export async function takeHandedIn(
  context: TaskContext,
  task: Task,
  { folder, by, turn }: NonNullable<Task['handing']>,
  signal: AbortSignal,
) {
  const { hand } = context.ports.workspaces;
  const { id, slug, title, agent, repository, snapshots, base, branch } = task;
  const workspace = folders(task);
  const earlier = snapshots.findLast((snapshot) => snapshot.turn < turn);
  await requireAsReviewed(context, task, earlier?.tree ?? null);
  context.audience.progress(id, 'taking the snapshot');
  const message = snapshotMessage({ task: id, turn, title, agent, handedBy: by });
  const replaces = snapshots.find((snapshot) => snapshot.turn === turn)?.commit ?? null;
  const place = { task: id, turn, repository, workspace, folder, parent: earlier?.commit ?? base };
  const { snapshot, observations } = await hand.take({ ...place, message, replaces }, signal);
  await context.record(id, { type: 'snapshot', snapshot });
  signal.throwIfAborted();
  const { brief } = await context.terms(task);
  const { clock } = context.ports;
  const started = clock.monotonic();
  const renewing = { slug, repository, workspace, tree: earlier?.tree ?? null, commit: snapshot.commit, branch };
  const renewed = await hand.renew({ ...renewing, copy: brief.front.copy }, signal);
  const seconds = (clock.monotonic() - started) / 1000;
  const after = await context.record(id, { type: 'prepared', workspace: renewed, seconds });
  // What cannot go now goes with the next renewal, or with the task's folders.
  const kept = await hand.settle(renewed).catch(() => null);
  if (kept !== null) context.audience.progress(id, `${kept} was kept: somebody changed something in it`);
  return { snapshot, observations, task: after };
}

/** The agent's folder goes: it must hold nothing that no snapshot has. Throws TASK_STATE. */
async function requireAsReviewed(context: TaskContext, task: Task, tree: string | null): Promise<void> {
  const { workspaces } = context.ports;
  if (task.workspace === null || !(await workspaces.isThere(task.workspace))) return;
  const looked = await workspaces.look(task.id, task.workspace, AbortSignal.timeout(KEEP_LIMIT_MS));
  if (looked.tree === tree) return;
  fail('TASK_STATE', `the folder of the agent, ${task.workspace.worktree.path}, was changed after the snapshot`, {
    fix: `move what you changed there elsewhere, then \`countersign resume ${task.id}\``,
  });
}

function requireReady(task: Task, what: string): asserts task is TaskIn<'ready'> {
  if (task.state !== 'ready') fail('TASK_STATE', `task ${task.id} is ${task.state}: only a ready one can be ${what}`);
}

function held({ id, takenOver }: Task): NonNullable<Task['takenOver']> {
  return (
    takenOver ??
    fail('TASK_STATE', `nobody has taken task ${id} over`, { fix: `take it over: \`countersign takeover ${id}\`` })
  );
}

function folders(task: Task) {
  return (
    task.workspace ??
    fail('TASK_STATE', `task ${task.id} has no folders any more`, {
      fix: 'reject and restore it, which makes them again',
    })
  );
}
