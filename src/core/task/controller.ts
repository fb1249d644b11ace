/**
 * What people can ask of tasks: hand off, stop, resume, correct, sign off, reject, restore, answer. Each intent is
 * checked, recorded, and left to the scheduler; nothing here knows how anything is done on this machine.
 */
import { CountersignError, fail } from '../errors';
import type { WorkspaceRequest } from '../ports/workspace';
import type { SplitWish } from '../review/afterwards/split';
import { REVIEW_STOPPED } from '../review/reviewer/review';
import { type AcceptanceWish, judgeAcceptance } from './accepting';
import { type Adopted, type AdoptionWish, findWork, requireAdoption, takeWork, workerOf } from './adopting';
import { cleanAtRest } from './cleaning';
import type { TaskContext } from './context';
import { type CorrectionWish, promptOfCorrection } from './correcting';
import { type Deleted, deleteTask, requireUndriven } from './deleting';
import { drive } from './drive';
import { type Admission, type HandOff, judgeHandOff } from './handOff';
import { PermissionDesk } from './permissionDesk';
import type { QueueLimits } from './queue';
import { recoverTasks } from './recovery';
import { requireRejectable, requireResumable, requireReviewable, requireUnread } from './requirements';
import { pathsOfRevert } from './reverting';
import { chooseReviewer } from './reviewer';
import { Scheduler } from './scheduler';
import { endReview } from './secondOpinion';
import { type SignoffRequest, signAndDeliver } from './signing';
import { planSplit, type Split } from './splitting';
import { placeOf, wasWorkedOn } from './stages';
import { type GivenUp, giveUp, requireHandIn, requireNotTakenOver, takeOverByHand } from './takingOver';
import { isActive, isBeingReviewed, type Task } from './task';
import { keepFolder } from './verifying';

/** The longest that a person waits for a folder. */
const CHECKOUT_LIMIT_MS = 600_000;

export interface ControllerSettings {
  readonly limits: QueueLimits;
  /** The agent of a brief that names none. */
  readonly defaultAgent: string | null;
}

export class TaskController {
  private readonly desk = new PermissionDesk();
  private readonly scheduler: Scheduler;
  /** One landing, restore or rejection of a repository at a time. */
  private readonly turnstile = new Map<string, Promise<unknown>>();

  constructor(
    private readonly context: TaskContext,
    private readonly settings: ControllerSettings,
  ) {
    this.scheduler = new Scheduler(settings.limits, async (id, signal) => {
      await drive(context, id, this.desk, signal);
      await context.ports.transcripts.close(id);
    });
  }

  /** Tasks at work or waiting for their turn. */
  get busy(): number {
    return this.scheduler.busy;
  }

  /** Makes a task of a brief and queues it. Throws what `judgeHandOff` throws; nothing is left then. */
  async handOff(handOff: HandOff): Promise<{ readonly task: Task } & Pick<Admission, 'warnings'>> {
    const { created, brief, warnings } = await judgeHandOff(this.context, handOff, this.settings.defaultAgent);
    const { id } = await this.context.ports.records.create(created, brief);
    const task = await this.context.record(id, { type: 'queued' });
    this.enqueue(task);
    return { task, warnings };
  }

  /**
   * Makes a task of what somebody else pushed, or the next turn of the one that adopted it before. No agent runs.
   * Throws what `findWork` and `takeWork` throw; nothing is left then.
   */
  async adopt(wish: AdoptionWish): Promise<Adopted> {
    const work = await findWork(this.context, wish);
    try {
      const taken = await this.alone(work.repository.id, () => takeWork(this.context, wish, work));
      this.enqueue(taken.task);
      return taken;
    } finally {
      await work.found.release();
    }
  }

  /**
   * Ends what the task is doing; it becomes `interrupted` and can be resumed. Of one that is being reviewed the review
   * ends. Resolves when nothing of it runs.
   */
  async stop(id: string): Promise<void> {
    if (await this.endReview(id)) return;
    if (await this.scheduler.abort(id)) return;
    const task = await this.context.ports.records.get(id);
    this.scheduler.withdraw(id);
    if (!isActive(task)) {
      fail('TASK_STATE', `task ${id} is ${task.state}: there is nothing to stop`);
    }
    await this.context.record(id, { type: 'interrupted', stage: task.state, cause: 'stopped' });
  }

  /** Goes on with a failed or interrupted task, or takes what is in its folder to review. */
  async resume(id: string, asItStands: boolean): Promise<void> {
    const task = await this.context.ports.records.get(id);
    // A task whose end could not be written (a full disk) is active without anything that drives it.
    if (isActive(task) && !this.scheduler.has(id)) {
      await this.context.record(id, { type: 'interrupted', stage: task.state, cause: 'host-died' });
    }
    requireResumable(task, asItStands);
    requireNotTakenOver(task);
    // A draft is what a host leaves that died between making a task and queueing it.
    requireAdoption(task);
    if (task.state === 'draft') return this.enqueue(await this.context.record(id, { type: 'queued' }));
    await this.endReview(id);
    this.enqueue(await this.context.record(id, { type: 'resumed', how: asItStands ? 'as-it-stands' : 'go-on' }));
  }

