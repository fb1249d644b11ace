/** The moves of a task that broke off, and of one that goes on. */
import type { EventOf } from '../../events';
import type { NextStep, Task, TaskStatus } from '../task';
import { type Move, refuse, waiting } from './move';

export function broken(task: Task, event: EventOf<'failed'> | EventOf<'interrupted'>): Move {
  const next = unfinished(task);
  if (next === null) refuse(task, event);
  if (event.stage !== task.state) refuse(task, event, `the stage under way is ${task.state}, not ${event.stage}`);
  const turn = task.turns;
  const prompt = task.state === 'correcting' || task.state === 'queued' ? task.prompt : null;
  const status: TaskStatus =
    event.type === 'failed'
      ? { state: 'failed', stage: event.stage, turn, error: event.error, next, prompt }
      : { state: 'interrupted', stage: event.stage, turn, cause: event.cause, next, prompt };
  return { status, facts: { asking: null, reviewing: null } };
}

/** The step that an active task is in or waits for; null for a task that is not active. */
function unfinished(task: Task): NextStep | null {
  switch (task.state) {
    case 'queued':
      return task.next;
    case 'preparing':
      return 'prepare';
    case 'running':
    case 'correcting':
      return 'turn';
    case 'verifying':
      return 'verify';
    case 'draft':
    case 'ready':
    case 'signed':
    case 'delivered':
    case 'rejected':
    case 'failed':
    case 'interrupted':
      return null;
  }
}

/** What broke goes on; what is in the folder can also be taken to review as it stands, and so can a folder that changed. */
export function resumed(task: Task, event: EventOf<'resumed'>): Move {
  if (task.state !== 'failed' && task.state !== 'interrupted' && task.state !== 'ready') refuse(task, event);
  if (event.how === 'go-on') {
    return task.state === 'ready' ? refuse(task, event) : { status: waiting(task.next, task.prompt) };
  }
  if (task.adopting !== null) refuse(task, event, 'what it adopts is no snapshot yet');
  if (task.turns === 0) refuse(task, event, 'its agent never started: there is nothing to take to review');
  if (task.workspace === null) refuse(task, event, 'its folders are gone');
  // As it stands: also without what was to be reverted or taken from a person's folder, and could not be.
  return { status: waiting('verify'), facts: { reverting: null, handing: null } };
}
