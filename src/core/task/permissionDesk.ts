/** Where permission requests wait for a person. Nobody there to answer means no. */
import { fail } from '../errors';

export interface Answer {
  readonly allow: boolean;
  readonly by: string;
}

interface Waiting {
  readonly request: string;
  readonly settle: (answer: Answer) => void;
}

export class PermissionDesk {
  private readonly waiting = new Map<string, Waiting>();

  /** Waits for a person's answer. An aborted signal refuses. One request a task at a time: agents ask in turn. */
  wait(task: string, request: string, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const settle = (answer: Answer) => {
        if (this.waiting.get(task)?.settle === settle) this.waiting.delete(task);
        signal.removeEventListener('abort', giveUp);
        resolve(answer);
      };
      const giveUp = () => settle({ allow: false, by: 'nobody' });
      if (signal.aborted) return giveUp();
      signal.addEventListener('abort', giveUp);
      this.waiting.get(task)?.settle({ allow: false, by: 'nobody' });
      this.waiting.set(task, { request, settle });
    });
  }

  /** Hands a person's answer to the agent that waits. Throws TASK_STATE when nothing, or something else, waits. */
  answer(task: string, request: string, answer: Answer): void {
    const waiting = this.waiting.get(task);
    if (waiting === undefined || waiting.request !== request) {
      fail('TASK_STATE', `task ${task} does not wait for an answer to ${request}`, {
        fix: 'look at what it asks with `countersign show`',
      });
    }
    waiting.settle(answer);
  }

  /** The last person who could have answered went: what the task waits for is refused. */
  abandon(task: string): void {
    this.waiting.get(task)?.settle({ allow: false, by: 'nobody' });
  }
}