  /** Asks for the correction pass. Throws CORRECTION_SPENT, CORRECTION_EMPTY, FINDING_UNKNOWN, TASK_STATE. */
  async correct(
    id: string,
    wish: CorrectionWish,
    request: { readonly body: string | null; readonly again: boolean; readonly by: string },
  ): Promise<void> {
    const task = await this.context.ports.records.get(id);
    requireNotTakenOver(task);
    const text = await promptOfCorrection(this.context, task, wish, request);
    const { again, by } = request;
    const agent = await workerOf(this.context, task, this.settings.defaultAgent);
    const turn = task.turns + 1;
    await this.endReview(id);
    this.enqueue(await this.context.record(id, { type: 'correction-requested', turn, by, again, ...text, ...agent }));
  }

  /**
   * Asks for a second opinion on the tree under review. Resolves when it is begun.
   *
   * @param asked the agent that is to review; null = as brief and configuration say
   * @throws TASK_STATE, AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_REQUIRED
   */
  async review(id: string, asked: string | null, by: string): Promise<void> {
    const task = await this.context.ports.records.get(id);
    requireReviewable(task);
    const { agent } = await chooseReviewer(this.context, task, asked);
    const { tree } = task.snapshot;
    this.enqueue(await this.context.record(id, { type: 'review-started', tree, agent, by }));
  }

  /** Takes paths back to the base and verifies what is left, as a turn of its own. Throws REVERT_REFUSED, TASK_STATE. */
  async revert(id: string, named: readonly string[], by: string): Promise<void> {
    const task = await this.context.ports.records.get(id);
    requireNotTakenOver(task);
    const paths = await pathsOfRevert(this.context, task, named);
    await this.endReview(id);
    this.enqueue(await this.context.record(id, { type: 'reverted', turn: task.turns + 1, paths: [...paths], by }));
  }

  /** A named person's word for a criterion of the tree under review. Throws what `judgeAcceptance` throws. */
  async accept(id: string, wish: AcceptanceWish): Promise<void> {
    const { repository } = await this.context.ports.records.get(id);
    await this.alone(repository.id, async () => {
      const task = await this.context.ports.records.get(id);
      requireUnread(task);
      await this.context.record(id, await judgeAcceptance(this.context, task, wish));
    });
  }

  /** Gives a person a clean folder of the tree under review, to go on by hand. Throws TASK_STATE, TAKEN_OVER, CHECKOUT_FAILED. */
  async takeOver(id: string, by: string): Promise<string> {
    const { repository } = await this.context.ports.records.get(id);
    return this.alone(repository.id, async () => {
      const folder = await takeOverByHand(this.context, await this.context.ports.records.get(id), by);
      return folder.path;
    });
  }

  /** What they left there becomes the next turn, and is verified. Throws TASK_STATE. */
  async handIn(id: string, by: string, message: string | null): Promise<void> {
    await requireHandIn(this.context, await this.context.ports.records.get(id));
    await this.endReview(id);
    const { turns } = await this.context.ports.records.get(id);
    const said = message === null ? {} : { message };
    this.enqueue(await this.context.record(id, { type: 'handed-in', turn: turns + 1, by, ...said }));
  }

  /** They leave the task as it was. Throws TASK_STATE. */
  async giveUp(id: string, by: string, discard: boolean): Promise<GivenUp> {
    return giveUp(this.context, await this.context.ports.records.get(id), by, discard);
  }

  /** What a split would do. Throws what `planSplit` throws. */
  async previewSplit(id: string, wish: SplitWish): Promise<Split> {
    return planSplit(this.context, await this.context.ports.records.get(id), wish);
  }

  /**
   * Takes what is split off back to the base, as a turn of its own; the snapshot before keeps it.
   *
   * @param commit the snapshot that the person saw; null = the one under review
   * @throws what `planSplit` throws; SPLIT_REFUSED for another commit
   */
  async split(id: string, wish: SplitWish, by: string, commit: string | null): Promise<Split> {
    const task = await this.context.ports.records.get(id);
    const split = await planSplit(this.context, task, wish);
    if (commit !== null && commit !== split.commit) {
      fail('SPLIT_REFUSED', `commit ${commit} is not under review any more`, {
        fix: 'look at the task, then split it',
      });
    }
    await this.endReview(id);
    const event = { turn: task.turns + 1, paths: [...split.paths], by, split: split.commit };
    this.enqueue(await this.context.record(id, { type: 'reverted', ...event }));
    return split;
  }

  /** Signs exactly the tree under review, and delivers it. Throws SIGNOFF_*, FINDING_UNKNOWN, LANDING_*. */
  async signOff(id: string, request: SignoffRequest): Promise<Task> {
    const task = await this.context.ports.records.get(id);
    return this.alone(task.repository.id, async () => {
      const current = await this.context.ports.records.get(id);
      requireUnread(current);
      return cleanAtRest(this.context, await signAndDeliver(this.context, current, request));
    });
  }

