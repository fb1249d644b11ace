/** Tasks as they are stored, with their evidence. */
import type { DriftReport } from '../drift/report';
import type { EventOf, JournalLine, TaskEvent, Workspace } from '../events';
import type { Review } from '../review/reviewer/review';
import type { Task } from '../task/task';
import type { Verification } from '../verify/verification';

/** Tasks as they are stored: every change is an event, durable before it is seen. */
export interface TaskRecords {
  create(event: Omit<EventOf<'created'>, 'id' | 'slug' | 'branch'>, brief: string): Promise<Task>;
  /** Judges by `transition`, makes it durable, then shows it. An illegal event throws TASK_STATE and is not written. */
  append(task: string, event: TaskEvent): Promise<Task>;
  /** Throws TASK_NOT_FOUND. */
  get(task: string): Promise<Task>;
  /** Tasks that are not at rest, oldest first. */
  live(): Promise<readonly Task[]>;
  /** Everything that happened to the task so far. */
  history(task: string): Promise<readonly JournalLine[]>;
  /**
   * Takes a task out of every list, for good and durably. Throws TASK_NOT_FOUND, and TASK_STATE when something drives it.
   */
  forget(task: string): Promise<Remains>;
  /** What tasks have left that were forgotten under an earlier host. */
  remains(): Promise<readonly Remains[]>;
  /** The brief's text as it was handed off. */
  brief(task: string): Promise<string>;
  /** The task's folder in the state directory. */
  folder(task: string): string;
  /** Stores evidence under the task's folder; returns the file's name for the journal. */
  saveVerification(task: string, verification: Verification): Promise<string>;
  saveDrift(task: string, report: DriftReport): Promise<string>;
  saveReview(task: string, review: Review): Promise<string>;
  /** Null when there is none; throws JOURNAL_CORRUPT when it does not parse. */
  verification(task: string, file: string): Promise<Verification | null>;
  drift(task: string, file: string): Promise<DriftReport | null>;
  review(task: string, file: string): Promise<Review | null>;
  /** The output of a check as it was kept, its last `most` bytes; null when there is no such file. */
  output(task: string, file: string, most: number): Promise<{ bytes: Uint8Array; size: number } | null>;
  /** SHA-256 of a file of evidence as it lies there now; null when there is no such file. */
  digest(task: string, file: string): Promise<string | null>;
}

/** What a deleted task has left, until it is discarded. */
export interface Remains {
  /** What was its folder in the state directory. */
  readonly folder: string;
  /** Its other folders; null when it had none. */
  readonly workspace: Workspace | null;
}
