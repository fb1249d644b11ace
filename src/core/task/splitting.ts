/** Splitting a result: what stays is the task's next turn, what goes is kept by a snapshot and proposed as a brief. */
import { fail } from '../errors';
import { pathsToSplit, type SplitWish } from '../review/afterwards/split';
import { splitBrief } from '../review/afterwards/splitBrief';
import type { TaskContext } from './context';
import { pathsOfRevert } from './reverting';
import { requireNotTakenOver } from './takingOver';
import type { Task } from './task';

export interface Split {
  readonly paths: readonly string[];
  /** Holds them: a snapshot, whose ref is never deleted. */
  readonly commit: string;
  /** The text of the draft. */
  readonly brief: string;
}

/** What a split would do. Changes nothing. Throws TASK_STATE, TAKEN_OVER, SPLIT_REFUSED, PATTERN_INVALID, REVERT_REFUSED. */
export async function planSplit(context: TaskContext, task: Task, wish: SplitWish): Promise<Split> {
  requireNotTakenOver(task);
  const { id, title, repository, base } = task;
  if (task.state !== 'ready') fail('TASK_STATE', `task ${id} is ${task.state}: only a ready one can be split`);
  const { commit, turn } = task.snapshot;
  const changes = await context.ports.objects.changes(repository, base, commit);
  const paths = await pathsOfRevert(context, task, pathsToSplit(changes, wish));
  const { brief } = await context.terms(task);
  return { paths, commit, brief: splitBrief({ task: id, title, brief, commit, turn, paths }) };
}