  /** Turns the work down. Its folder goes; a snapshot of what was in it stays, so that `restore` can bring it back. */
  async reject(id: string, reason: string, by: string): Promise<Task> {
    let task = await this.context.ports.records.get(id);
    requireRejectable(task);
    if (task.state === 'queued' && this.scheduler.withdraw(id)) {
      task = await this.context.record(id, { type: 'interrupted', stage: 'queued', cause: 'stopped' });
    }
    await this.endReview(id);
    const undecided = task.state === 'failed' || task.state === 'interrupted';
    if (undecided) task = await this.keep(task);
    return cleanAtRest(this.context, await this.context.record(id, { type: 'rejected', reason, by }));
  }

  /** What no snapshot can be made of strands no task: its folder stays as it is. */
  private async keep(task: Task): Promise<Task> {
    try {
      return await keepFolder(this.context, task);
    } catch (thrown) {
      if (!(thrown instanceof CountersignError) || thrown.code !== 'SNAPSHOT_FAILED') throw thrown;
      this.context.audience.progress(task.id, `no snapshot could be made: ${thrown.message}`);
      return task;
    }
  }

  /** Takes a rejection back: the task is what it was, with its folders made again from its newest snapshot. */
  async restore(id: string): Promise<Task> {
    const { state } = await this.context.ports.records.get(id);
    if (state !== 'rejected') fail('TASK_STATE', `task ${id} is ${state}: only a rejected one can be restored`);
    let task = await this.context.record(id, { type: 'restored' });
    if (task.turns > 0 && task.workspace === null) {
      const { workspaces, clock } = this.context.ports;
      const { brief } = await this.context.terms(task);
      const started = clock.monotonic();
      const worked = await wasWorkedOn(this.context, task);
      const request: WorkspaceRequest = { ...placeOf(task), copy: brief.front.copy, worked };
      const from = task.adopting ?? task.snapshots.at(-1) ?? null;
      const workspace = await workspaces.restore(request, from, AbortSignal.timeout(600_000));
      const seconds = (clock.monotonic() - started) / 1000;
      task = await this.context.record(id, { type: 'prepared', workspace, seconds });
    }
    if (isActive(task)) this.enqueue(task);
    return task;
  }

  /** Puts a task that nothing drives aside, or takes it back. Throws TASK_STATE. */
  async archive(id: string, on: boolean): Promise<void> {
    const task = await this.context.ports.records.get(id);
    requireUndriven(task, 'put aside');
    if (task.archived !== on) await this.context.record(id, { type: 'archived', on });
  }

  /** Ends the review of a task that is being read, because it stops or goes on; false when it is not. */
  private async endReview(id: string): Promise<boolean> {
    const task = await this.context.ports.records.get(id);
    if (!isBeingReviewed(task)) return false;
    if (await this.scheduler.abort(id)) return true;
    this.scheduler.withdraw(id);
    await endReview(this.context, task, REVIEW_STOPPED);
    return true;
  }

  /** Deletes folders and record of a task. Throws what `deleteTask` throws. */
  async delete(id: string): Promise<Deleted> {
    const task = await this.context.ports.records.get(id);
    requireUndriven(task, 'deleted');
    return this.alone(task.repository.id, () => deleteTask(this.context, id));
  }

  /** A folder with the files of the newest snapshot, for a person. Throws TASK_STATE when there is none to be made. */
  async checkout(id: string): Promise<string> {
    const task = await this.context.ports.records.get(id);
    const { slug, repository, workspace, snapshots } = task;
    const snapshot = snapshots.at(-1) ?? fail('TASK_STATE', `task ${id} has no snapshot yet`);
    if (workspace === null) {
      fail('TASK_STATE', `task ${id} is ${task.state}, and its folders are gone`, {
        fix: `its snapshot is commit ${snapshot.commit} of the repository`,
      });
    }
    const request = { task: id, slug, repository, workspace, snapshot };
    return this.context.ports.workspaces.checkout(request, AbortSignal.timeout(CHECKOUT_LIMIT_MS));
  }

  /** A person's answer to a permission request. */
  answer(id: string, request: string, allow: boolean, by: string): void {
    this.desk.answer(id, request, { allow, by });
  }

  /** The last person who could answer the task's requests went away. */
  unattended(id: string): void {
    this.desk.abandon(id);
  }

  /** At the host's start: settles what a dead host left, and takes the queue up again. */
  async recover(): Promise<void> {
    await recoverTasks(this.context, {
      enqueue: (task) => this.enqueue(task),
      alone: (repository, work) => this.alone(repository, work),
    });
  }

  /** Stops everything, for the host's end. */
  async close(): Promise<void> {
    await this.scheduler.close();
  }

  private enqueue(task: Task): void {
    this.scheduler.enqueue({ id: task.id, repository: task.repository.id });
  }

  private async alone<T>(repository: string, work: () => Promise<T>): Promise<T> {
    const before = this.turnstile.get(repository) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.turnstile.set(
      repository,
      mine.catch(() => undefined),
    );
    return mine;
  }
}
