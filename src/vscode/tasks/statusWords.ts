/** What the status bar says of the tasks. Pure: the language comes in. */
import type { TaskSummary } from '../../core/task/summary';
import type { Translate } from '../translate';
import { isAtWork, waitingTasks } from './groups';
import { waitingWords } from './words';

export interface Status {
  /** With the codicon in front. */
  readonly text: string;
  readonly spoken: string;
  /** Something blocks or broke off. */
  readonly alarming: boolean;
}

/** @returns null when there is nothing to say */
export function statusOf(tasks: readonly TaskSummary[], t: Translate): Status | null {
  const waiting = waitingTasks(tasks);
  const running = tasks.filter((task) => isAtWork(task) && !task.asking).length;
  const counted = [
    waiting.length === 0
      ? null
      : waiting.some(({ state }) => state !== 'ready')
        ? t('{0} need you', waiting.length)
        : t('{0} to review', waiting.length),
    running === 0 ? null : t('{0} running', running),
  ].filter((part) => part !== null);
  if (counted.length === 0) return null;
  const words = [waitingWords(tasks, t), running === 0 ? '' : t('{0} running', running)].filter((part) => part !== '');
  return {
    text: `$(${waiting.length === 0 ? 'sync~spin' : 'checklist'}) ${counted.join(' · ')}`,
    spoken: t('Countersign: {0}', words.join(', ')),
    alarming: waiting.some(({ state, verdict }) => state === 'failed' || (state === 'ready' && verdict === 'blocked')),
  };
}
