/** What the status bar says of the tasks. Pure: the language comes in. */
import type { TaskSummary } from '../../core/task/summary';
import type { Translate } from '../translate';
import { isAtWork, isRunning, waitingTasks } from './groups';
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
  const working = tasks.filter((task) => isAtWork(task) && !task.asking);
  const running = working.filter(isRunning).length;
  const queued = working.length - running;
  const work = [running === 0 ? null : t('{0} running', running), queued === 0 ? null : t('{0} queued', queued)].filter(
    (part) => part !== null,
  );
  const counted = [
    waiting.length === 0
      ? null
      : waiting.some(({ state }) => state !== 'ready')
        ? needWords(waiting.length, t)
        : t('{0} to review', waiting.length),
    ...work,
  ].filter((part) => part !== null);
  if (counted.length === 0) return null;
  const words = [waitingWords(tasks, t), ...work].filter((part) => part !== '');
  return {
    text: `$(${iconOf(waiting.length, running)}) ${counted.join(' · ')}`,
    spoken: t('Countersign: {0}', words.join(', ')),
    alarming: waiting.some(({ state, verdict }) => state === 'failed' || (state === 'ready' && verdict === 'blocked')),
  };
}

function needWords(count: number, t: Translate): string {
  return count === 1 ? t('{0} needs you', count) : t('{0} need you', count);
}

function iconOf(waiting: number, running: number): string {
  if (waiting > 0) return 'checklist';
  return running > 0 ? 'sync~spin' : 'clock';
}
