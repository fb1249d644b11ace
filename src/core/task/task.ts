/** A task: one brief handed off once. A union with one variant per state; `transition.ts` is the only maker. */

import type { DriftVerdict } from '../drift/report';
import type {
  Adoption,
  DeliveryMode,
  EventOf,
  Folder,
  Grant,
  Landing,
  Repository,
  Signoff,
  Snapshot,
  Stage,
  Usage,
  Workspace,
} from '../events';
import type { Acceptance } from '../review/criteria/acceptance';

/** What a task has gathered so far, whatever its state. */
export interface TaskFacts {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly repository: Repository;
  /** Hash of the brief as it was handed off. */
  readonly brief: string;
  readonly base: string;
  readonly target: string | null;
  readonly branch: string;
  /** Who does the work; `adopted` while it is what somebody else pushed. */
  readonly agent: string;
  readonly reviewer: string | null;
  readonly origin: 'human' | 'machine';
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Null before it was prepared and after its folders were cleaned away. */
  readonly workspace: Workspace | null;
  readonly session: string | null;
  readonly agentVersion: string | null;
  readonly confinement: string | null;
  /** Turns begun, 1 = the first; corrections are turns too, and so is what a person reverts. */
  readonly turns: number;
  readonly corrections: number;
  readonly snapshots: readonly Snapshot[];
  /** Evidence files by kind at the newest tree that has them, relative to the task's folder. */
  readonly evidence: {
    readonly verification: Evidence | null;
    readonly drift: Evidence | null;
    readonly review: Evidence | null;
  };
  /** A review that was begun and not yet ended, of the tree under review. */
  readonly reviewing: { readonly tree: string; readonly agent: string | null } | null;
  /** Criteria that a person accepted, the newest word for each, of whatever tree. */
  readonly accepted: readonly Acceptance[];
  readonly lastTurn: {
    readonly stop: string;
    readonly exit: number | null;
    readonly survivors: readonly string[];
  } | null;
  readonly usage: Usage | null;
  /** Drift seen while the agent was writing; null once a snapshot is judged. */
  readonly drifting: {
    readonly verdict: DriftVerdict;
    readonly files: number;
    readonly paths: readonly string[];
  } | null;
  /** The permission request that waits for a human. */
  readonly asking: EventOf<'asked'> | null;
  readonly refused: number;
  /** What people added to the brief while its agent worked, oldest first. */
  readonly grants: readonly Grant[];
  /** Paths that are to be taken back to the base before the next snapshot, and who wants it. */
  readonly reverting: { readonly paths: readonly string[]; readonly by: string } | null;
  /** A person goes on with the tree under review by hand, in a folder of theirs. */
  readonly takenOver: { readonly tree: string; readonly by: string; readonly folder: Folder } | null;
  /** What they handed in, until the agent's folder holds it too. */
  readonly handing: { readonly turn: number; readonly by: string; readonly folder: Folder } | null;
  /** The newest turn that a person made by hand. */
  readonly handed: { readonly turn: number; readonly by: string } | null;
  /** Work of others that the newest snapshots follow; null for a task whose work is its agent's alone. */
  readonly adopted: Adoption | null;
  /** The same while it waits to become a snapshot. */
  readonly adopting: Adoption | null;
  /** Put aside by a person: lists show it apart. What makes the task live again takes it back. */
  readonly archived: boolean;
}

export interface Evidence {
  readonly tree: string;
  readonly file: string;
}

/**
 * A step of the way that a queued task waits for. `prepare` with a workspace already made means: only what follows the
 * making of the folders (the brief's setup).
 */
export type NextStep = 'prepare' | 'turn' | 'verify';

export type TaskStatus =
  | { readonly state: 'draft' }
  /** `next`: what it does when its turn in the queue comes; `prompt`: of the correction that it takes up again. */
  | { readonly state: 'queued'; readonly next: NextStep; readonly prompt: string | null }
  | { readonly state: 'preparing' }
  | { readonly state: 'running'; readonly turn: number }
  | { readonly state: 'correcting'; readonly turn: number; readonly prompt: string }
  | { readonly state: 'verifying'; readonly turn: number; readonly snapshot: Snapshot | null }
  | { readonly state: 'ready'; readonly turn: number; readonly snapshot: Snapshot; readonly verdict: DriftVerdict }
  | {
      readonly state: 'signed';
      readonly turn: number;
      readonly snapshot: Snapshot;
      readonly verdict: DriftVerdict;
      readonly signoff: Signoff;
      /** A landing that was begun and not yet ended. */
      readonly landing: Landing | null;
      readonly refUpdated: boolean;
    }
  | {
      readonly state: 'delivered';
      readonly turn: number;
      readonly snapshot: Snapshot;
      readonly verdict: DriftVerdict;
      readonly signoff: Signoff;
      readonly mode: DeliveryMode;
      readonly ref: string | null;
      readonly commit: string | null;
    }
  /** `was`: what `restore` brings back. */
  | { readonly state: 'rejected'; readonly reason: string; readonly was: TaskStatus }
  | {
      readonly state: 'failed';
      readonly stage: Stage;
      readonly turn: number;
      readonly error: EventOf<'failed'>['error'];
      /** Where `resumed` goes on: the step that did not end. */
      readonly next: NextStep;
      /** The correction that was under way, to be sent again on resume. */
      readonly prompt: string | null;
    }
  | {
      readonly state: 'interrupted';
      readonly stage: Stage;
      readonly turn: number;
      readonly cause: 'host-died' | 'stopped';
      /** Where `resumed` goes on: the step that did not end. */
      readonly next: NextStep;
      /** The correction that was under way, to be sent again on resume. */
      readonly prompt: string | null;
    };

export type TaskState = TaskStatus['state'];
export type Task = TaskFacts & TaskStatus;
export type TaskIn<S extends TaskState> = TaskFacts & Extract<TaskStatus, { state: S }>;

/** The states in which the host has work to do or a process to watch. */
export type ActiveState = 'queued' | 'preparing' | 'running' | 'verifying' | 'correcting';
export const ACTIVE_STATES: ReadonlySet<TaskState> = new Set<ActiveState>([
  'queued',
  'preparing',
  'running',
  'verifying',
  'correcting',
]);

export function isActive(task: Task): task is TaskIn<ActiveState> {
  return ACTIVE_STATES.has(task.state);
}

/** Whether a task under review is being read by a reviewer. */
export function isBeingReviewed(task: Task): task is TaskIn<'ready'> {
  return task.state === 'ready' && task.reviewing !== null;
}

/** Whether something is under way that the host must bring to an end first: work, a review, or a landing. */
export function isDriven(task: Task): boolean {
  return isActive(task) || isBeingReviewed(task) || (task.state === 'signed' && task.landing !== null);
}

/** States that nothing leaves without a person. */
export const RESTING_STATES: ReadonlySet<TaskState> = new Set(['delivered', 'rejected']);
