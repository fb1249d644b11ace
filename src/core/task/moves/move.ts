/** What an event does to a task: the status after it, and the facts that it adds. */
import { fail } from '../../errors';
import type { TaskEvent } from '../../events';
import type { NextStep, Task, TaskFacts, TaskStatus } from '../task';

export interface Move {
  readonly status: TaskStatus;
  readonly facts?: Partial<TaskFacts>;
}

export function waiting(next: NextStep, prompt: string | null = null): TaskStatus {
  return { state: 'queued', next, prompt };
}

/** Throws TASK_STATE, naming state and event. */
export function refuse(task: Task, event: TaskEvent, why?: string): never {
  const reason = why === undefined ? '' : `: ${why}`;
  fail('TASK_STATE', `task ${task.id} is ${task.state}, and "${event.type}" is not possible now${reason}`);
}
